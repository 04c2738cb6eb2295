import { slotsBetween } from '../../../digests/due.ts';
import type { Subscription } from '../../subscription.ts';
import { eventName } from './news.ts';
import type { Channels } from './play.ts';
import { DAY_MS, HOUR_MS, isIn, MINUTE_MS, type World } from './world.ts';

/** What became of the slots and events of a trial. */
export interface Tally {
  /** How often the process died. */
  readonly deaths: number;
  /** Slots. */
  readonly due: number;
  readonly posted: number;
  /** Of those, more than ten minutes after their time. */
  readonly late: number;
  /** Passed over in a time in which nothing ran or the clock was wrong; the next digest told their news. */
  readonly merged: number;
  readonly doubled: number;
  readonly lost: number;
  /** Events that each subscription should have been told, over all subscriptions. */
  readonly news: number;
  readonly untold: number;
  readonly retold: number;
}

/** Subscriptions whose digests are due at the same moments. */
export interface Schedule {
  readonly ids: readonly string[];
  /** Moments of the slots, in their order. */
  readonly slots: readonly number[];
}

const LATE_MS = 10 * MINUTE_MS;
/** By then every subscription has had a digest, whatever happened before. */
const SETTLED_MS = 10 * DAY_MS;

/** Works out once when those are due who share a schedule. */
export function schedulesOf(subscriptions: readonly Subscription[], { begin, end }: World): Schedule[] {
  const groups = Map.groupBy(subscriptions, ({ zone, time, wishes }) => JSON.stringify([zone, time, wishes]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const slots = slotsBetween(first, new Date(begin), new Date(end)).map(({ at }) => at.getTime());
    return [{ ids: group.map(({ id }) => id), slots }];
  });
}

/** Moments at which something may have become due: slots as right and wrong clocks show them, and ends of troubles. */
export function wakesFor(schedules: readonly Schedule[], { outages, jumps, end }: World): number[] {
  const right = [...new Set(schedules.flatMap(({ slots }) => slots))];
  const wrong = jumps.flatMap(({ from, to, byMs }) =>
    right.map((at) => at - byMs).filter((at) => at >= from && at < to),
  );
  const ends = [...outages, ...jumps].flatMap(({ from, to }) => [from, to]);
  const minutes = [...right, ...wrong, ...ends, end].map((at) => Math.ceil(at / MINUTE_MS) * MINUTE_MS);
  return [...new Set(minutes)].toSorted((one, other) => one - other);
}

/** Compares what stands in the channels with what should. */
export function tallyOf(
  schedules: readonly Schedule[],
  channels: Channels,
  world: World,
): Omit<Tally, 'deaths'> {
  const slots = schedules.flatMap(({ ids, slots: moments }) =>
    ids.map((id) => ofSlots(id, moments, channels, world)),
  );
  const ids = schedules.flatMap((schedule) => schedule.ids);
  const due = slots.reduce((sum, { keys }) => sum + keys, 0);
  const posts = [...channels.posts.values()];
  const strays = posts.length - slots.reduce((sum, { posted }) => sum + posted, 0);
  return {
    due,
    posted: slots.reduce((sum, { posted }) => sum + posted, 0),
    late: slots.reduce((sum, { late }) => sum + late, 0),
    merged: slots.reduce((sum, { merged }) => sum + merged, 0),
    doubled: posts.filter(({ copies }) => copies > 1).length + strays,
    lost: slots.reduce((sum, { lost }) => sum + lost, 0),
    ...ofNews(ids, channels, world),
  };
}

function ofSlots(id: string, slots: readonly number[], { posts }: Channels, world: World) {
  const tally = { keys: slots.length, posted: 0, late: 0, merged: 0, lost: 0 };
  let isFollowed = false;
  for (const at of slots.toReversed()) {
    const post = posts.get(`${id} ${new Date(at).toISOString()}`);
    if (post !== undefined) {
      tally.posted += 1;
      if (post.at - at > LATE_MS) tally.late += 1;
      isFollowed = true;
    } else if (isFollowed && isTroubled(at, world)) tally.merged += 1;
    else tally.lost += 1;
  }
  return tally;
}

/** Whether an outage or a wrong clock can be why a slot was passed over. */
function isTroubled(at: number, { outages, jumps }: World): boolean {
  return (
    isIn(at, outages) ||
    jumps.some(
      ({ from, to, byMs }) => at >= from - Math.abs(byMs) - HOUR_MS && at < to + Math.abs(byMs) + HOUR_MS,
    )
  );
}

function ofNews(ids: readonly string[], { told }: Channels, { news, end }: World) {
  const names = news.flatMap((at, index) => (at < end - SETTLED_MS ? [eventName(index + 1)] : []));
  const tally = { news: ids.length * names.length, untold: 0, retold: 0 };
  for (const id of ids) {
    for (const name of names) {
      const times = told.get(`${id} ${name}`) ?? 0;
      if (times === 0) tally.untold += 1;
      if (times > 1) tally.retold += 1;
    }
  }
  return tally;
}
