import { describe, expect, test } from 'vitest';
import { newFeedState } from '../src/feeds/politeness.ts';
import { claimFeeds, endVisit } from '../src/store/feeds.ts';
import { releaseFeeds } from '../src/store/leases.ts';
import {
  findMutedFeeds,
  findOwnFeeds,
  muteFeed,
  removeOwnFeed,
  saveOwnFeed,
  unmuteFeed,
  watchedFeeds,
} from '../src/store/own-feeds.ts';
import { saveSetting } from '../src/store/settings.ts';
import { aFeed } from './builders.ts';
import { engines } from './database.ts';

const NOW = new Date('2024-10-23T12:00:00Z');
const deed = { by: 'discord 7', at: NOW };

describe.each(await engines())('on %s', (_, open) => {
  test('feeds that people added come after those of the topic, with who added them and when', async () => {
    const db = await open();
    const [shipped, own] = [aFeed(), aFeed({ fullText: false })];
    await saveSetting(db, 'own feedback', 'of another kind');
    await saveOwnFeed(db, { feed: own, ...deed });
    expect(await watchedFeeds(db, [shipped])).toEqual([shipped, own]);
    expect([...(await findOwnFeeds(db)).values()]).toEqual([{ feed: own, ...deed }]);
    await removeOwnFeed(db, own.id);
    expect(await watchedFeeds(db, [shipped])).toEqual([shipped]);
  });

  test('a feed that is muted is not enabled, until it is unmuted or removed', async () => {
    const db = await open();
    const [shipped, own] = [aFeed(), aFeed()];
    await saveOwnFeed(db, { feed: own, ...deed });
    for (const { id } of [shipped, own]) await muteFeed(db, { feed: id, ...deed });
    expect((await watchedFeeds(db, [shipped])).map(({ enabled }) => enabled)).toEqual([false, false]);
    expect((await findMutedFeeds(db)).get(own.id)).toEqual({ feed: own.id, ...deed });
    await unmuteFeed(db, shipped.id);
    await removeOwnFeed(db, own.id);
    expect(await watchedFeeds(db, [shipped])).toEqual([shipped]);
    expect(await findMutedFeeds(db)).toEqual(new Map());
  });

  test('feeds that are given back can be claimed at once; visits that have ended, and claims of others, stay', async () => {
    const db = await open();
    const wish = { feeds: ['a', 'b'], now: NOW, leaseMs: 60_000 };
    const claimed = await claimFeeds(db, wish);
    const [first] = claimed;
    if (first === undefined) throw new Error('Nothing was claimed');
    await endVisit(db, first, newFeedState(first.feed, NOW));
    const [others] = await claimFeeds(db, { ...wish, feeds: [first.feed] });
    await releaseFeeds(db, claimed);
    const again = await claimFeeds(db, wish);
    expect(others?.feed).toBe(first.feed);
    expect(again.map(({ feed }) => feed)).toEqual(claimed.slice(1).map(({ feed }) => feed));
  });

  test('giving back nothing does nothing', async () => {
    const db = await open();
    expect(await releaseFeeds(db, [])).toBeUndefined();
  });
});
