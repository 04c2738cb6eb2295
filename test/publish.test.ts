import { expect, test } from 'vitest';
import type { Platform, Posting } from '../src/channels/platform.ts';
import { PostError } from '../src/errors.ts';
import { publishDue, type Publish } from '../src/jobs/publish.ts';
import type { Message } from '../src/message.ts';
import { findDeliveries } from '../src/store/deliveries.ts';
import { saveEvents } from '../src/store/events.ts';
import { findSubscription, saveSubscription } from '../src/store/subscriptions.ts';
import { aSubscription, anEvent } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { aTopic } from './topic.ts';

const HOUR_MS = 3_600_000;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A channel that keeps what was posted, and fails as it is told. */
function aChannel() {
  const posts: { key: string; message: Message }[] = [];
  const faults: (PostError | 'lost')[] = [];
  const platform: Platform = {
    name: 'discord',
    start: () => Promise.resolve(),
    post(_: string, message: Message, { key }: Posting) {
      const fault = faults.shift();
      if (fault instanceof PostError) return Promise.reject(fault);
      posts.push({ key, message });
      if (fault === 'lost') return Promise.reject(new PostError('no answer', { reason: 'unknown' }));
      return Promise.resolve(key);
    },
    edit: () => Promise.resolve(),
    find(_: string, key: string) {
      const isThere = posts.some((post) => post.key === key);
      return Promise.resolve(isThere ? { kind: 'arrived', posted: key } : { kind: 'absent' });
    },
    stop: () => Promise.resolve(),
  };
  return { platform, posts, faults };
}

async function aDesk() {
  const channel = aChannel();
  let now = new Date('2024-10-24T05:00:00Z');
  const db = await emptyDatabase();
  const subscription = aSubscription({
    channel: { platform: 'discord', address: '1' },
    time: '08:00',
    zone: 'Europe/Paris',
    created: new Date('2024-10-22T00:00:00Z'),
  });
  await saveSubscription(db, subscription);
  await saveEvents(db, [
    anEvent({ firstSeen: new Date('2024-10-23T10:00:00Z'), changed: new Date('2024-10-23T10:00:00Z') }),
  ]);
  const publish: Publish = {
    db,
    topic: aTopic(),
    platforms: [channel.platform],
    clock: () => now,
    log: silent,
  };
  const at = async (moment: string) => {
    now = new Date(moment);
    await publishDue(publish);
  };
  return { ...channel, db, subscription, publish, at };
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

test('a busy platform is tried again when it says, and nothing is lost', async () => {
  const { at, posts, faults } = await aDesk();
  faults.push(new PostError('slow down', { reason: 'busy', retryAfterSeconds: 90 }));
  await at('2024-10-24T06:00:00Z');
  await at('2024-10-24T06:01:00Z');
  expect(posts).toHaveLength(0);
  await at('2024-10-24T06:02:00Z');
  expect(posts).toHaveLength(1);
});

test('a channel that is gone pauses its subscription with the reason', async () => {
  const { at, faults, db, subscription, posts } = await aDesk();
  faults.push(new PostError('the channel is gone', { reason: 'gone' }));
  await at('2024-10-24T06:00:00Z');
  expect((await findSubscription(db, subscription.id))?.paused).toBe('the channel is gone');
  await at('2024-10-25T06:00:00Z');
  expect(posts).toHaveLength(0);
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
