import { expect, test } from 'vitest';
import { describeHealth, healthOf } from '../src/feeds/health.ts';
import { newFeedState } from '../src/feeds/politeness.ts';
import type { FeedState, VisitRecord } from '../src/feed-state.ts';

const now = new Date('2024-10-23T12:00:00Z');
const rhythm = { itemsPerDay: 6, longestGapHours: 20 };

test.each([
  ['new', {}, 'not visited yet'],
  ['well', { rhythm, lastChange: hoursAgo(2), last: visit({ items: 30 }) }, 'well, 30 items'],
  [
    'well',
    { moved: { from: 'a', to: 'https://new.example/' }, last: visit({ items: 3 }) },
    'well, 3 items, moved to https://new.example/',
  ],
  ['empty', { last: visit({ items: 0 }) }, 'answers, but holds no items'],
  [
    'walled',
    {
      errorsInRow: 2,
      lastSuccess: hoursAgo(80),
      last: visit({ kind: 'failed', wall: 'page', reason: 'a web page came' }),
    },
    'a web page came (2 in a row, last read 3 days ago)',
  ],
  [
    'failing',
    { errorsInRow: 1, last: visit({ kind: 'failed', status: 500, reason: 'a fault' }) },
    'a fault (1 in a row, never read)',
  ],
  [
    'failing',
    { lastSuccess: hoursAgo(1), last: visit({ kind: 'failed', reason: 'no network' }) },
    'no network (0 in a row, last read today)',
  ],
  [
    'frozen',
    { rhythm, lastChange: hoursAgo(70), lastNewItem: hoursAgo(70), last: visit({ items: 9 }) },
    'answers, but not a byte has changed since 2 days ago',
  ],
  [
    'silent',
    { rhythm, lastChange: hoursAgo(1), lastNewItem: hoursAgo(70), last: visit({ items: 9 }) },
    'answers, but has had nothing new since 2 days ago',
  ],
  ['paused', { paused: 'gone for good' }, 'paused: gone for good'],
] satisfies [string, Partial<FeedState>, string][])('%s: %o', (health, given, sentence) => {
  const state = { ...newFeedState('feed', now), ...given };
  expect(healthOf(state, now)).toBe(health);
  expect(describeHealth({ ...state, health: healthOf(state, now) }, now)).toBe(sentence);
});

function visit(given: Partial<VisitRecord>): VisitRecord {
  return { at: now, kind: 'new', status: 200, bytes: 100, milliseconds: 10, ...given };
}

function hoursAgo(hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}
