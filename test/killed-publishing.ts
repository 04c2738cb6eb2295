import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { publishDue } from '../src/jobs/publish.ts';
import type { NewsEvent } from '../src/model.ts';
import { type Database, type Location, openDatabase } from '../src/store/database.ts';
import { saveEvents } from '../src/store/events.ts';
import { saveSubscription } from '../src/store/subscriptions.ts';
import { aCitation, aClaim, aClaimant, anEvent, aSubscription } from './builders.ts';
import type { Errand } from './doubles/publish-in-child.ts';
import { platformAt, type Side, type SideDouble, startSide } from './doubles/sides.ts';
import { silentLog } from './newsroom.ts';
import { aTopic } from './topic.ts';

/** A point of the publishing path at which a process is killed. */
export interface Point {
  readonly name: string;
  /** What it is about to publish: a digest, an alert, or what became of an event that had its alert. */
  readonly what: 'digest' | 'alert' | 'line';
  readonly at:
    | Pick<Errand, 'statement' | 'when'>
    | Pick<Errand, 'call' | 'when'>
    /** The platform has it, and the process waits for the answer. */
    | { readonly hangs: 'post' | 'edit' };
}

const RECORDED = 'insert into delivery ';
const CLAIMED = "set state = 'sending'";
const CONFIRMED = "set state = 'posted'";
const SOUGHT = 'select id as event, max(since)';

/** Points before and after every step, from finding out what is due to the last confirmation. */
export const points: readonly Point[] = [
  { name: 'before a digest is recorded', what: 'digest', at: { statement: RECORDED, when: 'before' } },
  { name: 'while it is recorded', what: 'digest', at: { statement: RECORDED, when: 'after' } },
  { name: 'before it is claimed', what: 'digest', at: { statement: CLAIMED, when: 'before' } },
  { name: 'after it is claimed', what: 'digest', at: { statement: CLAIMED, when: 'after' } },
  { name: 'before changes are looked up', what: 'digest', at: { statement: SOUGHT, when: 'before' } },
  { name: 'before it is kept', what: 'digest', at: { statement: 'insert into issue', when: 'before' } },
  { name: 'while it is numbered', what: 'digest', at: { statement: 'digests = digests', when: 'after' } },
  { name: 'before it is sent', what: 'digest', at: { call: 'post', when: 'before' } },
  { name: 'while its answer is awaited', what: 'digest', at: { hangs: 'post' } },
  { name: 'after its answer', what: 'digest', at: { call: 'post', when: 'after' } },
  { name: 'while it is confirmed', what: 'digest', at: { statement: CONFIRMED, when: 'after' } },
  { name: 'before an alert is recorded', what: 'alert', at: { statement: RECORDED, when: 'before' } },
  {
    name: 'while its event is noted',
    what: 'alert',
    at: { statement: 'insert into delivered_event', when: 'before' },
  },
  { name: 'before it is sent', what: 'alert', at: { call: 'post', when: 'before' } },
  { name: 'while its answer is awaited', what: 'alert', at: { hangs: 'post' } },
  { name: 'before it is confirmed', what: 'alert', at: { statement: CONFIRMED, when: 'before' } },
  { name: 'before its post is edited', what: 'line', at: { call: 'edit', when: 'before' } },
  { name: 'while the edit is awaited', what: 'line', at: { hangs: 'edit' } },
  { name: 'after its post is edited', what: 'line', at: { call: 'edit', when: 'after' } },
  { name: 'before the line under it is sent', what: 'line', at: { call: 'post', when: 'before' } },
  { name: 'while the answer to the line is awaited', what: 'line', at: { hangs: 'post' } },
  { name: 'after the line', what: 'line', at: { call: 'post', when: 'after' } },
  { name: 'before the line is confirmed', what: 'line', at: { statement: CONFIRMED, when: 'before' } },
];

/** What stands in the channel after another process has gone on. */
export interface Left {
  /** The digest or alert. */
  readonly copies: number;
  /** What was added to the thread of the alert. */
  readonly lines: number;
  /** Whether the post says what has become of the event. */
  readonly isCurrent: boolean;
  readonly violations: readonly string[];
}

