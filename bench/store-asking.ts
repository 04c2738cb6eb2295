import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { makeAnswer } from '../commands/answer.ts';
import { commandsFor } from '../commands/index.ts';
import type { NewsEvent } from '../src/model.ts';
import { detectLanguage } from '../src/language/detect.ts';
import { openDatabase, type Database, type Location } from '../src/store/database.ts';
import { findCandidates, findEvent, findEvents } from '../src/store/events.ts';
import { countFoundItems, searchEvents, searchItems } from '../src/store/searching.ts';
import { addDays } from '../src/time.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { makeNews, type News } from './store-news.ts';

/**
 * `node bench/store-asking.ts LOCATION ITEMS EVENTS`: opens an archive that bench/store.ts has filled, as the bot does,
 * asks it what people ask, and prints how long that took and how much memory the process has taken by then.
 */
const ROUNDS = 200;
/** Ranks of the words that are looked for: from the commonest to the rare. */
const RANKS = [20, 60, 150, 400, 1000, 3000, 9000];
const LANGUAGES = ['en', 'fr', 'ru', 'ko', 'ja', 'zh'] as const;
/** What somebody has typed so far, in several scripts. */
const TYPED = ['Kh', 'Хар', '하르', 'ハル', '2024-0', '金', 'Kim J', 'x', '', 'Wagner', '미', 'ob'];

const topic = loadTopic(fileURLToPath(new URL('../src/topics/dprk-russia', import.meta.url)));
const [location = '', items = '0', events = '0'] = process.argv.slice(2);
const start = performance.now();
const db = await openDatabase(JSON.parse(location) as Location);
print('open ms', round(performance.now() - start));
detectLanguage('A bot knows which language a text is in.');
await ask(db, makeNews(Number(items)), Number(events));
await askCommands(db);
print('resident MB', Math.round(process.memoryUsage.rss() / 1e6));
await db.close();

async function ask(db: Database, news: News, eventCount: number): Promise<void> {
  const some = (round_: number): NewsEvent => news.event((round_ * 7919) % eventCount);
  const word = (round_: number, shift = 0) =>
    news.word(
      LANGUAGES[round_ % LANGUAGES.length] ?? 'en',
      (RANKS[(round_ + shift) % RANKS.length] ?? 0) + shift,
    );
  const all = { topic: topic.id, limit: 10 };
  await time('items by one word', (n) => searchItems(db, { text: word(n), limit: 20 }));
  await time('items by two words', (n) => searchItems(db, { text: `${word(n)} ${word(n, 1)}`, limit: 20 }));
  await time('items by phrase', (n) => searchItems(db, { text: `"${word(n)} ${word(n, 1)}"`, limit: 20 }));
  await time('items by word and month', (n) => {
    const from = some(n).when?.start;
    return searchItems(db, { text: word(n), from, to: from && addDays(from, 30), limit: 20 });
  });
  await time('items counted', (n) => countFoundItems(db, { text: word(n) }));
  await time('event by id', (n) => findEvent(db, some(n).id));
  await time('events of ten days', (n) => {
    const from = some(n).when?.start;
    return findEvents(db, { ...all, from, to: from && addDays(from, 10) });
  });
  await time('events by place', (n) => findEvents(db, { ...all, place: some(n).places[0] }));
  await time('events by actor, kind', (n) =>
    findEvents(db, { ...all, actor: some(n).actors[0], kind: some(n).kind }),
  );
  await time('events by word', (n) => findEvents(db, { ...all, text: word(n) }));
  await time('events by fit', (n) => searchEvents(db, { ...all, text: word(n) }));
  await time('events as of a day', (n) => findEvents(db, { ...all, asOf: some(n).changed }));
  await time('candidates for folding', (n) => {
    const { when, places, actors } = some(n);
    if (when === undefined) return Promise.resolve([]);
    return findCandidates(db, {
      topic: topic.id,
      from: addDays(when.start, -3),
      to: addDays(when.start, 3),
      keys: [...places, ...actors],
    });
  });
}

/** Asks as a platform does, through the commands. */
async function askCommands(db: Database): Promise<void> {
  const silent = { info: () => undefined, error: () => undefined };
  const answer = makeAnswer({
    commands: commandsFor(topic),
    db,
    clock: () => new Date(),
    topic,
    zone: 'UTC',
    log: silent,
  });
  const reader = {
    channel: { platform: 'terminal', address: '' },
    id: 'bench',
    language: 'en',
    manages: false,
  } as const;
  const typed = (round_: number) => TYPED[round_ % TYPED.length] ?? '';
  await time('autocomplete of places', (n) =>
    answer.choices({ command: 'events', options: { place: typed(n) } }, 'place', reader),
  );
  await time('autocomplete of events', (n) =>
    answer.choices({ command: 'event', options: { id: typed(n) } }, 'id', reader),
  );
}

/**
 * Prints in ms the median, the 95th percentile and the longest time, the processor's mean over all threads (all that can
 * be compared on a machine that does other things as well), and the longest hold-up of the main loop.
 */
async function time(what: string, work: (round: number) => Promise<unknown>): Promise<void> {
  const lag = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  // The first few find cold caches and code that is not compiled yet.
  for (let round_ = 0; round_ < 5; round_ += 1) await work(round_);
  lag.enable();
  const used = process.cpuUsage();
  for (let round_ = 0; round_ < ROUNDS; round_ += 1) {
    const began = performance.now();
    await work(round_);
    times.push(performance.now() - began);
    await new Promise((resolve) => setImmediate(resolve));
  }
  lag.disable();
  const { user, system } = process.cpuUsage(used);
  times.sort((a, b) => a - b);
  const at = (part: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  print(
    what,
    `p50 ${at(0.5)}  p95 ${at(0.95)}  max ${at(1)}  processor ${round((user + system) / 1000 / ROUNDS)}  lag p99 ${round(lag.percentile(99) / 1e6)} max ${round(lag.max / 1e6)}`,
  );
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}

function print(what: string, value: string | number): void {
  process.stdout.write(`${what.padEnd(26)}${value}\n`);
}
