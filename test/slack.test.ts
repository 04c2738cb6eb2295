import { afterEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../src/errors.ts';
import { foreign, type Message } from '../src/message.ts';
import { aNote, aSeat, leaveSeats, modes, silent, slackAt } from './doubles/slack/seat.ts';
import { CLOSED_CHANNEL } from './doubles/slack/state.ts';
import { platformContract } from './platform-contract.ts';

afterEach(leaveSeats);

describe.each(modes)('over %s', (mode) => {
  platformContract(() => aSeat(mode));
});

test.each([
  [{ error: 'channel_not_found' }, 'gone'],
  [{ error: 'is_archived' }, 'gone'],
  [{ error: 'not_in_channel' }, 'gone'],
  [{ error: 'restricted_action' }, 'gone'],
  [{ error: 'missing_scope' }, 'gone'],
  [{ error: 'token_revoked' }, 'gone'],
  [{ error: 'account_inactive' }, 'gone'],
  [{ error: 'invalid_blocks' }, 'refused'],
  [{ error: 'msg_blocks_too_long' }, 'refused'],
  [{ error: 'metadata_too_large' }, 'refused'],
  [{ error: 'message_limit_exceeded' }, 'busy'],
  [{ error: 'internal_error' }, 'unknown'],
  [{ error: 'service_unavailable' }, 'unknown'],
  [{ status: 500 }, 'unknown'],
  ['lost', 'unknown'],
  ['dropped', 'unknown'],
] as const)('a post that ends with %j is %s', async (how, reason) => {
  const { double, platform, address } = await aSeat();
  double.faults.push({ method: 'chat.postMessage', how });
  await expect(platform.post(address, aNote('x'), { key: 'k' })).rejects.toMatchObject({
    name: 'PostError',
    reason,
  });
  expect(double.calls).toEqual(['chat.postMessage']);
});

test('when Slack asks to wait, it is told how long, and the post surely is not there', async () => {
  const { double, platform, address } = await aSeat();
  double.faults.push({ method: 'chat.postMessage', how: { status: 429, wait: 7 } });
  await expect(platform.post(address, aNote('x'), { key: 'k' })).rejects.toMatchObject({
    reason: 'busy',
    retryAfterSeconds: 7,
  });
  expect(await platform.find(address, 'k', new Date())).toEqual({ kind: 'absent' });
});

test.each(['lost', 'dropped', { status: 503 }] as const)(
  'after a post that ended with %j and a look, there is one copy',
  async (how) => {
    const { double, platform, address } = await aSeat();
    const since = new Date();
    double.faults.push({ method: 'chat.postMessage', how });
    await expect(platform.post(address, aNote('Once'), { key: 'k' })).rejects.toMatchObject({
      reason: 'unknown',
    });
    const later = await slackAt(double);
    const found = await later.find(address, 'k', since);
    expect(found.kind).toBe(how === 'lost' ? 'arrived' : 'absent');
    await later.post(address, aNote('Once'), { key: 'k' });
    expect(double.messages).toHaveLength(1);
  },
);

test('of a long message only the parts that did not arrive are posted again', async () => {
  const { double, platform, address } = await aSeat();
  const since = new Date();
  const long = aLongNote(40);
  double.faults.push({ method: 'chat.postMessage', how: 'lost', after: 1 });
  await expect(platform.post(address, long, { key: 'k' })).rejects.toMatchObject({ reason: 'unknown' });
  const later = await slackAt(double);
  expect((await later.find(address, 'k', since)).kind).toBe('absent');
  const names = (await later.post(address, long, { key: 'k' })).split(' ');
  expect(double.messages.map(({ ts }) => ts)).toEqual(names);
});

test('a post in a thread is found there', async () => {
  const { double, platform, address } = await aSeat();
  const thread = await platform.post(address, aNote('Root'), { key: 'k1' });
  const since = new Date();
  const reply = await platform.post(address, aNote('Reply'), { key: 'k2', thread });
  expect(double.messages).toMatchObject([{}, { thread_ts: thread }]);
  const later = await slackAt(double);
  expect(await later.find(address, 'k2', since, thread)).toEqual({ kind: 'arrived', posted: reply });
});

test('where Slack does not let us look, nobody knows', async () => {
  const { double, platform, address } = await aSeat();
  double.faults.push({ method: 'conversations.history', how: { error: 'missing_scope' } });
  expect(await platform.find(address, 'k', new Date())).toEqual({ kind: 'unknown' });
});

test.each(['not_in_channel', 'token_revoked', 'account_inactive', 'team_access_not_granted'])(
  'a channel that is gone, by %s, is told as gone in a search too',
  async (error) => {
    const { double, platform, address } = await aSeat();
    double.faults.push({ method: 'conversations.history', how: { error } });
    await expect(platform.find(address, 'k', new Date())).rejects.toMatchObject({ reason: 'gone' });
    await expect(platform.find(CLOSED_CHANNEL, 'k', new Date())).rejects.toMatchObject({ reason: 'gone' });
  },
);

test('a replaced message keeps to the parts that it has', async () => {
  const { double, platform, address } = await aSeat();
  const posted = await platform.post(address, aLongNote(40), { key: 'k' });
  const count = double.messages.length;
  expect(count).toBeGreaterThan(1);
  await platform.edit(address, posted, aLongNote(80));
  expect(double.messages).toHaveLength(count);
  await platform.edit(address, posted, aNote('Short'));
  expect(double.messages).toHaveLength(1);
});

test.each([
  ['SLACK_BOT_TOKEN', { botToken: 'xoxb-wrong' }],
  ['SLACK_APP_TOKEN', { receiving: { kind: 'socket', appToken: 'xapp-wrong' } }],
] as const)('a wrong %s is told in a sentence without the token', async (setting, options) => {
  const { platform } = await aSeat('socket', options);
  const failure = await platform.start([], silent).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect(String(failure)).toContain(setting);
  expect(String(failure)).not.toContain('wrong');
  await platform.stop();
});

test('a token that may not even post is told by what it lacks, and where to mend that', async () => {
  const { double, platform } = await aSeat();
  double.withheld.add('chat:write').add('users:read');
  const failure = await platform.start([], silent).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect(String(failure)).toMatch(/SLACK_BOT_TOKEN lacks chat:write: .*OAuth & Permissions/);
});

test('scopes that Tumen can do without are named once at the start', async () => {
  const { double, platform, warnings } = await aSeat();
  double.withheld.add('files:write').add('groups:history');
  await platform.start([], silent);
  expect(warnings.map(String)).toEqual([expect.stringContaining('groups:history, files:write')]);
  await platform.stop();
});

test('an app token that opens no connection is told in a sentence', async () => {
  const { double, platform } = await aSeat();
  double.faults.push({ method: 'apps.connections.open', how: { error: 'missing_scope' } });
  await expect(platform.start([], silent)).rejects.toThrow(
    /SLACK_APP_TOKEN: generate one with connections:write/,
  );
});

function aLongNote(lines: number): Message {
  const blocks = Array.from({ length: lines }, (_, index) => ({
    kind: 'text' as const,
    line: [foreign(`${index} ${'words '.repeat(60)}`)],
  }));
  return { ...aNote('Long'), blocks };
}

test('stopping while the connection is being opened again ends quietly', async () => {
  const { double, platform } = await aSeat();
  const uncaught: unknown[] = [];
  const note = (reason: unknown) => uncaught.push(reason);
  process.on('unhandledRejection', note);
  await platform.start([], silent);
  const before = double.calls.length;
  double.cut();
  await expect.poll(() => double.calls.length, { interval: 1, timeout: 20_000 }).toBeGreaterThan(before);
  await platform.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  process.off('unhandledRejection', note);
  expect(uncaught).toEqual([]);
});