const CHILD = fileURLToPath(new URL('doubles/publish-in-child.ts', import.meta.url));
const MINUTE_MS = 60_000;
/** After so many minutes what a dead process had claimed is free. */
const LATER = [6, 12];
const PATIENCE_MS = 20_000;

/**
 * Kills a process with kill -9 at a point of publishing, lets another go on after the leases have ended, and tells what stands
 * in the channel.
 */
export async function killAt(point: Point, side: Side, location: Location): Promise<Left> {
  const double = await startSide(side);
  const db = await openDatabase(location);
  try {
    const at = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    const event = await prepare({ point, double, db, at });
    await child(
      { ...('hangs' in point.at ? { when: 'after' } : point.at), location, side, api: double.api, at },
      point,
      double,
    );
    for (const minutes of LATER) {
      double.goOn(minutes);
      await look(db, double, at + minutes * MINUTE_MS);
    }
    return left(double, event);
  } finally {
    await db.close();
    await double.close();
  }
}

/** A subscription with something due; for a line, its alert has been posted before. */
async function prepare(scene: {
  point: Point;
  double: SideDouble;
  db: Database;
  at: number;
}): Promise<NewsEvent> {
  const { point, double, db, at } = scene;
  const known = new Date(at - 2 * MINUTE_MS);
  await saveSubscription(
    db,
    aSubscription({
      id: 'killed',
      channel: { platform: double.side, address: double.address },
      time: new Date(at).toISOString().slice(11, 16),
      zone: 'UTC',
      created: new Date(at - 24 * 60 * MINUTE_MS),
      ...(point.what !== 'digest' && { wishes: { mode: 'instant' } }),
    }),
  );
  const seoul = aClaim();
  const event = anEvent({
    status: 'corroborated',
    newsrooms: 4,
    claims: [seoul],
    citations: [aCitation({ title: 'Docked', published: known })],
    titles: { en: 'A freighter docks in Rajin' },
    firstSeen: known,
    changed: known,
  });
  await saveEvents(db, [event]);
  if (point.what !== 'line') return event;
  await look(db, double, at - MINUTE_MS);
  const denial = aClaim({ stance: 'denies', claimants: [aClaimant({ id: 'kremlin', name: 'the Kremlin' })] });
  await saveEvents(db, [
    { ...event, status: 'contested', claims: [seoul, denial], changed: new Date(at - MINUTE_MS / 2) },
  ]);
  return event;
}

/** One look at what is due, by a process that lives on. */
async function look(db: Database, double: SideDouble, at: number): Promise<void> {
  const platform = await platformAt(double.side, double.api, db);
  try {
    await publishDue({
      db,
      topic: aTopic(),
      platforms: [platform],
      clock: () => new Date(at),
      log: silentLog,
    });
  } finally {
    await platform.stop();
  }
}

/** Runs a process until it is dead. */
async function child(errand: Errand, { at }: Point, double: SideDouble): Promise<void> {
  const before = JSON.stringify(double.texts());
  if ('hangs' in at) double.hang(at.hangs);
  const running = spawn(process.execPath, [CHILD, JSON.stringify(errand)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    running.once('exit', (_, signal) => resolve(signal)),
  );
  if ('hangs' in at) {
    const deadline = performance.now() + PATIENCE_MS;
    while (JSON.stringify(double.texts()) === before && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    running.kill('SIGKILL');
  }
  if ((await ended) !== 'SIGKILL') throw new Error('The process did not come to the point at which it dies');
}

function left(double: SideDouble, { titles }: NewsEvent): Left {
  const all = double.texts();
  const posts = all.filter((text) => text.includes(titles['en'] ?? ''));
  return {
    copies: posts.length,
    lines: all.filter((text) => text.includes('Now contested')).length,
    isCurrent: posts.every((text) => text.includes('contested')),
    violations: double.violations,
  };
}
