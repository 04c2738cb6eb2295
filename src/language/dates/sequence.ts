import type { Pattern, Rule } from './grammar.ts';
import type { Prepared } from './prepared.ts';
import type { Token } from './token.ts';

/** A run of words that one pattern took. */
export interface Found {
  readonly rule: Rule;
  readonly tokens: readonly Token[];
  /** Where it stands when that is not where its words stand: "14" in "14 and 21 December". */
  readonly span?: readonly Token[];
}

/** "On 14 and 21 December" are two days and no range; "14 and 15", "between 14 and 21" is one. */
export function apart(found: Found): Found[] {
  const { rule, tokens } = found;
  if ((rule !== 'dayRange' && rule !== 'weekdayRange') || tokens[0]?.letter === 'K') return [found];
  const cut = tokens.findIndex(({ letter }) => letter === '&');
  const [second, ...rest] = tokens.slice(cut + 1);
  const before = tokens.slice(0, cut);
  if (cut === -1 || second === undefined) return [found];
  const days = before.filter(({ letter }) => letter === second.letter);
  if (days.length === 0 || areSuccessive([...days, second])) return [found];
  const single = rule === 'dayRange' ? 'day' : 'weekday';
  const others = before.filter((token) => !days.includes(token));
  return [
    ...days.map((day) => ({ rule: single, tokens: [...others, day, ...rest], span: [day] }) as const),
    { rule: single, tokens: [...others, second, ...rest], span: [second, ...rest] },
  ];
}

/** Whether days follow each other without a gap; other things than days are taken to. */
function areSuccessive(days: readonly Token[]): boolean {
  return days.every(({ letter, value }, index) => {
    const previous = days[index - 1];
    if (previous === undefined || !'DWv'.includes(letter)) return true;
    return value === previous.value + 1 || (letter !== 'D' && value === 1 && previous.value === 7);
  });
}

/** What a run of words must hold to name a date. */
const ANCHOR = /[WwvMmaXZRrjQtIiJlbeSsukdofpyYHcq]|D[-/]D/;
/** What may stand between two words of one date. */
const GAPS: readonly (readonly [string, RegExp])[] = [
  ['', /^ *$/],
  [',', /^\.? ?[,،、，] ?$/],
  ['-', /^ ?[-–—~〜～‑∼∽] ?$/],
  ['(', /^ ?[(（[] ?$/],
  [')', /^ ?[)）\]],? ?$/],
  ['.', /^\. ?$/],
  ['/', /^ ?\/ ?$/],
];
const LONGEST_GAP = 3;
/** No date has as many words; a longer run is cut, so that the patterns take time in proportion to the text. */
const LONGEST_RUN = 40;

/** The words of dates with the marks between them; runs that cannot hold a date are left out. */
export function sequenceOf({ lower }: Prepared, tokens: readonly Token[]): Token[] {
  const sequence: Token[] = [];
  let run: Token[] = [];
  const flush = () => {
    const letters = run.map(({ letter }) => letter).join('');
    if (ANCHOR.test(letters)) sequence.push(...run, { letter: '|', value: 0, start: 0, end: 0 });
    run = [];
  };
  for (const token of tokens) {
    const previous = run.at(-1);
    const gap = previous === undefined ? '' : gapBetween(lower, previous.end, token.start);
    if (gap === '|' || run.length >= LONGEST_RUN) flush();
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
