import { monthOf, yearOf } from '../../time.ts';
import type { When } from '../../model.ts';
import {
  between,
  monthAfter,
  nearestMonth,
  partOfMonth,
  partOfYear,
  quarterOf,
  seasonOf,
  shifted,
  weekAfter,
  weekendOf,
} from './calendar.ts';
import type { Parts } from './parts.ts';
import { relative, type Reference } from './reference.ts';
import type { Token } from './token.ts';

/** Further ahead than this nobody plans in such words. */
const MOST_AHEAD = { day: 60, week: 12, month: 24, year: 10 } as const;

/** Further back than this no newspaper counts. */
const MOST_BACK = { day: 4000, week: 600, month: 600, year: 900 } as const;

/** "Last week", Monday to Sunday. */
export function weekNamed({ week = 0 }: Parts, reference: Reference): When | undefined {
  return relative(reference, (day) => weekAfter(day, week));
}

/** "Over the weekend", Saturday and Sunday. */
export function weekendNamed({ modifier, weekend }: Parts, reference: Reference): When | undefined {
  const isNext = modifier === 'N' || weekend === 1 || (reference.planned && modifier !== 'L');
  const isLast = modifier === 'L' || weekend === -1;
  return relative(reference, (day) => {
    const latest = weekendOf(day, isNext ? 1 : 0);
    return isLast && latest.end >= day ? weekendOf(day, -1) : latest;
  });
}

/** "June", "last June", "early June 2024". */
export function monthNamed(parts: Parts, reference: Reference): When | undefined {
  const inMonth = parts.month;
  if (inMonth === undefined || inMonth < 1 || inMonth > 12) return undefined;
  const inYear = parts.year ?? yearOfMonth(inMonth, parts, reference);
  if (inYear === undefined) return undefined;
  return parts.part === undefined ? monthOf(inYear, inMonth) : partOfMonth(inYear, inMonth, parts.part);
}

function yearOfMonth(
  inMonth: number,
  parts: Parts,
  { day, isPublication, planned }: Reference,
): number | undefined {
  if (day === undefined || !isPublication) return undefined;
  const [inYear, now] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (parts.modifier === 'L') return inMonth < now ? inYear : inYear - 1;
  if (parts.modifier === 'N') return inMonth > now ? inYear : inYear + 1;
  return nearestMonth(inMonth, day, planned);
}

/** A year, or "last year". */
export function yearNamed({ year }: Parts): When | undefined {
  return year === undefined ? undefined : yearOf(year);
}

/** "Mid-2024"; "the end of the year" and "the start of the month" are those of publication. */
export function partOfYearNamed(parts: Parts, reference: Reference): When | undefined {
  const { part, unit, year } = parts;
  if (part === undefined) return undefined;
  if (year !== undefined) return partOfYear(year, part);
  return relative(reference, (day) => {
    const { year: now, month } = monthAfter(day, 0);
    return unit === 'month' ? partOfMonth(now, month, part) : partOfYear(now, part);
  });
}

/** "Last autumn", "summer 2023"; with neither word nor year the season that has begun last. */
export function seasonNamed(parts: Parts, reference: Reference): When | undefined {
  const { season: inSeason, year: inYear } = parts;
  if (inSeason === undefined) return undefined;
  if (inYear !== undefined) return seasonOf(inYear, inSeason);
  return relative(reference, (day) => {
    const now = Number(day.slice(0, 4));
    const ahead = reference.planned || parts.modifier === 'N';
    const years = ahead ? [now, now + 1] : [now, now - 1, now - 2];
    const isMeant = ({ start, end }: When) =>
      ahead ? end >= day : parts.modifier === 'L' ? end < day : start <= day;
    return years.map((each) => seasonOf(each, inSeason)).find(isMeant);
  });
}

/** "The third quarter", of the year of publication where none is named. */
export function quarterNamed(parts: Parts, reference: Reference): When | undefined {
  const number = parts.days[0] ?? parts.numbers[0];
  const inYear = parts.year ?? (reference.isPublication ? Number(reference.day?.slice(0, 4)) : undefined);
  return number === undefined || number > 4 || inYear === undefined ? undefined : quarterOf(inYear, number);
}

/** "Three days ago"; "in three days" only where the text speaks of the future, as it may be a duration. */
export function countedFrom(parts: Parts, reference: Reference, tokens: readonly Token[]): When | undefined {
  const { unit } = parts;
  if (unit === undefined) return undefined;
  const isLater = tokens.some(({ letter }) => 'Fg'.includes(letter));
  const number = parts.numbers[0] ?? parts.days[0] ?? 1;
  if (number > (isLater ? MOST_AHEAD : MOST_BACK)[unit] || (isLater && !reference.planned)) return undefined;
  return relative(reference, (day) => shifted(day, isLater ? number : -number, unit));
}

/** "The last three days", up to publication. */
export function spanUpTo(parts: Parts, reference: Reference): When | undefined {
  const { unit } = parts;
  const number = parts.numbers[0] ?? parts.days[0];
  if (unit === undefined || number === undefined || number > MOST_BACK[unit]) return undefined;
  return relative(reference, (day) => between(shifted(day, -number, unit).start, day));
}
