import { spellings, type Lexicon } from './lexicon.ts';
import { fits, type Read } from './token.ts';
import type { DateWords } from './words.ts';

const YEAR_FIRST = /((?:19|20)\d\d)([-/.])[ ]?(\d{1,2})\2[ ]?(\d{1,2})(?![\d])/y;
const YEAR_LAST = /(\d{1,2})([-/.])[ ]?(\d{1,2})\2[ ]?((?:19|20)\d\d|\d\d)(?![\d:%])/y;
const DAY_AND_MONTH = /(\d{1,2})\.(\d{1,2})\.(?!\d)/y;
const DAY_AND_MONTH_BARE = /(\d{1,2})\.(\d{1,2})(?!\d|\.\d)/y;
const LONG_NUMBER = /\d+(?:[.,:'\u066b\u066c]\d+)+|\d{1,3}(?: \d{3})+(?!\d)/y;

/** Reads the number that starts at `start`, with an ordinal suffix, or as part of a date in figures; gives no token for what is no day or year. */
export function readNumber(lower: string, start: number, { ordinals, words }: Lexicon): Read | undefined {
  const before = lower.charAt(start - 1);
  if (/[$€£¥№#]/.test(before) || (/[-–‑]/.test(before) && /\p{L}/u.test(lower.charAt(start - 2)))) {
    if (!isPrefix(lower, start, words.mid)) return skip(lower, start);
  }
  const date = numericDate(lower, start, words);
  if (date !== undefined) return date;
  const long = matchAt(LONG_NUMBER, lower, start);
  if (long !== undefined) return { tokens: [], end: start + long[0].length };
  const digits = /^\d+/.exec(lower.slice(start, start + 12))?.[0] ?? '';
  const end = start + digits.length;
  const suffix = ordinals.find((ordinal) => fits(lower, end, ordinal));
  if (suffix === undefined && /\p{L}/u.test(lower.charAt(end))) return { tokens: [], end };
  const letter = letterOf(digits);
  const full = end + (suffix?.length ?? 0);
  const token = { letter, value: Number(digits), start, end: full };
  const ending = letter === 'Y' ? /^'\p{L}{1,4}(?!\p{L})/u.exec(lower.slice(end, end + 6))?.[0] : undefined;
  if (ending === undefined) return { tokens: [token], end: full };
  const mark = { letter: 'z', value: 0, start: end, end: end + ending.length };
  return { tokens: [token, mark], end: mark.end };
}

/** "mi-2024", "mid-2024": the hyphen belongs to a word for a part of the year. */
function isPrefix(lower: string, start: number, mid: string | undefined): boolean {
  return (mid ?? '').split('|').some((word) => word.endsWith('-') && lower.endsWith(word, start));
}

function skip(lower: string, start: number): Read {
  const digits = /^\d+/.exec(lower.slice(start, start + 12))?.[0] ?? '';
  return { tokens: [], end: start + digits.length };
}

function letterOf(digits: string): string {
  const value = Number(digits);
  if (digits.length === 4 && value >= 1900 && value <= 2100) return 'Y';
  return digits.length <= 2 && value >= 1 && value <= 31 ? 'D' : 'n';
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text) ?? undefined;
}

/**
 * A date in figures as one token: `X` with a value of year × 10,000 + first number × 100 + second number.
 * Which of the two is the month is for the grammar to say.
 */
function numericDate(lower: string, start: number, words?: DateWords): Read | undefined {
  const yearFirst = matchAt(YEAR_FIRST, lower, start);
  if (yearFirst !== undefined) {
    const [all, year, , month, day] = yearFirst;
    return figure('X', [Number(year), Number(month), Number(day)], start, start + all.length);
  }
  const yearLast = matchAt(YEAR_LAST, lower, start);
  if (yearLast !== undefined) {
    const [all, first, , second, year = ''] = yearLast;
    const full = year.length === 4 ? Number(year) : 2000 + Number(year);
    return figure('Z', [full, Number(first), Number(second)], start, start + all.length);
  }
  return words === undefined ? undefined : dayAndMonth(lower, start, words);
}

/** "30.12.", or "30.12" after a word for day: the month as a token of its own. */
function dayAndMonth(lower: string, start: number, words: DateWords): Read | undefined {
  const dotted = words.dottedDates === true ? matchAt(DAY_AND_MONTH, lower, start) : undefined;
  const isAfterDay = spellings(words.day).some((day) => lower.endsWith(`${day} `, start));
  const found = dotted ?? (isAfterDay ? matchAt(DAY_AND_MONTH_BARE, lower, start) : undefined);
  if (found === undefined) return undefined;
  const [all, day = '', month] = found;
  if (Number(day) < 1 || Number(day) > 31 || Number(month) < 1 || Number(month) > 12) return undefined;
  const middle = start + day.length + 1;
  return {
    tokens: [
      { letter: 'D', value: Number(day), start, end: middle },
      { letter: 'M', value: Number(month), start: middle, end: start + all.length },
    ],
    end: start + all.length,
  };
}

function figure(letter: string, parts: readonly [number, number, number], start: number, end: number): Read {
  const [year, first, second] = parts;
  return { tokens: [{ letter, value: year * 10_000 + first * 100 + second, start, end }], end };
}

/** Reads a number where words are not spaced. */
export function readFigures(lower: string, start: number, digits: string): Read {
  const date = numericDate(lower, start);
  if (date !== undefined) return date;
  const end = start + digits.length;
  if (/[.,:]/.test(digits) || /[-‐‑a-z$第№.]/.test(lower.charAt(start - 1))) return { tokens: [], end };
  return { tokens: [{ letter: letterOf(digits), value: Number(digits), start, end }], end };
}

const NUMERALS = ' 一二三四五六七八九';

/** The value of a number up to 99 in Chinese characters. */
export function numeralOf(word: string): number {
  const numeral = word.replace(/[两兩]/g, '二');
  const [tens = '', ones = ''] = numeral.includes('十') ? numeral.split('十') : [' ', numeral];
  return (tens === '' ? 1 : NUMERALS.indexOf(tens)) * 10 + (ones === '' ? 0 : NUMERALS.indexOf(ones));
}
