import { describe, expect, test } from 'vitest';
import type { FeedState } from '../src/feed-state.ts';
import type { Item, ItemId } from '../src/model.ts';
import type { Delivery } from '../src/subscription.ts';
import {
  addDelivery,
  claimDeliveries,
  extendLease,
  findDeliveredEvents,
  findDeliveries,
  findDeliveriesOf,
  findDelivery,
  markFailed,
  markAllPosted,
  markPosted,
} from '../src/store/deliveries.ts';
import { claimFeeds, endVisit, findFeedState, findFeedStates, saveFeedState } from '../src/store/feeds.ts';
import {
  addItemKeys,
  countItems,
  findCopies,
  findItem,
  findItemByKeys,
  findItems,
  saveItems,
} from '../src/store/items.ts';
import { findKnownItems } from '../src/store/known.ts';
import { countMatches, findMatch, findMatchingItems, saveMatches } from '../src/store/matches.ts';
import { findSetting, removeSetting, saveSetting } from '../src/store/settings.ts';
import { anEvent, anItem, aMatch, aSource } from './builders.ts';
import { engines } from './database.ts';

const NOW = new Date('2024-10-24T06:00:00Z');
const LEASE = { now: NOW, leaseMs: 60_000 };
const later = (ms: number) => new Date(NOW.getTime() + ms);

