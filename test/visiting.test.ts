import { expect, test } from 'vitest';
import { afterVisit, newFeedState } from '../src/feeds/politeness.ts';
import type { Copy, Unchanged } from '../src/feeds/poll.ts';
import type { FeedState } from '../src/feed-state.ts';
import type { Feed } from '../src/model.ts';
import { aFeed } from './builders.ts';

const START = Date.UTC(2024, 9, 1);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 21;

/** How a publisher fills a feed: at which hours of each day, how many items it keeps, and what its server tells. */
interface Publisher {
  readonly hours: readonly number[];
  readonly keeps: number;
  readonly hasValidators: boolean;
  readonly hasDates: boolean;
}

const everyHour = Array.from({ length: 24 }, (_, hour) => hour);
const often = everyHour.flatMap((hour) => [hour, hour + 0.2, hour + 0.4, hour + 0.6, hour + 0.8]);
const inBursts = [6, 6.1, 6.2, 6.3, 6.4, 18, 18.1, 18.2, 18.3, 18.4];

test.each([
  ['an agency with 120 items a day that keeps six hours', often, 30, true, 96],
  ['the same without validators', often, 30, false, 20],
  ['a paper with an item an hour that keeps half a day', everyHour, 12, true, 30],
  ['the same without validators', everyHour, 12, false, 12],
  ['a paper that publishes in bursts and keeps little', inBursts, 10, true, 24],
  ['a think tank with an item a day', [9], 10, true, 2],
])('nothing of %s is missed, without coming too often', (_, ...[hours, keeps, hasValidators, most]) => {
  const { missed, visitsPerDay } = follow({ hours, keeps, hasValidators, hasDates: true });
  expect(missed).toBe(0);
  expect(visitsPerDay).toBeLessThanOrEqual(most);
});

test('where items carry no dates, the rhythm is learnt from what visits find', () => {
  const { missed, visitsPerDay } = follow({
    hours: everyHour,
    keeps: 40,
    hasValidators: true,
    hasDates: false,
  });
  expect(missed).toBe(0);
  expect(visitsPerDay).toBeGreaterThan(12);
  expect(visitsPerDay).toBeLessThan(30);
});

/** Visits a feed for three weeks as its state says; counts the items that no visit saw, and the visits. */
function follow(publisher: Publisher): { missed: number; visitsPerDay: number } {
  const feed = aFeed();
  const published = Array.from({ length: DAYS }, (_, day) =>
    publisher.hours.map((hour) => START + day * DAY + hour * HOUR),
  ).flat();
  const seen = new Set<number>();
  let visits = 0;
  let state = newFeedState(feed.id, new Date(START + 2 * DAY));
  const first = state.nextVisit.getTime();
  while (state.nextVisit.getTime() < START + DAYS * DAY) {
    visits += 1;
    const now = state.nextVisit;
    const held = published.filter((time) => time <= now.getTime()).slice(-publisher.keeps);
    state = visited(state, feed, { held, seen, publisher, now });
  }
  const end = state.last?.at.getTime() ?? 0;
  const missed = published.filter((time) => time > first && time <= end && !seen.has(time)).length;
  return { missed, visitsPerDay: visits / (DAYS - 2) };
}

interface Situation {
  readonly held: readonly number[];
  readonly seen: Set<number>;
  readonly publisher: Publisher;
  readonly now: Date;
}

function visited(state: FeedState, feed: Feed, { held, seen, publisher, now }: Situation): FeedState {
  const bodyHash = String(held.at(-1));
  const validators = publisher.hasValidators ? { validators: { url: feed.url, etag: bodyHash } } : {};
  const found = { status: 200, wireBytes: 1, milliseconds: 1, finalUrl: feed.url, ...validators };
  if (bodyHash === state.bodyHash) {
    const fetched: Unchanged = { ...found, kind: 'unchanged', how: 'same-body' };
    return afterVisit(state, { feed, fetched }, now, () => 0.5);
  }
  const fetched: Copy = {
    ...found,
    kind: 'new',
    body: new Uint8Array(),
    baseUrl: feed.url,
    bodyHash,
    partial: false,
  };
  const newItems = held.filter((time) => !seen.has(time)).length;
  for (const time of held) seen.add(time);
  const dates = publisher.hasDates ? held.map((time) => new Date(time)) : [];
  const reading = { kind: 'read' as const, items: held.length, newItems, dates, hints: {} };
  return afterVisit(state, { feed, fetched, reading }, now, () => 0.5);
}
