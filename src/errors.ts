/** The settings cannot be used. Names every bad variable; never shows a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A person's request cannot be met; the message is a sentence meant for that person. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** A file that ships with Tumen or belongs to its operator does not hold what it must. Names file, row and field. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

/** A chat platform did not take a message. */
export class PostError extends Error {
  override readonly name = 'PostError';
  /**
   * `gone`: stop posting there. `refused`: this message is at fault. `busy`: the same post may work later.
   * `unknown`: it may have arrived; look before posting it again.
   */
  readonly reason: 'gone' | 'refused' | 'busy' | 'unknown';
  readonly retryAfterSeconds: number | undefined;

  constructor(
    message: string,
    options: { reason: PostError['reason']; retryAfterSeconds?: number; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.reason = options.reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The archive cannot be used; the message is a sentence meant for the operator, without the database's address. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** `busy` and `lost` may pass by themselves; the others need a person. */
  readonly reason: 'busy' | 'lost' | 'full' | 'read-only' | 'newer' | 'damaged' | 'in-use' | 'unreachable';

  constructor(message: string, options: { reason: StoreError['reason']; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.reason = options.reason;
  }
}
