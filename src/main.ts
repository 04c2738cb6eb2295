import { existsSync } from 'node:fs';
import { makeAnswer } from '../commands/answer.ts';
import { formOf } from '../commands/forms.ts';
import { commandsFor } from '../commands/index.ts';
import { type Speech, speechIn } from '../digests/speech.ts';
import type { Answer, Platform } from './channels/platform.ts';
import { makeTerminal, type Terminal } from './channels/terminal.ts';
import { type Config, readConfig } from './config.ts';
import { ConfigError, DataError, PostError, StoreError } from './errors.ts';
import { aMessage, words } from './message.ts';
import { type Archive, openArchive } from './jobs/archive.ts';
import { makeArticleTools } from './jobs/article-tools.ts';
import { type Ingest, ingestRound } from './jobs/ingest.ts';
import { planDue, publishDue } from './jobs/publish.ts';
import { roundMessage } from './jobs/round-message.ts';
import { type Stop, startJobs } from './jobs/schedule.ts';
import { openSlack } from './jobs/slack.ts';
import { starterRequest } from './jobs/starter.ts';
import { upkeepJob } from './jobs/upkeep.ts';
import { openWeb, type Web } from './jobs/web.ts';
import { openWebSub, type WebSub } from './jobs/websub.ts';
import { type Log, makeLog } from './log.ts';
import { findSubscription, findSubscriptions, saveSubscription } from './store/subscriptions.ts';
import { dayAt } from './time.ts';

const clock = () => new Date();

/** Everything that runs, and how to stop it. */
interface Bot {
  readonly config: Config;
  readonly log: Log;
  readonly speech: Speech;
  readonly archive: Archive;
  readonly answer: Answer;
  readonly terminal: Terminal | undefined;
  readonly platforms: readonly Platform[];
  readonly ingest: Ingest;
  readonly web: Web;
  /** How many subscriptions live on the feeds. */
  readonly readers: { count: number };
  readonly leaving: AbortController;
}

/** The bot: settings, archive, platforms, jobs. Resolves when it has stopped. */
async function run(): Promise<void> {
  const config = readConfig(process.env);
  const isOnce = process.argv.includes('--once');
  const bot = await assemble(config, isOnce);
  process.once('SIGINT', () => leave(bot));
  process.once('SIGTERM', () => leave(bot));
  const forms = commandsFor(bot.archive.absorber.topic).map(formOf);
  let stopJobs: Stop | undefined;
  let webSub: WebSub | undefined;
  try {
    if (!isOnce) webSub = await openWebSub(config, bot.ingest, bot.leaving.signal);
    await showStarter(bot);
    for (const platform of bot.platforms) await platform.start(forms, bot.answer);
    // Milliseconds since the process began.
    const names = bot.platforms.map(({ name }) => name);
    bot.log.info({ platforms: names, ms: Math.round(performance.now()) }, 'ready');
    await visitFeeds(bot);
    if (!isOnce && !bot.leaving.signal.aborted) {
      await subscribeTerminal(bot);
      stopJobs = startJobs([...jobsOf(bot), ...(webSub?.jobs ?? [])], bot.log);
      await showHello(bot);
      await left(bot);
    }
  } finally {
    await stopJobs?.();
    await webSub?.close();
    for (const platform of bot.platforms) await platform.stop();
    await bot.web.close();
    await bot.archive.db.close();
  }
}

async function assemble(config: Config, isOnce: boolean): Promise<Bot> {
  const leaving = new AbortController();
  const isPerson = isOnce || (process.stdin.isTTY && process.stdout.isTTY);
  const log = makeLog(isPerson ? { ...config, LOG_LEVEL: 'silent' } : config);
  const speech = speechIn(config.LANGUAGE);
  const terminal = isPerson ? terminalFor(config, leaving, isOnce) : undefined;
  const archive = await openArchive(config, (done, total) =>
    terminal?.progress(speech.say('history.progress', { done, total })),
  );
  terminal?.progress('');
  const { db, absorber } = archive;
  const topic = absorber.topic;
  const readers = { count: 0 };
  const web = openWeb(config, { clock, subscribers: () => readers.count, signal: leaving.signal });
  const platforms: readonly Platform[] = [
    ...(terminal === undefined ? [] : [terminal]),
    ...(isOnce ? [] : await chatPlatforms(config, db, log)),
  ];
  const commands = commandsFor(topic);
  const answer = makeAnswer({
    commands,
    db,
    clock,
    topic,
    web: web.tools,
    articles: makeArticleTools(absorber),
    // Whoever types in a terminal reads the answer there; nobody else does.
    post: async ({ platform, address }, message, posting) => {
      if (platform === 'terminal') return;
      await platforms.find(({ name }) => name === platform)?.post(address, message, posting);
    },
    zone: config.ZONE,
    log,
  });
  const ingest = {
    db,
    absorber,
    feeds: topic.feeds,
    fetch: web.fetch,
    parse: web.parse,
    fullText: web.fullText,
    queue: web.queue,
    clock,
    log,
    random: Math.random,
  };
  return { config, log, speech, archive, answer, terminal, platforms, ingest, web, readers, leaving };
}

