import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Database } from '../database.ts';
import { makeFolder } from '../upkeep/files.ts';
import { makeHandle, type Connection, type Engine } from './handle.ts';
import { raw, textOf, type Statement } from './sql.ts';
import { sqlite } from './sqlite-dialect.ts';
import { codeOf, CODES, explained } from './sqlite-errors.ts';
import { makeReader } from './sqlite-reading.ts';

/** The file of the archive in the data directory. */
export const FILE = 'tumen.db';

const PATIENCE_MS = 30_000;
/** The wait inside SQLite, which holds up everything else; the rest of the patience is spent asleep. */
const BUSY_TIMEOUT_MS = 20;
const PAUSE_MS = 5;

/** Pages kept in memory: enough for the upper levels of every index of a million items. */
const CACHE_KIB = 24_000;

/**
 * Pages that are written ahead (8 MB) before they are put in their places: each goes there once for many changes, and all
 * of them hold up the rest of the program for 30 ms at most.
 */
const PAGES_AHEAD = 2000;

const MOST_PREPARED = 300;

/**
 * Opens an archive in this process: one file, which other processes on this machine may use at the same time.
 *
 * @param file - made where it does not exist, with its folder; or `:memory:`
 * @param options.patienceMs - how long a writer waits for another process before it gives up
 * @throws {StoreError} when the folder or file cannot be used
 */
export async function openSqlite(file: string, { patienceMs = PATIENCE_MS } = {}): Promise<Database> {
  try {
    if (file !== ':memory:') makeFolder(dirname(file));
    const connection = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    const engine = engineOf(connection, patienceMs);
    await engine.query(raw(`pragma journal_mode = wal`));
    await engine.query(raw(`pragma synchronous = full`));
    await engine.query(raw(`pragma cache_size = -${CACHE_KIB}`));
    await engine.query(raw(`pragma wal_autocheckpoint = ${PAGES_AHEAD}`));
    return makeHandle(engine);
  } catch (error) {
    throw explained(error, file);
  }
}

function engineOf(connection: DatabaseSync, patienceMs: number): Engine {
  const run = runner(connection);
  const file = connection.location();
  const reader = file === null ? undefined : makeReader(file, patienceMs);
  const alone = mutex();
  const patiently = async <Result>(work: () => Result): Promise<Result> => {
    const attempts = patienceMs / (BUSY_TIMEOUT_MS + PAUSE_MS);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return work();
      } catch (error) {
        if (codeOf(error) !== CODES.busy || attempt >= attempts) throw explained(error, file);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  };
  const inTransaction = connectionOf(run, file);

  const exclusively = <Result>(work: (connection: Connection) => Promise<Result>) =>
    alone(async () => {
      await patiently(() => connection.exec('begin immediate'));
      try {
        const result = await work(inTransaction);
        connection.exec('commit');
        return result;
      } catch (error) {
        // SQLite has rolled back by itself after some failures, such as a full disk.
        if (connection.isTransaction) connection.exec('rollback');
        throw explained(error, file);
      }
    });

  return {
    dialect: sqlite,
    // SQLite takes words in as they come.
    noteIndexed: async () => undefined,
    query: <Row>(statement: Statement) => alone(() => patiently(() => run(statement) as Row[])),
    readSlowly: async <Row>(statement: Statement) => {
      if (reader === undefined) return alone(() => patiently(() => run(statement) as Row[]));
      const text = textOf(statement, () => '?');
      try {
        return (await reader.read(text, statement.values)) as Row[];
      } catch (error) {
        throw explained(error, file);
      }
    },
    exclusively,
    snapshot: (work) => (file === null ? exclusively(work) : readFrozen(file, work)),
    close: async () => {
      await reader?.close();
      await alone(async () => connection.close());
    },
  };
}

/** Reads through a connection of its own, which sees the archive as it is when it first looks. */
async function readFrozen<Result>(
  file: string,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const frozen = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    frozen.exec('begin');
    return await work(connectionOf(runner(frozen), file));
  } finally {
    frozen.close();
  }
}

function connectionOf(run: (statement: Statement) => unknown[], file: string | null): Connection {
  return {
    async query<Row>(statement: Statement) {
      try {
        return run(statement) as Row[];
      } catch (error) {
        throw explained(error, file);
      }
    },
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
