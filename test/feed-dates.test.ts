import { existsSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { parseFeedDate } from '../src/feeds/reading/feed-dates.ts';

function shown(text: string): string | undefined {
  return parseFeedDate(text)?.toISOString().replace('.000Z', 'Z');
}

test.each([
  ['RFC 822', 'Mon, 08 Jan 2024 07:30:00 GMT', '2024-01-08T07:30:00Z'],
  ['with an offset', 'Mon, 08 Jan 2024 07:30:00 +0330', '2024-01-08T04:00:00Z'],
  ['with the zone of Moscow', 'Mon, 08 Jan 2024 07:30:00 MSK', '2024-01-08T04:30:00Z'],
  ['with the zone of Seoul', 'Mon, 08 Jan 2024 07:30:00 KST', '2024-01-07T22:30:00Z'],
  ['with summer time', 'Mon, 08 Jul 2024 07:30:00 CEST', '2024-07-08T05:30:00Z'],
  ['without a zone', 'Mon, 08 Jan 2024 07:30:00', '2024-01-08T07:30:00Z'],
  ['with a zone nobody knows', 'Mon, 08 Jan 2024 07:30:00 XYZT', '2024-01-08T07:30:00Z'],
  ['with a wrong weekday', 'Sun, 08 Jan 2024 07:30:00 GMT', '2024-01-08T07:30:00Z'],
  ['with a year of two digits', 'Mon, 8 Jan 24 07:30 +0000', '2024-01-08T07:30:00Z'],
  ['with dashes', 'Monday, 08-Jan-24 07:30:00 UTC', '2024-01-08T07:30:00Z'],
  ['with a comment', 'Mon, 08 Jan 2024 07:30:00 +0000 (UTC)', '2024-01-08T07:30:00Z'],
  ['of C programs', 'Mon Jan  8 07:30:00 2024', '2024-01-08T07:30:00Z'],
  ['of C programs with a zone', 'Mon Jan 08 07:30:00 +0200 2024', '2024-01-08T05:30:00Z'],
  ['American', 'January 8, 2024 7:30 PM', '2024-01-08T19:30:00Z'],
  ['American at noon', 'Jan 8, 2024, 12:05 pm', '2024-01-08T12:05:00Z'],
  ['American after midnight', 'Jan 8, 2024 12:05 AM', '2024-01-08T00:05:00Z'],
  ['ISO 8601', '2024-01-08T07:30:00+09:00', '2024-01-07T22:30:00Z'],
  ['ISO 8601 with parts of a second', '2024-01-08T07:30:00.5Z', '2024-01-08T07:30:00.500Z'],
  ['ISO 8601 with a blank', '2024-01-08 07:30:00 +0900', '2024-01-07T22:30:00Z'],
  ['ISO 8601 without marks', '20240108T073000Z', '2024-01-08T07:30:00Z'],
  ['a day', '2024-01-08', '2024-01-08T00:00:00Z'],
  ['a day of the year', '2024-008', '2024-01-08T00:00:00Z'],
  ['French', 'lundi 8 janvier 2024 à 07:30', '2024-01-08T07:30:00Z'],
  ['French with dots', 'lun., 08 févr. 2024 07:30:00 +0100', '2024-02-08T06:30:00Z'],
  ['the first in French', '1er janvier 2024', '2024-01-01T00:00:00Z'],
  ['German', 'Mo, 08 Mär 2024 07:30:00 +0100', '2024-03-08T06:30:00Z'],
  ['German with an ordinal', '8. Januar 2024 um 07:30', '2024-01-08T07:30:00Z'],
  ['Spanish', '8 de enero de 2024 07:30', '2024-01-08T07:30:00Z'],
  ['Italian', 'lun, 08 gen 2024 07:30:00 +0100', '2024-01-08T06:30:00Z'],
  ['Polish', '8 stycznia 2024 07:30', '2024-01-08T07:30:00Z'],
  ['Russian', 'Пн, 08 янв 2024 07:30:00 +0300', '2024-01-08T04:30:00Z'],
  ['Russian with its word for year', '8 января 2024 г. 07:30', '2024-01-08T07:30:00Z'],
  ['Ukrainian', '8 січня 2024 р. 07:30', '2024-01-08T07:30:00Z'],
  ['Greek', 'Δευ, 08 Ιαν 2024 07:30:00 EET', '2024-01-08T05:30:00Z'],
  ['Turkish', '8 Ocak 2024 07:30', '2024-01-08T07:30:00Z'],
  ['Korean', '2024년 1월 8일 07:30', '2024-01-07T22:30:00Z'],
  ['Korean in the afternoon', '2024-01-08 오후 7:30', '2024-01-08T10:30:00Z'],
  ['Chinese', '2024年01月08日 07:30', '2024-01-07T23:30:00Z'],
  ['Japanese', '2024年1月8日 7時30分', '2024-01-07T22:30:00Z'],
  ['with dots', '08.01.2024 07:30', '2024-01-08T07:30:00Z'],
  ['with slashes, month first', '01/08/2024 07:30', '2024-01-08T07:30:00Z'],
  ['with slashes that can only be day first', '18/01/2024', '2024-01-18T00:00:00Z'],
  ['year first with slashes', '2024/01/08 07:30:00', '2024-01-08T07:30:00Z'],
  ['seconds since 1970', '1704699000', '2024-01-08T07:30:00Z'],
  ['milliseconds since 1970', '1704699000000', '2024-01-08T07:30:00Z'],
  ['the end of a day', 'Mon, 08 Jan 2024 24:00:00 GMT', '2024-01-09T00:00:00Z'],
  ['a leap second', '2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
  ['a leap day', '29 Feb 2024', '2024-02-29T00:00:00Z'],
])('a date %s is read: %s', (_, text, moment) => {
  expect(shown(text)).toBe(moment);
});

test.each([
  ['no such day', '31 Nov 2024'],
  ['no leap year', '29 Feb 2023'],
  ['no such month', '2024-13-08'],
  ['no such hour', '2024-01-08T25:00:00Z'],
  ['no such minute', '2024-01-08T10:61:00Z'],
  ['an offset beyond a day', '2024-01-08T10:00:00-99:99'],
  ['an offset cut off', 'Mon, 08 Jan 2024 07:30:00 +0x:30'],
  ['an unknown zone after a computer form', '2024-01-08T10:00:00Extra'],
  ['zeros', '0000-00-00 00:00:00'],
  ['an unknown month', '8 Foo 2024'],
  ['words', 'yesterday'],
  ['nothing', ''],
  ['a long number', '1'.repeat(1000)],
])('%s is no date: %s', (_, text) => {
  expect(parseFeedDate(text)).toBeUndefined();
});

test('a date that names no zone is read in the zone of its source', () => {
  expect(parseFeedDate('Mon, 08 Jan 2024 07:30:00', 540)?.toISOString()).toBe('2024-01-07T22:30:00.000Z');
});

test.each([
  ['Europe/Paris', -60],
  ['America/New_York', 300],
  ['Asia/Seoul', -540],
])('the zone of the machine, here %s, changes no date', (zone, offsetMinutes) => {
  const before = process.env['TZ'];
  process.env['TZ'] = zone;
  try {
    expect(new Date('2024-01-08T12:00:00Z').getTimezoneOffset()).toBe(offsetMinutes);
    expect(shown('Mon, 08 Jan 2024 07:30:00')).toBe('2024-01-08T07:30:00Z');
    expect(shown('2024-01-08 07:30')).toBe('2024-01-08T07:30:00Z');
    expect(shown('Mon, 08 Jan 2024 07:30:00 KST')).toBe('2024-01-07T22:30:00Z');
  } finally {
    process.env['TZ'] = before;
  }
});

const SHARED = '../shared/data/feedparser-tests/dates.json';

test.skipIf(!existsSync(SHARED))("of feedparser's 72 dates at least 71 are right and none is wrong", () => {
  const cases = JSON.parse(readFileSync(SHARED, 'utf8')) as [string, string, string | null][];
  const found = cases.map(([, text, wanted]) => ({
    wanted: wanted ?? undefined,
    found: parseFeedDate(text)?.toISOString().slice(0, 19),
  }));
  expect(found.filter((row) => row.found !== row.wanted && row.found !== undefined)).toEqual([]);
  expect(found.filter((row) => row.found === row.wanted).length).toBeGreaterThanOrEqual(71);
});
