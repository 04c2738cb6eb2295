import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDeliveries } from '../src/store/deliveries.ts';
import { publishDue } from '../src/jobs/publish.ts';
import { findSubscription, saveSubscription } from '../src/store/subscriptions.ts';
import { emptyDatabase } from './database.ts';
import {
  type Course,
  daily,
  FIRST_SLOT,
  forDays,
  pausedFor,
  silentLog,
  topic,
} from './doubles/discord/days.ts';
import { TOKEN } from './doubles/discord/fields.ts';
import { seatedAtDiscord } from './doubles/discord/seated.ts';
import type { Fault } from './doubles/discord/state.ts';

/** How long Discord may take where it hangs on purpose. */
const SHORT_MS = 1000;
const LIMIT = { timeout: 120_000 };

const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

const json = (status: number, code: number) => ({ status, body: { code, message: 'No' } });
const limited = (headers: Record<string, string>, body: object | string) => ({ status: 429, body, headers });
const slow = { message: 'You are being rate limited.', retry_after: 0.05, global: false };
const posts = { method: 'POST', path: /messages$/ };
const reads = { method: 'GET', path: /messages$/ };

test.concurrent.each<[string, Fault[]]>([
  ['a post that hangs before it is carried out', [{ ...posts, how: 'stuck' }]],
  ['a post that hangs after it was carried out', [{ ...posts, how: 'hung' }]],
  [
    'a search that fails after a post was lost',
    [
      { ...posts, how: 'hung' },
      { ...reads, how: json(503, 0) },
    ],
  ],
])('%s leaves exactly one copy, twenty times', LIMIT, async (_, faults) => {
  await forDays({ ...oneCopyDespite(faults), timeoutMs: SHORT_MS });
  expect(unhandled).toEqual([]);
});

test.each<[string, Fault[]]>([
  ['a connection that drops before', [{ ...posts, how: 'dropped' }]],
  ['a connection that drops after', [{ ...posts, how: 'lost' }]],
  [
    'two drops in a row',
    [
      { ...posts, how: 'lost' },
      { ...reads, how: 'dropped' },
    ],
  ],
  ['an error of Discord', [{ ...posts, how: json(500, 0) }]],
  [
    'three errors of Discord',
    [{ ...posts, how: { status: 502, body: '<html>Bad gateway</html>' }, times: 3 }],
  ],
  ['a limit of the channel', [{ ...posts, how: limited({ 'retry-after': '0.05' }, slow), times: 2 }]],
  [
    'a limit of the whole bot',
    [
      {
        ...posts,
        how: limited({ 'retry-after': '0.05', 'x-ratelimit-global': 'true' }, { ...slow, global: true }),
      },
    ],
  ],
  ['a limit before Discord', [{ ...posts, how: limited({ 'retry-after': '0.05' }, '<html>1015</html>') }]],
  ['a token that is not taken for once', [{ ...posts, how: json(401, 0) }]],
  ['components that are refused', [{ ...posts, how: json(400, 50_035) }]],
  ['slow mode', [{ ...posts, how: json(400, 20_016) }]],
])('%s leaves exactly one copy, twenty times', LIMIT, async (_, faults) => {
  await forDays(oneCopyDespite(faults));
  expect(unhandled).toEqual([]);
});

test.each<[string, Fault, RegExp]>([
  ['a channel that was deleted', { ...posts, how: json(404, 10_003) }, /does not know this channel/],
  ['a channel that Tumen may not see', { ...posts, how: json(403, 50_001) }, /View Channel/],
  ['a channel that Tumen may not write in', { ...posts, how: json(403, 50_013) }, /Send Messages/],
  ['a locked thread', { ...posts, how: json(403, 160_005) }, /locked/],
])('%s gets nothing, and its subscription says why, twenty times', LIMIT, async (_, fault, reason) => {
  await forDays({
    spoil: ({ double }) => void double.faults.push({ ...fault, times: 5 }),
    passed: (days) => pausedFor(reason, days),
  });
  expect(unhandled).toEqual([]);
});

test.each([
  ['that stays so pauses its subscription at the fifth attempt', 5],
  ['that is back after ten minutes gets its digest once', 2],
] as const)('a channel that Tumen may neither write nor read in and %s', async (_, times) => {
  let now = FIRST_SLOT;
  const db = await emptyDatabase();
  await saveSubscription(db, daily);
  await seatedAtDiscord(
    async ({ double, platform }) => {
      double.faults.push({ ...posts, how: json(403, 50_013), times });
      for (const minutes of [0, 5, 15, 35, 75]) {
        expect(await findSubscription(db, daily.id)).not.toHaveProperty('paused');
        now = new Date(FIRST_SLOT.getTime() + minutes * 60_000);
        await publishDue({ db, topic, platforms: [platform], clock: () => now, log: silentLog });
      }
      expect((await findSubscription(db, daily.id))?.paused !== undefined).toBe(times === 5);
      expect(double.messages.size).toBe(times === 5 ? 0 : 1);
    },
    {
      clock: () => now,
      prepare: (double) => (double.state.permissions = String(PermissionFlagsBits.ViewChannel)),
    },
  );
});

test(
  'a token that was revoked posts nothing and pauses nothing: the digests wait for one that is taken, twenty times',
  LIMIT,
  async () => {
    await forDays({
      spoil: ({ double }) => void (double.state.token = 'another'),
      async passed({ db, double }) {
        expect(double.messages.size).toBe(0);
        expect(await findSubscription(db, daily.id)).not.toHaveProperty('paused');
        double.state.token = TOKEN;
      },
    });
    expect(unhandled).toEqual([]);
  },
);

function oneCopyDespite(faults: readonly Fault[]): Course {
  return {
    spoil: ({ double }) => void double.faults.push(...faults.map((fault) => ({ ...fault }))),
    async passed({ db, double }, day) {
      expect(double.messages.size).toBe(day);
      const [last] = await findDeliveries(db, daily.id, 1);
      expect(last).toMatchObject({ state: 'posted' });
      expect(double.messages.has(last?.message ?? '')).toBe(true);
    },
  };
}
