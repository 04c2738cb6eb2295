import { createHash } from 'node:crypto';

/** Longest nonce that Discord takes, by its API description. */
const NONCE_LENGTH = 25;

/** What marks one part of a post. */
export interface Mark {
  /** Discord shows no second message of this nonce in a channel for some minutes. */
  readonly nonce: string;
  /** A component's number, which stays with the message; odd on the last part of a post. */
  readonly number: number;
}

/** @param key - names the whole post for ever */
export function markOf(key: string, index: number, isLast: boolean): Mark {
  const hash = createHash('sha256').update(`${key} ${index}`).digest();
  // 31 bits, and never 0, which Discord counts as none.
  const even = (hash.readUInt32BE(28) >>> 2) << 1 || 2;
  return { nonce: hash.toString('hex').slice(0, NONCE_LENGTH), number: isLast ? even + 1 : even };
}
