import type { Dialect, IndexedWords, Sifting, Sought, Spelling } from './dialect.ts';
import { joined, list, raw, rows, sql } from './sql.ts';

/** Any number that no other program locks on the same server: "tumen" as bytes. */
const MIGRATION_LOCK = 0x74756d65;

/** PostgreSQL keeps no word positions beyond this one; see "Limitations" under Text Search Types in its manual. */
const LAST_POSITION = 16_383;
/** A title counts from here on, so that no phrase runs from it into the text. */
const GAP = 1;
/**
 * Begins the words of a title, which stand in the index once more with this character for private use before them:
 * PostgreSQL's own mark of a title is not in its index, so that every row would have to be read to see it.
 */
const TITLE = '\u{e001}';

/** What PostgreSQL does in its own way. */
export const postgres: Dialect = {
  name: 'postgres',
  types: { text: 'text collate "C"', numberKey: 'bigint primary key', keyed: '' },
  skipLocked: raw(`for update skip locked`),
  lockMigration: raw(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`),
  schemaTable: raw(`select 1 from pg_tables where schemaname = current_schema() and tablename = 'schema'`),
  indexTables: (['item_words', 'event_words'] as const).flatMap((index) => [
    raw(`create table ${index} (number bigint primary key, words tsvector not null)`),
    raw(`create index ${index}_by_word on ${index} using gin (words)`),
  ]),
  indexTuning: [
    // A search goes through the rows of all that it finds, but seldom reads their words: kept apart, 100 fit on a page.
    raw(`alter table item_words set (toast_tuple_target = 128)`),
    ...(['item_words', 'event_words'] as const).map(
      (index) => sql`
        update ${raw(index)}
        set words = words || (
          select cast(coalesce(string_agg(word, ' '), '') as tsvector)
          from (
            select ${`'${TITLE}`} || lexeme || ${"':"} || array_to_string(positions, ',') as word
            from unnest(ts_filter(words, '{a}'))
          ) as of_title
        )
      `,
    ),
  ],
  // The more wait, the fewer places of the index are visited; each search reads through those that wait, 20 ms at most.
  indexBuffer: [raw(`alter index item_words_by_word set (gin_pending_list_limit = 16384)`)],
  // Items are taken in beside other work long before so many wait; the next that is stored takes in these. A search
  // reads through them in 80 ms.
  indexReserve: [raw(`alter index item_words_by_word set (gin_pending_list_limit = 65536)`)],
  indexGrowth: [],
  numberOfIndex: raw('number'),
  put: (index, words) => [
    sql`
      insert into ${raw(index)} (number, words)
      select cast(number as bigint), cast(words as tsvector)
      from (values ${rows(words.map((row) => [row.number, vectorOf(row)]))}) as given (number, words)
    `,
  ],
  remove: (index, numbers) => sql`delete from ${raw(index)} where number in (${list(numbers)})`,
  // Not kept apart, it may be asked row by row, for every event that there is.
  holding: (index, sifting) => sql`
    with fitting as materialized (
      select number from ${raw(index)} where words @@ cast(${condition(sifting)} as tsquery)
    )
    select number from fitting
  `,
  matching: (index, sifting) => sql`
    select number, ts_rank(words, query) as score
    from ${raw(index)}, cast(${condition(sifting)} as tsquery) as query
    where words @@ query
  `,
  // Told to sort, PostgreSQL would walk through the numbers and test every row; kept apart, it asks the index.
  newest: (index, sifting, { bounds, most }) => sql`
    with fitting as materialized (
      select found.number
      from ${raw(index)} as found
      where words @@ cast(${condition(sifting)} as tsquery) ${joined(bounds, ' ')}
    )
    select number
    from fitting
    order by number desc
    limit ${most}
  `,
};

function condition({ wanted, unwanted }: Sifting): string {
  return [...wanted.map(expression), ...unwanted.map((sought) => `!${expression(sought)}`)].join(' & ');
}

/** Words as PostgreSQL keeps them: each with its positions, those of the title marked `A` and once more by themselves. */
function vectorOf({ title, text }: IndexedWords): string {
  const titleWords = wordsIn(title);
  const places = new Map<string, string>();
  const note = (word: string, place: string) => {
    const known = places.get(word);
    places.set(word, known === undefined ? place : `${known},${place}`);
  };
  titleWords.forEach((word, index) => {
    note(word, `${index + 1}A`);
    note(`${TITLE}${word}`, `${index + 1}`);
  });
  const textStart = titleWords.length + GAP + 1;
  wordsIn(text).forEach((word, index) => note(word, `${Math.min(textStart + index, LAST_POSITION)}`));
  let vector = '';
  for (const [word, at] of places) vector += `${quoted(word)}:${at} `;
  return vector;
}

function wordsIn(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

function expression({ spellings, inTitle = false }: Sought): string {
  return `(${spellings.map((spelling) => phrase(spelling, inTitle ? TITLE : '')).join(' | ')})`;
}

function phrase({ words, open }: Spelling, before: string): string {
  const terms = words.map((word) => quoted(`${before}${word}`));
  return `(${terms.join(' <-> ')}${open ? ':*' : ''})`;
}

function quoted(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
