import { afterEach, expect, test } from 'vitest';
import { makeDiscord } from '../src/channels/discord/discord.ts';
import type { Answer } from '../src/channels/platform.ts';
import { ConfigError, PostError } from '../src/errors.ts';
import type { Form, Request } from '../src/form.ts';
import { aMessage, foreign, words, type Message } from '../src/message.ts';
import { startDiscord, type DiscordDouble } from './doubles/discord/discord.ts';
import { TEXT_CHANNEL, TOKEN } from './doubles/discord/fields.ts';
import { platformContract, type Seat } from './platform-contract.ts';

const open: DiscordDouble[] = [];

afterEach(async () => {
  for (const double of open.splice(0)) {
    await double.close();
    if (double.violations.length > 0)
      throw new Error(`Discord would object: ${double.violations.join('; ')}`);
  }
});

async function aSeat(): Promise<Seat & { double: DiscordDouble }> {
  const double = await startDiscord();
  open.push(double);
  const faults: unknown[] = [];
  return {
    double,
    platform: makeDiscord({ token: TOKEN, api: double.api, onFault: (_, error) => faults.push(error) }),
    address: TEXT_CHANNEL,
    shown: () => double.shown(),
    async greet(name) {
      await double.interact(2, {
        id: '9',
        name: 'greet',
        type: 1,
        options: [{ name: 'name', type: 3, value: name }],
      });
    },
    close: () => Promise.resolve(expect(faults).toEqual([])),
  };
}

platformContract(aSeat);

test('commands are registered once, and again only when they change', async () => {
  const { double, platform } = await aSeat();
  await platform.start([aForm('events')], silent);
  await platform.stop();
  const again = makeDiscord({ token: TOKEN, api: double.api, onFault: () => undefined });
  await again.start([aForm('events')], silent);
  await again.stop();
  expect(double.commands.registrations).toBe(1);

  const changed = makeDiscord({ token: TOKEN, api: double.api, onFault: () => undefined });
  await changed.start([aForm('events'), aForm('search')], silent);
  await changed.stop();
  expect(double.commands.list.map(({ name }) => name)).toEqual(['events', 'search']);
});

test('a look-up is answered to the asker alone', async () => {
  const { double, platform } = await aSeat();
  await platform.start([aForm('events')], { ...silent, run: () => Promise.resolve(aNote('Nothing')) });
  await double.interact(2, { id: '9', name: 'events', type: 1, options: [] });
  expect(double.callbacks).toMatchObject([{ type: 5, data: { flags: 64 } }]);
  await platform.stop();
});

test('a button replaces the message with the answer to its request, and a foreign one does nothing', async () => {
  const { double, platform } = await aSeat();
  const asked: Request[] = [];
  const page = { command: 'events', options: { page: '2' } };
  const message = aMessage({
    title: [words('Events')],
    actions: [{ kind: 'button', label: 'Next', request: page, effect: 'replace' }],
    language: 'en',
    zone: 'UTC',
  });
  const answer: Answer = { ...silent, run: (request) => (asked.push(request), Promise.resolve(message)) };
  await platform.start([aForm('events')], answer);
  const shown = await double.interact(2, { id: '9', name: 'events', type: 1, options: [] });
  const [id = ''] = JSON.stringify(shown?.components).match(/(?<="custom_id":")[^"]+/) ?? [];
  const press = (custom_id: string) =>
    double.interact(3, { component_type: 2, custom_id, id: 4 }, { message: { ...shown, ...bare } });
  await press(id);
  void press(`${id}0`);
  await expect.poll(() => double.callbacks.length).toBe(3);
  expect(asked.slice(1)).toEqual([page]);
  await platform.stop();
});

test('completions answer from what was typed', async () => {
  const { double, platform } = await aSeat();
  const form = { ...aForm('events'), options: [{ ...option, completes: true }] };
  await platform.start([form], { ...silent, choices: kursk });
  await double.interact(4, {
    id: '9',
    name: 'events',
    type: 1,
    options: [{ name: 'place', type: 3, value: 'Ku', focused: true }],
  });
  expect(double.callbacks).toEqual([
    { type: 8, data: { choices: [{ name: 'Kursk for Ku', value: 'kursk' }] } },
  ]);
  await platform.stop();
});

test.each([
  [{ status: 404, body: { code: 10_003, message: 'Unknown Channel' } }, 'gone'],
  [{ status: 403, body: { code: 50_013, message: 'Missing Permissions' } }, 'gone'],
  [{ status: 400, body: { code: 240_000, message: 'Message blocked by links filter' } }, 'refused'],
  [{ status: 500, body: {} }, 'unknown'],
  [
    {
      status: 429,
      body: { message: 'slow', retry_after: 2, global: false },
      headers: { 'retry-after': '2' },
    },
    'busy',
  ],
  ['lost', 'unknown'],
  ['dropped', 'unknown'],
] as const)('a post that ends with %j is %s', async (how, reason) => {
  const { double, platform, address } = await aSeat();
  await platform.start([], silent);
  double.faults.push({ method: 'POST', path: /messages$/, how });
  await expect(platform.post(address, aNote('x'), { key: 'k' })).rejects.toMatchObject({
    name: 'PostError',
    reason,
  });
  await platform.stop();
});

test('a post whose answer was lost is found by its key and not doubled', async () => {
  const { double, platform, address } = await aSeat();
  await platform.start([], silent);
  double.faults.push({ method: 'POST', path: /messages$/, how: 'lost' });
  const since = new Date();
  await expect(platform.post(address, aNote('Once'), { key: 'k' })).rejects.toMatchObject({
    reason: 'unknown',
  });
  const found = await platform.find(address, 'k', since);
  expect(found.kind).toBe('arrived');
  await platform.post(address, aNote('Once'), { key: 'k' });
  expect(double.messages.size).toBe(1);
  await platform.stop();
});

test('a Discord that cannot be reached at the start is told as that', async () => {
  const platform = makeDiscord({ token: TOKEN, api: 'http://127.0.0.1:9/api', onFault: () => undefined });
  await expect(platform.start([], silent)).rejects.toThrow(
    new PostError('Discord did not answer', { reason: 'unknown' }),
  );
  await platform.stop();
});

test('a wrong token is told in a sentence without the token', async () => {
  const { double } = await aSeat();
  const platform = makeDiscord({ token: 'bad.token', api: double.api, onFault: () => undefined });
  const failure = await platform.start([], silent).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect(String(failure)).toMatch(/DISCORD_TOKEN/);
  expect(String(failure)).not.toMatch(/bad\.token/);
  await platform.stop();
});

const option = {
  name: 'place',
  description: 'Where',
  descriptions: {},
  type: 'text',
  required: false,
  choices: [],
  completes: false,
} as const;

const kursk: Answer['choices'] = (request) =>
  Promise.resolve([{ value: 'kursk', label: `Kursk for ${request.options['place'] ?? ''}` }]);

const bare = { embeds: [], attachments: [], mentions: [], mention_roles: [] };

const silent: Answer = {
  run: () => Promise.resolve(aNote('')),
  typed: () => Promise.resolve(aNote('')),
  choices: () => Promise.resolve([]),
};

function aForm(name: string): Form {
  return {
    name,
    description: `The ${name}`,
    descriptions: { fr: `Les ${name}` },
    options: [option],
    subcommands: [],
    audience: 'asker',
    managers: false,
  };
}

function aNote(text: string): Message {
  return aMessage({
    title: [words('Note')],
    blocks: [{ kind: 'text', line: [foreign(text)] }],
    language: 'en',
    zone: 'UTC',
  });
}
