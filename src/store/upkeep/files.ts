import { open, rm } from 'node:fs/promises';
import { StoreError } from '../../errors.ts';

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
  const reason = reasonOf(error);
  if (reason === undefined) return error;
  return new StoreError(`${what} cannot be written: ${troubles[reason]}. Nothing was changed`, {
    reason,
    cause: error,
  });
}

const troubles = {
  full: 'the disk is full',
  'read-only': 'this user may not write there',
  unreachable: 'look at its folder and disk',
} as const;

function reasonOf(error: unknown): keyof typeof troubles | undefined {
  if (error instanceof StoreError) {
    const { reason } = error;
    return reason === 'full' || reason === 'read-only' || reason === 'unreachable' ? reason : undefined;
  }
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const code = String(error.code);
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return 'full';
  return ['EACCES', 'EPERM', 'EROFS'].includes(code) ? 'read-only' : 'unreachable';
}

/** Tells whether an error says that a file is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
