import type { Day, EventId } from '../model.ts';

/** No vowels, so that no tail spells a word; no letter or digit that is mistaken for another. */
const LETTERS = 'bcdfghjkmnpqrstvwxz';
const DIGITS = '23456789';

/**
 * Names a new event: its first known day and a short tail, `2024-01-02-k7`. The tail follows from `seed`, so that
 * the same input gives the same names.
 *
 * @param seed - what the event starts from, such as the id of its first item
 * @param isTaken - whether an id was ever given to an event; a longer tail is tried until one is free
 */
export function eventId(day: Day, seed: string, isTaken: (id: EventId) => boolean): EventId {
  for (let attempt = 0; ; attempt++) {
    const id = `${day}-${tailOf(hashOf(`${seed}/${attempt}`), attempt)}` as EventId;
    if (!isTaken(id)) return id;
  }
}

/** A letter and a digit, with one more pair for every attempt that failed. */
function tailOf(hash: number, attempt: number): string {
  let tail = '';
  let rest = hash;
  for (let pair = 0; pair <= attempt; pair++) {
    tail += LETTERS.charAt(rest % LETTERS.length);
    rest = Math.floor(rest / LETTERS.length);
    tail += DIGITS.charAt(rest % DIGITS.length);
    rest = Math.floor(rest / DIGITS.length) || hashOf(tail);
  }
  return tail;
}

/** FNV-1a, 32 bits, with a final mix so that neighbouring seeds give unlike tails. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
