import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { EventId } from '../src/model.ts';
import { openDatabase } from '../src/store/database.ts';
import { saveEvents } from '../src/store/events.ts';
import { countItems, saveItems } from '../src/store/items.ts';
import { renewStems } from '../src/store/search/renew-stems.ts';
import { muteFeed } from '../src/store/own-feeds.ts';
import { saveSubscription } from '../src/store/subscriptions.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { startDiscord, type DiscordDouble } from '../test/doubles/discord/discord.ts';
import { aPlace, TOKEN } from '../test/doubles/discord/fields.ts';
import { startSlack, type SlackDouble } from '../test/doubles/slack/slack.ts';
import { APP_TOKEN, BOT_TOKEN } from '../test/doubles/slack/state.ts';
import { makeNews } from './store-news.ts';

/**
 * `node bench/chat.ts [ITEMS [FOLDER]]`: fills an archive with made news and runs the whole bot on it in a process of its own,
 * before the doubles of Discord and Slack. Prints how long it takes to be ready, how much memory it takes, and how soon
 * look-ups and completions are acknowledged and answered, at rest and while a digest goes out to 1,000 channels. A folder that
 * is named is kept, and when it holds an archive already that one is used.
 */
const [items = '100000', folder] = process.argv.slice(2);
const EVENTS = 2000;
const CHANNELS = 1000;
const ROUNDS = 5;
/** An answer that takes longer has not come. */
const PATIENCE_MS = 5000;
const BATCH = 500;
/** Between what people ask: more than a busy server sees. */
const PAUSE_MS = 30;
/** As `npm start` runs it. */
const START = [
  '--max-semi-space-size=1',
  '--v8-pool-size=1',
  '--import',
  './src/keep-compiled.mjs',
  'src/main.ts',
];
const PROJECT = fileURLToPath(new URL('..', import.meta.url));

const topic = loadTopic(fileURLToPath(new URL('../src/topics/dprk-russia', import.meta.url)));
const directory = folder ?? (await mkdtemp(join(tmpdir(), 'tumen-chat-')));
const discord = await startDiscord();
const slack = await startSlack();
let bot: ChildProcess | undefined;
try {
  await fill(Number(items));
  const started = performance.now();
  bot = startBot();
  const lines = logOf(bot);
  const ready = await lines('ready');
  print('ready after, s', ((performance.now() - started) / 1000).toFixed(2));
  print('  by the bot itself, s', (Number(ready['ms']) / 1000).toFixed(2));
  // On a machine that does other things as well, only this can be compared.
  print('  of processor, s', processorSeconds(bot).toFixed(2));
  print('resident when ready, MB', residentMb(bot));
  await lines('round ended');
  await askAll('at rest');
  print('resident after look-ups, MB', residentMb(bot));
  await subscribeAll();
  const posting = untilPosted();
  await askAll('while 1,000 channels are posted to', () => discord.messages.size > 0, posting);
  print('1,000 digests posted in, s', ((await posting) / 1000).toFixed(1));
  print('resident after digests, MB', residentMb(bot));
  if (discord.violations.length + slack.violations.length > 0)
    print('violations', JSON.stringify([...discord.violations, ...slack.violations].slice(0, 5)));
} finally {
  bot?.kill('SIGKILL');
  await discord.close();
  await slack.close();
  if (folder === undefined) await rm(directory, { recursive: true, force: true });
}
process.exit();

async function fill(count: number): Promise<void> {
  const db = await openDatabase({ directory });
  const known = await countItems(db);
  const news = makeNews(count);
  for (let start = known; start < count; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - start) }, (_, place) => {
      const item = news.item(start + place);
      return { item, keys: [`url:${item.url ?? ''}`, `guid:${item.id}`] };
    });
    await saveItems(db, batch);
  }
  if (known === 0) {
    const events = Array.from({ length: EVENTS }, (_, number) => {
      const event = news.event(number);
      const kind = topic.kinds[number % topic.kinds.length] ?? 'other';
      return { ...event, id: event.id as EventId, topic: topic.id, kind };
    });
    for (let start = 0; start < EVENTS; start += 20) await saveEvents(db, events.slice(start, start + 20));
  }
  const at = new Date();
  for (const { id } of topic.feeds) await muteFeed(db, { feed: id, by: 'bench', at });
  print('items stored', await countItems(db));
  // As in an archive that this Tumen has made: nothing is left over from an earlier one.
  await renewStems(db, Infinity);
  await db.close();
}

