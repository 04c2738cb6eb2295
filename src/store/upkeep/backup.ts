import { copyFile, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from '../../errors.ts';
import type { Day } from '../../model.ts';
import { dayAt, dayFrom } from '../../time.ts';
import { copyArchive } from './copying.ts';
import { openDatabase, type Database, type Location } from '../database.ts';
import { migrate, versionOf } from '../migrate.ts';
import { raw, sql } from '../engines/sql.ts';
import { FILE, openSqlite } from '../engines/sqlite.ts';
import {
  assertReplaceable,
  discard,
  isMissing,
  makeFolder,
  removeArchive,
  settle,
  whyUnwritten,
} from './files.ts';

/** How long a restore waits for a process that is just closing the archive. */
const PATIENCE_MS = 1000;

/** Backups of the schedule, such as `tumen-2024-10-23.db`. */
const SCHEDULED = /^tumen-(\d{4}-\d{2}-\d{2})\.db$/;

/**
 * Writes the whole archive, as it is at one moment, into one SQLite file, on whatever engine it is kept. The archive
 * can be written meanwhile. A file of that name is replaced only once the new one is complete and on the disk.
 *
 * @throws {StoreError} when the file cannot be written; one of that name is as it was
 */
export async function backUp(db: Database, file: string): Promise<void> {
  const [part, what] = [`${file}.part`, `The backup ${file}`];
  await assertReplaceable(file, what);
  await assertOther(db, file);
  try {
    makeFolder(dirname(file));
    await removeArchive(part);
    // What is in the way is told by the file system better than by SQLite.
    await (await open(part, 'w')).close();
    if (db.dialect.name === 'sqlite') await db.readSlowly(sql`vacuum into ${part}`);
    else await copyInto(db, part);
    await settle(part);
    await rename(part, file);
  } catch (error) {
    await discard(part);
    throw whyUnwritten(error, what);
  }
}

/** An archive that is put in its own place would lose what its log holds. */
async function assertOther(db: Database, file: string): Promise<void> {
  if (db.dialect.name !== 'sqlite') return;
  const [own] = await db.query<{ file: string }>(
    raw(`select file from pragma_database_list where name = 'main'`),
  );
  const there = await realpath(file).catch(() => undefined);
  if (there === undefined || there !== own?.file) return;
  const message = `The backup ${file} cannot be written: that is the archive itself; name another file. Nothing was changed`;
  throw new StoreError(message, { reason: 'in-use' });
}

/**
 * Backs up into a folder, one file a day, and removes the oldest beyond `keep` of them.
 *
 * @param options.zone - IANA zone of the days
 * @returns the file
 */
export async function backUpByDay(
  db: Database,
  options: { readonly folder: string; readonly keep: number; readonly now: Date; readonly zone: string },
): Promise<string> {
  const { folder, keep, now, zone } = options;
  const file = join(folder, `tumen-${dayAt(now, zone)}.db`);
  await backUp(db, file);
  const names = await scheduledIn(folder);
  for (const name of names.slice(0, Math.max(0, names.length - keep))) await rm(join(folder, name));
  return file;
}

/** The day of the latest backup of the schedule in a folder; `undefined` when there is none. */
export async function latestBackup(folder: string): Promise<Day | undefined> {
  const [, day] = SCHEDULED.exec((await scheduledIn(folder)).at(-1) ?? '') ?? [];
  return day === undefined ? undefined : dayFrom(day);
}

/** Names of the backups of the schedule, the earliest first; none when there is no such folder. */
async function scheduledIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => SCHEDULED.test(name)).toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw whyUnwritten(error, `The folder of backups ${folder}`);
  }
}

/**
 * Puts a backup in the place of an archive. In a folder, the archive that was there is kept beside it as
 * `tumen.db.before-restore`; on a server the archive must be empty.
 *
 * @throws {StoreError} `in-use` when another process has the archive open, `damaged` or `newer` when the backup
 * cannot be used; nothing is changed then
 */
export async function restore(file: string, location: Exclude<Location, 'memory'>): Promise<void> {
  if ('url' in location) return restoreIntoServer(file, location.url);
  const target = 'file' in location ? location.file : join(location.directory, FILE);
  const part = `${target}.part`;
  try {
    makeFolder(dirname(target));
    await removeArchive(part);
    await copyFile(file, part);
    await check(part);
    const release = await takeAlone(target);
    await rename(target, `${target}.before-restore`).catch(unlessMissing);
    await rename(part, target);
    await release();
  } catch (error) {
    await discard(part);
    throw whyUnwritten(error, `The archive ${target}`);
  }
}

async function restoreIntoServer(file: string, url: string): Promise<void> {
  const part = `${file}.restoring`;
  await copyFile(file, part);
  try {
    await check(part);
    const [from, to] = [await openDatabase({ file: part }), await openDatabase({ url })];
    try {
      await copyArchive(from, to);
    } finally {
      await from.close();
      await to.close();
    }
  } finally {
    await removeArchive(part);
  }
}

async function copyInto(db: Database, file: string): Promise<void> {
  const copy = await openDatabase({ file });
  try {
    await copyArchive(db, copy);
  } finally {
    await copy.close();
  }
}

/** Brings a copy of a backup up to date and makes sure that it is whole. */
async function check(part: string): Promise<void> {
  try {
    await checkOpened(part);
  } catch (error) {
    if (!(error instanceof StoreError) || error.reason !== 'damaged') throw error;
    const message = 'The file is no backup of an archive, or damaged: take another one. Nothing was changed';
    throw new StoreError(message, { reason: 'damaged', cause: error });
  }
  await settle(part);
}

async function checkOpened(part: string): Promise<void> {
  const db = await openSqlite(part);
  try {
    const isArchive = (await versionOf(db)) > 0;
    if (isArchive) await migrate(db);
    const [found] = await db.query<{ integrity_check: string }>(raw(`pragma integrity_check(1)`));
    if (!isArchive || found?.integrity_check !== 'ok') {
      throw new StoreError('Not a whole archive', { reason: 'damaged' });
    }
    await db.query(raw(`pragma journal_mode = delete`));
  } finally {
    await db.close();
  }
}

/**
 * Makes sure that no process has an archive open, and keeps others from opening it until released. SQLite leaves its
 * log behind only when it is alone, which is how others are noticed. An archive that cannot be read is used by nobody.
 */
async function takeAlone(target: string): Promise<() => Promise<void>> {
  let db: Database;
  try {
    db = await openSqlite(target, { patienceMs: PATIENCE_MS });
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'damaged') return async () => undefined;
    throw error;
  }
  try {
    await db.query(raw(`pragma locking_mode = exclusive`));
    await db.query(raw(`pragma journal_mode = delete`));
    return () => db.close();
  } catch (error) {
    await db.close();
    const message = `The archive ${target} is in use: stop Tumen and every command of it first, then restore`;
    throw new StoreError(message, { reason: 'in-use', cause: error });
  }
}

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
