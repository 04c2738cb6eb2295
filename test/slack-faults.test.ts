import { afterEach, expect, test } from 'vitest';
import { publishDue } from '../src/jobs/publish.ts';
import { workspacesIn } from '../src/jobs/slack.ts';
import { findDeliveries } from '../src/store/deliveries.ts';
import { saveEvents } from '../src/store/events.ts';
import { findSubscription, saveSubscription } from '../src/store/subscriptions.ts';
import { aSubscription, anEvent } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { aSeat, leaveSeats, seal, slackAt } from './doubles/slack/seat.ts';
import type { Fault } from './doubles/slack/state.ts';
import { aTopic } from './topic.ts';

afterEach(leaveSeats);

const TIMES = 20;
const ROUNDS = 6;
const MINUTE_MS = 60_000;
/** Healthy answers come far sooner; where they do not, the post is looked for, which is what is tried here. */
const TIMEOUT_MS = 1000;
const DUE = Date.parse('2024-10-24T06:00:00Z');
const silentLog = { debug() {}, info() {}, warn() {}, error() {} };

/** What became of a digest: copies of it, its state, and why its subscription was paused. */
interface Outcome {
  readonly copies: number;
  readonly state: string | undefined;
  readonly paused: string | undefined;
}

function dailyIn(address: string) {
  return aSubscription({
    channel: { platform: 'slack', address },
    time: '08:00',
    zone: 'Europe/Paris',
    created: new Date('2024-10-22T00:00:00Z'),
  });
}

/** A digest that is due in a channel of one process, which looks at it so many minutes later; and whether it is paused since. */
async function aDueDigest() {
  const db = await emptyDatabase();
  const daily = dailyIn('C1000');
  await saveSubscription(db, daily);
  const workspaces = workspacesIn(db, seal);
  const { double } = await aSeat('socket', { workspaces });
  const platforms = [await slackAt(double, { workspaces })];
  const pausedAfter = async (minutes: number) => {
    const clock = () => new Date(DUE + minutes * MINUTE_MS);
    await publishDue({ db, topic: aTopic(), platforms, log: silentLog, clock });
    return (await findSubscription(db, daily.id))?.paused;
  };
  return { double, pausedAfter };
}

/** Posts a digest in each of twenty channels of a Slack that fails as told, process after process, until none is due. */
async function outcomes(...faults: Omit<Fault, 'method'>[]): Promise<Outcome[]> {
  const db = await emptyDatabase();
  const subscriptions = Array.from({ length: TIMES }, (_, index) => dailyIn(`C${1000 + index}`));
  for (const subscription of subscriptions) await saveSubscription(db, subscription);
  const known = new Date('2024-10-23T10:00:00Z');
  await saveEvents(db, [anEvent({ firstSeen: known, changed: known })]);
  const workspaces = workspacesIn(db, seal);
  const { double } = await aSeat('socket', { workspaces });
  for (const { times = 1, ...fault } of faults) {
    double.faults.push({ method: 'chat.postMessage', times: times * TIMES, ...fault });
  }
  let now = DUE;
  for (let round = 0; round < ROUNDS; round += 1) {
    const platform = await slackAt(double, { workspaces, timeoutMs: TIMEOUT_MS });
    const paces = { slack: { perSecond: 1000, betweenMs: 0 } };
    const publish = { db, topic: aTopic(), platforms: [platform], log: silentLog, paces };
    await publishDue({ ...publish, clock: () => new Date(now) });
    now += 30 * MINUTE_MS;
  }
  return Promise.all(
    subscriptions.map(async ({ id, channel: { address } }) => {
      const [delivery] = await findDeliveries(db, id, 1);
      const { paused } = (await findSubscription(db, id)) ?? {};
      const copies = double.messages.filter(({ channel }) => channel === address).length;
      return { copies, state: delivery?.state, paused };
    }),
  );
}

