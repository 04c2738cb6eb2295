import { Pool, types, type ClientBase, type PoolClient } from 'pg';
import { StoreError } from '../../errors.ts';
import type { Database } from '../database.ts';
import type { Dialect, IndexedWords, Sifting, Sought, Spelling } from './dialect.ts';
import { makeHandle, type Connection, type Engine } from './handle.ts';
import { joined, list, raw, rows, sql, textOf, type Statement } from './sql.ts';

const MOST_CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 10_000;

/** Any number that no other program locks on the same server: "tumen" as bytes. */
const MIGRATION_LOCK = 0x74756d65;

const BIGINT = types.builtins.INT8;

/** PostgreSQL keeps no word positions beyond this one; see "Limitations" under Text Search Types in its manual. */
const LAST_POSITION = 16_383;
/** A title counts from here on, so that no phrase runs from it into the text. */
const GAP = 1;
/**
 * Begins the words of a title, which stand in the index once more with this character for private use before them:
 * PostgreSQL's own mark of a title is not in its index, so that every row would have to be read to see it.
 */
const TITLE = '\u{e001}';

/**
 * Opens an archive on a server, which any number of processes may share.
 *
 * @throws {StoreError} when the server does not answer or refuses; the message never holds the address
 */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    onConnect: setUp,
    types: { getTypeParser: (id, format) => (id === BIGINT ? Number : types.getTypeParser(id, format)) },
  });
  // A lost connection fails its query, and the next one gets another; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw new StoreError(
      'The PostgreSQL server of DATABASE_URL cannot be reached or refuses the connection',
      {
        reason: 'unreachable',
        cause: error,
      },
    );
  }
  return makeHandle(engineOf(pool));
}

/** Compiling a statement takes longer than any of ours runs. The pool waits for this, which its types do not say. */
const setUp = ((client) => client.query('set jit = off')) as (client: ClientBase) => void;

function engineOf(pool: Pool): Engine {
  return {
    dialect: postgres,
    query: (statement) => run(pool, statement),
    readSlowly: (statement) => run(pool, statement),
    exclusively: (work) => between(pool, raw(`begin`), work),
    snapshot: (work) =>
      between(pool, raw(`begin transaction isolation level repeatable read read only`), work),
    close: () => pool.end(),
  };
}

async function between<Result>(
  pool: Pool,
  begin: Statement,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const client = await connected(pool);
  const connection: Connection = { query: (statement) => run(client, statement) };
  let failure: unknown;
  try {
    await connection.query(begin);
    const result = await work(connection);
    await connection.query(raw(`commit`));
    return result;
  } catch (error) {
    failure = error;
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release(failure instanceof StoreError);
  }
}

async function connected(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw explained(error);
  }
}

async function run<Row>(on: Pool | PoolClient, statement: Statement): Promise<Row[]> {
  try {
    const result = await on.query({
      text: textOf(statement, (number) => `$${number}`),
      values: [...statement.values],
    });
    return result.rows as Row[];
  } catch (error) {
    throw explained(error);
  }
}

const postgres: Dialect = {
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
  numberOfIndex: raw('number'),
  put: (index, words) => [
    // Taking in what waits is done in pieces of this size.
    raw(`set local work_mem = '32MB'`),
    sql`
      insert into ${raw(index)} (number, words)
      select cast(number as bigint), cast(words as tsvector)
      from (values ${rows(words.map((row) => [row.number, vectorOf(row)]))}) as given (number, words)
    `,
  ],
  remove: (index, numbers) => sql`delete from ${raw(index)} where number in (${list(numbers)})`,
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
  const places = new Map<string, string[]>();
  const note = (word: string, position: number, mark: string) => {
    const place = `${Math.min(position, LAST_POSITION)}${mark}`;
    const known = places.get(word);
    if (known === undefined) places.set(word, [place]);
    else known.push(place);
  };
  titleWords.forEach((word, index) => {
    note(word, index + 1, 'A');
    note(`${TITLE}${word}`, index + 1, '');
  });
  wordsIn(text).forEach((word, index) => note(word, titleWords.length + GAP + index + 1, ''));
  return [...places].map(([word, at]) => `${quoted(word)}:${at.join(',')}`).join(' ');
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

/** Says in a sentence what an operator can do something about; leaves the rest as it is. */
function explained(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '53100') {
    const message = 'The disk of the PostgreSQL server is full: nothing was written';
    return new StoreError(message, { reason: 'full', cause: error });
  }
  if (code === '25006') {
    const message = 'The PostgreSQL server takes no writing now (it is a standby, or set to read only)';
    return new StoreError(message, { reason: 'read-only', cause: error });
  }
  if (isLost(error, code)) {
    const message = 'The connection to the PostgreSQL server was lost: what was under way was not written';
    return new StoreError(message, { reason: 'lost', cause: error });
  }
  return error;
}

/** Connection failures: SQLSTATE classes 08 and 57P, a socket's own codes, and what `pg` says without a code. */
function isLost(error: unknown, code: string): boolean {
  if (/^(?:08...|57P..|ECONN\w+|EPIPE|ETIMEDOUT|ENOENT)$/.test(code)) return true;
  return (
    error instanceof Error &&
    /^Connection terminated|^timeout exceeded|connection error and is not queryable/.test(error.message)
  );
}
