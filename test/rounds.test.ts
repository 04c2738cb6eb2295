import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sortArrivals, type Known } from '../src/feeds/arrivals.ts';
import { dueFeeds, makePoliteQueue, visitAll, type Due } from '../src/feeds/due.ts';
import type { ItemKey } from '../src/feeds/identity.ts';
import { toArrivals } from '../src/feeds/items.ts';
import { parseFeed } from '../src/feeds/parse.ts';
import { afterVisit } from '../src/feeds/politeness.ts';
import { fetchFeed, type Fetched } from '../src/feeds/poll.ts';
import { readingOf } from '../src/feeds/visits/outcome.ts';
import type { Feed, Item } from '../src/model.ts';
import { claimFeeds, endVisit, findFeedState, findFeedStates } from '../src/store/feeds.ts';
import type { Database } from '../src/store/database.ts';
import { aFeed } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { guardedFor } from './doubles/guarded.ts';
import { startWeb, type Web } from './doubles/web.ts';

const START = new Date('2024-10-23T12:00:00Z');
const HOUR = 3_600_000;

let web: Web;
let db: Database;
let feed: Feed;
/** What the archive of a bot would know. */
let known: Map<ItemKey, Known>;
let stored: Item[];

beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());
beforeEach(async () => {
  db = await emptyDatabase();
  feed = aFeed({ url: `${web.http()}/feed` });
  [known, stored] = [new Map(), []];
  return () => db.close();
});

test('rows 1, 5 and 7: a feed is read, then asked whether it has changed, then read again', async () => {
  web.play('/feed', { headers: { etag: '"1"' }, body: rss([3, 2, 1]) });
  expect(await round(0)).toEqual(['new']);
  web.play('/feed', (response, { headers }) => {
    response.writeHead(headers['if-none-match'] === '"1"' ? 304 : 500).end();
  });
  expect(await round(30)).toEqual(['unchanged']);
  web.play('/feed', { headers: { etag: '"2"' }, body: rss([4, 3, 2]) });
  expect(await round(60)).toEqual(['new']);
  expect(titles()).toEqual(['Article 3', 'Article 2', 'Article 1', 'Article 4']);
});

test('row 37: what was decided survives a restart: nothing is visited before its time', async () => {
  web.play('/feed', { headers: { etag: '"1"' }, body: rss([1]) });
  await round(0);
  const state = await findFeedState(db, feed.id);
  expect(state?.nextVisit.getTime()).toBeGreaterThan(START.getTime() + HOUR / 4);
  expect(await round(0.1)).toEqual([]);
});

test('row 38: two processes never visit the same feed at the same time', async () => {
  const feeds = Array.from({ length: 10 }, (_, index) => {
    web.play(`/shared${index}`, { body: rss([index]) });
    return aFeed({ url: `${web.http()}/shared${index}` });
  });
  const before = web.seen.length;
  const rounds = await Promise.all([round(0, feeds), round(0, feeds)]);
  expect(rounds.flat()).toHaveLength(10);
  expect(web.seen.length - before).toBe(10);
});

test('row 39: one address is fetched once, however many lists and subscriptions it is in', async () => {
  web.play('/feed', { body: rss([1]) });
  const before = web.seen.length;
  await round(0, [feed, aFeed({ url: feed.url }), aFeed({ url: feed.url })]);
  expect(web.seen.length - before).toBe(1);
});

test.each([
  [
    'row 49: a web page',
    { headers: { 'content-type': 'text/html' }, body: '<!doctype html><html><body>Hi</body></html>' },
  ],
  ['row 50: an empty feed', { body: rss([]) }],
  ['row 51: a feed with fewer items', { body: rss([2]) }],
  ['row 51: a feed with only old items', { body: rss([1, 2]) }],
  ['a body that is no feed', { body: 'garbage' }],
])('%s in between changes nothing: no item is new again', async (_, scene) => {
  web.play('/feed', { body: rss([3, 2, 1]) });
  await round(0);
  web.play('/feed', scene);
  await round(48);
  web.play('/feed', { body: rss([4, 3, 2, 1]) });
  await round(96);
  expect(titles()).toEqual(['Article 3', 'Article 2', 'Article 1', 'Article 4']);
});

