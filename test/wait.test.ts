import { expect, test } from 'vitest';
import { outsideSkipped, spread, waitAfterSuccess, type Wishes } from '../src/feeds/visits/wait.ts';
import { newFeedState } from '../src/feeds/politeness.ts';
import type { FeedState } from '../src/feed-state.ts';
import { aFeed } from './builders.ts';

const now = new Date('2024-10-23T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const feed = aFeed();
const validators = { url: feed.url, etag: '"a"' };
const steady = { itemsPerDay: 12, longestGapHours: 6 };

test.each([
  ['row 16: an hour where nothing is known', {}, {}, HOUR],
  ['row 16: a day where the server helps in no way', { validators: undefined }, {}, DAY],
  [
    'row 16: no validators, but a wish of its own, is help enough',
    { validators: undefined, hints: { ttlMinutes: 90 } },
    {},
    1.5 * HOUR,
  ],
  ['row 16: never under 15 minutes', { rhythm: { itemsPerDay: 1000, longestGapHours: 1 } }, {}, 15 * MINUTE],
  ['row 12: freshness is the least', {}, { freshSeconds: 3 * 3600 }, 3 * HOUR],
  ['row 12: freshness does not shorten', { rhythm: steady }, { freshSeconds: 60 }, 2 * HOUR],
  ['row 13: a day at most, whatever the server says', {}, { freshSeconds: 86_400_000 }, DAY],
  ['row 15: no-cache does not mean more often', { rhythm: steady }, { freshSeconds: 0 }, 2 * HOUR],
  ['row 17: ttl is the least', { hints: { ttlMinutes: 240 } }, {}, 4 * HOUR],
  ['row 17: ttl is capped', { hints: { ttlMinutes: 100_000 } }, {}, DAY],
  [
    'row 18: the update period where the rhythm is unknown',
    { hints: { updateEveryMinutes: 360 } },
    {},
    6 * HOUR,
  ],
  ['row 18: but not oftener than usual', { hints: { updateEveryMinutes: 5 } }, {}, HOUR],
  ['row 18: and only as a hint', { hints: { updateEveryMinutes: 360 }, rhythm: steady }, {}, 2 * HOUR],
  [
    'row 18: counted from its base',
    { hints: { updateEveryMinutes: 360, updateBase: new Date('2000-01-01T03:00Z') } },
    {},
    3 * HOUR,
  ],
  [
    'row 20: the longest of all wishes',
    { rhythm: steady, hints: { ttlMinutes: 300 } },
    { freshSeconds: 3600, retryAfterSeconds: 7 * 3600 },
    7 * HOUR,
  ],
  ['row 21: as often as it fills', { rhythm: steady }, {}, 2 * HOUR],
  ['row 21: a day at most', { rhythm: { itemsPerDay: 0, longestGapHours: 900 } }, {}, DAY],
  [
    'what it keeps for 12 hours is seen three times',
    { rhythm: { ...steady, itemsPerDay: 1, windowHours: 12 } },
    {},
    4 * HOUR,
  ],
  [
    'so too without validators',
    { validators: undefined, rhythm: { ...steady, windowHours: 12 } },
    {},
    4 * HOUR,
  ],
] satisfies [string, Partial<Record<keyof FeedState, unknown>>, Partial<Wishes>, number][])(
  '%s',
  (_, state, wishes, expected) => {
    const { validators: given = validators, ...rest } = state as Partial<FeedState>;
    const known = {
      ...newFeedState(feed.id, now),
      ...('validators' in state ? {} : { validators: given }),
      ...rest,
    };
    expect(waitAfterSuccess(known, { feed, now, ...wishes })).toBe(expected);
  },
);

test('a window that was measured by hand counts until the feed has shown its own', () => {
  const state = { ...newFeedState(feed.id, now), validators, rhythm: { ...steady, itemsPerDay: 1 } };
  expect(waitAfterSuccess(state, { feed: aFeed({ windowHours: 6 }), now })).toBe(2 * HOUR);
});

test('row 37: feeds first visited together are spread over the whole interval, and always alike', () => {
  const names = Array.from({ length: 100 }, (_, index) => `feed-${index}`);
  const first = names.map((name) => spread(HOUR, name, { random: () => 0, isFirst: true }));
  expect(first.filter((wait) => wait < 1.25 * HOUR).length).toBeLessThan(45);
  expect(first.filter((wait) => wait > 1.75 * HOUR).length).toBeGreaterThan(10);
  expect(Math.min(...first)).toBeGreaterThanOrEqual(HOUR);
  expect(names.map((name) => spread(HOUR, name, { random: () => 0, isFirst: true }))).toEqual(first);
});

test('row 37: later visits keep a tenth of that and some chance, and no wait grows beyond a day', () => {
  const options = { random: () => 1, isFirst: false };
  expect(spread(HOUR, 'feed', options)).toBeGreaterThanOrEqual(1.05 * HOUR);
  expect(spread(HOUR, 'feed', options)).toBeLessThanOrEqual(1.15 * HOUR);
  expect(spread(DAY, 'feed', options)).toBe(DAY);
});

test.each([
  ['an hour that is not skipped stays', [3, 4], [], '2024-10-23T12:00Z', '2024-10-23T12:00Z'],
  ['a skipped hour moves to the next one', [12], [], '2024-10-23T12:20Z', '2024-10-23T13:00Z'],
  [
    'hours in a row move behind the last, over midnight',
    [22, 23, 0, 1],
    [],
    '2024-10-23T22:10Z',
    '2024-10-24T02:00Z',
  ],
  ['hour 24 is midnight', [24], [], '2024-10-23T00:10Z', '2024-10-23T01:00Z'],
  ['a skipped day moves to the next one', [], [3], '2024-10-23T12:20Z', '2024-10-24T00:00Z'],
  ['a weekend moves to Monday', [], [6, 7], '2024-10-26T09:00Z', '2024-10-28T00:00Z'],
  ['days and hours together', [0, 1], [6, 7], '2024-10-26T09:00Z', '2024-10-28T02:00Z'],
  ['all days: not heeded', [], [1, 2, 3, 4, 5, 6, 7], '2024-10-23T12:00Z', '2024-10-23T12:00Z'],
])('row 19: %s', (_, ...[skipHours, skipDays, from, to]) => {
  expect(outsideSkipped(new Date(from), { skipHours, skipDays })).toEqual(new Date(to));
});