function startBot(): ChildProcess {
  const env = {
    PATH: process.env['PATH'],
    NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '',
    DATA_DIRECTORY: directory,
    DISCORD_TOKEN: TOKEN,
    DISCORD_API: discord.api,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API: slack.api,
    LOG_LEVEL: 'info',
  };
  return spawn(process.execPath, START, { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Waits for lines of the bot's log by their message. */
function logOf({ stdout }: ChildProcess): (message: string) => Promise<Record<string, unknown>> {
  const seen = new Map<string, Record<string, unknown>>();
  if (stdout !== null) {
    createInterface({ input: stdout }).on('line', (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      if (entry['level'] === 50) print('fault', line);
      seen.set(String(entry['msg']), entry);
    });
  }
  return async (message) => {
    for (;;) {
      const entry = seen.get(message);
      if (entry !== undefined) return entry;
      await setTimeout(2);
    }
  };
}

function residentMb({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000);
}

/** Time on any processor, user and system; Linux counts in hundredths of a second. */
function processorSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** What people look up, as `name`, and its options. */
function lookUps(): [string, Record<string, string>][] {
  const kind = topic.kinds[0] ?? '';
  return [
    ['events', { when: '2024-01' }],
    ['events', { kind }],
    ['events', { text: 'Kharkiv' }],
    ['event', { id: '2024-01-02-kharkiv-strike' }],
    ['timeline', { when: '2024' }],
    ['claims', { who: 'Seoul', when: '2024-10' }],
    ['search', { text: 'missile Kharkiv' }],
    ['why', { id: '2024-01-02-kharkiv-strike' }],
    ['status', {}],
    ['help', {}],
  ];
}

interface Times {
  readonly acknowledged: number[];
  readonly answered: number[];
  readonly completed: number[];
}

/** Asks everything on both platforms, and prints how long it took; once `begins` and until `ends`, where they are given. */
async function askAll(when: string, begins = () => true, ends?: Promise<unknown>): Promise<void> {
  while (!begins()) await setTimeout(5);
  let isOver = false;
  void ends?.then(() => (isOver = true));
  const onDiscord: Times = { acknowledged: [], answered: [], completed: [] };
  const onSlack: Times = { acknowledged: [], answered: [], completed: [] };
  for (let round = 0; round < ROUNDS && !isOver; round += 1) {
    for (const [name, options] of lookUps()) {
      await askDiscord(discord, { name, options }, onDiscord);
      await askSlack(slack, { name, options }, onSlack);
      await setTimeout(PAUSE_MS);
    }
    await complete(discord, onDiscord);
  }
  print(`${when}: rounds asked`, onDiscord.completed.length);
  tell('Discord acknowledged', onDiscord.acknowledged);
  tell('Discord answered', onDiscord.answered);
  tell('Discord completed', onDiscord.completed);
  tell('Slack acknowledged', onSlack.acknowledged);
  tell('Slack answered', onSlack.answered);
}

interface Asked {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
}

async function askDiscord(double: DiscordDouble, { name, options }: Asked, times: Times): Promise<void> {
  const given = Object.entries(options).map(([option, value]) => ({ name: option, type: 3, value }));
  const begun = performance.now();
  const answer = double.interact(2, { id: '9', name, type: 1, options: given });
  const before = double.callbacks.length;
  while (double.callbacks.length === before) await setTimeout(1);
  times.acknowledged.push(performance.now() - begun);
  const isHere = await Promise.race([answer.then(() => true), setTimeout(PATIENCE_MS, false)]);
  if (!isHere) print('no answer on Discord', name);
  times.answered.push(performance.now() - begun);
}

async function complete(double: DiscordDouble, times: Times): Promise<void> {
  for (const [command, option, value] of [
    ['events', 'actor', 'Kim'],
    ['events', 'place', 'Хар'],
    ['event', 'id', 'mis'],
  ] as const) {
    const begun = performance.now();
    const typed = [{ name: option, type: 3, value, focused: true }];
    await double.interact(4, { id: '9', name: command, type: 1, options: typed });
    times.completed.push(performance.now() - begun);
  }
}

async function askSlack(double: SlackDouble, { name, options }: Asked, times: Times): Promise<void> {
  const words = Object.entries(options).map(([option, value]) => `${option}:"${value}"`);
  const before = double.told.length;
  const begun = performance.now();
  const acknowledged = double.send('slash_commands', { text: [name, ...words].join(' ') }).then(() => true);
  if (!(await Promise.race([acknowledged, setTimeout(PATIENCE_MS, false)])))
    return print('not acknowledged on Slack', name);
  times.acknowledged.push(performance.now() - begun);
  while (double.told.length === before && performance.now() - begun < PATIENCE_MS) await setTimeout(1);
  if (double.told.length === before) print('no answer on Slack', name);
  times.answered.push(performance.now() - begun);
}

/** Lets a digest be due in 1,000 channels at the next full minute but one. */
async function subscribeAll(): Promise<void> {
  const db = await openDatabase({ directory });
  const due = new Date(Math.ceil((Date.now() + 20_000) / 60_000) * 60_000);
  await db.transaction(async (tx) => {
    for (let number = 0; number < CHANNELS; number += 1) {
      const address = String(500_000_000_000_000_000n + BigInt(number));
      const place = aPlace(address, 0, `channel-${number}`);
      discord.places.set(address, place);
      discord.emit('CHANNEL_CREATE', place);
      await saveSubscription(tx, {
        id: `bench-${number}`,
        channel: { platform: 'discord', address },
        topic: topic.id,
        time: due.toISOString().slice(11, 16),
        zone: 'UTC',
        language: number % 2 === 0 ? 'en' : 'fr',
        created: new Date(Date.now() - 3_600_000),
      });
    }
  });
  await db.close();
}

/** How many milliseconds it takes from the first post to the last. */
async function untilPosted(): Promise<number> {
  const posted = () =>
    [...discord.messages.values()].filter(({ channel_id: place }) => place.startsWith('5')).length;
  while (posted() === 0) await setTimeout(20);
  const begun = performance.now();
  while (posted() < CHANNELS) await setTimeout(200);
  return performance.now() - begun;
}

function tell(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(0);
  print(`  ${what}, ms`, `p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)} (${sorted.length})`);
}

function print(what: string, value: string | number): void {
  process.stdout.write(`${what.padEnd(34)}${value}\n`);
}
