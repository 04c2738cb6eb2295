import type { Speech } from '../digests/speech.ts';
import type { Day, When } from '../src/model.ts';
import { addDays, dayFrom, monthOf, weekOf, yearOf } from '../src/time.ts';

/** From one day to another, both included. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

const EARLIEST = '0001-01-01' as Day;
const LATEST = '9999-12-31' as Day;
/** Looking back further than this is a slip of the hand. */
const MOST_DAYS_BACK = 36_600;

const named = {
  today: (today: Day) => ({ from: today, to: today }),
  yesterday: (today: Day) => ({ from: addDays(today, -1), to: addDays(today, -1) }),
  'this week': (today: Day) => daysOf(weekOf(today)),
  'last week': (today: Day) => daysOf(weekOf(addDays(today, -7))),
  'this month': (today: Day) => daysOf(monthAround(today, 0)),
  'last month': (today: Day) => daysOf(monthAround(today, -1)),
  'this year': (today: Day) => daysOf(yearOf(yearIn(today))),
  'last year': (today: Day) => daysOf(yearOf(yearIn(today) - 1)),
} as const;

/**
 * Reads which days somebody asks about: `2024`, `2024-01`, `2024-01-02`, `2024-01-01..2024-02-10` (or with a slash; either end
 * may be left open), `P7D`, `P1W`, `24h`, `7d`, `2w`, `3m`, `1y` up to today, and `today`, `last month` and so on.
 *
 * @param names - other ways of writing the named days, in lower case: `hier` for `yesterday`
 * @returns `undefined` when it is none of these, or ends before it begins
 */
export function parseWhen(
  text: string,
  today: Day,
  names: Readonly<Record<string, string>> = {},
): Days | undefined {
  const asked = text.trim().toLowerCase().replaceAll(/\s+/g, ' ').replaceAll('’', "'");
  const name = names[asked] ?? asked;
  if (isDayName(name)) return named[name](today);
  return lookingBack(asked, today) ?? interval(asked) ?? calendar(asked);
}

function isDayName(text: string): text is keyof typeof named {
  return Object.hasOwn(named, text);
}

function lookingBack(text: string, today: Day): Days | undefined {
  const [, count, unit] = /^p?(\d{1,5}) ?([hdwmy])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const from = back(today, Number(count), unit);
  return from === undefined ? undefined : { from, to: today };
}

/** The first of the days that reach back so far; hours reach back to the day on which they began. */
function back(today: Day, count: number, unit: string): Day | undefined {
  if (unit === 'h') return count > MOST_DAYS_BACK ? undefined : addDays(today, -Math.ceil(count / 24));
  const days = { d: 1, w: 7, m: 31, y: 366 }[unit] ?? 1;
  if (count === 0 || count * days > MOST_DAYS_BACK) return undefined;
  if (unit === 'd' || unit === 'w') return addDays(today, 1 - count * days);
  return addDays(monthsBack(today, unit === 'm' ? count : count * 12), 1);
}

function interval(text: string): Days | undefined {
  const [, first = '', last = ''] = /^([^./]*)(?:\.\.|…|\/)([^./]*)$/.exec(text) ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? EARLIEST : calendar(first.trim())?.from;
  const to = last === '' ? LATEST : calendar(last.trim())?.to;
  return from === undefined || to === undefined || from > to ? undefined : { from, to };
}

function calendar(text: string): Days | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined || year === '0000') return undefined;
  if (month === undefined) return daysOf(yearOf(Number(year)));
  if (day === undefined) return isMonth(month) ? daysOf(monthOf(Number(year), Number(month))) : undefined;
  const found = dayFrom(text);
  return found === undefined ? undefined : { from: found, to: found };
}

function isMonth(text: string): boolean {
  return Number(text) >= 1 && Number(text) <= 12;
}

function daysOf({ start, end }: When): Days {
  return { from: start, to: end };
}

function yearIn(day: Day): number {
  return Number(day.slice(0, 4));
}

function monthAround(day: Day, months: number): When {
  const count = yearIn(day) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return monthOf(Math.floor(count / 12), (count % 12) + 1);
}

/** The same day of an earlier month, or its last day where it has no such day. */
function monthsBack(day: Day, months: number): Day {
  const { start, end } = monthAround(day, -months);
  const same = addDays(start, Number(day.slice(8)) - 1);
  return same > end ? end : same;
}

/** Tells whether days have no beginning or no end. */
export function isOpen({ from, to }: Days): boolean {
  return from === EARLIEST || to === LATEST;
}

/** Days in the asker's words; an end that was left open is not named. */
export function daysName({ from, to }: Days, speech: Speech): string {
  if (from === EARLIEST && to === LATEST) return speech.say('when.any');
  if (from === EARLIEST) return speech.say('when.until', { day: speech.day(to) });
  if (to === LATEST) return speech.say('when.since', { day: speech.day(from) });
  return speech.when({ start: from, end: to, precision: 'range' });
}
