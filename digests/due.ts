import type { Day, Period, Subscription, Wishes } from '../src/model.ts';
import { addDays, dayAt, momentAt, startOf, timeAt, weekday } from '../src/time.ts';
import { isQuiet } from './wishes.ts';

/** One moment at which a subscription wants its digest. */
export interface Slot {
  readonly at: Date;
  /** Its moment in ISO 8601: with the subscription and period it names the delivery for ever. */
  readonly slot: string;
  /** The days that the digest is about: those since the slot before, up to the day before a morning slot. */
  readonly period: Period;
}

type Schedule = Pick<Subscription, 'time' | 'zone' | 'wishes'>;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A week, and a day for zones that skipped one. */
const LONGEST_GAP_DAYS = 8;

/**
 * The slots of a subscription after one moment, up to and including another, in their order.
 *
 * A wall-clock time that a day skips in spring means the instant as much later; one that it has twice means the first, but
 * hourly digests come every hour. A day that a zone skipped has no slot, and there is none in the quiet hours.
 */
export function slotsBetween(schedule: Schedule, after: Date, until: Date): Slot[] {
  return momentsBetween(schedule, after, until).map((at) => slotAt(at, schedule));
}

/** The next slots after a moment; fewer than `count` only where the quiet hours leave none. */
export function nextSlots(schedule: Schedule, after: Date, count: number): Slot[] {
  const stepMs = (schedule.wishes?.schedule === 'hourly' ? 1 : LONGEST_GAP_DAYS) * DAY_MS;
  const slots: Slot[] = [];
  // No slot is further from the next than a step, so that each step brings one unless all are quiet.
  for (let step = 0; step < count && slots.length < count; step += 1) {
    const from = after.getTime() + step * stepMs;
    slots.push(...slotsBetween(schedule, new Date(from), new Date(from + stepMs)));
  }
  return slots.slice(0, count);
}

/**
 * The slot whose digest should be out by now: the last one, unless it is from before the subscription began or too long ago.
 * Earlier ones that were missed are not caught up one by one: the digest of the last tells what they would have told.
 *
 * @param latestMs - so long after a slot its digest still goes out
 */
export function dueSlot(
  subscription: Schedule & Pick<Subscription, 'created'>,
  now: Date,
  latestMs: number,
): Slot | undefined {
  const { last } = stretchAround(subscription, now);
  const isDue =
    last !== undefined && last.at > subscription.created && last.at.getTime() > now.getTime() - latestMs;
  return isDue ? last : undefined;
}

/** The time between two slots, during which the same slot is the last. */
interface Stretch {
  readonly begins: number;
  readonly ends: number;
  /** Absent where the quiet hours leave none. */
  readonly last: Slot | undefined;
}

const stretches = new Map<string, Stretch>();
/** More schedules than anybody has; beyond them they are worked out again. */
const MOST_STRETCHES = 20_000;

/** Works a stretch out once, since subscriptions share schedules and ask every minute. */
function stretchAround(schedule: Schedule, now: Date): Stretch {
  const { time, zone, wishes: { schedule: often, alsoAt, weekday: day, quiet } = {} } = schedule;
  const name = JSON.stringify([time, zone, often, alsoAt, day, quiet]);
  const known = stretches.get(name);
  if (known !== undefined && now.getTime() >= known.begins && now.getTime() < known.ends) return known;

  const backMs = often === 'hourly' ? DAY_MS : LONGEST_GAP_DAYS * DAY_MS;
  const last = slotsBetween(schedule, new Date(now.getTime() - backMs), now).at(-1);
  const [next] = nextSlots(schedule, now, 1);
  const stretch = {
    begins: last?.at.getTime() ?? now.getTime(),
    ends: next?.at.getTime() ?? now.getTime() + DAY_MS,
    last,
  };
  if (stretches.size >= MOST_STRETCHES) stretches.clear();
  stretches.set(name, stretch);
  return stretch;
}

function slotAt(at: Date, schedule: Schedule): Slot {
  return { at, slot: at.toISOString(), period: periodOf(at, schedule) };
}

function momentsBetween(schedule: Schedule, after: Date, until: Date): Date[] {
  const moments =
    schedule.wishes?.schedule === 'hourly'
      ? hourly(schedule, after, until)
      : daily(schedule, dayAt(after, schedule.zone), dayAt(until, schedule.zone));
  const { zone, wishes = {} } = schedule;
  return moments.filter((at) => at > after && at <= until && !isQuiet(timeAt(at, zone), wishes));
}

function daily({ time, zone, wishes = {} }: Schedule, from: Day, to: Day): Date[] {
  const times = [...new Set([time, ...(wishes.alsoAt ?? [])])];
  const moments: Date[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!isWanted(day, wishes) || !exists(day, zone)) continue;
    moments.push(...times.map((one) => momentAt(day, one, zone)));
  }
  return inOrder(moments);
}

function hourly({ time, zone }: Schedule, after: Date, until: Date): Date[] {
  const minute = time.slice(3);
  const moments: Date[] = [];
  // Minute by minute, because some zones move their clocks by half an hour.
  for (let at = after.getTime() - (after.getTime() % MINUTE_MS); at <= until.getTime(); at += MINUTE_MS) {
    if (timeAt(new Date(at), zone).slice(3) === minute) moments.push(new Date(at));
  }
  return moments;
}

function isWanted(day: Day, { schedule, weekday: wanted = 1 }: Wishes): boolean {
  if (schedule === 'weekly') return weekday(day) === wanted;
  return schedule !== 'weekdays' || weekday(day) <= 5;
}

/** False for a day that a zone left out, as Samoa did on 30 December 2011. */
function exists(day: Day, zone: string): boolean {
  return dayAt(startOf(day, zone), zone) === day;
}

function inOrder(moments: readonly Date[]): Date[] {
  return [...new Set(moments.map((at) => at.getTime()))].toSorted((a, b) => a - b).map((at) => new Date(at));
}

function periodOf(at: Date, schedule: Schedule): Period {
  const to = lastDay(at, schedule);
  if (schedule.wishes?.schedule === 'hourly') return { from: to, to, zone: schedule.zone };
  const before = momentsBetween(schedule, new Date(at.getTime() - LONGEST_GAP_DAYS * DAY_MS), at).at(-2);
  const follows = before === undefined ? to : addDays(lastDay(before, schedule), 1);
  return { from: follows < to ? follows : to, to, zone: schedule.zone };
}

/** The last day that a digest is about: in the morning the day before, later the day itself. */
function lastDay(at: Date, { zone }: Schedule): Day {
  const day = dayAt(at, zone);
  return timeAt(at, zone) < '12:00' ? addDays(day, -1) : day;
}
