import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { Client } from 'pg';
import { openDatabase, type Database } from '../src/store/database.ts';
import { list, raw, sql } from '../src/store/engines/sql.ts';
import { startPostgres, type Server } from './postgres.ts';

/** A real, empty database of the default engine, gone when it is closed or the test run ends. */
export function emptyDatabase(): Promise<Database> {
  return openDatabase('memory');
}

/** An engine: its name, and a way to an empty database on it. */
type Opened = [name: string, open: () => Promise<Database>];

/**
 * The engines on which the tests of the store run. Starts a PostgreSQL server for the calling test file where one can
 * be had, and stops it after its tests.
 *
 * @param options.fresh - makes a new PostgreSQL database each time, for tests that change the tables; else one is
 * emptied, which takes a hundredth of the time, so that a test has only one of them
 */
export async function engines({ fresh = false } = {}): Promise<Opened[]> {
  const sqlite: Opened = ['SQLite', emptyDatabase];
  const server = await startPostgres();
  if (server === undefined) {
    process.stdout.write('No PostgreSQL server can be started here: its tests are left out\n');
    return [sqlite];
  }
  const opened: Database[] = [];
  const openNew = async () => {
    const db = await openDatabase({ url: await emptyPostgres(server) });
    opened.push(db);
    return db;
  };
  const openEmptied = async () => {
    const [db] = opened;
    return db === undefined ? openNew() : emptied(db);
  };
  afterAll(async () => {
    await Promise.allSettled(opened.map((db) => db.close()));
    await server.stop();
  });
  return [sqlite, ['PostgreSQL', fresh ? openNew : openEmptied]];
}

/** Makes a database on a server, without any table, and tells its address. */
export async function emptyPostgres(server: Server): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: server.url('postgres') });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return server.url(name);
}

async function emptied(db: Database): Promise<Database> {
  // Which forms words have is remembered in the process as well, and disturbs no test.
  const kept = ['schema', 'word_form'];
  const tables = await db.query<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = current_schema() and tablename not in (${list(kept)})`,
  );
  await db.transaction(async (tx) => {
    for (const { name } of tables) await tx.query(raw(`delete from ${name}`));
  });
  return db;
}
