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
/** How far from a date the verb of its clause is looked for. */
const CLAUSE_WITHIN = 120;
/** Less than this many letters beside a date are no clause: "On Tuesday, …" belongs to what follows. */
const SHORTEST_CLAUSE = 10;

/** Makes the cues of a language ready. */
export function makeCues(words: DateWords): Cues {
  const border = words.unspaced === true ? '' : '(?<![\\p{L}\\p{M}])';
  const planned = new RegExp(`${border}(?:${alternatives(words, words.planned)})`, 'u');
  const said = new RegExp(`${border}(?:${alternatives(words, words.said)})`, 'gu');
  const breaks =
    words.verbLast === true ? /[.!?;:。！？；\n"«»“”「」]/ : /[.!?;:。！？；\n"«»“”「」,，—–()（）]/;
  return {
    isPlanned: (lower, start, end) => planned.test(clauseAround(lower, [start, end], breaks)),
    isSaid: (lower, start, end) => isNear(lower, [start, end], said),
  };
}

function alternatives({ unspaced }: DateWords, list: string): string {
  const rest = '[\\p{L}\\p{M}]+';
  return spellings(list)
    .map((word) => word.replace(/[.?]/g, '\\$&').replace(/^\*/, rest).replace(/\*$/, rest))
    .map((word) => (unspaced === true || word.endsWith(rest) ? word : `${word}(?![\\p{L}\\p{M}])`))
    .join('|');
}

function clauseAround(lower: string, [start, end]: readonly [number, number], breaks: RegExp): string {
  const before = lower.slice(Math.max(0, start - CLAUSE_WITHIN), start);
  const after = lower.slice(end, end + CLAUSE_WITHIN);
  const left = before.slice(lastBreak(before, breaks) + 1);
  const right = after.slice(0, firstBreak(after, breaks));
  if (letters(left) + letters(right) >= SHORTEST_CLAUSE || right.length === after.length)
    return `${left} ${right}`;
  const next = after.slice(right.length + 1);
  return `${left} ${right} ${next.slice(0, firstBreak(next, breaks))}`;
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

function isNear(lower: string, [start, end]: readonly [number, number], said: RegExp): boolean {
  const from = Math.max(0, start - 40);
  const window = lower.slice(from, end + 40);
  for (const { 0: verb, index } of window.matchAll(said)) {
    const [verbStart, verbEnd] = [from + index, from + index + verb.length];
    const distance = verbEnd <= start ? start - verbEnd : verbStart - end;
    const gap = verbEnd <= start ? lower.slice(verbEnd, start) : lower.slice(end, verbStart);
    if (distance >= 0 && distance <= SAID_WITHIN && !/[.;\n"”»]/.test(gap)) return true;
  }
  return false;
}
