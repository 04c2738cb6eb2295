import { describe, expect, test } from 'vitest';
import { afterVisit, newFeedState, noticeOf, resumed } from '../src/feeds/politeness.ts';
import type { Failed, Fetched } from '../src/feeds/poll.ts';
import type { Reading } from '../src/feeds/visits/outcome.ts';
import type { FeedState } from '../src/feed-state.ts';
import type { Feed } from '../src/model.ts';
import { aFeed, aSource } from './builders.ts';

const now = new Date('2024-10-23T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const noChance = () => 0;
const feed = aFeed({ url: 'https://news.example/feed' });
const validators = { url: feed.url, etag: '"a"' };

describe('a good visit', () => {
  test('row 5: stores the validators of a body that was the same, too', () => {
    const after = visited(
      settled(),
      unchanged({ how: 'same-body', validators: { url: feed.url, etag: '"b"' } }),
    );
    expect(after.validators?.etag).toBe('"b"');
  });

  test('row 7: a 304 is a success: failures are forgotten', () => {
    const before = { ...settled(), errorsInRow: 5, failingSince: ago(DAY) };
    const after = visited(before, unchanged({}));
    expect(after).toMatchObject({
      errorsInRow: 0,
      lastSuccess: now,
      last: { kind: 'unchanged', status: 304 },
    });
    expect(after).not.toHaveProperty('failingSince');
  });

  test('row 10: a body that cannot be read leaves no validators and no hash behind, and is a failure', () => {
    const before = { ...settled(), validators, bodyHash: 'old' };
    const after = visited(before, copy({ validators }), { kind: 'unreadable', reason: 'this is no feed' });
    expect(after).not.toHaveProperty('validators');
    expect(after).not.toHaveProperty('bodyHash');
    expect(after).toMatchObject({ errorsInRow: 1, last: { kind: 'unreadable', reason: 'this is no feed' } });
  });

  test('a server that stops giving validators is no longer asked with the old ones', () => {
    expect(visited({ ...settled(), validators }, copy({}), read())).not.toHaveProperty('validators');
  });

  test('row 50: an empty feed is no failure', () => {
    const after = visited(settled(), copy({}), read({ items: 0, newItems: 0, dates: [] }));
    expect(after).toMatchObject({ errorsInRow: 0, last: { kind: 'new', items: 0 } });
  });

  test('row 55: what came of it is remembered', () => {
    const after = visited(settled(), copy({ wireBytes: 1234, milliseconds: 56 }), read({ items: 7 }));
    expect(after.last).toEqual({
      at: now,
      kind: 'new',
      status: 200,
      bytes: 1234,
      milliseconds: 56,
      items: 7,
    });
    expect(after.nextVisit.getTime()).toBeGreaterThan(now.getTime());
  });

  test('row 8: the same bytes again are no new copy to read, but show that the server is not stuck', () => {
    const after = visited(settled(), unchanged({ how: 'same-body' }));
    expect(after.lastCopy).toEqual(now);
    expect(after).not.toHaveProperty('lastChange');
  });

  test('the newest item of a first reading tells since when the feed has been silent', () => {
    const newest = ago(5 * DAY);
    const after = visited(newFeedState(feed.id, now), copy({}), read({ dates: [ago(9 * DAY), newest] }));
    expect(after.lastNewItem).toEqual(newest);
  });
});

test('an item that another feed brought first shows, too, that a feed is alive', () => {
  const before = { ...settled(), lastCopy: ago(DAY), lastNewItem: ago(9 * DAY) };
  const after = visited(before, copy({}), read({ newItems: 0, dates: [ago(2 * HOUR)] }));
  expect(after.lastNewItem).toEqual(ago(2 * HOUR));
});

describe('a permanent redirect', () => {
  const to = 'https://new.example/feed';

  test('row 29: is believed after two visits in a row', () => {
    const once = visited(settled(), copy({ permanentUrl: to }), read());
    expect(once).toMatchObject({ redirect: { to, seen: 1 } });
    expect(once).not.toHaveProperty('moved');
    const twice = visited(once, unchanged({ permanentUrl: to }));
    expect(twice).toMatchObject({ moved: { from: feed.url, to } });
    expect(twice).not.toHaveProperty('redirect');
  });

  test('row 29: is forgotten when it is not there the next time, or leads elsewhere', () => {
    const once = visited(settled(), copy({ permanentUrl: to }), read());
    expect(visited(once, unchanged({}))).not.toHaveProperty('redirect');
    const elsewhere = visited(once, copy({ permanentUrl: 'https://third.example/' }), read());
    expect(elsewhere).toMatchObject({ redirect: { to: 'https://third.example/', seen: 1 } });
    expect(elsewhere).not.toHaveProperty('moved');
  });

  test('row 29: to a page or anything else that is no feed proves nothing', () => {
    const once = visited(settled(), copy({ permanentUrl: to }), read());
    const page = visited(once, copy({ permanentUrl: to }), { kind: 'unreadable', reason: 'a web page' });
    expect(page).not.toHaveProperty('moved');
    expect(visited(once, failed({ status: 200, wall: 'login' }))).not.toHaveProperty('moved');
  });

  test('a feed with a password keeps its address, for the new one would not have the password', () => {
    const closed = { ...feed, url: 'https://reader:pass@news.example/feed' };
    const once = visited(settled(), copy({ permanentUrl: to }), read(), closed);
    expect(visited(once, unchanged({ permanentUrl: to }), undefined, closed)).not.toHaveProperty('moved');
  });

  test.each([404, 410])('a new address that answers %i sends us back to the old one', (status) => {
    const moved = { ...settled(), moved: { from: feed.url, to } };
    const after = visited(moved, status === 410 ? gone() : failed({ status }));
    expect(after).not.toHaveProperty('moved');
    expect(after).not.toHaveProperty('paused');
    expect(waitOf(after)).toBeLessThan(0.2 * HOUR);
  });
});

describe('a failure', () => {
  test('row 28: waits 5 minutes, doubling to a day', () => {
    const minutes = waitsInRow(10, failed({ status: 500 })).map((wait) => wait / 60_000);
    [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440].forEach((least, index) => {
      expect(minutes[index]).toBeGreaterThanOrEqual(least);
      expect(minutes[index]).toBeLessThanOrEqual(Math.min(least * 1.15, 1440));
    });
  });

  test('row 28: after eleven in a row the feed is visited no more, and that is said once', () => {
    const states = inRow(11, failed({ status: 500, reason: 'a fault' }));
    expect(states.at(-2)).not.toHaveProperty('paused');
    expect(states.at(-1)?.paused).toBe('11 visits in a row failed: a fault');
    expect(noticeOf(states[9] ?? settled(), states[10] ?? settled())).toMatchObject({ kind: 'failing' });
  });

  test('rows 28 and 37: chance lengthens waits and never shortens them', () => {
    const [least, most] = [noChance, () => 1].map((random) =>
      waitOf(afterVisit(settled(), { feed, fetched: failed({}) }, now, random)),
    );
    expect(most).toBeGreaterThan(least ?? 0);
    expect(least).toBeGreaterThanOrEqual(5 * 60_000);
  });

  test('row 26: 410 ends the visits at once, and that is said', () => {
    const after = visited(settled(), gone());
    expect(after.paused).toMatch(/taken it down for good/);
    expect(noticeOf(settled(), after)).toMatchObject({ kind: 'gone', since: now });
  });

  test('row 27: 404 waits longer, and ends the visits only after a week and ten tries', () => {
    const states = inRow(12, failed({ status: 404 }));
    expect(waitsInRow(2, failed({ status: 404 }))[1]).toBeGreaterThan(1.9 * HOUR);
    const ended = states.findIndex(({ paused }) => paused !== undefined);
    expect(ended).toBeGreaterThanOrEqual(9);
    const since = states[ended]?.failingSince?.getTime() ?? 0;
    expect((states[ended]?.last?.at.getTime() ?? 0) - since).toBeGreaterThanOrEqual(7 * DAY);
  });

  test('row 25: 403 backs off hard, and a robot test is kept', () => {
    expect(waitOf(visited(settled(), failed({ status: 403 })))).toBeGreaterThanOrEqual(6 * HOUR);
    const after = visited(settled(), failed({ status: 503, wall: 'challenge' }));
    expect(waitOf(after)).toBeGreaterThanOrEqual(6 * HOUR);
    expect(after.last).toMatchObject({ status: 503, wall: 'challenge' });
  });

  test('row 49: a page in place of a feed is a failure and changes nothing that is known', () => {
    const before = { ...settled(), validators, bodyHash: 'old', lastNewItem: ago(DAY) };
    const after = visited(before, failed({ status: 200, wall: 'page' }));
    expect(after).toMatchObject({ errorsInRow: 1, validators, bodyHash: 'old', lastNewItem: ago(DAY) });
  });

  test('an outage of our own network is not held against the feed', () => {
    const after = visited(settled(), failed({ code: 'offline', reason: 'no network' }));
    expect(after).toMatchObject({ errorsInRow: 0, last: { kind: 'failed', reason: 'no network' } });
    expect(waitOf(after)).toBeLessThan(0.2 * HOUR);
  });
});

describe('a server that asks for time', () => {
  test.each([429, 503])('row 22: status %i with Retry-After is waited out', (status) => {
    const after = visited(settled(), failed({ status, retryAfterSeconds: 8 * 3600 }));
    expect(waitOf(after)).toBeGreaterThanOrEqual(8 * HOUR);
  });

  test('row 22: a good answer may ask for time, too', () => {
    const after = visited({ ...settled(), validators }, unchanged({ retryAfterSeconds: 5 * 3600 }));
    expect(waitOf(after)).toBeGreaterThanOrEqual(5 * HOUR);
  });

  test('row 23: 429 holds for the host, 503 for the feed', () => {
    const busy = visited(settled(), failed({ status: 429, retryAfterSeconds: 7200 }));
    expect(busy.hostRestsUntil).toEqual(new Date(now.getTime() + 2 * HOUR));
    expect(visited(settled(), failed({ status: 503, retryAfterSeconds: 7200 }))).not.toHaveProperty(
      'hostRestsUntil',
    );
  });

  test('row 23: at an aggregator 429 holds for the feed only', () => {
    const aggregated = { ...feed, source: aSource({ kind: 'aggregator' }) };
    const fetched = failed({ status: 429, retryAfterSeconds: 7200 });
    const after = visited(settled(), fetched, undefined, aggregated);
    expect(after).not.toHaveProperty('hostRestsUntil');
    expect(waitOf(after)).toBeGreaterThanOrEqual(2 * HOUR);
    expect(visited(settled(), failed({ status: 429 }), undefined, aggregated)).not.toHaveProperty(
      'hostSlowdown',
    );
  });

  test('row 24: 429 without Retry-After halves the pace of the host each time, until it is well again', () => {
    const slow = visited(visited(settled(), failed({ status: 429 })), failed({ status: 429 }));
    expect(slow.hostSlowdown).toBe(4);
    expect(visited(slow, unchanged({})).hostSlowdown).toBe(2);
    expect(visited(visited(slow, unchanged({})), unchanged({}))).not.toHaveProperty('hostSlowdown');
  });

  test('429 alone never ends the visits', () => {
    expect(inRow(30, failed({ status: 429 })).at(-1)).not.toHaveProperty('paused');
  });
});

describe('notices', () => {
  const rhythm = { itemsPerDay: 4, longestGapHours: 20 };

  test('a feed that is silent far longer than its habit is told of once, until something new comes', () => {
    const quiet = { ...settled(), rhythm, lastNewItem: ago(61 * HOUR) };
    const first = visited(quiet, unchanged({}));
    expect(noticeOf(quiet, first)).toMatchObject({ kind: 'silent', since: now });
    const later = new Date(now.getTime() + DAY);
    const second = afterVisit(first, { feed, fetched: unchanged({}) }, later, noChance);
    expect(noticeOf(first, second)).toBeUndefined();
    expect(second.notice).toEqual(first.notice);
    const back = visited({ ...second, lastCopy: ago(DAY) }, copy({}), read({ newItems: 1 }));
    expect(back).not.toHaveProperty('notice');
  });

  test('a feed is not called silent because our own network was down', () => {
    const after = visited({ ...settled(), rhythm, lastNewItem: ago(99 * HOUR) }, failed({ code: 'offline' }));
    expect(after).not.toHaveProperty('notice');
  });

  test('a feed that keeps its habit is not', () => {
    expect(visited({ ...settled(), rhythm, lastNewItem: ago(59 * HOUR) }, unchanged({}))).not.toHaveProperty(
      'notice',
    );
  });

  test('a paused feed that is resumed starts afresh', () => {
    const after = resumed(visited(settled(), gone()), now);
    expect(after).toMatchObject({ errorsInRow: 0, nextVisit: now });
    expect(after).not.toHaveProperty('paused');
    expect(after).not.toHaveProperty('notice');
  });
});

/** A feed that has been visited before. */
function settled(): FeedState {
  return { ...newFeedState(feed.id, now), visits: 3 };
}

function visited(state: FeedState, fetched: Fetched, reading?: Reading, of: Feed = feed): FeedState {
  return afterVisit(
    state,
    { feed: of, fetched, ...(reading === undefined ? {} : { reading }) },
    now,
    noChance,
  );
}

/** The states after each of `count` visits that all end alike, each made when it is due. */
function inRow(count: number, fetched: Fetched): FeedState[] {
  let state = { ...settled(), nextVisit: now };
  return Array.from({ length: count }, () => {
    state = afterVisit(state, { feed, fetched }, state.nextVisit, noChance);
    return state;
  });
}

function waitsInRow(count: number, fetched: Fetched): number[] {
  return inRow(count, fetched).map(({ nextVisit, last }) => nextVisit.getTime() - (last?.at.getTime() ?? 0));
}

function waitOf({ nextVisit }: FeedState): number {
  return nextVisit.getTime() - now.getTime();
}

function ago(ms: number): Date {
  return new Date(now.getTime() - ms);
}

const visitFacts = { status: 200, wireBytes: 100, milliseconds: 10, finalUrl: feed.url };

function copy(given: Partial<Fetched & { kind: 'new' }>): Fetched {
  return {
    ...visitFacts,
    kind: 'new',
    body: new Uint8Array(),
    baseUrl: feed.url,
    bodyHash: 'hash',
    partial: false,
    ...given,
  };
}

function unchanged(given: Partial<Fetched & { kind: 'unchanged' }>): Fetched {
  return { ...visitFacts, kind: 'unchanged', status: 304, how: 'not-modified', ...given };
}

function gone(): Fetched {
  return { kind: 'gone', status: 410, wireBytes: 0, milliseconds: 10 };
}

function failed(given: Partial<Failed>): Failed {
  return { kind: 'failed', reason: 'it failed', wireBytes: 0, milliseconds: 10, ...given };
}

function read(given: Partial<Reading & { kind: 'read' }> = {}): Reading {
  return { kind: 'read', items: 3, newItems: 1, dates: [], hints: {}, ...given };
}
