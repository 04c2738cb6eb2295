import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OverwriteType } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { clockCheck, type Check } from '../src/check.ts';
import { examineSlack, type SlackPatient } from '../src/channels/slack/doctor.ts';
import { discordCommands } from '../src/channels/discord/commands.ts';
import { rightsOf, type Standing } from '../src/channels/discord/rights.ts';
import { doctorCommand } from '../src/cli/doctor.ts';
import { readConfig } from '../src/config.ts';
import type { Form } from '../src/form.ts';
import { examine } from '../src/jobs/doctor.ts';
import { openDatabase } from '../src/store/database.ts';
import { saveFeedState } from '../src/store/feeds.ts';
import { saveSubscription } from '../src/store/subscriptions.ts';
import { aFeed, aSubscription } from './builders.ts';
import { startDiscord } from './doubles/discord/discord.ts';
import { FORUM, GUILD, TEXT_CHANNEL, THREAD, TOKEN } from './doubles/discord/fields.ts';
import { startSlack } from './doubles/slack/slack.ts';
import { APP_TOKEN, BOT_TOKEN, CHANNEL, OTHER_TEAM } from './doubles/slack/state.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tumen-doctor-'));
  folders.push(folder);
  return folder;
}

const form: Form = {
  name: 'events',
  description: 'Events',
  descriptions: {},
  options: [],
  subcommands: [],
  audience: 'asker',
  managers: false,
};

interface Case {
  readonly env?: Record<string, string>;
  readonly addresses?: readonly string[];
  readonly now?: Date;
  readonly prepare?: (double: Awaited<ReturnType<typeof startDiscord>>) => void;
}

/** What the doctor says of a machine with Discord set up, before the stand-in. */
async function checksWithDiscord({
  env = {},
  addresses = [],
  now = new Date(),
  prepare,
}: Case): Promise<Check[]> {
  const double = await startDiscord();
  const folder = aFolder();
  const db = await openDatabase({ directory: folder });
  for (const [index, address] of addresses.entries())
    await saveSubscription(db, aSubscription({ id: `s${index}`, channel: { platform: 'discord', address } }));
  await db.close();
  prepare?.(double);
  try {
    const config = readConfig({
      DATA_DIRECTORY: folder,
      DISCORD_TOKEN: TOKEN,
      DISCORD_API: double.api,
      ...env,
    });
    const patient = { config, feeds: [], forms: [form], clock: () => now };
    const checks = await Array.fromAsync(examine(patient));
    expect(double.messages.size).toBe(0);
    return checks;
  } finally {
    await double.close();
  }
}

function broken(checks: readonly Check[]): string[] {
  return checks.filter(({ state }) => state === 'broken').map(({ area, what }) => `${area} ${what}`);
}

test('where all is well every line is good, and nothing is posted', async () => {
  const checks = await checksWithDiscord({
    addresses: [TEXT_CHANNEL, FORUM, THREAD],
    prepare: (double) => (double.commands.list = discordCommands([form]) as never),
  });
  expect(broken(checks)).toEqual([]);
  expect(checks.filter(({ state }) => state === 'sound').map(({ area, what }) => `${area} ${what}`)).toEqual([
    'machine disk',
    'archive open',
    'archive tables',
    'archive writing',
    'archive contents',
    'discord token',
    'discord clock',
    'discord sessions',
    'discord commands',
    `discord channel ${TEXT_CHANNEL}`,
    `discord channel ${FORUM}`,
    `discord channel ${THREAD}`,
  ]);
});

test.each([
  ['a token that Discord does not take', { env: { DISCORD_TOKEN: 'old' } }, 'discord token', /Reset Token/],
  ['a clock that is wrong', { now: new Date(Date.now() - 3_600_000) }, 'discord clock', /NTP/],
  ['commands that are not registered', {}, 'discord commands', /start Tumen/],
  [
    'a day on which no connection is left',
    { prepare: ({ faults }) => faults.push(noSessions) },
    'discord sessions',
    /wait/,
  ],
  [
    'a channel that is gone',
    { addresses: ['499999999999999999'] },
    'discord channel 499999999999999999',
    /mend/,
  ],
  [
    'a channel that may not be written to',
    { addresses: [TEXT_CHANNEL], prepare: ({ state }) => (state.permissions = String(1n << 10n)) },
    `discord channel ${TEXT_CHANNEL}`,
    /Permissions/,
  ],
] satisfies [string, Case, string, RegExp][])('%s is told with what to do', async (_, wish, what, advice) => {
  const checks = await checksWithDiscord(wish);
  const found = checks.find((check) => `${check.area} ${check.what}` === what);
  expect(found).toMatchObject({ state: 'broken', advice: expect.stringMatching(advice) as string });
});

test('what a channel lacks is named', async () => {
  const checks = await checksWithDiscord({
    addresses: [TEXT_CHANNEL],
    prepare: ({ state }) => (state.permissions = String((1n << 10n) | (1n << 14n) | (1n << 16n))),
  });
  const found = checks.find(({ what }) => what.startsWith('channel'));
  expect(found?.finding).toBe('general does not give Tumen Send Messages');
});

const noSessions = {
  method: 'GET',
  path: /gateway\/bot$/,
  how: {
    status: 200,
    body: {
      url: 'wss://gateway.discord.gg',
      shards: 1,
      session_start_limit: { total: 1000, remaining: 0, reset_after: 1, max_concurrency: 1 },
    },
  },
} as const;

