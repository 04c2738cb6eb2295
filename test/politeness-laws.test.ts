import {
  assert,
  constantFrom,
  date,
  double,
  integer,
  option,
  property,
  record,
  array,
  nat,
} from 'fast-check';
import { expect, test } from 'vitest';
import { dueFeeds } from '../src/feeds/due.ts';
import { afterVisit, newFeedState } from '../src/feeds/politeness.ts';
import type { Fetched } from '../src/feeds/poll.ts';
import type { Outcome, Reading } from '../src/feeds/visits/outcome.ts';
import { aFeed, aSource } from './builders.ts';

const START = new Date('2024-10-23T12:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SKIPPED = 3 * DAY;
const feed = aFeed({ url: 'https://news.example/feed' });
const aggregated = aFeed({ url: 'https://many.example/feed', source: aSource({ kind: 'aggregator' }) });

const seconds = option(nat(86_400), { nil: undefined });
const fetched = record({
  kind: constantFrom('new', 'unchanged', 'gone', 'failed'),
  status: constantFrom(200, 301, 401, 403, 404, 410, 429, 500, 503),
  freshSeconds: option(integer({ min: 0, max: 1e9 }), { nil: undefined }),
  retryAfterSeconds: seconds,
  permanentUrl: constantFrom(undefined, 'https://new.example/feed', 'https://third.example/feed'),
  wall: constantFrom(undefined, 'page', 'login', 'challenge'),
  code: constantFrom(undefined, 'name', 'offline', 'blocked', 'late'),
  etag: constantFrom(undefined, '"a"', '"b"'),
  how: constantFrom('not-modified', 'same-body'),
});
const reading = record({
  kind: constantFrom('read', 'unreadable'),
  items: nat(500),
  newItems: nat(500),
  dates: array(date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), {
    maxLength: 20,
  }),
  hints: record({
    ttlMinutes: option(nat(1_000_000), { nil: undefined }),
    updateEveryMinutes: option(double({ min: 0.01, max: 1e6, noNaN: true }), { nil: undefined }),
    skipHours: array(integer({ min: 0, max: 24 }), { maxLength: 24 }),
    skipDays: array(integer({ min: 1, max: 7 }), { maxLength: 7 }),
  }),
});
const visits = array(record({ fetched, reading, chance: double({ min: 0, max: 1, noNaN: true }) }), {
  maxLength: 30,
});

test.each([feed, aggregated])(
  'whatever publishers answer, the next visit is neither too soon nor too far ($url)',
  (visited) => {
    assert(
      property(visits, (all) => {
        let state = newFeedState(visited.id, START);
        for (const { chance, ...visit } of all) {
          const now = state.nextVisit;
          state = afterVisit(state, outcomeOf(visited, visit), now, () => chance);
          const wait = state.nextVisit.getTime() - now.getTime();
          expect(wait).toBeGreaterThanOrEqual(
            (state.last?.kind === 'new' || state.last?.kind === 'unchanged' ? 15 : 5) * MINUTE,
          );
          expect(wait).toBeLessThanOrEqual(DAY + SKIPPED);
          expect(wait).toBeGreaterThanOrEqual(1000 * askedFor(visit.fetched));
          expect(JSON.parse(JSON.stringify(state))).toMatchObject({ feed: visited.id, health: state.health });
          const isDue =
            dueFeeds([visited], new Map([[visited.id, state]]), new Date(now.getTime() + 1)).length > 0;
          expect(isDue).toBe(false);
        }
      }),
    );
  },
);

/** What the server asked for; our own outages are none of its business. */
function askedFor({
  kind,
  code,
  retryAfterSeconds,
}: {
  kind: string;
  code?: unknown;
  retryAfterSeconds?: number | undefined;
}): number {
  return kind === 'failed' && code === 'offline' ? 0 : (retryAfterSeconds ?? 0);
}

function outcomeOf(
  visited: typeof feed,
  visit: { fetched: Record<string, unknown>; reading: Record<string, unknown> },
): Outcome {
  const { etag, ...facts } = visit.fetched;
  const validators = etag === undefined ? {} : { validators: { url: visited.url, etag } };
  const common = {
    wireBytes: 1,
    milliseconds: 1,
    finalUrl: visited.url,
    reason: 'a reason',
    bodyHash: 'hash',
    partial: false,
  };
  const given = { ...common, ...facts, ...validators } as unknown as Fetched;
  return {
    feed: visited,
    fetched: given,
    reading: { reason: 'unreadable', ...visit.reading } as unknown as Reading,
  };
}
