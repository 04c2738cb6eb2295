import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { ConfigError } from '../errors.ts';

/** A text that only whoever has the key can read. */
export interface Sealed {
  /** Names the key without giving it away: 8 hexadecimal digits. */
  readonly keyId: string;
  readonly sealed: string;
}

/** Seals texts and opens them again. */
export interface Seal {
  /**
   * @param about - what the text belongs to: it can be opened for nothing else
   */
  close(text: string, about: string): Sealed;
  /** @throws {ConfigError} when it was sealed with a key that is not set, or has been changed */
  open(sealed: Sealed, about: string): string;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_LENGTH = 8;

/**
 * Makes a seal with AES-256-GCM.
 *
 * @param keys - 32 bytes each, in hexadecimal, at least one: the first seals, every one opens, so that keys can be changed
 */
export function makeSeal(keys: readonly [string, ...string[]]): Seal {
  const known = new Map(keys.map((hex) => [idOf(hex), Buffer.from(hex, 'hex')]));
  const keyId = idOf(keys[0]);
  const key = Buffer.from(keys[0], 'hex');
  return {
    close(text, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return { keyId, sealed: Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64') };
    },
    open(closed, about) {
      const opening = known.get(closed.keyId);
      if (opening === undefined) throw new ConfigError(wrongKey(closed.keyId));
      return opened(Buffer.from(closed.sealed, 'base64'), about, opening);
    },
  };
}

function opened(sealed: Buffer, about: string, key: Buffer): string {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const hidden = sealed.subarray(NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(about)).setAuthTag(tag);
    return decipher.update(hidden, undefined, 'utf8') + decipher.final('utf8');
  } catch (error) {
    throw new ConfigError('A sealed token in the archive has been changed: install Tumen there again', {
      cause: error,
    });
  }
}

function idOf(hex: string): string {
  return createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex').slice(0, ID_LENGTH);
}

function wrongKey(keyId: string): string {
  return `TOKEN_KEY: the tokens in the archive were sealed with another key (${keyId}): add that key behind a comma, or remove the workspaces and install Tumen there again`;
}
