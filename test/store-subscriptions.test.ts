import { describe, expect, test } from 'vitest';
import {
  findSubscription,
  findSubscriptions,
  noteLooks,
  removeSubscription,
  saveSubscription,
  takeForLook,
} from '../src/store/subscriptions.ts';
import { aSubscription } from './builders.ts';
import { engines } from './database.ts';

const NOW = new Date('2024-10-24T06:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);

describe.each(await engines())('on %s', (_, open) => {
  test('subscriptions are found by channel, changed, and removed', async () => {
    const db = await open();
    const channel = { platform: 'slack', address: 'C1' } as const;
    const [mine, other] = [aSubscription({ channel, wishes: { schedule: 'weekly' } }), aSubscription()];
    await saveSubscription(db, mine);
    await saveSubscription(db, other);
    await saveSubscription(db, { ...mine, paused: 'asked to' });

    expect(await findSubscriptions(db, channel)).toEqual([{ ...mine, paused: 'asked to' }]);
    expect(await findSubscriptions(db)).toHaveLength(2);
    expect(await findSubscription(db, other.id)).toEqual(other);
    expect(await removeSubscription(db, other.id)).toBe(true);
    expect(await removeSubscription(db, other.id)).toBe(false);
  });

  test('a subscription is looked at when its time has come, each at its own, and again when the clock was ahead', async () => {
    const db = await open();
    const [soon, late] = [aSubscription({ id: 'soon' }), aSubscription({ id: 'late' })];
    await saveSubscription(db, soon);
    await saveSubscription(db, late);
    await saveSubscription(db, aSubscription({ paused: 'asked to' }));
    const takenAt = async (now: Date) => {
      const looks = await db.transaction((tx) => takeForLook(tx, { now, limit: 5 }));
      return looks.map(({ subscription, wasAhead }) => [subscription.id, wasAhead] as const);
    };
    expect(new Map(await takenAt(NOW))).toEqual(
      new Map([
        ['soon', false],
        ['late', false],
      ]),
    );

    const looks = new Map([
      ['soon', later(60_000)],
      ['late', later(120_000)],
    ]);
    await db.transaction((tx) => noteLooks(tx, { now: NOW, looks }));
    expect(await takenAt(later(59_999))).toEqual([]);
    expect(await takenAt(later(60_000))).toEqual([['soon', false]]);
    expect(await takenAt(later(120_000))).toEqual([
      ['soon', false],
      ['late', false],
    ]);
    expect(await takenAt(later(-1))).toHaveLength(2);
    expect(await takenAt(later(-1))).toContainEqual(['soon', true]);
  });
});
