import { expect, test } from 'vitest';
import { newFeedState } from '../src/feeds/politeness.ts';
import { isSilent, nextRhythm, wantsWholeCopy } from '../src/feeds/visits/rhythm.ts';
import type { FeedState } from '../src/feed-state.ts';

const now = new Date('2024-10-23T12:00:00Z');

test('row 21: the rate is that of the last week, or of the shorter time that the feed covers', () => {
  const everyHour = nextRhythm(undefined, beat(hoursAgo(...range(1, 24))), now);
  expect(everyHour).toEqual({ itemsPerDay: 24, longestGapHours: 1, windowHours: 24 });
  const weekly = nextRhythm(undefined, beat(hoursAgo(24, 24 * 8, 24 * 15, 24 * 22, 24 * 29)), now);
  expect(weekly).toEqual({ itemsPerDay: 1 / 7, longestGapHours: 168, windowHours: 24 * 29 });
});

test('dates in the future and absurd ones are passed over', () => {
  const rhythm = nextRhythm(undefined, beat([...hoursAgo(1, 25), new Date('2099-01-01'), new Date(0)]), now);
  expect(rhythm?.longestGapHours).toBe(24);
});

test('of a few items nothing is concluded about how long a feed keeps them', () => {
  expect(nextRhythm(undefined, beat(hoursAgo(1, 2, 3)), now)).not.toHaveProperty('windowHours');
});

test('a long silence of the past fades with every change', () => {
  const before = { itemsPerDay: 1, longestGapHours: 100 };
  expect(nextRhythm(before, beat(hoursAgo(1, 2, 3)), now)?.longestGapHours).toBe(90);
});

test('where items carry no dates the rate follows what visits find', () => {
  const first = nextRhythm(undefined, { dates: [], items: 10, newItems: 10 }, now);
  expect(first).toBeUndefined();
  const second = nextRhythm(first, { dates: [], items: 10, newItems: 4, daysSinceLast: 0.5 }, now);
  expect(second?.itemsPerDay).toBe(8);
  const third = nextRhythm(second, { dates: [], items: 10, newItems: 0, daysSinceLast: 1 }, now);
  expect(third?.itemsPerDay).toBeCloseTo(5.6);
});

test('silence is told by the habit, and by nothing where there is none', () => {
  const state: FeedState = { ...newFeedState('feed', now), lastNewItem: new Date('2024-10-20T12:00Z') };
  expect(isSilent(state, now)).toBe(false);
  expect(isSilent({ ...state, rhythm: { itemsPerDay: 5, longestGapHours: 20 } }, now)).toBe(true);
  expect(isSilent({ ...state, rhythm: { itemsPerDay: 5, longestGapHours: 30 } }, now)).toBe(false);
});

test('a feed without validators is never asked otherwise than whole', () => {
  expect(wantsWholeCopy({ ...newFeedState('feed', now), lastCopy: new Date(0) }, now)).toBe(false);
});

function beat(dates: readonly Date[]) {
  return { dates, items: dates.length, newItems: 0 };
}

function hoursAgo(...hours: number[]): Date[] {
  return hours.map((each) => new Date(now.getTime() - each * 3_600_000));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
