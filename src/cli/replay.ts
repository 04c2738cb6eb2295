import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { compose } from '../../digests/compose.ts';
import { endOf } from '../../digests/period.ts';
import { speechIn, spoken } from '../../digests/speech.ts';
import { renderTerminal } from '../channels/terminal-render.ts';
import { UserError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { Day, Item, Period } from '../model.ts';
import { type Archive, openPassingArchive } from '../jobs/archive.ts';
import { findChanges } from '../store/events.ts';
import { publishersOf } from '../topics/publishers.ts';
import { addDays, dayAt, dayFrom, isZone, startOf } from '../time.ts';
import { linesOf } from './console.ts';
import type { Io } from './io.ts';
import { itemLines } from './item-lines.ts';

export interface ReplayOptions {
  /** A file of JSON Lines, or `-` for standard input. */
  readonly stream: string;
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly lang: string;
  readonly json?: boolean;
  /** Whether the shipped history takes part; it does unless said. */
  readonly history?: boolean;
}

/** What is replayed, once its options have been read. */
interface Replay {
  readonly from: Day;
  readonly to: Day;
  readonly zone: string;
  readonly language: string;
  readonly isJson: boolean;
  readonly archive: Archive;
  readonly io: Io;
}

const WIDTH = 100;
/** Items that are matched and stored in one go. */
const BATCH = 50;

/**
 * `tumen replay`: lets a stream of items pass by and prints the digest of each day as it would have been posted.
 * Past events of the shipped history are told on the day on which they became known. An item whose source is the host of a
 * feed of the topic comes from the publisher of that feed.
 *
 * @throws {UserError} when an option cannot be understood or the file cannot be read
 */
export async function replayCommand(options: ReplayOptions, io: Io): Promise<void> {
  const { stream, zone, lang: language, json: isJson = false, history = true } = options;
  const [from, to] = [dayIn(options.from, '--from'), dayIn(options.to, '--to')];
  if (to < from) throw new UserError(`--to ${to} is before --from ${from}.`);
  if (!isZone(zone)) throw new UserError(`'${zone}' is no time zone; write one like Europe/Paris.`);
  if (!spoken.includes(language))
    throw new UserError(`'${language}' is not spoken; choose one of ${spoken.join(', ')}.`);
  const source = await sourceOf(stream, io);
  const archive = await openPassingArchive(history);
  try {
    await replay({ from, to, zone, language, isJson, archive, io: source });
  } finally {
    await archive.db.close();
  }
}

async function replay(wish: Replay): Promise<void> {
  const { from, to, zone, archive, io } = wish;
  let day: Day | undefined;
  let next = from;
  let waiting: Item[] = [];
  let seen = 0;
  const sources = new Map<Day, Set<string>>();
  const publisherOf = publishersOf(archive.absorber.topic.feeds);
  const publisherAt = (host: string) => publisherOf({ outlet: host, url: `https://${host}` });
  const absorb = async () => {
    const items = waiting.map((item) => ({ item, keys: [`id:${item.id}`] }));
    waiting = [];
    await archive.absorber.receive(archive.db, items, { keepsMisses: false });
  };
  const endDays = async (until: Day) => {
    await absorb();
    await archive.absorber.foldPending(archive.db);
    for (; next <= to && next < until; next = addDays(next, 1)) {
      await printed(wish, next, sources.get(next)?.size ?? 0);
      sources.delete(next);
    }
  };
  let now = startOf(from, zone);
  for await (const { item: read } of itemLines(io, now)) {
    // Who reads a stream sees what has no date when it comes by.
    if (read.published !== undefined) now = read.seen;
    const item = { ...read, seen: now, source: publisherAt(read.source.name) ?? read.source };
    const today = dayAt(now, zone);
    if (today > to) continue;
    if (day !== undefined && today > day) await endDays(today);
    day = day === undefined || today > day ? today : day;
    sources.set(today, (sources.get(today) ?? new Set()).add(item.source.name));
    waiting.push(item);
    if (waiting.length >= BATCH) await absorb();
    io.progress(`${(seen += 1)} items, ${today}`);
  }
  await endDays(addDays(to, 1));
}

async function printed(
  { archive, language, zone, isJson, io }: Replay,
  day: Day,
  read: number,
): Promise<void> {
  const period: Period = { from: day, to: day, zone };
  const { topic } = archive.absorber;
  const until = endOf(period);
  const changes = await findChanges(archive.db, { topic: topic.id, from: startOf(day, zone), to: until });
  const edition = {
    period,
    cutOff: until,
    events: changes.map(({ after }) => after),
    told: new Map(changes.flatMap(({ before }) => (before === undefined ? [] : [[before.id, before]]))),
    coverage: { read, failing: [] },
  };
  const message: Message = compose(edition, { topic, speech: speechIn(language) });
  await io.print(
    isJson ? JSON.stringify({ day, ...message }) : renderTerminal(message, { width: WIDTH, colour: false }),
  );
}

function dayIn(text: string, option: string): Day {
  const day = dayFrom(text);
  if (day === undefined) throw new UserError(`${option} '${text}' is no day; write it like 2024-01-03.`);
  return day;
}

/** Standard input, or the lines of a file in its place. */
async function sourceOf(stream: string, io: Io): Promise<Io> {
  if (stream === '-') return io;
  try {
    await access(stream);
  } catch (error) {
    throw new UserError(`The file ${stream} cannot be read.`, { cause: error });
  }
  return { ...io, lines: () => linesOf(createReadStream(stream)) };
}
