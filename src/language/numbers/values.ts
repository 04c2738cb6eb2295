import type { QuantityLexicon } from './lexicon.ts';

/** A number as read at one place of a normalised text. */
export interface ReadValue {
  readonly value: number;
  readonly start: number;
  readonly end: number;
  /** Whether it was written with grouped digits or with a word, so that it is no year. */
  readonly isWritten: boolean;
  /** The text itself says that there are more: 3000余, 300多万. */
  readonly isMore: boolean;
}

const GROUPED = /\d{1,3}(?:[ .,'\u066c]\d{3}){1,5}(?![\d])(?:[.,]\d+(?!\d))?/y;
const FIGURES = /\d+(?:[.,]\d+)?/y;
const HAN = '[一二两兩三四五六七八九十]';
const COMPOSED = new RegExp(
  `(?:\\d[\\d,]*(?:\\.\\d+)?|${HAN}+)?(?: ?[多余餘여]?[백천만억조百千万萬億亿兆十](?: ?\\d[\\d,]*(?:\\.\\d+)?|${HAN})?)*`,
  'y',
);

/** Matches a sticky pattern at a place. */
export function matchAt(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0];
}

/** Steps over one space. */
export function afterSpace(text: string, index: number): number {
  return text.charAt(index) === ' ' ? index + 1 : index;
}

/** Reads the number that starts at `start`: figures or words, with the magnitude after it. */
export function spacedValue(text: string, start: number, lexicon: QuantityLexicon): ReadValue | undefined {
  const grouped = matchAt(GROUPED, text, start);
  const figures = grouped ?? matchAt(FIGURES, text, start);
  const word = figures === undefined ? lexicon.numbers.at(text, start) : undefined;
  const base = figures === undefined ? word?.meaning : valueOf(figures, grouped !== undefined);
  if (base === undefined) return undefined;
  const end = figures === undefined ? (word?.end ?? start) : start + figures.length;
  const magnitude = lexicon.magnitudes.at(text, /[ -]/.test(text.charAt(end)) ? end + 1 : end);
  if (magnitude === undefined)
    return {
      value: base,
      start,
      end,
      isWritten: figures === undefined || grouped !== undefined,
      isMore: false,
    };
  return {
    value: rounded(base * magnitude.meaning),
    start,
    end: magnitude.end,
    isWritten: true,
    isMore: false,
  };
}

function valueOf(figures: string, isGrouped: boolean): number {
  if (!isGrouped) return Number(figures.replace(',', '.'));
  const [, whole = '', fraction = ''] = /^(\d{1,3}(?:[ .,'\u066c]\d{3})+)(?:[.,](\d+))?$/.exec(figures) ?? [];
  return Number(`${whole.replace(/\D/g, '')}.${fraction || '0'}`);
}

/** 9.4 × 1,000,000 is 9,400,000 and not a little less. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Reads a number such as 1만3000, 1.1万, 一万二千, 300多万. */
export function composedValue(text: string, start: number): ReadValue | undefined {
  const written = matchAt(COMPOSED, text, start);
  if (written === undefined || written === '' || !/[\d一二两兩三四五六七八九十]/.test(written))
    return undefined;
  const value = composed(written);
  const isWritten = /[,백천만억조百千万萬億亿兆十]/.test(written);
  return {
    value: rounded(value),
    start,
    end: start + written.length,
    isWritten,
    isMore: /[多余餘여]/.test(written),
  };
}

const SMALL: Readonly<Record<string, number>> = { 十: 10, 百: 100, 백: 100, 千: 1000, 천: 1000 };
const LARGE: Readonly<Record<string, number>> = {
  万: 1e4,
  萬: 1e4,
  만: 1e4,
  億: 1e8,
  亿: 1e8,
  억: 1e8,
  兆: 1e12,
  조: 1e12,
};

function composed(written: string): number {
  let [total, section, last] = [0, 0, undefined as number | undefined];
  for (const [piece] of written.matchAll(/\d[\d,]*(?:\.\d+)?|[^\d\s多余餘여]/g)) {
    const small = SMALL[piece];
    const large = LARGE[piece];
    if (small !== undefined) [section, last] = [section + (last ?? 1) * small, undefined];
    else if (large !== undefined)
      [total, section, last] = [total + (section + (last ?? 0) || 1) * large, 0, undefined];
    else if (/\d/.test(piece)) last = Number(piece.replaceAll(',', ''));
    else last = ' 一二三四五六七八九'.indexOf(piece.replace(/[两兩]/, '二'));
  }
  return total + section + (last ?? 0);
}
