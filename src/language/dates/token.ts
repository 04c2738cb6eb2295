/** One word or number of a date; `letter` as listed in lexicon.ts. Offsets count in the prepared text. */
export interface Token {
  readonly letter: string;
  /** Weekday or month counted from 1, day of month, year, days back …; for `X` the day number. */
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** What was read at one place, and where reading goes on. */
export interface Read {
  readonly tokens: readonly Token[];
  readonly end: number;
}

/** Tells whether a spelling stands at `start` as a word of its own. */
export function fits(lower: string, start: number, entry: string): boolean {
  if (!lower.startsWith(entry, start)) return false;
  const end = start + entry.length;
  return /[-'. ]$/.test(entry) || end === lower.length || !/[\p{L}\p{M}]/u.test(lower.charAt(end));
}
