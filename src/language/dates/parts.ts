import { monthAfter } from './calendar.ts';
import type { Reference } from './reference.ts';
import type { Token } from './token.ts';

/** The meaning of the single words of one date. */
export interface Parts {
  readonly year?: number;
  readonly month?: number;
  /** Numbers from 1 to 31 that are neither month nor count. */
  readonly days: readonly number[];
  /** Other numbers, in figures or words. */
  readonly numbers: readonly number[];
  readonly weekday?: number;
  readonly season?: number;
  /** Weeks from the one of publication. */
  readonly week?: number;
  readonly weekend?: number;
  readonly relativeDay?: number;
  readonly sinceMention?: number;
  /** Last, this, or next, where it belongs to a weekday, month name or season. */
  readonly modifier?: 'L' | 'T' | 'N';
  readonly part?: 'B' | 'C' | 'E';
  readonly unit?: 'day' | 'week' | 'month' | 'year';
  readonly figure?: { year: number; first: number; second: number; yearFirst: boolean };
}

type Draft = { -readonly [key in keyof Parts]: Parts[key] } & { days: number[]; numbers: number[] };

const OFFSETS: Readonly<Record<string, number>> = { L: -1, T: 0, N: 1 };
const UNITS: Readonly<Record<string, NonNullable<Parts['unit']>>> = {
  d: 'day',
  e: 'day',
  f: 'day',
  u: 'week',
  o: 'month',
  p: 'month',
  y: 'year',
};

/** Reads the words of one date, each with its neighbours. */
export function readParts(tokens: readonly Token[], reference: Reference): Parts {
  const parts: Draft = { days: [], numbers: [] };
  tokens.forEach((token, index) => {
    const offset = offsetBeside(tokens, index);
    readNumber(parts, tokens, index, reference);
    readName(parts, token);
    readRelative(parts, token, reference);
    if (offset !== undefined) readUnitWithOffset(parts, token.letter, offset, reference);
    const unit = UNITS[token.letter];
    if (unit !== undefined) parts.unit = unit;
  });
  return parts;
}

/** "Last", "this" or "next" that stands beside the unit at `index`, as an offset. */
function offsetBeside(tokens: readonly Token[], index: number): number | undefined {
  if (!'uoy'.includes(tokens[index]?.letter ?? '')) return undefined;
  return OFFSETS[tokens[index - 1]?.letter ?? ''] ?? OFFSETS[tokens[index + 1]?.letter ?? ''];
}

function readNumber(
  parts: Draft,
  tokens: readonly Token[],
  index: number,
  { numericMonths, monthFirst }: Reference,
): void {
  const { letter, value } = tokens[index] ?? { letter: '', value: 0 };
  if (letter === 'Y') parts.year = value;
  if (letter === 'X' || letter === 'Z') {
    const [year, rest] = [Math.floor(value / 10_000), value % 10_000];
    parts.figure = { year, first: Math.floor(rest / 100), second: rest % 100, yearFirst: letter === 'X' };
  }
  if (letter === 'e') parts.numbers.push(value);
  if (letter !== 'D' && letter !== '#' && letter !== 'n') return;
  const neighbour = tokens[numericMonths === 'after' ? index + 1 : index - 1]?.letter;
  const isAfterSlash = !monthFirst && value <= 12 && tokens[index - 1]?.letter === '/';
  if (isAfterSlash || (numericMonths !== undefined && neighbour === 'o')) parts.month = value;
  else if (letter === 'D' || (numericMonths !== undefined && neighbour === 'd')) parts.days.push(value);
  else parts.numbers.push(value);
}

function readName(parts: Draft, { letter, value }: Token): void {
  if ('Mma'.includes(letter)) parts.month = value;
  if ('Wwv'.includes(letter)) parts.weekday = value;
  if ('SsU'.includes(letter)) parts.season = value;
  if (letter === 'B' || letter === 'C' || letter === 'E') parts.part = letter;
  if (letter === 'L' || letter === 'T' || letter === 'N') parts.modifier = letter;
}

function readRelative(parts: Draft, { letter, value }: Token, reference: Reference): void {
  const day = publicationDay(reference);
  if (letter === 'R') parts.relativeDay = value;
  if (letter === 'r') parts.sinceMention = value;
  if (letter === 'Q') parts.week = value;
  if (letter === 't') parts.weekend = value;
  const from = letter === 'i' || letter === 'l' ? (reference.mention?.start ?? day) : day;
  if (from === undefined) return;
  if (letter === 'I' || letter === 'i') Object.assign(parts, withYear(parts, monthAfter(from, value)));
  if (letter === 'J' || letter === 'l' || letter === 'b') parts.year = Number(from.slice(0, 4)) + value;
}

function readUnitWithOffset(parts: Draft, letter: string, offset: number, reference: Reference): void {
  const day = publicationDay(reference);
  if (letter === 'u') parts.week = offset;
  if (day === undefined) return;
  if (letter === 'o') Object.assign(parts, withYear(parts, monthAfter(day, offset)));
  if (letter === 'y') parts.year = Number(day.slice(0, 4)) + offset;
  delete parts.modifier;
}

function publicationDay({ day, isPublication }: Reference) {
  return isPublication ? day : undefined;
}

/** A year that was named outright stays. */
function withYear({ year }: Draft, { month, year: reckoned }: { month: number; year: number }) {
  return { month, year: year ?? reckoned };
}