test('on Slack tokens, scopes and channels are looked at, and nothing is posted', async () => {
  const double = await startSlack();
  try {
    const look = async (patient: Partial<SlackPatient> = {}) =>
      Array.fromAsync(
        examineSlack({
          botToken: BOT_TOKEN,
          appToken: APP_TOKEN,
          api: double.api,
          addresses: [CHANNEL],
          tokenOf: () => Promise.resolve(undefined),
          clock: () => new Date(),
          ...patient,
        }),
      );
    const well = await look();
    expect(broken(well)).toEqual([]);
    expect(well.map(({ what }) => what)).toEqual([
      'SLACK_BOT_TOKEN',
      'clock',
      'scopes',
      'SLACK_APP_TOKEN',
      `channel ${CHANNEL}`,
    ]);
    expect(broken(await look({ botToken: 'xoxb-old' }))).toContain('slack SLACK_BOT_TOKEN');
    expect(broken(await look({ appToken: 'xapp-old' }))).toEqual(['slack SLACK_APP_TOKEN']);
    expect(broken(await look({ addresses: ['C0404', `${OTHER_TEAM}/${CHANNEL}`] }))).toEqual([
      'slack channel C0404',
      `slack channel ${OTHER_TEAM}/${CHANNEL}`,
    ]);
    double.withheld.add('files:write');
    expect(broken(await look())).toEqual(['slack scopes']);
    expect(double.messages).toHaveLength(0);
  } finally {
    await double.close();
  }
});

test('a damaged archive is told, and the rest is looked at all the same', async () => {
  const folder = aFolder();
  const db = await openDatabase({ directory: folder });
  await db.close();
  const file = join(folder, 'tumen.db');
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(7, 0, 4096));
  const config = readConfig({ DATA_DIRECTORY: folder });
  const checks = await Array.fromAsync(examine({ config, feeds: [], forms: [], clock: () => new Date() }));
  expect(checks).toContainEqual(
    expect.objectContaining({
      area: 'archive',
      state: 'broken',
      advice: expect.stringContaining('backup') as string,
    }),
  );
  expect(checks).toContainEqual(expect.objectContaining({ area: 'slack', state: 'off' }));
});

test('feeds that fail by the dozen are told by name', async () => {
  const folder = aFolder();
  const db = await openDatabase({ directory: folder });
  const feeds = ['a', 'b'].map((id) =>
    aFeed({
      id,
      url: `https://${id}.example/rss`,
      source: { name: `Paper ${id}`, family: id, kind: 'press' },
    }),
  );
  const visited = { visits: 3, nextVisit: new Date(), health: 'failing' as const };
  await saveFeedState(db, { feed: 'a', ...visited, errorsInRow: 5, lastSuccess: new Date(0) });
  await saveFeedState(db, {
    feed: 'b',
    ...visited,
    errorsInRow: 0,
    lastSuccess: new Date(0),
    health: 'well',
  });
  await db.close();
  const config = readConfig({ DATA_DIRECTORY: folder, FEEDS_PROXY: 'http://127.0.0.1:9' });
  const checks = await Array.fromAsync(examine({ config, feeds, forms: [], clock: () => new Date() }));
  expect(checks.find(({ what }) => what === 'last visits')).toMatchObject({
    state: 'broken',
    finding: '1 sources read, 1 failing: Paper a',
  });
  expect(broken(checks)).toEqual(expect.arrayContaining(['feeds a', 'feeds b']));
});

test('wrong settings are named one by one, never shown, and do not keep the rest from being looked at', async () => {
  const printed: string[] = [];
  const io = {
    lines: noLines,
    print: (line: string) => void printed.push(line),
    warn: () => undefined,
    progress: () => undefined,
  };
  const env = {
    DATA_DIRECTORY: aFolder(),
    FEEDS_PROXY: 'http://127.0.0.1:9',
    ZONE: 'Mars/Secret',
    SLACK_BOT_TOKEN: 'hunter2',
  };
  expect(await doctorCommand(env, { json: true }, io)).toBe(false);
  const checks = printed.map((line) => JSON.parse(line) as Check);
  expect(broken(checks).filter((what) => what.startsWith('settings'))).toEqual(
    expect.arrayContaining(['settings ZONE', 'settings SLACK_BOT_TOKEN']),
  );
  expect(checks.some(({ area }) => area === 'archive')).toBe(true);
  expect(printed.join('\n')).not.toMatch(/hunter2|Mars/);
});

test('rights follow roles, then what the channel denies and allows, person last', () => {
  const [see, write] = [1n << 10n, 1n << 11n];
  const role = { id: '5', permissions: String(see | write) };
  const standing = {
    guild: { id: GUILD, owner_id: '9', roles: [{ id: GUILD, permissions: '0' }, role] as never },
    member: { user: { id: '1' }, roles: ['5'] },
  };
  const rights = (...overwrites: Overwrite[]) => rightsOf({ ...standing, overwrites });
  expect(rights()).toBe(see | write);
  expect(rights(overwrite(GUILD, 0n, write))).toBe(see);
  expect(rights(overwrite(GUILD, 0n, write), overwrite('5', write, 0n))).toBe(see | write);
  expect(rights(overwrite('5', write, 0n), overwrite('1', 0n, write))).toBe(see);
});

test.each([
  ['Thu, 01 Jan 2026 00:00:30 GMT', 'sound'],
  ['Thu, 01 Jan 2026 00:02:00 GMT', 'broken'],
  [undefined, 'off'],
] as const)('a server that says it is %s makes the clock of midnight %s', (date, state) => {
  expect(clockCheck('slack', date, new Date('2026-01-01T00:00:00Z')).state).toBe(state);
});

type Overwrite = Standing['overwrites'][number];

function overwrite(id: string, allow: bigint, deny: bigint): Overwrite {
  return { id, type: OverwriteType.Role, allow: String(allow), deny: String(deny) };
}

async function* noLines(): AsyncGenerator<{ number: number; text: string }> {}
