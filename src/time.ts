import type { Day, Period, When } from './model.ts';

/** Tells what time it is. A parameter everywhere, so that tests can say what time it is. */
export type Clock = () => Date;

/** A stretch of time, from one change of a zone's clocks to the next, in epoch milliseconds; its end does not belong to it. */
interface Steady {
  readonly from: number;
  readonly to: number;
  /** How far the clocks are ahead of UTC. */
  readonly offsetMs: number;
}

const DAY_MS = 86_400_000;
const WALL_CLOCK = /T(?:[01]\d|2[0-3]):[0-5]\d$/;

/** The stretch last asked for, by zone. */
const steadyTimes = new Map<string, Steady>();
/** More than there are, as long as nobody plays with capital letters. */
const MOST_ZONES = 1000;

/**
 * Reads a calendar date.
 *
 * @param text - `2024-10-23`, nothing else
 * @throws {RangeError} when it is not a date of that form, or no such day exists
 */
export function parseDay(text: string): Day {
  const day = dayFrom(text);
  if (day === undefined) throw new RangeError(`Not a day like 2024-10-23: '${text}'`);
  return day;
}

/** Reads a calendar date like `2024-10-23`; `undefined` when it is none. */
export function dayFrom(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text) ? (text as Day) : undefined;
}

/** The day with these numbers; `month` counts from 1. `undefined` when there is no such day. */
export function dayOf(year: number, month: number, day: number): Day | undefined {
  const [y, m, d] = [pad(year, 4), pad(month, 2), pad(day, 2)];
  return dayFrom(`${y}-${m}-${d}`);
}

/** The day `count` days later, or earlier when `count` is negative. */
export function addDays(day: Day, count: number): Day {
  return dayFromNumber(dayNumber(day) + count);
}

/** How many days `to` is after `from`; negative when it is before. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** Days since 1970-01-01: whole numbers for arithmetic inside loops. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** The day that many days after 1970-01-01. */
export function dayFromNumber(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10) as Day;
}

/** Weekday of a day: 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekday(day: Day): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** Monday to Sunday of the week that holds `day`. */
export function weekOf(day: Day): When {
  const start = addDays(day, 1 - weekday(day));
  return { start, end: addDays(start, 6), precision: 'week' };
}

/** The whole month; `month` counts from 1. */
export function monthOf(year: number, month: number): When {
  const start = `${pad(year, 4)}-${pad(month, 2)}-01` as Day;
  const next = month === 12 ? `${pad(year + 1, 4)}-01-01` : `${pad(year, 4)}-${pad(month + 1, 2)}-01`;
  return { start, end: addDays(next as Day, -1), precision: 'month' };
}

/** The whole year. */
export function yearOf(year: number): When {
  return { start: `${pad(year, 4)}-01-01` as Day, end: `${pad(year, 4)}-12-31` as Day, precision: 'year' };
}

/** A single day as a `When`. */
export function onDay(day: Day): When {
  return { start: day, end: day, precision: 'day' };
}

/** The date in `zone` (IANA name) at a moment. */
export function dayAt(moment: Date, zone: string): Day {
  const [day = ''] = wallClock(moment, zone).split('T');
  return day as Day;
}

/** The wall-clock time in `zone` at a moment: `08:05`. */
export function timeAt(moment: Date, zone: string): string {
  const [, time = ''] = wallClock(moment, zone).split('T');
  return time.slice(0, 5);
}

/** The moment at which a day begins in `zone`: the first instant that exists on that day. */
export function startOf(day: Day, zone: string): Date {
  return (
    steadyMoment(`${day}T00:00`, zone) ??
    new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)
  );
}

/**
 * The moment of a wall-clock time on a day in `zone`.
 *
 * A time that the clock skips in spring means the instant as much later (02:30 becomes 03:30); one that comes
 * twice in autumn means the first.
 *
 * @param time - `08:00`
 */
export function momentAt(day: Day, time: string, zone: string): Date {
  const steady = steadyMoment(`${day}T${time}`, zone);
  if (steady !== undefined) return steady;
  const wall = Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from(time));
  return new Date(wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
}

/** Tells whether a moment lies on one of the period's days, seen in its zone. */
export function isWithin(moment: Date, period: Period): boolean {
  const day = dayAt(moment, period.zone);
  return day >= period.from && day <= period.to;
}

/** Tells whether `zone` names a time zone that this machine knows. */
export function isZone(zone: string): boolean {
  try {
    zonedAt(new Date(0), zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The wall clock in `zone` at a moment: `2024-10-23T08:05:00.000Z`, whose Z means nothing. */
function wallClock(moment: Date, zone: string): string {
  const at = moment.getTime();
  return new Date(at + steadyAt(at, zone).offsetMs).toISOString();
}

/** The moment of a wall-clock time, `2024-10-23T08:05`; `undefined` where clocks change within a day of it, and for what is no time. */
function steadyMoment(wall: string, zone: string): Date | undefined {
  const at = WALL_CLOCK.test(wall) ? Date.parse(`${wall}Z`) : NaN;
  if (Number.isNaN(at)) return undefined;
  const { from, to, offsetMs } = steadyAt(at, zone);
  return at - DAY_MS >= from && at + DAY_MS < to ? new Date(at - offsetMs) : undefined;
}

/** The time around a moment in which a zone does not change its clocks. Most questions are about the time of the one before. */
function steadyAt(at: number, zone: string): Steady {
  const known = steadyTimes.get(zone);
  if (known !== undefined && at >= known.from && at < known.to) return known;
  const zoned = zonedAt(new Date(at), zone);
  const found = {
    from: epochOf(zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous')) ?? -Infinity,
    to: epochOf(zoned.getTimeZoneTransition('next')) ?? Infinity,
    offsetMs: zoned.offsetNanoseconds / 1e6,
  };
  if (steadyTimes.size >= MOST_ZONES) steadyTimes.clear();
  steadyTimes.set(zone, found);
  return found;
}

function epochOf(zoned: Temporal.ZonedDateTime | null): number | undefined {
  return zoned?.epochMilliseconds;
}

function zonedAt(moment: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone);
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
