import { expect, test } from 'vitest';
import type { Platform } from '../src/channels/platform.ts';
import { PostError } from '../src/errors.ts';
import { publishDue } from '../src/jobs/publish.ts';
import { findDeliveries } from '../src/store/deliveries.ts';
import { saveSubscription } from '../src/store/subscriptions.ts';
import type { Wishes } from '../src/subscription.ts';
import { aCitation, anEvent } from './builders.ts';
import { aNewsroom, texts } from './newsroom.ts';

const HOUR_MS = 3_600_000;
const docked = anEvent({
  id: '2024-10-23-k7' as never,
  firstSeen: new Date('2024-10-23T10:00:00Z'),
  citations: [aCitation({ title: 'Docked' })],
});

/** A channel with a digest due at eight in Paris, and an event of the day before. */
async function aDesk(wishes?: Wishes) {
  const desk = await aNewsroom(wishes === undefined ? {} : { wishes });
  await desk.learn(docked, '2024-10-23T10:00:00Z');
  return desk;
}

test('a digest is posted once, at its hour, however often the clock ticks', async () => {
  const { at, posts } = await aDesk();
  await at('2024-10-24T05:59:00Z');
  expect(posts).toHaveLength(0);
  await at('2024-10-24T06:00:00Z');
  await at('2024-10-24T06:01:00Z');
  await at('2024-10-24T06:00:00Z');
  expect(posts).toHaveLength(1);
});

test('a digest missed while nothing ran is caught up once and says that it is late', async () => {
  const { at, posts } = await aDesk();
  await at('2024-10-24T13:00:00Z');
  await at('2024-10-24T13:01:00Z');
  expect(posts).toHaveLength(1);
  expect(JSON.stringify(posts[0]?.message)).toMatch(/Late: was due/);
});

test('a post whose answer was lost is found again and not doubled', async () => {
  const { at, posts, faults, db, subscription } = await aDesk();
  faults.push('lost');
  await at('2024-10-24T06:00:00Z');
  await at('2024-10-24T07:00:00Z');
  expect(posts).toHaveLength(1);
  expect((await findDeliveries(db, subscription.id, 5))[0]).toMatchObject({ state: 'posted', attempts: 2 });
});

test('where several posts cannot be recorded together, it is said how many', async () => {
  const { db, subscription, publish, posts } = await aDesk();
  const channel = { platform: 'discord', address: '2' } as const;
  await saveSubscription(db, { ...subscription, id: 'neighbour', channel });
  const full = new Error('the disk is full');
  const broken: typeof db = {
    ...db,
    transaction: (work) => (posts.length > 0 ? Promise.reject(full) : db.transaction(work)),
  };
  const failure = await publishDue({
    ...publish,
    db: broken,
    clock: () => new Date('2024-10-24T06:00:00Z'),
  }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: '2 posts could not be made or recorded', errors: [full] });
});

test('a process that dies between recording and sending leaves the digest to the next', async () => {
  const { at, posts, publish } = await aDesk();
  const dying: Platform = {
    ...publish.platforms[0],
    post: () => Promise.reject(new Error('killed')),
  } as Platform;
  await expect(
    publishDue({ ...publish, platforms: [dying], clock: () => new Date('2024-10-24T06:00:00Z') }),
  ).rejects.toThrow('killed');
  await at('2024-10-24T06:01:00Z');
  expect(posts).toHaveLength(0);
  await at(new Date(Date.parse('2024-10-24T06:00:00Z') + HOUR_MS).toISOString());
  expect(posts).toHaveLength(1);
});

test('a second digest tells nothing again that the first has told', async () => {
  const { at, posts } = await aDesk();
  await at('2024-10-24T06:00:00Z');
  await at('2024-10-25T06:00:00Z');
  const [first, second] = posts.map(({ message }) => JSON.stringify(message.blocks));
  expect(first).toMatch(/Rajin/i);
  expect(second).not.toMatch(/Rajin/i);
});

test('a subscription gets only the kinds that it wishes, and silence where it wishes that', async () => {
  const { at, posts, db, subscription } = await aDesk();
  await saveSubscription(db, { ...subscription, wishes: { kinds: ['treaty'], empty: 'skip' } });
  await at('2024-10-24T06:00:00Z');
  expect(posts).toHaveLength(0);
  expect((await findDeliveries(db, subscription.id, 5))[0]).toMatchObject({ state: 'posted' });
  await saveSubscription(db, { ...subscription, wishes: { kinds: ['treaty'] } });
  await at('2024-10-25T06:00:00Z');
  expect(JSON.stringify(posts[0]?.message)).not.toMatch(/Rajin/i);
});

test('a digest recorded before its subscription was paused is not posted', async () => {
  const { at, posts, db, subscription, faults } = await aDesk();
  faults.push(new PostError('slow down', { reason: 'busy', retryAfterSeconds: 60 }));
  await at('2024-10-24T06:00:00Z');
  await saveSubscription(db, { ...subscription, paused: 'on holiday' });
  await at('2024-10-24T06:05:00Z');
  expect(posts).toHaveLength(0);
});

test('news that is stored after its digest has gone out is told by the next, once', async () => {
  const { at, learn, posts } = await aDesk();
  await at('2024-10-24T06:00:00Z');
  // Seen by a visit before the digest, and folded after it.
  await learn(anEvent({ titles: { en: 'A train crosses' } }), '2024-10-24T05:50:00Z');
  await at('2024-10-25T06:00:00Z');
  await at('2024-10-26T06:00:00Z');
  const [first, second, third] = texts(posts);
  expect(first).not.toContain('A train crosses');
  expect(second).toMatch(/\nNew\n.*A train crosses/);
  expect(second).not.toContain(docked.id);
  expect(third).not.toContain('A train crosses');
});

