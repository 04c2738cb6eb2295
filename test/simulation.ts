import type { Subscription, Wishes } from '../src/subscription.ts';
import { dueSlot, slotsBetween, type Slot } from '../digests/due.ts';

/** What a trial of the publishing rules is about. */
export interface Trial {
  readonly begin: Date;
  readonly days: number;
  readonly subscriptions: number;
  /** The process dies so often while it is at work, at any point of publishing. */
  readonly kills: number;
  /** So often nothing runs for a quarter of an hour up to a day and a half. */
  readonly outages: number;
  /** So often the clock is wrong by up to three hours, for up to a day. */
  readonly jumps: number;
  /** Makes the same trial again. */
  readonly seed: number;
}

/** What became of the slots of a trial. */
export interface Tally {
  readonly due: number;
  readonly posted: number;
  /** Of those, more than ten minutes after their time. */
  readonly late: number;
  /** Passed over during an outage; the next digest told their news. */
  readonly merged: number;
  readonly doubled: number;
  readonly lost: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LATE_MS = 10 * MINUTE_MS;
/** As in jobs/publish.ts. */
const LATEST_MS = 20 * HOUR_MS;
const LEASE_MS = 5 * MINUTE_MS;

const zones = [
  'Europe/Paris',
  'America/New_York',
  'Asia/Seoul',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'UTC',
];
/** Among them those that clocks skip or repeat when they change. */
const times = ['00:00', '02:15', '02:30', '08:00', '23:30'];
const manners: readonly Wishes[] = [
  {},
  { schedule: 'weekdays' },
  { schedule: 'weekly', weekday: 7 },
  { alsoAt: ['12:00', '18:30'] },
  { schedule: 'hourly', quiet: { from: '21:00', to: '06:00' } },
];

/**
 * Plays the life of many subscriptions on a clock of its own: slots over days on which clocks change, a process that dies
 * in the middle of publishing, outages, and a clock that is wrong for a while. Each subscription has its own schedule in
 * one of nine zones. The rules of `due.ts` and of recording before sending are followed as the bot follows them.
 */
export function simulate(trial: Trial): Tally {
  const random = randomFrom(trial.seed);
  const end = trial.begin.getTime() + trial.days * DAY_MS;
  const world: World = {
    begin: trial.begin.getTime(),
    end,
    outages: spans(trial.outages, trial, random, [15 * MINUTE_MS, 36 * HOUR_MS]),
    jumps: spans(trial.jumps, trial, random, [HOUR_MS, DAY_MS]).map((span) => ({
      ...span,
      byMs: Math.round((random() * 6 - 3) * 60) * MINUTE_MS,
    })),
  };
  const kills = Map.groupBy(
    Array.from({ length: trial.kills }, () => ({
      victim: Math.floor(random() * trial.subscriptions),
      kill: random(),
    })),
    ({ victim }) => victim,
  );
  const lives = Array.from({ length: trial.subscriptions }, (_, index) => ({
    subscription: subscriptionAt(index, trial.begin),
    kills: kills.get(index)?.map(({ kill }) => kill) ?? [],
  }));
  // Those who share a schedule are played side by side, as their due times are worked out once.
  const groups = Map.groupBy(lives, ({ subscription }) => JSON.stringify(subscription));
  return [...groups.values()]
    .flatMap((group) => play(group, world))
    .reduce(sum, { due: 0, posted: 0, late: 0, merged: 0, doubled: 0, lost: 0 });
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface World {
  readonly begin: number;
  readonly end: number;
  readonly outages: readonly Span[];
  /** While one lasts the clock shows so much more than the time. */
  readonly jumps: readonly (Span & { readonly byMs: number })[];
}

type Timed = Pick<Subscription, 'time' | 'zone' | 'wishes' | 'created'>;

/** Where a death strikes. */
const points = ['before it is recorded', 'before it is sent', 'before it is confirmed'] as const;
type Point = (typeof points)[number];

/** What is recorded of a slot, and what its channel has got. */
interface Entry {
  postedAt?: number;
  leasedUntil: number;
  copies: number;
}

interface Played {
  readonly subscription: Timed;
  /** Moments of its life at which the process dies, from 0 to 1. */
  readonly kills: readonly number[];
}

interface Life {
  readonly subscription: Timed;
  readonly entries: Map<string, Entry>;
  /** Slots that are recorded but not confirmed. */
  readonly open: Set<string>;
  /** By slot; each strikes once. */
  readonly deaths: Map<string, Point>;
}

/** Subscriptions of one schedule from the first day to the last. */
function play(group: readonly Played[], world: World): Tally[] {
  const [first] = group;
  if (first === undefined) return [];
  const slots = slotsBetween(first.subscription, new Date(world.begin), new Date(world.end));
  const lives = group.map((played) => lifeOf(played, slots));
  for (const wake of wakesFor(slots, world)) {
    let busy = lives;
    // For those with something left to do the next minute is of interest too.
    for (let at = wake; busy.length > 0 && !isIn(at, world.outages); at += MINUTE_MS) {
      const now = at + skewAt(at, world);
      busy = busy.filter((life) => visit(now, at, life) || life.open.size > 0);
    }
  }
  return lives.map(({ entries }) => tallyOf(slots, entries, world));
}

function lifeOf({ subscription, kills }: Played, slots: readonly Slot[]): Life {
  const deaths = kills.map((kill): [string, Point] => [
    slots[Math.floor(kill * slots.length)]?.slot ?? '',
    points[Math.floor(kill * 1000) % points.length] ?? points[0],
  ]);
  return { subscription, entries: new Map(), open: new Set(), deaths: new Map(deaths) };
}

/**
 * One look at what is due, as the bot takes it every minute: recorded, claimed, sent, confirmed.
 *
 * @param now - what the clock shows; `at` is what it is
 * @returns whether the process died of it
 */
function visit(now: number, at: number, { subscription, entries, open, deaths }: Life): boolean {
  const strikes = (name: string, point: Point) => deaths.get(name) === point && deaths.delete(name);
  const due = dueSlot(subscription, new Date(now), LATEST_MS);
  if (due !== undefined && !entries.has(due.slot)) {
    if (strikes(due.slot, 'before it is recorded')) return true;
    entries.set(due.slot, { leasedUntil: 0, copies: 0 });
    open.add(due.slot);
  }
  for (const name of open) {
    const entry = entries.get(name);
    if (entry === undefined || entry.leasedUntil > now) continue;
    entry.leasedUntil = now + LEASE_MS;
    if (strikes(name, 'before it is sent')) return true;
    // A later attempt finds by its key what an earlier one has sent.
    if (entry.copies === 0) entry.copies += 1;
    if (strikes(name, 'before it is confirmed')) return true;
    entry.postedAt = at;
    open.delete(name);
  }
  return false;
}

/** Moments at which something may have become due: slots as right and wrong clocks show them, and ends of troubles. */
function wakesFor(slots: readonly Slot[], { outages, jumps, end }: World): number[] {
  const right = slots.map(({ at }) => at.getTime());
  const wrong = jumps.flatMap(({ from, to, byMs }) =>
    right.map((at) => at - byMs).filter((at) => at >= from && at < to),
  );
  const ends = [...outages, ...jumps].flatMap(({ from, to }) => [from, to]);
  const all = [...right, ...wrong, ...ends, end].map((at) => Math.ceil(at / MINUTE_MS) * MINUTE_MS);
  return [...new Set(all)].toSorted((one, other) => one - other);
}

function tallyOf(slots: readonly Slot[], entries: ReadonlyMap<string, Entry>, world: World): Tally {
  const tally = { due: slots.length, posted: 0, late: 0, merged: 0, doubled: 0, lost: 0 };
  let isFollowed = false;
  for (const { at, slot } of slots.toReversed()) {
    const entry = entries.get(slot);
    if (entry?.postedAt !== undefined) {
      tally.posted += 1;
      if (entry.postedAt - at.getTime() > LATE_MS) tally.late += 1;
      isFollowed = true;
    } else if (isFollowed && isTroubled(at.getTime(), world)) tally.merged += 1;
    else tally.lost += 1;
  }
  const known = new Set(slots.map(({ slot }) => slot));
  tally.doubled = [...entries].filter(([slot, { copies }]) => copies > 1 || !known.has(slot)).length;
  return tally;
}

/** Whether an outage or a wrong clock can be why a slot was passed over. */
function isTroubled(at: number, { outages, jumps }: World): boolean {
  return (
    isIn(at, outages) ||
    jumps.some(({ from, to, byMs }) => at >= from - Math.abs(byMs) && at < to + Math.abs(byMs))
  );
}

function isIn(at: number, some: readonly Span[]): boolean {
  return some.some(({ from, to }) => at >= from && at < to);
}

function skewAt(at: number, { jumps }: World): number {
  return jumps.find(({ from, to }) => at >= from && at < to)?.byMs ?? 0;
}

/** Spans of random length that do not reach beyond the trial. */
function spans(
  count: number,
  { begin, days }: Trial,
  random: () => number,
  [shortest, longest]: readonly [number, number],
): Span[] {
  return Array.from({ length: count }, () => {
    const length = shortest + random() * (longest - shortest);
    const from = begin.getTime() + DAY_MS + random() * ((days - 3) * DAY_MS - length);
    return { from, to: from + length };
  });
}

/** Every zone meets every manner and time sooner or later: their numbers have no common divisor. */
function subscriptionAt(index: number, created: Date): Timed {
  const [zone = 'UTC', time = '08:00', wishes = {}] = [
    zones[index % zones.length],
    times[Math.floor(index / zones.length / manners.length + index) % times.length],
    manners[index % manners.length],
  ];
  return { zone, time, wishes, created };
}

function sum(one: Tally, other: Tally): Tally {
  return {
    due: one.due + other.due,
    posted: one.posted + other.posted,
    late: one.late + other.late,
    merged: one.merged + other.merged,
    doubled: one.doubled + other.doubled,
    lost: one.lost + other.lost,
  };
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
