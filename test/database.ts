import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { Client } from 'pg';
import { openDatabase, type Database } from '../src/store/database.ts';
import { startPostgres, type Server } from './postgres.ts';

/** A real, empty database of the default engine, gone when it is closed or the test run ends. */
export function emptyDatabase(): Promise<Database> {
  return openDatabase('memory');
}

/**
 * The engines on which the tests of the store run, each with its name and a way to an empty database. Starts a
 * PostgreSQL server for the calling test file where one can be had, and stops it after its tests.
 */
export async function engines(): Promise<[name: string, open: () => Promise<Database>][]> {
  const server = await startPostgres();
  if (server === undefined) {
    process.stdout.write('No PostgreSQL server can be started here: its tests are left out\n');
    return [['SQLite', emptyDatabase]];
  }
  const opened: Database[] = [];
  afterAll(async () => {
    await Promise.allSettled(opened.map((db) => db.close()));
    await server.stop();
  });
  const open = async () => {
    const db = await openDatabase({ url: await emptyPostgres(server) });
    opened.push(db);
    return db;
  };
  return [
    ['SQLite', emptyDatabase],
    ['PostgreSQL', open],
  ];
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
