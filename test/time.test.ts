import { expect, test } from 'vitest';
import type { Day } from '../src/model.ts';
import {
  addDays,
  dayAt,
  dayFrom,
  dayFromNumber,
  dayNumber,
  dayOf,
  daysBetween,
  isWithin,
  isZone,
  momentAt,
  monthOf,
  parseDay,
  startOf,
  timeAt,
  weekday,
  weekOf,
} from '../src/time.ts';

test.each(['2024-02-30', '2024-1-01', 'today', '2024-01-01T00:00', '', '0000-13-01'])(
  "'%s' is no day",
  (text) => {
    expect(dayFrom(text)).toBeUndefined();
    expect(() => parseDay(text)).toThrow(RangeError);
  },
);

test('days move over months, years and leap days', () => {
  expect(addDays(parseDay('2023-12-31'), 1)).toBe('2024-01-01');
  expect(addDays(parseDay('2024-03-01'), -1)).toBe('2024-02-29');
  expect(daysBetween(parseDay('2023-12-30'), parseDay('2024-01-02'))).toBe(3);
  expect(dayFromNumber(dayNumber(parseDay('1969-12-31')))).toBe('1969-12-31');
});

test('a day is made of numbers only when it exists', () => {
  expect(dayOf(2024, 2, 29)).toBe('2024-02-29');
  expect(dayOf(2023, 2, 29)).toBeUndefined();
});

test('weeks run from Monday to Sunday', () => {
  expect(weekday(parseDay('2024-12-16'))).toBe(1);
  expect(weekday(parseDay('1969-12-28'))).toBe(7);
  expect(weekOf(parseDay('2024-01-07'))).toEqual({
    start: '2024-01-01',
    end: '2024-01-07',
    precision: 'week',
  });
});

test('a month ends on its last day', () => {
  expect(monthOf(2024, 2)).toEqual({ start: '2024-02-01', end: '2024-02-29', precision: 'month' });
  expect(monthOf(2024, 12).end).toBe('2024-12-31');
});

test('the same moment is another day in another zone', () => {
  const moment = new Date('2024-10-23T16:30:00Z');
  expect(dayAt(moment, 'Asia/Seoul')).toBe('2024-10-24');
  expect(dayAt(moment, 'Europe/Paris')).toBe('2024-10-23');
  expect(timeAt(moment, 'Asia/Kolkata')).toBe('22:00');
});

test('a day starts at its first instant, also where midnight does not exist', () => {
  expect(startOf(parseDay('2024-10-23'), 'Asia/Seoul').toISOString()).toBe('2024-10-22T15:00:00.000Z');
  expect(startOf(parseDay('2018-11-04'), 'America/Sao_Paulo').toISOString()).toBe('2018-11-04T03:00:00.000Z');
});

test.each([
  ['2027-03-28', '02:30', 'Europe/Paris', '2027-03-28T01:30:00.000Z', 'skipped: an hour later on the clock'],
  ['2026-10-25', '02:30', 'Europe/Paris', '2026-10-25T00:30:00.000Z', 'twice: the first'],
  ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', 'half an hour back, twice'],
  ['2026-06-01', '08:00', 'Asia/Kolkata', '2026-06-01T02:30:00.000Z', 'plain'],
])('%s %s in %s is %s (%s)', (day, time, zone, moment) => {
  expect(momentAt(day as Day, time, zone).toISOString()).toBe(moment);
});

test.each([
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Asia/Kolkata',
  'UTC',
])('around every change of clocks in %s days and times are those of the calendar', (zone) => {
  for (const moment of momentsOfInterest(zone)) {
    const zoned = moment.toZonedDateTimeISO(zone);
    const [date, time] = [zoned.toPlainDate(), zoned.toPlainTime().toString().slice(0, 5)];
    const day = date.toString() as Day;
    const told = new Date(moment.epochMilliseconds);
    expect([dayAt(told, zone), timeAt(told, zone)]).toEqual([day, time]);
    expect(momentAt(day, time, zone).getTime()).toBe(
      date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds,
    );
    expect(startOf(day, zone).getTime()).toBe(date.toZonedDateTime(zone).epochMilliseconds);
  }
});

/** Hours on both sides of the changes from 1990 to 2030, and one in the middle of every month. */
function momentsOfInterest(zone: string): Temporal.Instant[] {
  const begin = Temporal.ZonedDateTime.from(`1990-01-15T12:00[${zone}]`);
  const months = Array.from({ length: 480 }, (_, index) => begin.add({ months: index }).toInstant());
  const changes = months.flatMap((at) => {
    const change = at.toZonedDateTimeISO(zone).getTimeZoneTransition('next')?.toInstant();
    return change === undefined ? [] : [-30, -3, -1, 0, 1, 3, 30].map((hours) => change.add({ hours }));
  });
  return [...months, ...changes];
}

test('what is no time of the day is refused', () => {
  expect(() => momentAt(parseDay('2024-01-01'), '24:00', 'UTC')).toThrow(RangeError);
  expect(() => momentAt(parseDay('2024-01-01'), '8:00', 'UTC')).toThrow(RangeError);
});

test('a moment is within a period by the days of its zone', () => {
  const day = parseDay('2024-10-24');
  const moment = new Date('2024-10-23T16:30:00Z');
  expect(isWithin(moment, { from: day, to: day, zone: 'Asia/Seoul' })).toBe(true);
  expect(isWithin(moment, { from: day, to: day, zone: 'UTC' })).toBe(false);
});

test('zones are told from words', () => {
  expect(isZone('Europe/Paris')).toBe(true);
  expect(isZone('Paris')).toBe(false);
});