test.each([
  ['an answer that never comes', { how: 'hung' }],
  ['two answers that never come', { how: 'hung', times: 2 }],
  ['a connection that breaks after the post', { how: 'lost' }],
  ['a connection that breaks before the post', { how: 'dropped' }],
  ['a connection that breaks three times before', { how: 'dropped', times: 3 }],
  ['status 500', { how: { status: 500 } }],
  ['status 503, three times', { how: { status: 503 }, times: 3 }],
  ['a wish to wait', { how: { status: 429, wait: 1 } }],
  ['a wish to wait, without how long', { how: { error: 'ratelimited' } }],
  ['internal_error', { how: { error: 'internal_error' } }],
  ['fatal_error', { how: { error: 'fatal_error' } }],
] as const)(
  'after %s, twenty times, exactly one copy stands',
  async (_, fault) => {
    for (const { copies, state, paused } of await outcomes(fault)) {
      expect({ copies, state, paused }).toEqual({ copies: 1, state: 'posted', paused: undefined });
    }
  },
  60_000,
);

test('after an answer that was lost, a refused look and a wish to wait, twenty times, exactly one copy stands', async () => {
  for (const { copies, state } of await outcomes({ how: 'lost' }, { how: { status: 429, wait: 1 } })) {
    expect({ copies, state }).toEqual({ copies: 1, state: 'posted' });
  }
});

test.each([
  ['channel_not_found', /does not know this channel/],
  ['is_archived', /archived/],
  ['not_in_channel', /invite it there/],
  ['restricted_action', /restricted/],
  ['no_permission', /may not post/],
  ['missing_scope', /lacks a scope/],
  ['ekm_access_denied', /do not let Tumen post/],
  ['token_revoked', /no longer installed/],
  ['account_inactive', /no longer installed/],
  ['team_access_not_granted', /no longer use/],
])(
  'where Slack says %s, twenty times, nothing is posted and the subscription pauses with the reason',
  async (error, reason) => {
    for (const { copies, state, paused } of await outcomes({ how: { error }, times: 5 })) {
      expect({ copies, state }).toEqual({ copies: 0, state: 'failed' });
      expect(paused).toMatch(reason);
    }
  },
  60_000,
);

test.each([
  'channel_not_found',
  'not_in_channel',
  'missing_scope',
  'token_revoked',
  'account_inactive',
  'team_access_not_granted',
])(
  'where Slack says %s to posts and searches alike, the fifth attempt pauses the subscription',
  async (error) => {
    const { double, pausedAfter } = await aDueDigest();
    for (const method of ['chat.postMessage', 'conversations.history'])
      double.faults.push({ method, how: { error }, times: 9 });
    for (const minutes of [0, 5, 15, 35]) expect(await pausedAfter(minutes)).toBeUndefined();
    expect(await pausedAfter(75)).toBeDefined();
    expect(double.messages).toEqual([]);
  },
);

test('a channel that is back on Slack after ten minutes gets its digest once', async () => {
  const { double, pausedAfter } = await aDueDigest();
  const how = { error: 'channel_not_found' };
  double.faults.push({ method: 'chat.postMessage', how, times: 2 });
  double.faults.push({ method: 'conversations.history', how });
  for (const minutes of [0, 5, 15, 35, 75]) expect(await pausedAfter(minutes)).toBeUndefined();
  expect(double.messages).toHaveLength(1);
});

test('a token that Slack does not take pauses nothing: the digest waits for one that it takes', async () => {
  for (const { copies, state, paused } of await outcomes({ how: { error: 'invalid_auth' }, times: 3 })) {
    expect({ copies, state, paused }).toEqual({ copies: 1, state: 'posted', paused: undefined });
  }
});

test('a digest that Slack finds at fault is given up, and the subscription goes on', async () => {
  for (const { copies, state, paused } of await outcomes({ how: { error: 'invalid_blocks' }, times: 5 })) {
    expect({ copies, state, paused }).toEqual({ copies: 0, state: 'failed', paused: undefined });
  }
});
