import { existsSync, mkdirSync, statSync } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoreError } from '../../errors.ts';

/**
 * Makes a folder, with those above it, where it is not there yet. Node's own way of making those above never ends under
 * `/proc`, where a folder takes no other.
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
    const above = dirname(folder);
    if (!isMissing(error) || existsSync(above)) throw error;
    makeFolder(above);
    makeFolder(folder);
  }
}

/**
 * Makes sure that a file can be put in the place of what has its name: of a file or of nothing.
 *
 * @throws {StoreError} when a folder, a device or the like is there
 */
export async function assertReplaceable(file: string, what: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there === undefined || there.isFile()) return;
  const kind = there.isDirectory() ? 'a folder' : 'no file but a device or the like';
  const message = `${what} cannot be written: what has this name is ${kind}; name a file. Nothing was changed`;
  throw new StoreError(message, { reason: 'unreachable' });
}

/** Waits until a file is on the disk. */
export async function settle(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes an archive's file, with those that SQLite keeps beside it. */
export async function removeArchive(file: string): Promise<void> {
  await Promise.all(['', '-wal', '-shm', '-journal'].map((end) => rm(`${file}${end}`, { force: true })));
}

/** Removes what is left of an attempt that failed, as far as it can be removed: why it failed is what matters. */
export async function discard(file: string): Promise<void> {
  await removeArchive(file).catch(() => undefined);
}

/**
 * Says in a sentence why a file could not be written, and that nothing has changed.
 *
 * @param what - the file in words, such as `The backup a.db`
 * @returns the error itself when it has nothing to do with writing a file
 */
export function whyUnwritten(error: unknown, what: string): unknown {
  const trouble = troubleOf(error);
  if (trouble === undefined) return error;
  const [reason, why] = trouble;
  return new StoreError(`${what} cannot be written: ${why}. Nothing was changed`, { reason, cause: error });
}

type Trouble = readonly [reason: StoreError['reason'], why: string];

const full: Trouble = ['full', 'the disk is full'];
const refused: Trouble = ['read-only', 'this user may not write there'];
const unreachable: Trouble = ['unreachable', 'look at its folder and disk'];
const throughFile: Trouble = ['unreachable', 'a part of its path is a file, not a folder'];

/** What the operating system says, in words. */
const troubles: Readonly<Record<string, Trouble>> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: full,
  EACCES: refused,
  EPERM: refused,
  EROFS: ['read-only', 'that disk can only be read'],
  ENOENT: ['unreachable', 'no file can be made there'],
  EEXIST: throughFile,
  ENOTDIR: throughFile,
  ENAMETOOLONG: ['unreachable', 'its name is too long'],
};

function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof StoreError) {
    return [full, refused, unreachable].find(([reason]) => reason === error.reason);
  }
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return troubles[String(error.code)] ?? unreachable;
}

/** Tells whether an error says that a file is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
