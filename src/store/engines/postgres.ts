import { Pool, types, type ClientBase, type PoolClient } from 'pg';
import { StoreError } from '../../errors.ts';
import type { Database } from '../database.ts';
import { makeHandle, type Connection, type Engine } from './handle.ts';
import { postgres } from './postgres-dialect.ts';
import { makeTending } from './postgres-tending.ts';
import { raw, textOf, type Statement } from './sql.ts';

const MOST_CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 10_000;

const BIGINT = types.builtins.INT8;

/**
 * Opens an archive on a server, which any number of processes may share.
 *
 * @throws {StoreError} when the server does not answer or refuses; the message never holds the address
 */
export async function openPostgres(url: string): Promise<Database> {
  const pool = poolOf(url, MOST_CONNECTIONS);
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
  return makeHandle(engineOf(pool, poolOf(url, 1)));
}

function poolOf(url: string, max: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    onConnect: setUp,
    types: { getTypeParser: (id, format) => (id === BIGINT ? Number : types.getTypeParser(id, format)) },
  });
  // A lost connection fails its query, and the next one gets another; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** How the server is to treat our statements, all of them short. */
const SETTINGS = [
  // Compiling one, or starting other processes to help with it, takes longer than running it.
  `set jit = off`,
  `set max_parallel_workers_per_gather = 0`,
  // What they read is in memory or on a disk without moving parts: else a whole index is read for a thousand rows of it.
  `set random_page_cost = 1.1`,
  // An index that takes in what waits does so in pieces of this size: beside the storing, and where it has to within it.
  `set maintenance_work_mem = '64MB'`,
  `set work_mem = '32MB'`,
].join('; ');

/** The pool waits for this, which its types do not say. */
const setUp = ((client) => client.query(SETTINGS)) as (client: ClientBase) => void;

/** @param aside - a connection for what others may wait for: they never hold it themselves */
function engineOf(pool: Pool, aside: Pool): Engine {
  const tending = makeTending(() => takeIn(aside));
  return {
    dialect: postgres,
    noteIndexed: (characters) => tending.noteIndexed(characters),
    query: (statement) => run(pool, statement),
    readSlowly: (statement) => run(pool, statement),
    exclusively: (work) => between(pool, raw(`begin`), work),
    snapshot: (work) =>
      between(pool, raw(`begin transaction isolation level repeatable read read only`), work),
    async close() {
      await tending.end();
      await aside.end();
      await pool.end();
    },
  };
}

/** Makes the index of items take in what waits; tells its size in bytes. */
async function takeIn(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ bytes: number }>(`
    select pg_relation_size('item_words_by_word') as bytes, gin_clean_pending_list('item_words_by_word')
  `);
  return rows[0]?.bytes ?? 0;
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
