import { addDays, dayNumber, dayOf, onDay } from '../../time.ts';
import type { Day, When } from '../../model.ts';
import {
  type Unfixed,
  between,
  dayOfMonthNear,
  monthAfter,
  nearestDay,
  weekAfter,
  weekdayIn,
  weekdayNear,
} from './calendar.ts';
import type { Parts } from './parts.ts';
import { relative, type Reference } from './reference.ts';
import type { Token } from './token.ts';

/** A date in figures; where day and month could change places and the language puts the month first, the one nearer to publication. */
export function figuresDay({ figure }: Parts, reference: Reference): When | undefined {
  if (figure === undefined) return undefined;
  const { year: inYear, first, second, yearFirst } = figure;
  const [monthLast, monthBefore] = [dayOf(inYear, second, first), dayOf(inYear, first, second)];
  if (yearFirst) return monthBefore && onDay(monthBefore);
  if (!reference.monthFirst || monthLast === undefined || monthBefore === undefined) {
    const day = monthLast ?? monthBefore;
    return day && onDay(day);
  }
  const { day } = reference;
  const distance = (each: Day) => (day === undefined ? 0 : Math.abs(dayNumber(each) - dayNumber(day)));
  return onDay(distance(monthLast) < distance(monthBefore) ? monthLast : monthBefore);
}

/** "30/10" beside a word for day: the day first, except in languages that write the month first. */
export function partialFiguresDay(parts: Parts, reference: Reference): When | undefined {
  if (parts.month !== undefined) return dayInYear(parts, reference);
  const [first, second] = parts.days;
  if (first === undefined || second === undefined) return undefined;
  const monthIsFirst = second > 12 || (reference.monthFirst && first <= 12);
  const [month, day] = monthIsFirst ? [first, second] : [second, first];
  return month > 12 ? undefined : dayInYear({ ...parts, month, days: [day] }, reference);
}

/** A day and month, with or without year and weekday. */
export function dayInYear(parts: Parts, reference: Reference): When | undefined {
  const { month, year, weekday: inWeek } = parts;
  const day = parts.days.at(-1);
  if (month === undefined || day === undefined || month < 1 || month > 12) return undefined;
  const found =
    year === undefined ? withoutYear({ month, day, weekday: inWeek }, reference) : dayOf(year, month, day);
  return found === undefined ? undefined : onDay(found);
}

/** How far back a date without a year is believed to belong to the time of the article. */
const RECENT_DAYS = 60;

function withoutYear(date: Unfixed, reference: Reference): Day | undefined {
  const { day, dated: other, planned, isPublication } = reference;
  const isTold = day !== undefined && (isPublication || date.weekday !== undefined);
  const near = isTold ? nearestDay(date, day, planned) : undefined;
  if (other === undefined || date.weekday !== undefined || planned) return near;
  const age = day === undefined || near === undefined ? Infinity : dayNumber(day) - dayNumber(near);
  if (age >= 0 && age <= RECENT_DAYS) return near;
  const following = nearestDay(date, other, true);
  return following !== undefined && day !== undefined && following > day ? near : (following ?? near);
}

/** The night of a day is that day; "the night to Wednesday" is the two days that it joins. */
export function nightOf(parts: Parts, reference: Reference, tokens: readonly Token[]): When | undefined {
  const end = parts.figure === undefined ? dayOrWeekday(parts, reference) : figuresDay(parts, reference);
  const first = tokens.findIndex(({ letter }) => 'WvDXZ'.includes(letter));
  const endsThere = tokens.slice(0, first).some(({ letter }) => letter === '>');
  return end !== undefined && endsThere ? between(addDays(end.start, -1), end.end) : end;
}

/** A day told by its month, by its weekday, or by its number alone. */
export function dayOrWeekday(parts: Parts, reference: Reference): When | undefined {
  if (parts.month !== undefined) return dayInYear(parts, reference);
  if (parts.weekday !== undefined) return weekdayNamed(parts, reference);
  return parts.days.length > 0 ? numberedDay(parts, reference) : undefined;
}

