import { createHmac, timingSafeEqual } from 'node:crypto';
import { packRequest, type Request, unpackRequest } from '../form.ts';
import type { Effect } from '../message.ts';

/** What a press means, as a component carries it. */
export interface Press {
  readonly effect: Effect;
  readonly request: Request;
  /** The option that takes what was chosen from a menu. */
  readonly option?: string;
}

/** Turns a press into a text that only we can make, and back. */
export interface Signer {
  /** `undefined` when the press is too long for what carries it. */
  sign(press: Press): string | undefined;
  /** What the text stands for; `undefined` when we did not make it. */
  read(signed: string): Press | undefined;
}

const effects: readonly Effect[] = ['replace', 'reply', 'publish', 'form'];
const SIGNATURE_LENGTH = 11;

/**
 * Makes a signer.
 *
 * @param key - a secret that is the same after a restart and in every process, such as the bot's token
 * @param longest - characters that the platform lets a component carry
 */
export function makeSigner(key: string, longest: number): Signer {
  const signature = (text: string) =>
    createHmac('sha256', key).update(text).digest('base64url').slice(0, SIGNATURE_LENGTH);
  return {
    sign({ effect, request, option = '' }) {
      const text = `${effects.indexOf(effect)}${option}!${packRequest(request)}`;
      const id = signature(text) + text;
      return id.length <= longest ? id : undefined;
    },
    read(signed) {
      const [given, text] = [signed.slice(0, SIGNATURE_LENGTH), signed.slice(SIGNATURE_LENGTH)];
      const isOurs = isSame(given, signature(text));
      return isOurs ? pressIn(text) : undefined;
    },
  };
}

function isSame(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

function pressIn(text: string): Press | undefined {
  const border = text.indexOf('!');
  const effect = effects[Number(text[0])];
  const request = unpackRequest(text.slice(border + 1));
  if (effect === undefined || request === undefined) return undefined;
  const option = text.slice(1, border);
  return option === '' ? { effect, request } : { effect, request, option };
}