test('row 51: a feed that calls all its items by new names and addresses has no new items', async () => {
  web.play('/feed', { body: rss(range(20)) });
  await round(0);
  web.play('/feed', { body: rss(range(20)).replaceAll('guid-', 'renamed-').replaceAll('/article/', '/a/') });
  await round(48);
  expect(titles()).toHaveLength(20);
});

test('row 53: an absurd date is not believed', async () => {
  web.play('/feed', {
    body: rss([1]).replace(/<pubDate>.*?<\/pubDate>/, '<pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate>'),
  });
  await round(0);
  expect(stored[0]).not.toHaveProperty('published');
});

test('row 55: every outcome is kept', async () => {
  web.play('/feed', { status: 503, headers: { 'retry-after': '7200' } });
  await round(0);
  const state = await findFeedState(db, feed.id);
  expect(state).toMatchObject({
    health: 'failing',
    last: { kind: 'failed', status: 503, reason: 'the server is out of service for now (503)' },
  });
  expect(state?.nextVisit.getTime()).toBeGreaterThanOrEqual(START.getTime() + 2 * HOUR);
});

test('a process that dies in the middle of a visit loses and doubles nothing', async () => {
  web.play('/feed', { headers: { etag: '"1"' }, body: rss([3, 2, 1]) });
  await expect(round(0, [feed], { dies: true })).rejects.toThrow('1 visits could not be handled');
  expect(await findFeedState(db, feed.id)).toBeUndefined();
  expect(await round(0.1)).toEqual([]);
  expect(await round(1)).toEqual(['new']);
  expect(titles()).toEqual(['Article 3', 'Article 2', 'Article 1']);
});

/** One round of visits, `hours` after the start, as a bot makes it; returns how the visits ended. */
async function round(hours: number, feeds = [feed], { dies = false } = {}): Promise<string[]> {
  const now = new Date(START.getTime() + hours * HOUR);
  const due = dueFeeds(feeds, await findFeedStates(db), now);
  const wish = { feeds: due.map((each) => each.feed.id), now, leaseMs: HOUR / 2 };
  const claims = new Map((await claimFeeds(db, wish)).map((claim) => [claim.feed, claim]));
  const kinds: string[] = [];
  await visitAll(
    due.filter((each) => claims.has(each.feed.id)),
    {
      queue: makePoliteQueue({ spacingMs: 0 }),
      fetch: (each) => fetchFeed(each.feed, each.state, guardedFor(web).fetch, () => now),
      handle: async (each, fetched) => {
        const claim = claims.get(each.feed.id);
        if (dies || claim === undefined) throw new Error('the process dies');
        kinds.push(fetched.kind);
        await endVisit(db, claim, await take(each, fetched, now));
      },
    },
  );
  return kinds;
}

async function take({ feed: visited, state }: Due, fetched: Fetched, now: Date) {
  if (fetched.kind !== 'new') return afterVisit(state, { feed: visited, fetched }, now, () => 0);
  const parsed = await parseFeed(fetched.body, { contentType: fetched.contentType, url: fetched.baseUrl });
  const visit = { now, previous: state.lastSuccess };
  const sorted = sortArrivals(toArrivals(parsed, visited, now), (key) => known.get(key), visit);
  stored.push(...sorted.fresh);
  for (const [id, pairs] of Map.groupBy(sorted.keys, ([, item]) => item)) {
    const keys = pairs.map(([key]) => key);
    for (const key of keys) known.set(key, { id, feed: visited.id, keys });
  }
  const outcome = { feed: visited, fetched, reading: readingOf(parsed, sorted.fresh.length) };
  return afterVisit(state, outcome, now, () => 0);
}

function rss(numbers: readonly number[]): string {
  const items = numbers.map((number) => {
    const date = new Date(START.getTime() - (30 - number) * HOUR).toUTCString();
    return `<item><title>Article ${number}</title><link>https://news.example/article/${number}</link><guid isPermaLink="false">guid-${number}</guid><pubDate>${date}</pubDate><description>What article ${number} says at some length.</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${items.join('')}</channel></rss>`;
}

function titles(): string[] {
  return stored.map(({ title }) => title);
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
