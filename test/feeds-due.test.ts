import { expect, test } from 'vitest';
import { dueFeeds, makePoliteQueue, visitAll, type Due } from '../src/feeds/due.ts';
import type { Failed, Fetched } from '../src/feeds/poll.ts';
import { newFeedState } from '../src/feeds/politeness.ts';
import { siteOf } from '../src/feeds/visits/site.ts';
import type { FeedState } from '../src/feed-state.ts';
import type { Feed } from '../src/model.ts';
import { aFeed, aSource } from './builders.ts';

const now = new Date('2024-10-23T12:00:00Z');

test('a feed that was never visited is due', () => {
  const feed = aFeed();
  expect(ids(dueFeeds([feed], new Map(), now))).toEqual([feed.id]);
});

test('feeds are due when their time has come, the longest overdue first', () => {
  const [late, later, early] = [aFeed(), aFeed(), aFeed()];
  const states = statesOf([
    { ...newFeedState(late.id, minutesAgo(5)) },
    { ...newFeedState(later.id, minutesAgo(50)) },
    { ...newFeedState(early.id, minutesAgo(-1)) },
  ]);
  expect(ids(dueFeeds([late, later, early], states, now))).toEqual([later.id, late.id]);
});

test('feeds that are switched off or paused are not due', () => {
  const [off, paused] = [aFeed({ enabled: false }), aFeed()];
  const states = statesOf([{ ...newFeedState(paused.id, now), paused: 'gone' }]);
  expect(dueFeeds([off, paused], states, now)).toEqual([]);
});

test('row 31: a feed that moved to the address of another is visited once for both', () => {
  const [old, other] = [aFeed(), aFeed()];
  const moved = { ...newFeedState(old.id, now), moved: { from: old.url, to: other.url } };
  expect(ids(dueFeeds([other, old], statesOf([moved]), now))).toEqual([other.id]);
});

test('row 23: a host that asked for rest rests, with all its feeds; others do not', () => {
  const [told, sibling, stranger] = [
    aFeed({ url: 'https://a.example/1' }),
    aFeed({ url: 'https://a.example/2' }),
    aFeed({ url: 'https://b.example/1' }),
  ];
  const states = statesOf([{ ...newFeedState(told.id, minutesAgo(1)), hostRestsUntil: minutesAgo(-10) }]);
  expect(ids(dueFeeds([told, sibling, stranger], states, now))).toEqual([stranger.id]);
  expect(ids(dueFeeds([told, sibling], states, minutesAgo(-11)))).toHaveLength(2);
});

test('row 24: a slowed host is visited half as often, with all its feeds', () => {
  const [told, sibling] = [aFeed({ url: 'https://a.example/1' }), aFeed({ url: 'https://a.example/2' })];
  const last = { at: minutesAgo(60), kind: 'unchanged' as const, bytes: 0, milliseconds: 1 };
  const states = statesOf([
    { ...newFeedState(told.id, minutesAgo(-60)), last, hostSlowdown: 2 },
    { ...newFeedState(sibling.id, now), last },
  ]);
  expect(dueFeeds([told, sibling], states, now)).toEqual([]);
  expect(ids(dueFeeds([told, sibling], states, minutesAgo(-60)))).toEqual([sibling.id]);
});

test.each([
  ['https://en.yna.co.kr/rss', 'yna.co.kr'],
  ['https://www.lemonde.fr/rss', 'lemonde.fr'],
  ['https://feeds.folha.uol.com.br/x', 'uol.com.br'],
  ['http://127.0.0.1:80/', '127.0.0.1'],
  ['http://[::1]/', '[::1]'],
  ['https://tass.com/rss', 'tass.com'],
])('%s belongs to the site %s', (address, site) => {
  expect(siteOf(address)).toBe(site);
});

test('row 36: one errand a site at a time, apart from each other; other sites do not wait', async () => {
  const queue = makePoliteQueue({ spacingMs: 60 });
  const spans: { site: string; start: number; end: number }[] = [];
  const errand = (site: string) => async () => {
    const start = performance.now();
    await pause(30);
    spans.push({ site, start, end: performance.now() });
  };
  await Promise.all(['a', 'a', 'b', 'a'].map((site) => queue.add(`https://${site}.example/`, errand(site))));
  const ofA = spans.filter(({ site }) => site === 'a');
  ofA.slice(1).forEach((span, index) => expect(span.start - (ofA[index]?.end ?? 0)).toBeGreaterThan(55));
  expect(spans.findIndex(({ site }) => site === 'b')).toBeLessThan(2);
});

test('row 36: no more errands at once than allowed', async () => {
  const queue = makePoliteQueue({ atOnce: 2, spacingMs: 0 });
  let [running, most] = [0, 0];
  const errand = async () => {
    running += 1;
    most = Math.max(most, running);
    await pause(5);
    running -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, (_, index) => queue.add(`https://${index}.example/`, errand)));
  expect(most).toBe(2);
});

