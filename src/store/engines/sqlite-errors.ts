import { StoreError } from '../../errors.ts';

/** SQLite's primary result codes; see sqlite.org/rescode.html. */
export const CODES = {
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** Says in a sentence what an operator can do something about; leaves the rest as it is. */
export function explained(error: unknown, file: string | null): unknown {
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

/** SQLite's primary result code, without the details in its upper bits; `undefined` for other failures. */
export function codeOf(error: unknown): number | undefined {
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
