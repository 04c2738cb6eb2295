import { expect, test } from 'vitest';
import { PostError } from '../src/errors.ts';
import { publishDue } from '../src/jobs/publish.ts';
import { findDeliveries } from '../src/store/deliveries.ts';
import { findSubscription } from '../src/store/subscriptions.ts';
import { aCitation, anEvent } from './builders.ts';
import { aNewsroom } from './newsroom.ts';

const docked = anEvent({
  id: '2024-10-23-k7' as never,
  firstSeen: new Date('2024-10-23T10:00:00Z'),
  citations: [aCitation({ title: 'Docked' })],
});

/** A channel with a digest due at eight in Paris, and an event of the day before. */
async function aDesk() {
  const desk = await aNewsroom({});
  await desk.learn(docked, '2024-10-23T10:00:00Z');
  return desk;
}

test('a busy platform is tried again when it says, and nothing is lost', async () => {
  const { at, posts, faults } = await aDesk();
  faults.push(new PostError('slow down', { reason: 'busy', retryAfterSeconds: 90 }));
  await at('2024-10-24T06:00:00Z');
  await at('2024-10-24T06:01:00Z');
  expect(posts).toHaveLength(0);
  await at('2024-10-24T06:02:00Z');
  expect(posts).toHaveLength(1);
});

test('a channel that stays gone for over an hour pauses its subscription with the reason', async () => {
  const { at, faults, db, subscription, posts } = await aDesk();
  for (const time of ['06:00', '06:05', '06:15', '06:35']) {
    faults.push(gone());
    await at(`2024-10-24T${time}:00Z`);
    expect((await findSubscription(db, subscription.id))?.paused).toBeUndefined();
  }
  faults.push(gone());
  await at('2024-10-24T07:15:00Z');
  expect((await findSubscription(db, subscription.id))?.paused).toBe('the channel is gone');
  await at('2024-10-25T06:00:00Z');
  expect(posts).toHaveLength(0);
});

test('a channel that is said to be gone and is there again gets its digest, once', async () => {
  const { at, faults, db, subscription, posts } = await aDesk();
  faults.push(gone());
  for (const time of ['06:00', '06:01', '06:05', '06:15']) await at(`2024-10-24T${time}:00Z`);
  expect(posts).toHaveLength(1);
  expect((await findSubscription(db, subscription.id))?.paused).toBeUndefined();
});

test('a channel that is gone and whose history nobody may read pauses its subscription, or gets its digest once it is back', async () => {
  for (const [times, isBack] of [
    [5, false],
    [2, true],
  ] as const) {
    const { at, faults, db, subscription, posts, platform } = await aDesk();
    platform.find = () => Promise.resolve({ kind: 'unknown' });
    for (let count = 0; count < times; count += 1) faults.push(gone());
    for (const time of ['06:00', '06:05', '06:15', '06:35', '07:15']) await at(`2024-10-24T${time}:00Z`);
    expect(posts).toHaveLength(isBack ? 1 : 0);
    const paused = isBack ? undefined : 'the channel is gone';
    expect((await findSubscription(db, subscription.id))?.paused).toBe(paused);
  }
});

test('a post that another process may have made since a refusal is looked for', async () => {
  const { at, faults, posts, publish, platform } = await aDesk();
  faults.push(gone(), 'lost');
  await at('2024-10-24T06:00:00Z');
  const other = { ...publish, platforms: [{ ...platform }] };
  await publishDue({ ...other, clock: () => new Date('2024-10-24T06:05:00Z') });
  await at('2024-10-24T06:15:00Z');
  await at('2024-10-24T07:15:00Z');
  expect(posts).toHaveLength(1);
});

test('a post that was turned away and lost within one attempt is looked for', async () => {
  const { at, faults, posts } = await aDesk();
  faults.push(new PostError('slow down', { reason: 'busy', retryAfterSeconds: 0.01 }), 'lost');
  await at('2024-10-24T06:00:00Z');
  await at('2024-10-24T06:05:00Z');
  expect(posts).toHaveLength(1);
});

test('after an outage a channel is not at once taken for gone', async () => {
  const { at, faults, db, subscription, posts } = await aDesk();
  faults.push(gone(), busy(), busy(), busy(), gone());
  for (const time of ['06:00', '06:05', '06:15', '06:35', '07:15']) await at(`2024-10-24T${time}:00Z`);
  expect((await findSubscription(db, subscription.id))?.paused).toBeUndefined();
  await at('2024-10-24T08:35:00Z');
  expect(posts).toHaveLength(1);
});

test('a channel that is gone after an outage pauses its subscription when it has been so for over an hour', async () => {
  const { at, faults, db, subscription } = await aDesk();
  faults.push(busy(), busy(), busy(), busy(), gone(), gone());
  for (const time of ['06:00', '06:05', '06:15', '06:35', '07:15', '08:35'])
    await at(`2024-10-24T${time}:00Z`);
  expect((await findSubscription(db, subscription.id))?.paused).toBe('the channel is gone');
});

test('a process without the platform of a digest uses up no attempt of it', async () => {
  const { at, publish, posts, db, subscription } = await aDesk();
  for (const minute of ['00', '01', '02'])
    await publishDue({ ...publish, platforms: [], clock: () => new Date(`2024-10-24T06:${minute}:00Z`) });
  expect((await findDeliveries(db, subscription.id, 5))[0]).toMatchObject({ state: 'due', attempts: 0 });
  await at('2024-10-24T06:03:00Z');
  expect(posts).toHaveLength(1);
  expect((await findDeliveries(db, subscription.id, 5))[0]).toMatchObject({ attempts: 1 });
});

test('a line that waits for the alert above it uses up no attempt meanwhile', async () => {
  const { at, learn, faults, posts, platform } = await aNewsroom({
    wishes: { mode: 'instant' },
    created: '2024-10-23T07:00:00Z',
  });
  const strong = { ...docked, status: 'corroborated' as const, newsrooms: 4 };
  const post = platform.post.bind(platform);
  const refusals = [busy()];
  platform.post = (address, message, posting) => {
    const refusal = posting.thread === undefined ? undefined : refusals.shift();
    return refusal === undefined ? post(address, message, posting) : Promise.reject(refusal);
  };
  faults.push(new PostError('slow down', { reason: 'busy', retryAfterSeconds: 1200 }));
  await learn(strong, '2024-10-23T09:59:00Z');
  await at('2024-10-23T10:00:00Z');
  await learn({ ...strong, status: 'confirmed' }, '2024-10-23T10:05:00Z');
  for (let minute = 10; minute <= 20; minute += 1) await at(`2024-10-23T10:${minute}:00Z`);
  expect(posts).toHaveLength(1);
  await at('2024-10-23T10:25:00Z');
  expect(posts).toHaveLength(2);
});

function gone(): PostError {
  return new PostError('the channel is gone', { reason: 'gone' });
}

function busy(): PostError {
  return new PostError('slow down', { reason: 'busy' });
}