test('an errand that fails does not stop the ones behind it', async () => {
  const queue = makePoliteQueue({ spacingMs: 0 });
  const failed = queue.add('https://a.example/', () => Promise.reject(new Error('no')));
  const next = queue.add('https://a.example/', () => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});

test('when nobody answers, no feed is blamed, and a long round ends early', async () => {
  const due = dueFromSites(20);
  let asked = 0;
  const results = await round(due, () => {
    asked += 1;
    return unanswered();
  });
  expect(results).toHaveLength(20);
  expect(results.map(({ fetched }) => fetched.kind === 'failed' && fetched.code)).toEqual(
    Array.from({ length: 20 }, () => 'offline'),
  );
  expect(asked).toBeLessThan(17);
});

test('when nobody answers, the pauses between visits to one site are left out, too', async () => {
  const [first] = dueFromSites(1);
  const many = Array.from(
    { length: 20 },
    () => ({ ...first, feed: aFeed({ url: 'https://many.example/' }) }) as Due,
  );
  const handled: Due[] = [];
  const polite = makePoliteQueue({ spacingMs: 0 });
  let turns = 0;
  await visitAll([...many, ...dueFromSites(8)], {
    queue: {
      add: (address, errand) => {
        turns += 1;
        return polite.add(address, errand);
      },
    },
    fetch: () => Promise.resolve(unanswered()),
    handle: (each) => {
      handled.push(each);
      return Promise.resolve();
    },
  });
  expect(handled).toHaveLength(28);
  expect(turns).toBeLessThan(15);
});

test('when one site answers, those that did not are failures of their own', async () => {
  const due = dueFromSites(5);
  const results = await round(due, ({ feed }) => (feed === due[2]?.feed ? gone() : unanswered()));
  const codes = results.map(({ fetched }) =>
    fetched.kind === 'failed' ? String(fetched.code) : fetched.kind,
  );
  expect(codes.toSorted((a, b) => a.localeCompare(b))).toEqual(['gone', 'name', 'name', 'name', 'name']);
});

test('a site that gives no answer is not asked for all its feeds, and those not asked for are not blamed', async () => {
  const [alive] = dueFromSites(1);
  const many = Array.from(
    { length: 10 },
    () => ({ ...alive, feed: aFeed({ url: 'https://many.example/' }) }) as Due,
  );
  let asked = 0;
  const results = await round([...dueFromSites(1), ...many], ({ feed }) => {
    asked += 1;
    return feed.url.includes('many') ? unanswered() : gone();
  });
  expect(results).toHaveLength(11);
  expect(asked).toBe(4);
  const codes = results.map(({ fetched }) => (fetched.kind === 'failed' ? fetched.code : fetched.kind));
  expect(codes.filter((code) => code === 'offline')).toHaveLength(7);
});

test.each([
  ['at once', 'press', 1],
  ['after three in a row at an aggregator', 'aggregator', 3],
] as const)(
  'row 23: when a site says that we come too often, the round leaves it %s',
  async (_, kind, expected) => {
    const [first] = dueFromSites(1);
    const source = aSource({ kind });
    const many = Array.from(
      { length: 6 },
      () => ({ ...first, feed: aFeed({ url: 'https://many.example/', source }) }) as Due,
    );
    let asked = 0;
    await round(many, () => {
      asked += 1;
      return { kind: 'failed', status: 429, reason: 'too often', wireBytes: 0, milliseconds: 1 };
    });
    expect(asked).toBe(expected);
  },
);

test('a feed whose handling throws does not keep the others from being handled', async () => {
  const due = dueFromSites(5);
  const handled: string[] = [];
  const visit = visitAll(due, {
    queue: makePoliteQueue({ spacingMs: 0 }),
    fetch: () => Promise.resolve(gone()),
    handle: ({ feed }) => {
      if (feed === due[1]?.feed) return Promise.reject(new Error('a defect'));
      handled.push(feed.id);
      return Promise.resolve();
    },
  });
  await expect(visit).rejects.toThrow('1 visits could not be handled');
  expect(handled).toHaveLength(4);
});

test('a round that is called off begins no further visit', async () => {
  const ending = new AbortController();
  const due = dueFromSites(10);
  const handled: Due[] = [];
  await visitAll(due, {
    queue: makePoliteQueue({ atOnce: 1, spacingMs: 0 }),
    fetch: () => Promise.resolve(gone()),
    handle: (each) => {
      handled.push(each);
      if (handled.length === 3) ending.abort();
      return Promise.resolve();
    },
    signal: ending.signal,
  });
  expect(handled).toHaveLength(3);
});

test('a visit that was called off in the middle is not held against its feed', async () => {
  const ending = new AbortController();
  const handled: Due[] = [];
  await visitAll(dueFromSites(3), {
    queue: makePoliteQueue({ spacingMs: 0 }),
    fetch: () => {
      ending.abort();
      return Promise.resolve(unanswered());
    },
    handle: (each) => {
      handled.push(each);
      return Promise.resolve();
    },
    signal: ending.signal,
  });
  expect(handled).toEqual([]);
});

function dueFromSites(count: number): Due[] {
  return Array.from({ length: count }, (_, index) => {
    const feed = aFeed({ url: `https://site-${index}.example/`, source: aSource() });
    return { feed, state: newFeedState(feed.id, now) };
  });
}

async function round(due: Due[], fetch: (due: Due) => Fetched) {
  const results: { due: Due; fetched: Fetched }[] = [];
  await visitAll(due, {
    queue: makePoliteQueue({ spacingMs: 0 }),
    fetch: (each) => Promise.resolve(fetch(each)),
    handle: (each, fetched) => {
      results.push({ due: each, fetched });
      return Promise.resolve();
    },
  });
  return results;
}

function unanswered(): Failed {
  return { kind: 'failed', code: 'name', reason: 'the name cannot be found', wireBytes: 0, milliseconds: 1 };
}

function gone(): Fetched {
  return { kind: 'gone', status: 410, wireBytes: 0, milliseconds: 1 };
}

function ids(due: readonly { feed: Feed }[]): string[] {
  return due.map(({ feed }) => feed.id);
}

function statesOf(states: readonly FeedState[]): Map<string, FeedState> {
  return new Map(states.map((state) => [state.feed, state]));
}

function minutesAgo(minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