test('a clock that was a day ahead repeats no digest and loses no news', async () => {
  const { at, learn, posts } = await aDesk();
  await at('2024-10-25T06:05:00Z');
  await at('2024-10-24T05:30:00Z');
  await at('2024-10-24T06:00:00Z');
  await learn(anEvent({ titles: { en: 'A train crosses' } }), '2024-10-24T10:00:00Z');
  await at('2024-10-25T06:00:00Z');
  await at('2024-10-26T06:00:00Z');
  const told = texts(posts);
  expect(posts.map(({ key }) => key.split(' ')[1]?.slice(8, 10))).toEqual(['25', '24', '26']);
  expect(told.filter((text) => text.includes('Docked'))).toHaveLength(1);
  expect(told[2]).toContain('A train crosses');
});

test('a slot that a clock jumped over while it was ahead is not told what its channel has heard', async () => {
  const { at, learn, posts } = await aDesk();
  await at('2024-10-24T05:30:00Z');
  await at('2024-10-25T06:30:00Z');
  await at('2024-10-24T06:10:00Z');
  await learn(anEvent({ titles: { en: 'A train crosses' } }), '2024-10-24T10:00:00Z');
  await at('2024-10-25T06:00:00Z');
  await at('2024-10-26T06:00:00Z');
  const told = texts(posts);
  expect(posts.map(({ key }) => key.split(' ')[1]?.slice(8, 10))).toEqual(['25', '26']);
  expect(told.filter((text) => text.includes('Docked'))).toHaveLength(1);
  expect(told[1]).toContain('A train crosses');
});

test('a first digest tells what the missed ones before it would have told', async () => {
  const { at, posts } = await aDesk({ schedule: 'weekly' });
  await at('2024-11-04T07:00:00Z');
  expect(texts(posts)).toEqual([expect.stringContaining('A ship docks in Rajin')]);
});

test('a digest that was put off and overtaken by the next is not sent after it', async () => {
  const { at, posts, faults, db, subscription } = await aDesk({ alsoAt: ['10:00'] });
  faults.push(new PostError('slow down', { reason: 'busy', retryAfterSeconds: 4 * 3600 }));
  await at('2024-10-24T06:00:00Z');
  await at('2024-10-24T08:00:00Z');
  await at('2024-10-24T10:00:00Z');
  expect(texts(posts)).toEqual([expect.stringContaining('A ship docks in Rajin')]);
  const reasons = (await findDeliveries(db, subscription.id, 5)).map(({ reason }) => reason);
  expect(reasons).toContain('a later digest has told what it was to tell');
});

test('a digest waits while it is not known whether the one before has arrived, and repeats nothing of it', async () => {
  const { at, posts, faults } = await aDesk({ alsoAt: ['08:03'] });
  faults.push('lost');
  await at('2024-10-24T06:00:00Z');
  await at('2024-10-24T06:03:00Z');
  expect(posts).toHaveLength(1);
  await at('2024-10-24T06:05:00Z');
  await at('2024-10-24T06:06:00Z');
  expect(posts).toHaveLength(2);
  expect(texts(posts).filter((text) => text.includes('A ship docks'))).toHaveLength(1);
});

test('of two digests that are due the earlier goes first, and the later goes on from it', async () => {
  const { at, posts, publish, db, subscription } = await aDesk({ alsoAt: ['10:00'] });
  await at('2024-10-24T05:00:00Z');
  await publishDue({ ...publish, platforms: [], clock: () => new Date('2024-10-24T06:00:00Z') });
  await saveSubscription(db, subscription);
  await at('2024-10-24T08:00:00Z');
  await at('2024-10-24T08:01:00Z');
  expect(posts.map(({ key }) => key.slice(-13, -8))).toEqual(['06:00', '08:00']);
  expect(texts(posts).filter((text) => text.includes('A ship docks'))).toHaveLength(1);
});

test('digests are numbered without gaps, those passed over left out', async () => {
  const { at, learn, posts } = await aDesk({ empty: 'skip' });
  await at('2024-10-24T06:00:00Z');
  await at('2024-10-25T06:00:00Z');
  await learn(anEvent(), '2024-10-25T10:00:00Z');
  await at('2024-10-26T06:00:00Z');
  expect(texts(posts).map((text) => /No\. (\d+)/.exec(text)?.[1])).toEqual(['1', '2']);
});

test('channels that wish the same are told the same, each with its own number', async () => {
  const { at, posts, db, subscription } = await aDesk();
  await saveSubscription(db, {
    ...subscription,
    id: 'neighbour',
    channel: { platform: 'discord', address: '2' },
    created: new Date('2024-10-23T12:00:00Z'),
  });
  await at('2024-10-23T06:00:00Z');
  await at('2024-10-24T06:00:00Z');
  const [first, ...others] = texts(posts).map((text, index) => ({
    address: posts[index]?.address,
    number: /No\. (\d+)/.exec(text)?.[1],
  }));
  expect(first).toEqual({ address: '1', number: '1' });
  expect(new Set(others.map(({ address, number }) => `${address} ${number}`))).toEqual(
    new Set(['1 2', '2 1']),
  );
});

test('a stopped bot gives back what it has not sent', async () => {
  const { publish, posts, at } = await aDesk();
  const signal = AbortSignal.abort();
  await publishDue({ ...publish, signal, clock: () => new Date('2024-10-24T06:00:00Z') });
  await at('2024-10-24T06:01:00Z');
  expect(posts).toHaveLength(1);
});
