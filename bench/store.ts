import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDatabase, type Database, type Location } from '../src/store/database.ts';
import { saveEvents } from '../src/store/events.ts';
import { countItems, saveItems } from '../src/store/items.ts';
import { raw, sql } from '../src/store/engines/sql.ts';
import { startPostgres } from '../test/postgres.ts';
import { makeNews, type News } from './store-news.ts';
import { spentBy } from './store-server.ts';

const USAGE = 'Usage: node bench/store.ts [sqlite|postgres] ITEMS [EVENTS [FOLDER]]';
const BATCH = 500;
/** Items of one visit of a feed, and how many visits are measured. */
const VISIT = 20;
const VISITS = 100;
const ASKING = fileURLToPath(new URL('store-asking.ts', import.meta.url));

const [engine = 'sqlite', items = '10000', events = '20000', folder] = process.argv.slice(2);
if (!['sqlite', 'postgres'].includes(engine) || !(Number(items) > 0)) throw new Error(USAGE);
await measure(engine, Number(items), Number(events));

/**
 * Fills an archive with made news, asks it what people ask, prints how long it took, and removes it. A folder that is
 * named is kept, and when it holds an archive already that one is asked.
 */
async function measure(name: string, itemCount: number, eventCount: number): Promise<void> {
  const directory = folder ?? (await mkdtemp(join(tmpdir(), 'tumen-bench-')));
  const server = name === 'postgres' ? await startPostgres({ safe: true }) : undefined;
  try {
    const location: Location = server === undefined ? { directory } : { url: server.url('postgres') };
    print('engine', name);
    print('items', itemCount);
    const filling = await openDatabase(location);
    if ((await countItems(filling)) === 0)
      await fill(filling, makeNews(itemCount), { itemCount, eventCount });
    print('disk MB', Math.round((await bytesIn(filling, directory)) / 1e6));
    // What a server does by itself, a minute later.
    if (server !== undefined) await filling.query(raw(`vacuum analyze`));
    await filling.close();
    const asking = [ASKING, JSON.stringify(location), String(itemCount), String(eventCount)];
    await once(spawn(process.execPath, asking, { stdio: 'inherit' }), 'exit');
  } finally {
    await server?.stop();
    if (folder === undefined) await rm(directory, { recursive: true, force: true });
  }
}

async function fill(
  db: Database,
  news: News,
  { itemCount, eventCount }: { itemCount: number; eventCount: number },
): Promise<void> {
  const before = await spentBy(db);
  await storeItems(db, news, { from: 0, to: itemCount, atOnce: BATCH });
  const after = await spentBy(db);
  if (before !== undefined && after !== undefined) {
    const processor = (after.processorMs - before.processorMs) / itemCount;
    print('  server, ms of processor', `${processor.toFixed(2)} an item`);
    print(
      '  server, kB of its log',
      `${((after.logBytes - before.logBytes) / itemCount / 1000).toFixed(1)} an item`,
    );
  }
  // As visits of feeds bring them, once the archive is large.
  await storeItems(db, news, { from: itemCount, to: itemCount + VISITS * VISIT, atOnce: VISIT });
  const began = performance.now();
  for (let start = 0; start < eventCount; start += VISIT) {
    await saveEvents(
      db,
      Array.from({ length: Math.min(VISIT, eventCount - start) }, (_, place) => news.event(start + place)),
    );
  }
  print('events stored per s', Math.round((eventCount / (performance.now() - began)) * 1000));
}

/** Stores the items of some numbers and prints how fast, and for how long each piece of work held up the main loop. */
async function storeItems(
  db: Database,
  news: News,
  { from, to, atOnce }: { from: number; to: number; atOnce: number },
): Promise<void> {
  const lag = monitorEventLoopDelay({ resolution: 1 });
  let [busy, processor] = [0, 0];
  for (let start = from; start < to; start += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, to - start) }, (_, place) => {
      const item = news.item(start + place);
      return { item, keys: [`url:${item.url ?? ''}`, `guid:${item.id}`] };
    });
    // The first round of the loop is not measured, and what holds it up to the end is seen only by the next.
    lag.enable();
    await setTimeout(2);
    const [began, used] = [performance.now(), process.cpuUsage()];
    await saveItems(db, batch);
    busy += performance.now() - began;
    const { user, system } = process.cpuUsage(used);
    processor += (user + system) / 1000;
    await setTimeout(2);
    lag.disable();
  }
  print(`items per s, ${atOnce} at once`, Math.round(((to - from) / busy) * 1000));
  // On a machine that does other things as well, only this can be compared.
  print('  per s of processor', Math.round(((to - from) / processor) * 1000));
  const [most, longest] = [lag.percentile(99), lag.max].map((ns) => Math.round(ns / 1e6));
  print('  holds up the loop, ms', `p99 ${most}  max ${longest}`);
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

function print(what: string, value: string | number): void {
  process.stdout.write(`${what.padEnd(26)}${value}\n`);
}
