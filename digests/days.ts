import type { Day, When } from '../src/model.ts';
import { dayNumber } from '../src/time.ts';

/** Writes days in one language. */
export interface DayWriter {
  /** `2 January 2024`. */
  day(day: Day): string;
  /** `Tuesday 2 January 2024`. */
  fullDay(day: Day): string;
  /** A day, range, month or year, as exactly as it is known; a week by its first day. */
  when(when: When): string;
}

const DAY_MS = 86_400_000;

/**
 * Makes a writer.
 *
 * @param locale - BCP 47, such as `en-GB`
 * @param firstOfMonth - how a date writes the first of a month: `1er` in French
 * @param weekOf - writes a week, given its first day: `week of 4 March 2024`
 */
export function dayWriter(
  locale: string,
  firstOfMonth: string,
  weekOf: (firstDay: string) => string,
): DayWriter {
  const dated = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  const days = new Intl.DateTimeFormat(locale, dated);
  const fullDays = new Intl.DateTimeFormat(locale, { ...dated, weekday: 'long' });
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const years = new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: 'UTC' });
  const written = (parts: readonly Intl.DateTimeFormatPart[]) =>
    parts.map(({ type, value }) => (type === 'day' && value === '1' ? firstOfMonth : value)).join('');

  const day = (given: Day) => written(days.formatToParts(noon(given)));
  return {
    day,
    fullDay: (given) => written(fullDays.formatToParts(noon(given))),
    when({ start, end, precision }) {
      if (precision === 'week') return weekOf(day(start));
      if (precision === 'month') return months.format(noon(start));
      if (precision === 'year') return years.format(noon(start));
      return start === end ? day(start) : written(days.formatRangeToParts(noon(start), noon(end)));
    },
  };
}

/** A moment that lies on the day in UTC, for Intl, which knows no days. */
function noon(day: Day): Date {
  return new Date((dayNumber(day) + 0.5) * DAY_MS);
}
