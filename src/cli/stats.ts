import type { Config } from '../config.ts';
import { openDatabase } from '../store/database.ts';
import { statistics, type Count } from '../store/upkeep/statistics.ts';
import type { Io } from './io.ts';
import { locationOf } from './location.ts';

const MOST_SOURCES = 20;
const MOST_MONTHS = 36;
const BAR = 40;

/** `tumen stats`: what is stored, by language, source, kind and month, with bars. */
export async function statsCommand(topic: string, config: Config, io: Io): Promise<void> {
  const db = await openDatabase(locationOf(config));
  try {
    const found = await statistics(db, topic);
    for (const { name, count } of found.totals) await io.print(`${String(count).padStart(9)} ${name}`);
    await chart(io, 'Items by language', found.itemsByLanguage);
    await chart(io, 'Items by source', found.itemsBySource.slice(0, MOST_SOURCES));
    await chart(io, 'Items by month', found.itemsByMonth.slice(-MOST_MONTHS));
    await chart(io, 'Events by kind', found.eventsByKind);
    await chart(io, 'Events by status', found.eventsByStatus);
    await chart(io, 'Events by month', found.eventsByMonth.slice(-MOST_MONTHS));
  } finally {
    await db.close();
  }
}

async function chart(io: Io, title: string, counts: readonly Count[]): Promise<void> {
  if (counts.length === 0) return;
  await io.print(`\n${title}`);
  const most = Math.max(...counts.map(({ count }) => count));
  const width = Math.max(...counts.map(({ name }) => name.length));
  for (const { name, count } of counts) {
    const bar = '█'.repeat(Math.ceil((count / most) * BAR));
    await io.print(`  ${name.padEnd(width)} ${String(count).padStart(8)} ${bar}`);
  }
}
