import { fileURLToPath } from 'node:url';
import { kindName } from '../../digests/names.ts';
import { speechIn } from '../../digests/speech.ts';
import { columnsOf } from '../channels/terminal-text.ts';
import type { Config } from '../config.ts';
import { harmless } from '../message.ts';
import { openDatabase } from '../store/database.ts';
import { countEventsBy } from '../store/facets.ts';
import { statistics, type Count } from '../store/upkeep/statistics.ts';
import { loadTopic } from '../topics/topic.ts';
import type { Io } from './io.ts';
import { locationOf } from './location.ts';

const MOST_BARS = 20;
const MOST_MONTHS = 36;
const BAR_COLUMNS = 40;
const LONGEST_NAME = 30;
/** Eighths of a column, the least first. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

const english = speechIn('en');

/** `tumen stats`: what is stored, by language, source, kind, status and month, with bars. */
export async function statsCommand(topic: string, config: Config, io: Io): Promise<void> {
  const db = await openDatabase(locationOf(config));
  try {
    const found = await statistics(db, topic);
    const teller = { topic: loadTopic(topicFolder(topic)), speech: english };
    const kinds = found.eventsByKind.map(({ name, count }) => ({ name: kindName(name, teller), count }));
    await table(io, found.totals);
    await timeChart(io, 'Events by month', found.eventsByMonth);
    await chart(io, 'Events by kind', kinds);
    await chart(io, 'Events by status', found.eventsByStatus);
    await chart(
      io,
      'Events by language of their pages',
      named(await countEventsBy(db, 'language', { topic })),
    );
    await chart(io, 'Events by source', await countEventsBy(db, 'source', { topic }));
    await timeChart(io, 'Articles by month', found.itemsByMonth);
    await chart(io, 'Articles by language', named(found.itemsByLanguage));
    await chart(io, 'Articles by source', found.itemsBySource);
  } finally {
    await db.close();
  }
}

function topicFolder(topic: string): string {
  return fileURLToPath(new URL(`../topics/${topic}`, import.meta.url));
}

async function table(io: Io, counts: readonly Count[]): Promise<void> {
  const widest = Math.max(...counts.map(({ count }) => english.number(count).length));
  for (const { name, count } of counts) {
    await io.print(`${english.number(count).padStart(widest)}  ${name}`);
  }
}

/** The largest, a bar for each; where there are too many, the last line counts the rest. */
async function chart(io: Io, title: string, counts: readonly Count[]): Promise<void> {
  const left = counts.length - MOST_BARS;
  await bars(io, title, counts.slice(0, MOST_BARS));
  if (left > 0) await io.print(`  and ${english.number(left)} others`);
}

/** The latest months with anything in them, and those between. */
async function timeChart(io: Io, title: string, counts: readonly Count[]): Promise<void> {
  await bars(io, title, months(counts.slice(-MOST_MONTHS)).slice(-MOST_MONTHS));
}

async function bars(io: Io, title: string, shown: readonly Count[]): Promise<void> {
  if (shown.length === 0) return;
  const most = Math.max(...shown.map(({ count }) => count));
  const names = shown.map(({ name }) => shortened(harmless(name)));
  const widest = Math.max(...names.map(columnsOf));
  await io.print(`\n${title}`);
  for (const [index, { count }] of shown.entries()) {
    const name = names[index] ?? '';
    const room = ' '.repeat(widest - columnsOf(name));
    await io.print(`  ${name}${room}  ${english.number(count).padStart(9)} ${bar(count / most)}`.trimEnd());
  }
}

/** A bar as long as its part of the longest, in eighths of a column. */
function bar(part: number): string {
  const eighths = Math.round(part * BAR_COLUMNS * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

/** Months in which there was nothing are told too: a chart that leaves them out misleads. */
function months(counts: readonly Count[]): Count[] {
  const [first, last] = [counts.at(0)?.name, counts.at(-1)?.name];
  if (first === undefined || last === undefined) return [];
  const known = new Map(counts.map(({ name, count }) => [name, count]));
  const all: Count[] = [];
  for (let month = numberOf(first); month <= numberOf(last); month += 1) {
    const name = `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
    all.push({ name, count: known.get(name) ?? 0 });
  }
  return all;
}

/** Months since the year 0. */
function numberOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function named(counts: readonly Count[]): Count[] {
  return counts.map(({ name, count }) => ({ name: english.languageName(name), count }));
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).toWellFormed()}…` : name;
}
