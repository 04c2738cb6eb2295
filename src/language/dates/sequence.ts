import type { Pattern, Rule } from './grammar.ts';
import type { Prepared } from './prepared.ts';
import type { Token } from './token.ts';

/** A run of words that one pattern took. */
export interface Found {
  readonly rule: Rule;
  readonly tokens: readonly Token[];
}

/** Letters without which a run of words names no date. */
const ANCHOR = /[WwvMmaXZRrjQIiJlbeSsukdofpyYHcq]/;
/** What may stand between two words of one date. */
const GAPS: readonly (readonly [string, RegExp])[] = [
  ['', /^ *$/],
  [',', /^ ?[,،、，] ?$/],
  ['-', /^ ?[-–—~〜～‑] ?$/],
  ['(', /^ ?[(（[] ?$/],
  [')', /^ ?[)）\]],? ?$/],
  ['.', /^\. ?$/],
  ['/', /^ ?\/ ?$/],
];
const LONGEST_GAP = 3;

/** The words of dates with the marks between them; runs that cannot hold a date are left out. */
export function sequenceOf({ lower }: Prepared, tokens: readonly Token[]): Token[] {
  const sequence: Token[] = [];
  let run: Token[] = [];
  const flush = () => {
    if (run.some(({ letter }) => ANCHOR.test(letter)))
      sequence.push(...run, { letter: '|', value: 0, start: 0, end: 0 });
    run = [];
  };
  for (const token of tokens) {
    const previous = run.at(-1);
    const gap = previous === undefined ? '' : gapBetween(lower, previous.end, token.start);
    if (gap === '|') flush();
    else if (gap !== '') run.push({ letter: gap, value: 0, start: token.start, end: token.start });
    run.push(token);
  }
  flush();
  return sequence;
}

function gapBetween(lower: string, from: number, to: number): string {
  if (to - from > LONGEST_GAP) return '|';
  const between = lower.slice(from, to);
  return GAPS.find(([, pattern]) => pattern.test(between))?.[0] ?? '|';
}

/** What the patterns find, each word taken by the first that wants it. */
export function foundIn(sequence: readonly Token[], patterns: readonly Pattern[]): Found[] {
  let letters = sequence.map(({ letter }) => letter).join('');
  const found: Found[] = [];
  for (const { rule, pattern } of patterns) {
    letters = letters.replace(pattern, (match, ...rest) => {
      const index = rest.find((each) => typeof each === 'number') ?? 0;
      found.push({ rule, tokens: sequence.slice(index, index + match.length) });
      return '|'.repeat(match.length);
    });
  }
  return found;
}
