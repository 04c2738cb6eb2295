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

/** How a language writes days. */
export interface DayStyle {
  /** BCP 47, such as `en-GB`. */
  readonly locale: string;
  /** How a date writes the first of a month: `1er` in French. */
  readonly firstOfMonth: string;
  /** Writes a week, given its first day: `week of 4 March 2024`. */
  readonly weekOf: (firstDay: string) => string;
  /** Writes a stretch of days from `{from}` and `{to}`, which says only what differs; as `Intl` does it unless given. */
  readonly range?: string;
}

/** Makes a writer of days. */
export function dayWriter({ locale, firstOfMonth, weekOf, range }: DayStyle): DayWriter {
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
      if (start === end) return day(start);
      if (range !== undefined)
        return range.replace('{from}', day(start)).replace('{to}', apart(day(start), day(end)));
      return written(days.formatRangeToParts(noon(start), noon(end)));
    },
  };
}

/** A day without what it shares with the one before it in writing: `19日` after `2024年10月18日`. */
function apart(before: string, text: string): string {
  let shared = 0;
  while (shared < text.length && text[shared] === before[shared]) shared += 1;
  return text.slice(text.slice(0, shared).replace(/\d+$/, '').length);
}

/** A moment that lies on the day in UTC, for Intl, which knows no days. */
function noon(day: Day): Date {
  return new Date((dayNumber(day) + 0.5) * DAY_MS);
}
