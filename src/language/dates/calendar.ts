import { addDays, dayFromNumber, dayNumber, dayOf, monthOf, onDay, weekOf, yearOf } from '../../time.ts';
import type { Day, Precision, When } from '../../model.ts';

/** A day of the year, with its weekday and year where the text tells them. */
export interface Unfixed {
  readonly year?: number | undefined;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** From 1, Monday. */
  readonly weekday?: number | undefined;
}

/**
 * How many times nearer a day to come must be than a day gone by, to be meant without a word for the future:
 * within a month, and beyond, where it has to be said that a day is still to come.
 */
const PAST_BIAS = 3;
const FAR_PAST_BIAS = 12;
const FAR_DAYS = 31;
const PAST_BIAS_IN_MONTHS = 5;
/** How many times nearer the next day of a number must be than the last one. */
const NEXT_MUST_BE_NEARER = 2;
/** Years back in which a weekday falls on every date at least once. */
const WEEKDAY_YEARS = 11;

/** From one day to another. */
export function between(start: Day, end: Day, precision: Precision = 'range'): When | undefined {
  return start <= end ? { start, end, precision } : undefined;
}

/**
 * The day that a text means by a date without a year: of those with the right weekday the nearest, days to
 * come counting three times unless the text speaks of the future.
 */
export function nearestDay(date: Unfixed, reference: Day, planned: boolean): Day | undefined {
  const year = Number(reference.slice(0, 4));
  const near = daysIn(yearsFrom(year - 1, year + 1), date);
  const { weekday } = date;
  const fitting = weekday === undefined ? near : near.filter((day) => weekdayOf(day) === weekday);
  const earlier = () =>
    daysIn(yearsFrom(year - WEEKDAY_YEARS, year - 2), date).find((day) => weekdayOf(day) === weekday);
  const candidates = fitting.length > 0 ? fitting : [earlier()].filter((day) => day !== undefined);
  return least(candidates.length > 0 ? candidates : near, (day) => {
    const distance = dayNumber(day) - dayNumber(reference);
    return cost(distance, planned, distance > FAR_DAYS ? FAR_PAST_BIAS : PAST_BIAS);
  });
}

function daysIn(years: readonly number[], { month, day }: Unfixed): Day[] {
  return years.map((year) => dayOf(year, month, day)).filter((each) => each !== undefined);
}

/** The month that a text means by a month without a year. */
export function nearestMonth(month: number, reference: Day, planned: boolean): number {
  const [year, now] = [Number(reference.slice(0, 4)), Number(reference.slice(5, 7))];
  const years = [year - 1, year, year + 1];
  return least(years, (each) => cost((each - year) * 12 + month - now, planned, PAST_BIAS_IN_MONTHS)) ?? year;
}

function yearsFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => last - index);
}

function cost(distance: number, planned: boolean, bias: number): number {
  if (distance === 0 || distance === 1) return 0;
  return Math.abs(distance) * (distance > 0 === planned ? 1 : bias);
}

function least<T>(values: readonly T[], costOf: (value: T) => number): T | undefined {
  return values.reduce<T | undefined>(
    (best, value) => (best === undefined || costOf(value) < costOf(best) ? value : best),
    undefined,
  );
}

/** 1 is Monday, 7 is Sunday. */
function weekdayOf(day: Day): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** The latest such weekday up to `reference`, or with `planned` the first from it on. */
export function weekdayNear(weekday: number, reference: Day, planned: boolean): Day {
  const back = (weekdayOf(reference) - weekday + 7) % 7;
  return addDays(reference, planned && back > 0 ? 7 - back : -back);
}

/**
 * The day with this number in its month that a text means: the latest up to the day after `reference` (clocks
 * differ), unless the next one is much nearer, since further back the month would have been named. With
 * `ahead` the first from `reference` on, with `back` never that one.
 */
export function dayOfMonthNear(
  day: number,
  reference: Day,
  side: 'near' | 'ahead' | 'back',
): Day | undefined {
  const around = [-2, -1, 0, 1, 2].map((count) => {
    const { year, month } = monthAfter(reference, count);
    return dayOf(year, month, day);
  });
  const days = around.filter((each) => each !== undefined);
  const latest = days.findLast((each) => each <= addDays(reference, 1));
  const next = days.find((each) => each >= reference);
  if (side === 'ahead' || latest === undefined) return next;
  if (side === 'back') return latest;
  const ahead = next === undefined ? Infinity : dayNumber(next) - dayNumber(reference);
  return ahead * NEXT_MUST_BE_NEARER < dayNumber(reference) - dayNumber(latest) ? next : latest;
}

/** The month that lies `count` months after the one of `day`. */
export function monthAfter(day: Day, count: number): { year: number; month: number } {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  return { year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1 };
}

/** Early, mid or late in a month: its first ten days, second ten, or the rest; still with the precision of a month. */
export function partOfMonth(year: number, month: number, part: 'B' | 'C' | 'E'): When {
  const whole = monthOf(year, month);
  const start = { B: whole.start, C: addDays(whole.start, 10), E: addDays(whole.start, 20) }[part];
  const end = { B: addDays(whole.start, 9), C: addDays(whole.start, 19), E: whole.end }[part];
  return { start, end, precision: 'month' };
}

/** Early, mid or late in a year: four months each; still with the precision of a year. */
export function partOfYear(year: number, part: 'B' | 'C' | 'E'): When {
  const [first, last] = { B: [1, 4] as const, C: [5, 8] as const, E: [9, 12] as const }[part];
  return { start: monthOf(year, first).start, end: monthOf(year, last).end, precision: 'year' };
}

/** A season of the northern half of the world, 1 spring to 4 winter; a winter is of the year in which it begins. */
export function seasonOf(year: number, season: number): When {
  const last = season === 4 ? monthOf(year + 1, 2) : monthOf(year, season * 3 + 2);
  return { start: monthOf(year, season * 3).start, end: last.end, precision: 'range' };
}

/** A quarter of a year, 1 to 4. */
export function quarterOf(year: number, quarter: number): When {
  return {
    start: monthOf(year, quarter * 3 - 2).start,
    end: monthOf(year, quarter * 3).end,
    precision: 'range',
  };
}

/** What lies `count` days, weeks, months or years from a day, as exactly as such a phrase is meant. */
export function shifted(reference: Day, count: number, unit: 'day' | 'week' | 'month' | 'year'): When {
  if (unit === 'day') return onDay(addDays(reference, count));
  if (unit === 'week')
    return Math.abs(count) === 1
      ? onDay(addDays(reference, count * 7))
      : weekOf(addDays(reference, count * 7));
  if (unit === 'year') return yearOf(Number(reference.slice(0, 4)) + count);
  const { year, month } = monthAfter(reference, count);
  return monthOf(year, month);
}

/** Saturday and Sunday: with `weeks` 0 the latest that has begun by `reference`. */
export function weekendOf(reference: Day, weeks: number): When {
  const saturday = addDays(weekdayNear(6, reference, false), weeks * 7);
  return { start: saturday, end: addDays(saturday, 1), precision: 'range' };
}

/** The week that lies `count` weeks after the one of `day`. */
export function weekAfter(day: Day, count: number): When {
  return weekOf(addDays(day, count * 7));
}

/** The day that is `weekday` in the week that begins on `monday`. */
export function weekdayIn(week: When, weekday: number): Day {
  return dayFromNumber(dayNumber(week.start) + weekday - 1);
}
