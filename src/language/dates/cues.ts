import { makePhraseTable } from '../phrase-table.ts';
import { spellings } from './lexicon.ts';
import type { DateWords } from './words.ts';

/** Tells how a stretch of text that names a date speaks of it. */
export interface Cues {
  /** Whether the clause around [start, end) speaks of something still to come. */
  readonly isPlanned: (lower: string, start: number, end: number) => boolean;
  /** Whether a reporting verb stands beside [start, end), so that the date is when something was said. */
  readonly isSaid: (lower: string, start: number, end: number) => boolean;
}

/** How far from a date its reporting verb may stand, in UTF-16 units. */
const SAID_WITHIN = 14;
/** How much text beside a date is looked at for one: the distance and the verb. */
const BESIDE = 34;
/** How far from a date the verb of its clause is looked for. */
const CLAUSE_WITHIN = 120;
const SENTENCE_END = /[.!?;:\n。！？；"“”«»]/;
/** Less than this many letters beside a date are no clause: "On Tuesday, …" belongs to what follows. */
const SHORTEST_CLAUSE = 10;

/** Makes the cues of a language ready. */
export function makeCues(words: DateWords): Cues {
  const planned = makeFinder(words.planned, words.unspaced === true);
  const unlessPast = makeFinder(words.plannedUnlessPast ?? '', words.unspaced === true);
  const past = makeFinder(words.past ?? '', words.unspaced === true);
  const said = makeFinder(words.said, words.unspaced === true);
  const breaks =
    words.verbLast === true ? /[.!?;:。！？；\n"«»“”「」]/ : /[.!?;:。！？；\n"«»“”「」,，—–()（）]/;
  return {
    isPlanned(lower, start, end) {
      const clause = clauseAround(lower, [start, end], breaks);
      const has = (finder: Finder) => clause.some((part) => !finder(part).next().done);
      return has(planned) || (has(unlessPast) && !has(past));
    },
    isSaid: (lower, start, end) => isNear(lower, [start, end], said),
  };
}

/** Goes through the places where a phrase of a list stands, as [start, end). */
type Finder = (text: string) => Generator<readonly [number, number]>;

const WORD = /[\p{L}\p{M}]+/gu;
const ANY = /\p{L}/gu;

function makeFinder(list: string, isUnspaced: boolean): Finder {
  const all = spellings(list);
  const endings = all.filter((word) => word.startsWith('*')).map((word) => word.slice(1));
  const phrases = all.filter((word) => !word.startsWith('*')).map((word) => [word, true] as const);
  const table = makePhraseTable(phrases, isUnspaced);
  return function* find(text) {
    for (const { 0: word, index } of text.matchAll(isUnspaced ? ANY : WORD)) {
      const end = table.at(text, index)?.end ?? endOf(word, index, endings);
      if (end !== undefined) yield [index, end];
    }
  };
}

/** Where a word ends that has one of the endings, with something before it. */
function endOf(word: string, index: number, endings: readonly string[]): number | undefined {
  const isSuch = endings.some((ending) => word.length > ending.length && word.endsWith(ending));
  return isSuch ? index + word.length : undefined;
}

function clauseAround(lower: string, [start, end]: readonly [number, number], breaks: RegExp): string[] {
  const before = lower.slice(Math.max(0, start - CLAUSE_WITHIN), start);
  const after = lower.slice(end, end + CLAUSE_WITHIN);
  const left = before.slice(lastBreak(before, breaks) + 1);
  const right = after.slice(0, firstBreak(after, breaks));
  if (letters(left) + letters(right) >= SHORTEST_CLAUSE || right.length === after.length)
    return [left, right];
  const next = after.slice(right.length + 1);
  const previous = before.slice(0, Math.max(0, before.length - left.length - 1));
  return [
    previous.slice(lastBreak(previous, breaks) + 1),
    left,
    right,
    next.slice(0, firstBreak(next, breaks)),
  ];
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

function firstBreak(text: string, breaks: RegExp): number {
  const index = text.search(breaks);
  return index === -1 ? text.length : index;
}

function lastBreak(text: string, breaks: RegExp): number {
  for (let index = text.length - 1; index >= 0; index--) if (breaks.test(text.charAt(index))) return index;
  return -1;
}

function isNear(lower: string, [start, end]: readonly [number, number], said: Finder): boolean {
  const from = Math.max(0, start - BESIDE);
  const before = lower.slice(from, start);
  const after = lower.slice(end, end + BESIDE);
  const opens = letters(before.slice(lastBreak(before, SENTENCE_END) + 1)) < SHORTEST_CLAUSE;
  // "表示，普京将于5月": behind a comma with words after it, what is said has begun.
  for (const [, verbEnd] of said(before))
    if (isClose(before.slice(verbEnd)) && !/，\p{L}/u.test(before.slice(verbEnd))) return true;
  for (const [verbStart] of said(after))
    if (isClose(after.slice(0, verbStart)) && (opens || !after.slice(0, verbStart).includes(',')))
      return true;
  return false;
}

function isClose(between: string): boolean {
  return between.length <= SAID_WITHIN && !/[.;\n"”»]/.test(between);
}