describe.each(await engines())('on %s', (_, open) => {
  test('items come back equal to what was saved', async () => {
    const db = await open();
    const { url: _url, published: _published, ...bare } = anItem({ title: '', language: 'und' });
    const { country: _country, ...international } = aSource({ name: 'UN News', stance: 'none' });
    const items: Item[] = [
      anItem({ title: 'Ça va — 라진항 🚢 \u{10FFFF}', text: "it's\n\nquoted \\ 'here'" }),
      anItem({ feed: 'feed-1', source: international, publishedPrecision: 'day' }),
      bare,
    ];
    await saveItems(db, items.map(unkeyed));

    expect(
      await findItems(
        db,
        items.map(({ id }) => id),
      ),
    ).toEqual(items);
    expect(await findItem(db, 'nothing' as ItemId)).toBeUndefined();
  });

  test('saving tells which items were new and changes none that is stored', async () => {
    const db = await open();
    const [first, second] = [anItem(), anItem()];
    await saveItems(db, [unkeyed(first)]);
    const saved = await saveItems(db, [{ ...first, title: 'Other' }, second, second].map(unkeyed));

    expect(saved).toEqual(new Set([second.id]));
    expect(await findItem(db, first.id)).toEqual(first);
    expect(await countItems(db)).toBe(2);
  });

  test('more items than fit into one batch are all stored', async () => {
    const db = await open();
    const items = Array.from({ length: 120 }, () => anItem());
    expect(await saveItems(db, items.map(unkeyed))).toHaveLength(120);
    expect(await countItems(db)).toBe(120);
  });

  test('an item is found by any of its keys, also by one that it was given later', async () => {
    const db = await open();
    const item = anItem({ feed: 'feed-1' });
    await saveItems(db, [{ item, keys: ['guid:1', 'url:1'] }]);
    await addItemKeys(db, item.id, ['url:amp']);

    expect(await findItemByKeys(db, ['guid:unknown', 'url:amp'])).toEqual(item);
    expect(await findItemByKeys(db, ['guid:unknown'])).toBeUndefined();
    expect(await findKnownItems(db, ['url:1', 'nothing'])).toEqual(
      new Map([['url:1', { id: item.id, feed: 'feed-1', keys: ['guid:1', 'url:1', 'url:amp'] }]]),
    );
  });

  test('the keys of an item lead to its newest version', async () => {
    const db = await open();
    const old = anItem();
    const renewed = anItem({ replaces: old.id });
    await saveItems(db, [{ item: old, keys: ['guid:1', 'words:old'] }]);
    await saveItems(db, [{ item: renewed, keys: ['guid:1', 'words:new'] }]);

    expect(await findItemByKeys(db, ['words:old'])).toEqual(renewed);
    expect([...(await findKnownItems(db, ['guid:1'])).values()]).toEqual([
      { id: renewed.id, keys: ['guid:1', 'words:new', 'words:old'] },
    ]);
  });

  test('copies lead to their original', async () => {
    const db = await open();
    const [original, copy] = [anItem(), anItem()];
    await saveItems(db, [unkeyed(original), { item: copy, keys: [], copyOf: original.id }]);

    expect(await findCopies(db, original.id)).toEqual([copy.id]);
  });

  test('a match gives way to a newer one of the same topic', async () => {
    const db = await open();
    const item = anItem();
    await saveItems(db, [unkeyed(item)]);
    await saveMatches(db, [{ item: item.id, match: aMatch({ zone: 'related', score: 0.123456789 }) }]);
    expect(await findMatch(db, item.id, 'dprk-russia')).toMatchObject({ score: 0.123456789 });
    const hit = aMatch();
    await saveMatches(db, [{ item: item.id, match: hit }]);

    expect(await findMatch(db, item.id, 'dprk-russia')).toEqual(hit);
    expect(await findMatch(db, item.id, 'another')).toBeUndefined();
    expect(await countMatches(db, 'dprk-russia')).toEqual({ hit: 1, related: 0, miss: 0 });
    expect(await findMatchingItems(db, { topic: 'dprk-russia', zone: 'hit', limit: 5 })).toEqual([item.id]);
  });

  test('the state of a feed comes back with its moments', async () => {
    const db = await open();
    const state = aFeedState();
    await saveFeedState(db, state);
    await saveFeedState(db, { ...state, visits: 8 });

    expect(await findFeedState(db, 'feed-1')).toEqual({ ...state, visits: 8 });
    expect(await findFeedStates(db)).toEqual(new Map([['feed-1', { ...state, visits: 8 }]]));
    expect(await findFeedState(db, 'feed-2')).toBeUndefined();
  });

  test('a feed that one process visits is not given to another', async () => {
    const db = await open();
    const [first = never()] = await claimFeeds(db, { ...LEASE, feeds: ['feed-1'] });
    const others = await claimFeeds(db, { ...LEASE, feeds: ['feed-1', 'feed-2'] });
    expect(others.map(({ feed }) => feed)).toEqual(['feed-2']);

    expect(await endVisit(db, first, aFeedState())).toBe(true);
    expect(await claimFeeds(db, { ...LEASE, feeds: ['feed-1'] })).toHaveLength(1);
    expect(await findFeedState(db, 'feed-1')).toEqual(aFeedState());
  });

  test('attempts in vain do not renew a lease, and a late visitor changes nothing', async () => {
    const db = await open();
    const [late = never()] = await claimFeeds(db, { ...LEASE, feeds: ['feed-1'] });
    await claimFeeds(db, { ...LEASE, now: later(59_000), feeds: ['feed-1'] });
    const taken = await claimFeeds(db, { ...LEASE, now: later(60_000), feeds: ['feed-1'] });

    expect(taken).toHaveLength(1);
    expect(await endVisit(db, late, aFeedState())).toBe(false);
    expect(await findFeedState(db, 'feed-1')).toBeUndefined();
  });

  test('of many that ask at once, one gets each feed', async () => {
    const db = await open();
    const feeds = Array.from({ length: 20 }, (_unused, number) => `feed-${number}`);
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimFeeds(db, { ...LEASE, feeds })));
    expect(
      claims
        .flat()
        .map(({ feed }) => feed)
        .toSorted(),
    ).toEqual(feeds.toSorted());
  });

  test('settings keep any value and its moments', async () => {
    const db = await open();
    await saveSetting(db, 'a', { at: NOW, list: [1, 'two', null] });
    expect(await findSetting(db, 'a')).toEqual({ at: NOW, list: [1, 'two', null] });
    await saveSetting(db, 'a', false);
    expect(await findSetting(db, 'a')).toBe(false);
    await removeSetting(db, 'a');
    expect(await findSetting(db, 'a')).toBeUndefined();
  });

  test('a period has one delivery, and one more for each slot', async () => {
    const db = await open();
    expect(await addDelivery(db, aDue())).toBe(true);
    expect(await addDelivery(db, aDue())).toBe(false);
    expect(await addDelivery(db, aDue({ slot: '17:30' }))).toBe(true);
    expect(await findDeliveries(db, 'sub', 10)).toHaveLength(2);
    expect(await findDelivery(db, aDue({ slot: '17:30' }))).toMatchObject({ slot: '17:30', state: 'due' });
  });

  test('a delivery is claimed once, posted, and tells its events', async () => {
    const db = await open();
    const event = anEvent().id;
    await addDelivery(db, aDue());
    const [claimed = never()] = await claimDeliveries(db, { ...LEASE, limit: 5 });
    expect(claimed).toMatchObject({ subscription: 'sub', state: 'sending', attempts: 1 });
    expect(await claimDeliveries(db, { ...LEASE, limit: 5 })).toEqual([]);

    expect(await markPosted(db, { claimed, message: 'm1', at: NOW, events: [event] })).toBe(true);

    const posted: Delivery = { ...aDelivered(), attempts: 1, message: 'm1' };
    expect(await findDeliveriesOf(db, event)).toEqual([posted]);
    expect(await findDeliveredEvents(db, posted)).toEqual([event]);
    expect(await claimDeliveries(db, { ...LEASE, now: later(999_999), limit: 5 })).toEqual([]);
  });

  test('a delivery waits until it is due', async () => {
    const db = await open();
    await addDelivery(db, aDue({ due: later(1) }));
    expect(await claimDeliveries(db, { ...LEASE, limit: 5 })).toEqual([]);
    expect(await claimDeliveries(db, { ...LEASE, now: later(1), limit: 5 })).toHaveLength(1);
  });

  test('a sender that does not come back is replaced, and can change nothing afterwards', async () => {
    const db = await open();
    await addDelivery(db, aDue());
    const [late = never()] = await claimDeliveries(db, { ...LEASE, limit: 5 });
    const [next = never()] = await claimDeliveries(db, { ...LEASE, now: later(60_000), limit: 5 });

    expect(next.attempts).toBe(2);
    expect(await extendLease(db, late, later(120_000))).toBe(false);
    expect(await markPosted(db, { claimed: late, message: 'm1', at: NOW, events: [] })).toBe(false);
    expect(await markFailed(db, late, { reason: 'late' })).toBe(false);
    expect(await extendLease(db, next, later(180_000))).toBe(true);
    expect(await claimDeliveries(db, { ...LEASE, now: later(170_000), limit: 5 })).toEqual([]);
  });

  test('of deliveries confirmed together, one that another process took over stays as it is', async () => {
    const db = await open();
    const [first, second] = [anEvent().id, anEvent().id];
    await addDelivery(db, aDue({ slot: '08:00' }));
    await addDelivery(db, aDue({ slot: '17:30' }));
    const [ours = never(), late = never()] = await claimDeliveries(db, { ...LEASE, limit: 5 });
    await extendLease(db, ours, later(600_000));
    await claimDeliveries(db, { ...LEASE, now: later(60_000), limit: 5 });

    const posted = [
      { claimed: ours, message: 'm1', at: NOW, events: [first, second] },
      { claimed: late, message: 'm2', at: NOW, events: [second] },
    ];
    expect(await markAllPosted(db, posted)).toBe(1);

    expect(await findDelivery(db, ours)).toMatchObject({ state: 'posted', message: 'm1' });
    expect(await findDelivery(db, late)).toMatchObject({ state: 'sending', attempts: 2 });
    expect(await findDeliveredEvents(db, ours)).toEqual([first, second].toSorted());
    expect(await findDeliveredEvents(db, late)).toEqual([]);
  });

  test('a failed delivery is due again at the given time, or stays failed', async () => {
    const db = await open();
    await addDelivery(db, aDue());
    const [first = never()] = await claimDeliveries(db, { ...LEASE, limit: 5 });
    await markFailed(db, first, { reason: 'busy', retryAt: later(5_000) });
    expect(await claimDeliveries(db, { ...LEASE, now: later(4_000), limit: 5 })).toEqual([]);
    const [second = never()] = await claimDeliveries(db, { ...LEASE, now: later(5_000), limit: 5 });
    expect(second).toMatchObject({ attempts: 2, reason: 'busy' });
    await markFailed(db, second, { reason: 'gone' });

    expect(await findDelivery(db, aDue())).toMatchObject({ state: 'failed', reason: 'gone', attempts: 2 });
    expect(await claimDeliveries(db, { ...LEASE, now: later(999_999), limit: 5 })).toEqual([]);
  });

  test('of many that ask at once, one gets each delivery', async () => {
    const db = await open();
    for (let slot = 0; slot < 20; slot += 1) await addDelivery(db, aDue({ slot: `${slot}` }));
    const claims = await Promise.all(
      Array.from({ length: 6 }, () => claimDeliveries(db, { ...LEASE, limit: 20 })),
    );
    expect(new Set(claims.flat().map(({ slot }) => slot))).toHaveLength(20);
    expect(claims.flat()).toHaveLength(20);
  });
});

function unkeyed(item: Item) {
  return { item, keys: [] };
}

function aFeedState(): FeedState {
  return {
    feed: 'feed-1',
    nextVisit: later(900_000),
    visits: 7,
    errorsInRow: 0,
    health: 'well',
    validators: { url: 'https://lighthouse.example/feed', etag: 'W/"1"' },
    hints: { updateBase: NOW, skipDays: [6, 7] },
    last: { at: NOW, kind: 'new', status: 200, bytes: 1, milliseconds: 2, items: 3 },
    notice: { kind: 'silent', text: 'Nothing for a week', since: NOW },
  };
}

function aDue(given: { slot?: string; due?: Date } = {}) {
  const { subscription, period } = aDelivered();
  return { subscription, period, due: NOW, ...given };
}

function aDelivered(): Delivery {
  return {
    subscription: 'sub',
    period: { from: '2024-10-23', to: '2024-10-23', zone: 'Europe/Paris' } as Delivery['period'],
    state: 'posted',
    attempts: 0,
  };
}

function never(): never {
  throw new Error('The test is wrong');
}
