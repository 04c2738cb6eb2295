import type { Found, Platform } from '../../channels/platform.ts';
import { publishDue } from '../../jobs/publish.ts';
import type { Block } from '../../message.ts';
import type { Day } from '../../model.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { saveEvents } from '../../store/events.ts';
import { saveSubscription } from '../../store/subscriptions.ts';
import { dayAt } from '../../time.ts';
import type { Topic } from '../../topics/topic.ts';
import { makeMortal, type Mortal } from './mortal.ts';
import { anEvent } from './news.ts';
import { type Schedule, schedulesOf, type Tally, tallyOf, wakesFor } from './tally.ts';
import { isIn, MINUTE_MS, skewAt, subscriptionAt, type Trial, type World, worldOf } from './world.ts';

/** What stands in the channels. */
export interface Channels {
  /** By key: when it was first posted, and how many copies there are. */
  readonly posts: Map<string, { at: number; copies: number }>;
  /** How often each event was told to each subscription: `subscription event`. */
  readonly told: Map<string, number>;
}

/** What is going on in a trial. */
interface Play {
  readonly topic: Topic;
  readonly world: World;
  readonly db: Database;
  readonly channels: Channels;
  /** Processes that are to die, and from when on each of them is the one at work; and events that are still to come. */
  readonly doomed: { readonly at: number; readonly process: Mortal }[];
  readonly news: number[];
  /** Hears which day is played. */
  readonly onDay: (day: Day) => void;
}

/** After something went wrong every minute is of interest for so long: what is left of it is done again within that time. */
const AFTERMATH_MS = 15 * MINUTE_MS;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Plays the life of many subscriptions on a clock of its own, with the bot's own publishing on an archive in memory: slots over
 * days on which clocks change, a process that dies at any step, times in which nothing runs, and a clock that is wrong for a
 * while. Only the channels are made up: they take every post, and take it twice when it is sent twice.
 *
 * @param onDay - hears each day as it begins
 */
export async function simulate(
  trial: Trial,
  topic: Topic,
  onDay: (day: Day) => void = () => undefined,
): Promise<Tally> {
  const world = worldOf(trial);
  const channels: Channels = { posts: new Map(), told: new Map() };
  const db = await openDatabase('memory');
  try {
    const subscriptions = Array.from({ length: trial.subscriptions }, (_, index) => ({
      ...subscriptionAt(index, trial.begin),
      topic: topic.id,
    }));
    for (const subscription of subscriptions) await saveSubscription(db, subscription);
    const schedules = schedulesOf(subscriptions, world);
    const doomed = world.kills.map(({ at, steps }) => ({ at, process: makeMortal(db, steps) }));
    await live({ topic, world, db, channels, doomed, news: [...world.news], onDay }, schedules);
    return { deaths: world.kills.length - doomed.length, ...tallyOf(schedules, channels, world) };
  } finally {
    await db.close();
  }
}

async function live(play: Play, schedules: readonly Schedule[]): Promise<void> {
  let until = 0;
  let done = 0;
  let day: Day | undefined;
  for (const wake of wakesFor(schedules, play.world)) {
    const today = dayAt(new Date(wake), 'UTC');
    if (today !== day) play.onDay(today);
    day = today;
    for (let at = Math.max(wake, done + MINUTE_MS); at === wake || at < until; at += MINUTE_MS) {
      if (at <= done) break;
      done = at;
      if (isIn(at, play.world.outages)) continue;
      if (await minute(play, at)) until = at + AFTERMATH_MS;
    }
  }
}

/** One look at what is due, as the bot takes it every minute. Returns whether the process died of it. */
async function minute({ topic, world, db, channels, doomed, news }: Play, at: number): Promise<boolean> {
  const now = at + skewAt(at, world);
  while ((news[0] ?? Infinity) <= at) {
    news.shift();
    await saveEvents(db, [anEvent(topic, world.news.length - news.length, new Date(now))]);
  }
  const isDoomed = (doomed[0]?.at ?? Infinity) <= at;
  const process = (isDoomed ? doomed[0]?.process : undefined) ?? makeMortal(db, Infinity);
  const platform = platformFor(channels, at, process.step);
  const publish = {
    db: process.db,
    topic,
    platforms: [platform],
    clock: () => new Date(now),
    log: silent,
    paces: {},
  };
  const end = await Promise.race([publishDue(publish), process.death]);
  if (end === 'dead') doomed.shift();
  return end === 'dead';
}

function platformFor(
  { posts, told }: Channels,
  at: number,
  step: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Platform {
  const post: Platform['post'] = async (_, { blocks }, { key }) => {
    const known = posts.get(key);
    posts.set(key, { at: known?.at ?? at, copies: (known?.copies ?? 0) + 1 });
    const [subscription = ''] = key.split(' ');
    for (const event of eventsIn(blocks)) {
      const name = `${subscription} ${event}`;
      told.set(name, (told.get(name) ?? 0) + 1);
    }
    return key;
  };
  return {
    name: 'discord',
    start: () => Promise.resolve(),
    post: (...asked) => step(() => post(...asked)),
    edit: () => Promise.resolve(),
    find: (_, key) =>
      step(async (): Promise<Found> =>
        posts.has(key) ? { kind: 'arrived', posted: key } : { kind: 'absent' },
      ),
    stop: () => Promise.resolve(),
  };
}

const known = new WeakMap<readonly Block[], readonly string[]>();

/** The ids of the events that a digest tells; many channels get the same. */
function eventsIn(blocks: readonly Block[]): readonly string[] {
  const ids =
    known.get(blocks) ??
    blocks.flatMap((block) =>
      block.kind === 'entries'
        ? block.entries.flatMap(({ details }) =>
            details.flat().flatMap((span) => (span.kind === 'id' ? [span.text] : [])),
          )
        : [],
    );
  known.set(blocks, ids);
  return ids;
}