/** "Tuesday", "last Tuesday", "Monday the 17th". */
export function weekdayNamed(parts: Parts, reference: Reference): When | undefined {
  const { day: published, isPublication, planned } = reference;
  if (published === undefined || parts.weekday === undefined) return undefined;
  const dayInMonth = parts.days[0];
  if (dayInMonth !== undefined) return weekdayWithDay(parts.weekday, dayInMonth, reference);
  if (!isPublication) return undefined;
  if (parts.modifier === 'N') return onDay(weekdayNear(parts.weekday, addDays(published, 1), true));
  if (parts.modifier !== 'L') return onDay(weekdayNear(parts.weekday, published, planned));
  const last = weekdayNear(parts.weekday, addDays(published, -1), false);
  const isTooNear = dayNumber(published) - dayNumber(last) <= reference.lastSkips;
  return onDay(isTooNear ? addDays(last, -7) : last);
}

/** "Monday the 17th": the nearest such day that is a Monday. */
function weekdayWithDay(inWeek: number, day: number, reference: Reference): When | undefined {
  const from = reference.day;
  if (from === undefined) return undefined;
  for (const count of [0, -1, 1, -2, -3, -4, -5, -6]) {
    const { year: inYear, month: inMonth } = monthAfter(from, count);
    const found = dayOf(inYear, inMonth, day);
    if (found !== undefined && weekdayNear(inWeek, found, false) === found) return onDay(found);
  }
  return undefined;
}

/** "Thursday of last week". */
export function weekdayOfWeek(parts: Parts, reference: Reference): When | undefined {
  const { weekday: inWeek, week = 0 } = parts;
  if (inWeek === undefined) return undefined;
  return relative(reference, (day) => onDay(weekdayIn(weekAfter(day, week), inWeek)));
}

/** How long ago a date must lie for a bare day of the month to follow it instead of the publication. */
const OLD_DAYS = 35;

/** A day of the month with no month: near publication, or after the date named last when that is long past. */
export function numberedDay(parts: Parts, reference: Reference): When | undefined {
  const day = parts.days.at(-1);
  const { modifier } = parts;
  const { day: published, mention, planned, isPublication } = reference;
  if (day === undefined) return undefined;
  const isOld =
    mention !== undefined &&
    (!isPublication || published === undefined || dayNumber(published) - dayNumber(mention.end) > OLD_DAYS);
  if (mention?.precision === 'day' && isOld && modifier === undefined) {
    const following = dayOfMonthNear(day, mention.start, 'ahead');
    return following && onDay(following);
  }
  if (published === undefined || !isPublication) return undefined;
  const isAhead = modifier === 'N' || (planned && modifier !== 'L');
  const found = dayOfMonthNear(day, published, isAhead ? 'ahead' : modifier === 'L' ? 'back' : 'near');
  return found && onDay(found);
}

/** "Yesterday"; or the night before publication, which ends on its day. */
export function relativeDay(parts: Parts, reference: Reference): When | undefined {
  const { relativeDay: offset } = parts;
  return relative(reference, (day) =>
    offset === undefined ? between(addDays(day, -1), day) : onDay(addDays(day, offset)),
  );
}

/**
 * "The day before", "the same day": counted from the date named last. Back from a date that lies ahead nobody
 * counts; there, and where no date was named, from publication.
 */
export function dayFromMention({ sinceMention = 0 }: Parts, reference: Reference): When | undefined {
  const { mention, day, isPublication } = reference;
  const published = isPublication ? day : undefined;
  const isBack = sinceMention <= 0;
  const isAhead = mention !== undefined && published !== undefined && mention.start > published;
  const from = mention?.precision === 'day' && !(isBack && isAhead) ? mention.start : undefined;
  const anchor = from ?? (isBack ? published : undefined);
  return anchor && onDay(addDays(anchor, sinceMention));
}
