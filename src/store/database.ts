import { join } from 'node:path';
import type { Dialect } from './engines/dialect.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './engines/postgres.ts';
import type { Statement } from './engines/sql.ts';
import { FILE, openSqlite } from './engines/sqlite.ts';

/** Where the archive is kept: a folder of this machine, one file, a PostgreSQL server, or nowhere (for tests). */
export type Location =
  { readonly directory: string } | { readonly file: string } | { readonly url: string } | 'memory';

/** An opened archive, apart from any transaction. */
export interface Archive {
  /**
   * Notes that words of so many characters were put into the index of items, and waits while too many of them have yet to
   * be taken in.
   */
  noteIndexed(characters: number): Promise<void>;
}

/** What can be asked of the archive, inside a transaction or outside. */
export interface Queries {
  /** What only this engine can do. */
  readonly dialect: Dialect;
  /** The same for all handles of one opened archive. */
  readonly archive: Archive;
  query<Row>(statement: Statement): Promise<Row[]>;
  /**
   * Runs a statement that only reads and may take long, without holding up anything else. Outside a transaction it
   * sees what is committed.
   */
  readSlowly<Row>(statement: Statement): Promise<Row[]>;
  /** Calls `action` once what was written so far is there to stay; never when the transaction fails. */
  afterCommit(action: () => void): void;
  /**
   * Does `work` wholly or not at all. Only the handle that `work` receives belongs to the transaction. Inside
   * another transaction it is a part that fails alone. Never wait for the network inside.
   */
  transaction<Result>(work: (tx: Queries) => Promise<Result>): Promise<Result>;
}

export interface Database extends Queries {
  /** Reads the archive as it is at one moment, however long `work` takes; others go on writing meanwhile. */
  snapshot<Result>(work: (frozen: Queries) => Promise<Result>): Promise<Result>;
  /** Waits for what is under way. The handle cannot be used afterwards. */
  close(): Promise<void>;
}

/**
 * Opens the archive and brings its tables up to date.
 *
 * @throws {StoreError} when it cannot be opened, is damaged, or was written by a newer Tumen
 */
export async function openDatabase(location: Location): Promise<Database> {
  const db = await open(location);
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

function open(location: Location): Promise<Database> {
  if (location === 'memory') return openSqlite(':memory:');
  if ('url' in location) return openPostgres(location.url);
  return openSqlite('file' in location ? location.file : join(location.directory, FILE));
}
