import type { Dialect, Sifting, Sought, Spelling } from './dialect.ts';
import { joined, list, raw, sql } from './sql.ts';

/** What SQLite does in its own way. */
export const sqlite: Dialect = {
  name: 'sqlite',
  types: { text: 'text', numberKey: 'integer primary key', keyed: ' without rowid' },
  skipLocked: sql``,
  lockMigration: raw(`select 1`),
  schemaTable: raw(`select name from sqlite_master where type = 'table' and name = 'schema'`),
  indexTables: (['item_words', 'event_words'] as const).map((index) =>
    // The analyser has split and folded the words already; `ascii` only cuts at its blanks.
    raw(
      `create virtual table ${index} using fts5(title, text, content = '', contentless_delete = 1, tokenize = 'ascii')`,
    ),
  ),
  // The index grows by pieces: the fewer of them are merged at a time, the more often each word is written again.
  indexTuning: [raw(`insert into item_words (item_words, rank) values ('automerge', 8)`)],
  indexBuffer: [],
  indexReserve: [],
  // Pieces of half a megabyte are put together in the processor's own cache; 64 of them become one, and 64 of those, so
  // that a million items are written three times each. A search looks into each piece, for 20 µs. Merging goes on bit by bit
  // with each new piece; only where that does not keep up are 128 merged at once.
  indexGrowth: [`'hashsize', ${2 ** 19}`, `'automerge', 64`, `'crisismerge', 128`].map((option) =>
    raw(`insert into item_words (item_words, rank) values (${option})`),
  ),
  numberOfIndex: raw('rowid'),
  // A statement of several rows can be taken back in part, before which FTS5 writes out all that it holds in memory, as
  // a piece of its index of its own that has to be merged later. It also does when a number is less than the last.
  put: (index, words) =>
    words
      .toSorted((a, b) => a.number - b.number)
      .map(
        ({ number, title, text }) =>
          sql`insert into ${raw(index)} (rowid, title, text) values (${number}, ${title}, ${text})`,
      ),
  remove: (index, numbers) => sql`delete from ${raw(index)} where rowid in (${list(numbers)})`,
  holding: (index, sifting) =>
    sql`select rowid as number from ${raw(index)} where ${raw(index)} match ${condition(sifting)}`,
  matching: (index, sifting) => sql`
    select rowid as number, -bm25(${raw(index)}, 6.0, 1.0) as score
    from ${raw(index)}
    where ${raw(index)} match ${condition(sifting)}
  `,
  newest: (index, sifting, { bounds, most }) => sql`
    select found.rowid as number
    from ${raw(index)} as found
    where ${raw(index)} match ${condition(sifting)} ${joined(bounds, ' ')}
    order by found.rowid desc
    limit ${most}
  `,
};

function condition({ wanted, unwanted }: Sifting): string {
  const all = wanted.map(expression).join(' AND ');
  return `(${all})${unwanted.map((sought) => ` NOT ${expression(sought)}`).join('')}`;
}

function expression({ spellings, inTitle = false }: Sought): string {
  return `(${inTitle ? '{title} : ' : ''}(${spellings.map(phrase).join(' OR ')}))`;
}

function phrase({ words, open }: Spelling): string {
  return `"${words.join(' ')}"${open ? ' *' : ''}`;
}
