import type { ReadingForm, Spelling } from './spelling.ts';

/** Where a finding lies in the reading form. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const SPACE = 0x20;

/** No part of a word; of a word between spaces; of a script without borders between words; of an Arabic word. */
const [OUTSIDE, SPACED, UNSPACED, ARABIC] = [1, 2, 3, 4] as const;

/** Per unit: which of these it is; 0 until first met. */
const sortOf = new Uint8Array(0x10000);

/** What Arabic writes onto the front of a word: and, so, with, to, as, the. */
const ARABIC_PREFIX = /^[وف]?(?:[بلك]?(?:ال)?|لل)$/;
const LONGEST_ARABIC_PREFIX = 4;

/**
 * Tells whether an occurrence of a key, which ends at `end`, stands as its spelling asks.
 *
 * @returns where it lies, to the end of its last word where that was left open; `undefined` when it does not fit
 */
export function fits(spelling: Spelling, form: ReadingForm, end: number): Span | undefined {
  const start = end - spelling.key.length;
  if (!fitsLeft(spelling, form, start)) return undefined;
  const last = afterPieces(spelling, form, end);
  if (last === undefined) return undefined;
  if (spelling.isOpenRight) return { start, end: wordEnd(form, last) };
  const next = sortAt(form, last);
  if (spelling.hasEdgeRight) return next === OUTSIDE ? { start, end: last } : undefined;
  const goesOn = isSpaced(sortAt(form, last - 1)) && isSpaced(next);
  return goesOn ? undefined : { start, end: last };
}

function fitsLeft(spelling: Spelling, form: ReadingForm, start: number): boolean {
  if (spelling.isOpenLeft) return true;
  const before = sortAt(form, start - 1);
  if (before === OUTSIDE) return true;
  if (spelling.hasEdgeLeft) return false;
  const first = sortAt(form, start);
  if (!isSpaced(first) || !isSpaced(before)) return true;
  return first === ARABIC && hasArabicPrefix(form, start);
}

/** Where the further words of a spelling with a star inside end; `end` itself when there are none. */
function afterPieces({ pieces }: Spelling, form: ReadingForm, end: number): number | undefined {
  let at = end;
  for (const piece of pieces) {
    at = wordEnd(form, at);
    if (form.units[at] !== SPACE || !standsAt(piece, form, at + 1)) return undefined;
    at += 1 + piece.length;
  }
  return at;
}

function standsAt(piece: string, form: ReadingForm, start: number): boolean {
  if (start + piece.length > form.length) return false;
  for (let index = 0; index < piece.length; index++) {
    if (form.units[start + index] !== piece.charCodeAt(index)) return false;
  }
  return true;
}

function wordEnd(form: ReadingForm, from: number): number {
  let end = from;
  while (isSpaced(sortAt(form, end))) end++;
  return end;
}

function hasArabicPrefix(form: ReadingForm, start: number): boolean {
  let begin = start;
  while (isSpaced(sortAt(form, begin - 1)) && start - begin <= LONGEST_ARABIC_PREFIX) begin--;
  return ARABIC_PREFIX.test(String.fromCharCode(...form.units.subarray(begin, start)));
}

function isSpaced(sort: number): boolean {
  return sort === SPACED || sort === ARABIC;
}

function sortAt(form: ReadingForm, index: number): number {
  if (index < 0 || index >= form.length) return OUTSIDE;
  const unit = form.units[index] ?? 0;
  return sortOf[unit] || learn(unit);
}

function learn(unit: number): number {
  const character = String.fromCharCode(unit);
  return (sortOf[unit] = sortOfCharacter(character));
}

function sortOfCharacter(character: string): number {
  if (!/[\p{L}\p{M}\p{N}]/u.test(character)) return OUTSIDE;
  if (/\p{sc=Arab}/u.test(character)) return ARABIC;
  const isUnspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}ー]/u.test(character);
  return isUnspaced ? UNSPACED : SPACED;
}