function terminalFor({ LANGUAGE, ZONE }: Config, leaving: AbortController, isOnce: boolean): Terminal {
  return makeTerminal({
    input: process.stdin,
    output: process.stdout,
    language: LANGUAGE,
    zone: ZONE,
    leave: () => leaving.abort(),
    takesCommands: !isOnce,
  });
}

/** Platforms are loaded only when they are set up: each library costs half a second and tens of megabytes. */
async function chatPlatforms(config: Config, db: Archive['db'], log: Log): Promise<Platform[]> {
  const { DISCORD_TOKEN: token, DISCORD_GUILD: guild, DISCORD_API: api } = config;
  const onFault = (what: string, error: unknown) => log.error({ err: error }, what);
  const platforms: Platform[] = [];
  if (token !== undefined) {
    const { makeDiscord } = await import('./channels/discord/discord.ts');
    platforms.push(makeDiscord({ token, guild, api, onFault }));
  }
  const slack = await openSlack(config, db, log);
  return slack === undefined ? platforms : [...platforms, slack];
}

async function showStarter({ terminal, archive, answer, config }: Bot): Promise<void> {
  if (terminal === undefined) return;
  const request = await starterRequest(archive.db, archive.absorber.topic.id, dayAt(clock(), config.ZONE));
  const asker = {
    channel: { platform: 'terminal', address: 'screen' },
    id: 'screen',
    language: config.LANGUAGE,
    zone: config.ZONE,
    manages: true,
  } as const;
  await terminal.post('screen', { ...(await answer.run(request, asker)), actions: [] }, { key: 'starter' });
}

/** One round of visits, with a progress line for whoever watches. */
async function visitFeeds({ ingest, readers, terminal, speech, leaving, config, log }: Bot): Promise<void> {
  const subscriptions = await findSubscriptions(ingest.db);
  readers.count = subscriptions.filter(({ paused }) => paused === undefined).length;
  const report = await ingestRound(ingest, {
    signal: leaving.signal,
    onProgress: ({ visited, due, newItems: items, hits }) =>
      terminal?.progress(speech.say('round.progress', { visited, due, items, hits })),
  });
  const offline = report.failures.filter(({ isOffline }) => isOffline).length;
  log.info({ ...report, failures: report.failures.length, offline }, 'round ended');
  if (offline > 0 && offline === report.due) log.warn('no feed read: this machine seems to have no network');
  terminal?.progress('');
  if (terminal === undefined || report.due === 0 || leaving.signal.aborted) return;
  await terminal.post('screen', roundMessage(report, speech, config.ZONE), { key: clock().toISOString() });
}

/** Whoever sits at the terminal gets a digest a day, as any channel that asked for one. */
async function subscribeTerminal({ terminal, archive, config }: Bot): Promise<void> {
  if (terminal === undefined) return;
  const { db, absorber } = archive;
  const known = await findSubscription(db, 'terminal');
  await saveSubscription(db, {
    created: clock(),
    ...known,
    id: 'terminal',
    channel: { platform: 'terminal', address: 'screen' },
    topic: absorber.topic.id,
    time: config.DIGEST_TIME,
    zone: config.ZONE,
    language: config.LANGUAGE,
  });
}

async function showHello({ terminal, speech, config }: Bot): Promise<void> {
  const hello = aMessage({
    title: [words(speech.say('terminal.hello'))],
    language: speech.language,
    zone: config.ZONE,
  });
  await terminal?.post('screen', hello, { key: 'hello' });
}

function jobsOf(bot: Bot) {
  const { archive, platforms, log } = bot;
  const { signal } = bot.leaving;
  const publish = { db: archive.db, topic: archive.absorber.topic, platforms, clock, log, signal };
  return [
    { name: 'ingest', everyMinutes: bot.config.POLL_EVERY_MINUTES, run: () => visitFeeds(bot) },
    // What is due is recorded every minute, also while posts of the minute before still wait for their platform.
    { name: 'plan', everyMinutes: 1, run: () => planDue(publish) },
    { name: 'publish', everyMinutes: 1, run: () => publishDue(publish) },
    upkeepJob({ db: archive.db, config: bot.config, clock, log }),
  ];
}

/** Lets everything end; asked a second time, ends at once. */
function leave({ leaving }: Bot): void {
  leaving.abort();
  process.once('SIGINT', () => process.exit(130));
}

function left({ leaving: { signal } }: Bot): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** What an operator is told when the bot cannot run: a sentence for what can be mended, never a stack trace. */
function complain(error: unknown): void {
  const isTheirs = error instanceof ConfigError || error instanceof DataError || error instanceof StoreError;
  const message = error instanceof Error ? error.message : 'unknown';
  if (error instanceof PostError) {
    process.stderr.write(`${message}. See whether it can be reached from here, then start Tumen again.\n`);
    process.exitCode = 2;
    return;
  }
  process.stderr.write(isTheirs ? `${message}\n` : `Something went wrong inside Tumen: ${message}\n`);
  process.exitCode = isTheirs ? 2 : 1;
}

// Node's own --env-file-if-exists says on every run that there is none.
if (existsSync('.env')) process.loadEnvFile();
await run().catch(complain);
