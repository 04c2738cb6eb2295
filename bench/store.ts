import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { NewsEvent } from '../src/model.ts';
import { openDatabase, type Database, type Location } from '../src/store/database.ts';
import { findCandidates, findEvent, findEvents, saveEvents } from '../src/store/events.ts';
import { saveItems } from '../src/store/items.ts';
import { sql } from '../src/store/engines/sql.ts';
import { searchEvents, searchItems } from '../src/store/searching.ts';
import { addDays } from '../src/time.ts';
import { startPostgres } from '../test/postgres.ts';
import { makeNews, type News } from './store-news.ts';

const USAGE = 'Usage: node bench/store.ts [sqlite|postgres] ITEMS [EVENTS]';
const BATCH = 500;
const ROUNDS = 200;
/** Ranks of the words that are looked for: from the commonest to the rare. */
const RANKS = [20, 60, 150, 400, 1000, 3000, 9000];
const LANGUAGES = ['en', 'fr', 'ru', 'ko', 'ja', 'zh'] as const;

const [engine = 'sqlite', items = '10000', events = '20000'] = process.argv.slice(2);
if (!['sqlite', 'postgres'].includes(engine) || !(Number(items) > 0)) throw new Error(USAGE);
await measure(engine, Number(items), Number(events));

/** Fills an archive with made news, asks it what people ask, prints how long it took, and removes it. */
async function measure(name: string, itemCount: number, eventCount: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'tumen-bench-'));
  const server = name === 'postgres' ? await startPostgres({ safe: true }) : undefined;
  try {
    const location: Location = server === undefined ? { directory } : { url: server.url('postgres') };
    print('engine', name);
    print('items', itemCount);
    const news = makeNews(itemCount);
    const filling = await openDatabase(location);
    await fill(filling, news, { itemCount, eventCount });
    print('disk MB', Math.round((await bytesIn(filling, directory)) / 1e6));
    await filling.close();

    const start = performance.now();
    const db = await openDatabase(location);
    print('open ms', round(performance.now() - start));
    await ask(db, news, eventCount);
    print('resident MB', Math.round(process.memoryUsage.rss() / 1e6));
    await db.close();
  } finally {
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function fill(
  db: Database,
  news: News,
  { itemCount, eventCount }: { itemCount: number; eventCount: number },
): Promise<void> {
  let [busy, processor] = [0, 0];
  for (let start = 0; start < itemCount; start += BATCH) {
    const count = Math.min(BATCH, itemCount - start);
    const batch = Array.from({ length: count }, (_, place) => {
      const item = news.item(start + place);
      return { item, keys: [`url:${item.url ?? ''}`, `guid:${item.id}`] };
    });
    const [began, used] = [performance.now(), process.cpuUsage()];
    await saveItems(db, batch);
    busy += performance.now() - began;
    const { user, system } = process.cpuUsage(used);
    processor += (user + system) / 1000;
  }
  print('items stored per s', Math.round((itemCount / busy) * 1000));
  // On a machine that does other things as well, only this can be compared.
  print('  per s of processor', Math.round((itemCount / processor) * 1000));
  const began = performance.now();
  for (let start = 0; start < eventCount; start += 20) {
    await saveEvents(
      db,
      Array.from({ length: Math.min(20, eventCount - start) }, (_, place) => news.event(start + place)),
    );
  }
  print('events stored per s', Math.round((eventCount / (performance.now() - began)) * 1000));
}

async function ask(db: Database, news: News, eventCount: number): Promise<void> {
  const some = (round_: number): NewsEvent => news.event((round_ * 7919) % eventCount);
  const word = (round_: number, shift = 0) =>
    news.word(
      LANGUAGES[round_ % LANGUAGES.length] ?? 'en',
      (RANKS[(round_ + shift) % RANKS.length] ?? 0) + shift,
    );
  const all = { topic: 'bench', limit: 10 };
  await time('items by one word', (n) => searchItems(db, { text: word(n), limit: 20 }));
  await time('items by two words', (n) => searchItems(db, { text: `${word(n)} ${word(n, 1)}`, limit: 20 }));
  await time('items by phrase', (n) => searchItems(db, { text: `"${word(n)} ${word(n, 1)}"`, limit: 20 }));
  await time('items by word and month', (n) => {
    const from = some(n).when?.start;
    return searchItems(db, { text: word(n), from, to: from && addDays(from, 30), limit: 20 });
  });
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
      topic: 'bench',
      from: addDays(when.start, -3),
      to: addDays(when.start, 3),
      keys: [...places, ...actors],
    });
  });
  await time('autocomplete', (n) => findEvents(db, { ...all, text: `${word(n).slice(0, 3)}*` }));
}

/** Prints the median, the 95th percentile and the longest time in ms, and the longest hold-up of the main loop. */
async function time(what: string, work: (round: number) => Promise<unknown>): Promise<void> {
  const lag = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  lag.enable();
  for (let round_ = 0; round_ < ROUNDS; round_ += 1) {
    const start = performance.now();
    await work(round_);
    times.push(performance.now() - start);
    await new Promise((resolve) => setImmediate(resolve));
  }
  lag.disable();
  times.sort((a, b) => a - b);
  const at = (part: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  print(what, `p50 ${at(0.5)}  p95 ${at(0.95)}  max ${at(1)}  lag ${round(lag.max / 1e6)}`);
}

async function bytesIn(db: Database, directory: string): Promise<number> {
  if (db.dialect.name === 'postgres') {
    const [row] = await db.query<{ bytes: number }>(
      sql`select pg_database_size(current_database()) as bytes`,
    );
    return row?.bytes ?? 0;
  }
  const sizes = await Promise.all((await readdir(directory)).map((file) => stat(join(directory, file))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}

function print(what: string, value: string | number): void {
  process.stdout.write(`${what.padEnd(26)}${value}\n`);
}
