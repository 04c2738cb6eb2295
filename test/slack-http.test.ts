import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ConfigError } from '../src/errors.ts';
import { aNote, aSeat, leaveSeats, silent } from './doubles/slack/seat.ts';
import { bodyOf, signedRequest } from './doubles/slack/sending.ts';
import { CHANNEL, MEMBER, TEAM } from './doubles/slack/state.ts';

afterEach(leaveSeats);

const MINUTE_MS = 60_000;

/** Tumen in HTTP mode, the lines that were typed, and a way to send it requests. */
async function listening() {
  const seat = await aSeat('http');
  const typed: string[] = [];
  await seat.platform.start([], {
    ...silent,
    typed: (line) => (typed.push(line), Promise.resolve(aNote('Heard'))),
  });
  const base = `http://127.0.0.1:${seat.platform.port()}`;
  const ask = async (request: RequestInit, path = '/slack/events') => {
    const response = await fetch(base + path, request);
    return { status: response.status, text: await response.text() };
  };
  return { ...seat, typed, ask, base };
}

const command = (text: string) =>
  bodyOf('slash_commands', {
    command: '/tumen',
    text,
    user_id: MEMBER,
    channel_id: CHANNEL,
    team_id: TEAM,
    trigger_id: '1',
    response_url: 'http://127.0.0.1:9/',
  });

test('what Slack has signed is acknowledged with nothing in it, and answered', async () => {
  const { platform, ask, typed } = await listening();
  expect(await ask(signedRequest(command('status')))).toEqual({ status: 200, text: '' });
  await expect.poll(() => typed).toEqual(['status']);
  await platform.stop();
});

test.each([
  ['another secret', signedRequest(command('status'), { secret: 'guessed' })],
  ['a moment six minutes ago', signedRequest(command('status'), { at: Date.now() - 6 * MINUTE_MS })],
  ['a moment in six minutes', signedRequest(command('status'), { at: Date.now() + 6 * MINUTE_MS })],
  ['no moment', { ...signedRequest(command('status')), headers: { 'x-slack-signature': 'v0=00' } }],
  ['no signature', { method: 'POST', body: command('status').text }],
  ['another body', { ...signedRequest(command('status')), body: command('correct').text }],
])('a request signed with %s is refused', async (_, request) => {
  const { platform, ask, typed } = await listening();
  expect((await ask(request)).status).toBe(401);
  expect(typed).toEqual([]);
  await platform.stop();
});

test('a request is taken once, however often it is sent', async () => {
  const { platform, ask, typed } = await listening();
  const request = signedRequest(command('status'));
  expect((await ask(request)).status).toBe(200);
  expect((await ask(request)).status).toBe(401);
  await expect.poll(() => typed).toEqual(['status']);
  await platform.stop();
});

test('a wrong signing secret is told once, by the name of the setting', async () => {
  const { platform, ask, warnings } = await listening();
  await ask(signedRequest(command('status'), { secret: 'guessed' }));
  await ask(signedRequest(command('help'), { secret: 'guessed' }));
  expect(warnings.map(String)).toEqual([expect.stringMatching(/SLACK_SIGNING_SECRET/)]);
  expect(warnings.map(String).join()).not.toMatch(/guessed|signed-by-slack/);
  await platform.stop();
});

test('bodies above a megabyte are not read', async () => {
  const { platform, ask, typed } = await listening();
  const request = signedRequest(command('x'.repeat(1024 * 1024)));
  const status = await ask(request).then(
    (answered) => answered.status,
    () => 'cut off',
  );
  expect([413, 'cut off']).toContain(status);
  expect(typed).toEqual([]);
  await platform.stop();
});

test.each([
  ['application/json', 'null'],
  ['application/json', '[]'],
  ['application/json', '{"event":null}'],
  ['application/json', '{"event":{"type":"app_home_opened"}}'],
  ['application/json', '{'],
  ['application/json', '{"type":"event_callback","event":{"type":"message","item":null}}'],
  ['application/x-www-form-urlencoded', 'payload=null'],
  ['application/x-www-form-urlencoded', 'payload=%7B%22type%22%3A%22block_actions%22%7D'],
  ['application/x-www-form-urlencoded', 'payload=%7B%22actions%22%3A%5B%5D%7D'],
  ['application/x-www-form-urlencoded', 'command=%2Ftumen'],
  ['application/x-www-form-urlencoded', ''],
])('signed nonsense of type %s ends nothing: %s', async (type, text) => {
  const { platform, ask, typed } = await listening();
  const nonsense = ask(signedRequest({ type, text }));
  expect((await ask(signedRequest(command('status')))).status).toBe(200);
  await expect.poll(() => typed).toEqual(['status']);
  expect((await nonsense).status).not.toBe(401);
  await platform.stop();
});

test('Slack’s question whether the address is ours is answered', async () => {
  const { platform, ask } = await listening();
  const question = { type: 'application/json', text: '{"type":"url_verification","challenge":"abc"}' };
  expect((await ask(signedRequest(question))).text).toBe('{"challenge":"abc"}');
  await platform.stop();
});

test('/healthz says that all is well; other addresses are not there', async () => {
  const { platform, ask } = await listening();
  expect(await ask({}, '/healthz')).toEqual({ status: 200, text: 'ok' });
  expect((await ask({}, '/slack/install')).status).toBe(404);
  expect((await ask({}, '/slack/events')).status).toBe(404);
  await platform.stop();
});

test('stopping answers what came, and takes nothing more', async () => {
  const seat = await aSeat('http');
  const { promise, resolve } = Promise.withResolvers<void>();
  await seat.platform.start([], { ...silent, typed: () => promise.then(() => aNote('At last')) });
  const port = seat.platform.port();
  await seat.double.send('slash_commands', { text: 'status' });
  const stopped = seat.platform.stop();
  resolve();
  await stopped;
  expect(seat.double.shown()).toContain('At last');
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed');
});

test('a port that is taken is told in a sentence that names the setting', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { platform } = await aSeat('http', { port });
  const failure = await platform.start([], silent).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect(String(failure)).toContain('SLACK_PORT');
  await new Promise((resolve) => other.close(resolve));
});
