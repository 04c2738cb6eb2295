import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { Database } from './database.ts';
import type { Dialect, Sifting, Sought, Spelling } from './dialect.ts';
import { makeHandle, type Connection, type Engine } from './handle.ts';
import { joined, list, raw, rows, sql, textOf, type Statement } from './sql.ts';

/** The file of the archive in the data directory. */
export const FILE = 'tumen.db';

/** How long a writer waits for another process before it gives up. */
const PATIENCE_MS = 30_000;
/** The wait inside SQLite, which holds up everything else; the rest of the patience is spent asleep. */
const BUSY_TIMEOUT_MS = 20;
const PAUSE_MS = 5;

const MOST_PREPARED = 300;

const CODES = { busy: 5, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };

/**
 * Opens an archive in this process: one file, which other processes on this machine may use at the same time.
 *
 * @param place - a folder, made where it does not exist; or `:memory:`
 * @throws {StoreError} when the folder or file cannot be used
 */
export async function openSqlite(place: ':memory:' | { readonly directory: string }): Promise<Database> {
  const file = place === ':memory:' ? place : join(place.directory, FILE);
  try {
    if (place !== ':memory:') mkdirSync(place.directory, { recursive: true });
    const connection = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    const engine = engineOf(connection);
    await engine.query(raw(`pragma journal_mode = wal`));
    await engine.query(raw(`pragma synchronous = full`));
    return makeHandle(engine);
  } catch (error) {
    throw explained(error, file);
  }
}

function engineOf(connection: DatabaseSync): Engine {
  const run = runner(connection);
  const alone = mutex();
  const patiently = async <Result>(work: () => Result): Promise<Result> => {
    const attempts = PATIENCE_MS / (BUSY_TIMEOUT_MS + PAUSE_MS);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return work();
      } catch (error) {
        if (codeOf(error) !== CODES.busy || attempt >= attempts)
          throw explained(error, connection.location());
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  };
  const inTransaction: Connection = {
    async query<Row>(statement: Statement) {
      try {
        return run(statement) as Row[];
      } catch (error) {
        throw explained(error, connection.location());
      }
    },
  };

  return {
    dialect: sqlite,
    query: <Row>(statement: Statement) => alone(() => patiently(() => run(statement) as Row[])),
    readSlowly: <Row>(statement: Statement) => alone(() => patiently(() => run(statement) as Row[])),
    exclusively: (work) =>
      alone(async () => {
        await patiently(() => connection.exec('begin immediate'));
        try {
          const result = await work(inTransaction);
          connection.exec('commit');
          return result;
        } catch (error) {
          // SQLite has rolled back by itself after some failures, such as a full disk.
          if (connection.isTransaction) connection.exec('rollback');
          throw explained(error, connection.location());
        }
      }),
    close: () => alone(async () => connection.close()),
  };
}

/** Runs statements, keeping the prepared form of those last used. */
function runner(connection: DatabaseSync): (statement: Statement) => unknown[] {
  const prepared = new Map<string, StatementSync>();
  return (statement) => {
    const text = textOf(statement, () => '?');
    const ready = prepared.get(text) ?? connection.prepare(text);
    prepared.delete(text);
    prepared.set(text, ready);
    const [oldest] = prepared.keys();
    if (prepared.size > MOST_PREPARED && oldest !== undefined) prepared.delete(oldest);
    return ready.all(...statement.values);
  };
}

/** Lets one flow of work after the other have the connection, in the order in which they ask. */
function mutex(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

const sqlite: Dialect = {
  name: 'sqlite',
  textType: 'text',
  skipLocked: sql``,
  lockMigration: raw(`select 1`),
  schemaTable: raw(`select name from sqlite_master where type = 'table' and name = 'schema'`),
  indexTables: (['item_words', 'event_words'] as const).map((index) =>
    // The analyser has split and folded the words already; `ascii` only cuts at its blanks.
    raw(
      `create virtual table ${index} using fts5(title, text, content = '', contentless_delete = 1, tokenize = 'ascii')`,
    ),
  ),
  numberOfIndex: raw('rowid'),
  put: (index, words) => sql`
    insert into ${raw(index)} (rowid, title, text)
    values ${rows(words.map(({ number, title, text }) => [number, title, text]))}
  `,
  remove: (index, numbers) => sql`delete from ${raw(index)} where rowid in (${list(numbers)})`,
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

function explained(error: unknown, file: string | null): unknown {
  const code = codeOf(error);
  if (code === CODES.busy) {
    const message = `The archive ${file} has been in use by another process for too long`;
    return new StoreError(message, { reason: 'busy', cause: error });
  }
  if (code === CODES.full) {
    const message = `The disk that holds the archive ${file} is full: nothing was written`;
    return new StoreError(message, { reason: 'full', cause: error });
  }
  return otherwise(error, file);
}

function otherwise(error: unknown, file: string | null): unknown {
  const code = codeOf(error);
  if (code === CODES.readOnly || isRefused(error)) {
    const message = `The archive ${file} cannot be written: give this user the right to write its file and folder`;
    return new StoreError(message, { reason: 'read-only', cause: error });
  }
  if (code === CODES.corrupt || code === CODES.notADatabase) {
    const message = `The archive ${file} is damaged: restore it from a backup`;
    return new StoreError(message, { reason: 'damaged', cause: error });
  }
  if (code === CODES.cannotOpen || code === CODES.ioError || systemCodeOf(error) !== '') {
    const message = `The archive ${file} cannot be opened, read or written: look at its folder and disk`;
    return new StoreError(message, { reason: 'unreachable', cause: error });
  }
  return error;
}

/** SQLite's primary result code, without the details in its upper bits. */
function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return Number(error.errcode) & 0xff;
}

function isRefused(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(systemCodeOf(error));
}

/** What the operating system says, such as `EACCES`; empty when the failure is not its own. */
function systemCodeOf(error: unknown): string {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : '';
}
