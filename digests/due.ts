import type { Day, Period } from '../src/model.ts';
import type { Subscription, Wishes } from '../src/subscription.ts';
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
/** How many days are searched for a slot, first and then. */
const REACHES = [1, LONGEST_GAP_DAYS];
const HOURLY_REACHES = [0.1, 1];

/**
 * The slots of a subscription after one moment, up to and including another, in their order.
 *
 * A wall-clock time that a day skips in spring means the instant as much later; one that it has twice means the first, but
 * hourly digests come every hour. A day that a zone skipped has no slot, and there is none in the quiet hours.
 */
export function slotsBetween(schedule: Schedule, after: Date, until: Date): Slot[] {
  const moments = momentsBetween(schedule, after, until);
  return moments.map((at, index) => slotAt(at, schedule, moments[index - 1]));
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

/** Until when nothing new becomes due: the next slot, or a day on, as zones may change their rules. */
export function nextLook(schedule: Schedule, now: Date): Date {
  return new Date(Math.min(stretchAround(schedule, now).ends, now.getTime() + DAY_MS));
}

/** When the quiet hours end in which a moment lies; `undefined` when it lies in none. */
export function quietUntil({ zone, wishes = {} }: Schedule, now: Date): Date | undefined {
  const { quiet } = wishes;
  if (quiet === undefined || !isQuiet(timeAt(now, zone), wishes)) return undefined;
  const today = dayAt(now, zone);
  const ends = [today, addDays(today, 1)].map((day) => momentAt(day, quiet.to, zone));
  return ends.find((end) => end > now);
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
  /** Where the next slot lies, or where one is to be looked for again. */
  readonly ends: number;
  /** Absent where the quiet hours leave none. */
  readonly last: Slot | undefined;
  readonly next: Date | undefined;
}

const stretches = new Map<string, Stretch>();
/** More schedules than anybody has; beyond them they are worked out again. */
const MOST_STRETCHES = 20_000;

/** Works a stretch out once, since subscriptions share schedules and ask every minute. */
function stretchAround(schedule: Schedule, now: Date): Stretch {
  const { time, zone, wishes: { schedule: often, alsoAt, weekday: day, quiet } = {} } = schedule;
  const name = JSON.stringify([time, zone, often, alsoAt, day, quiet]);
  const known = stretches.get(name);
  if (known !== undefined && isIn(known, now)) return known;
  const following = known === undefined ? undefined : stretchAfter(known, schedule);
  const stretch = following !== undefined && isIn(following, now) ? following : stretchAt(now, schedule);
  if (stretches.size >= MOST_STRETCHES) stretches.clear();
  stretches.set(name, stretch);
  return stretch;
}

function isIn({ begins, ends }: Stretch, now: Date): boolean {
  return now.getTime() >= begins && now.getTime() < ends;
}

/** The stretch that follows another, for which only its end has to be found. */
function stretchAfter({ last, next }: Stretch, schedule: Schedule): Stretch | undefined {
  return next === undefined ? undefined : stretchFrom(slotAt(next, schedule, last?.at), next, schedule);
}

function stretchAt(now: Date, schedule: Schedule): Stretch {
  const last = momentBefore(schedule, new Date(now.getTime() + 1));
  return stretchFrom(last === undefined ? undefined : slotAt(last, schedule), now, schedule);
}

/** @param at - a moment in it */
function stretchFrom(last: Slot | undefined, at: Date, schedule: Schedule): Stretch {
  const next = momentAfter(schedule, at);
  return {
    begins: (last?.at ?? at).getTime(),
    ends: next?.getTime() ?? at.getTime() + DAY_MS,
    last,
    next,
  };
}

/** `before` is the slot before it, where that is known already. */
function slotAt(at: Date, schedule: Schedule, before?: Date): Slot {
  return { at, slot: at.toISOString(), period: periodOf(at, schedule, before) };
}

function reachesOf({ wishes }: Schedule): readonly number[] {
  return wishes?.schedule === 'hourly' ? HOURLY_REACHES : REACHES;
}

/** The last slot before a moment; most lie within a day and a bit. */
function momentBefore(schedule: Schedule, before: Date): Date | undefined {
  const until = new Date(before.getTime() - 1);
  for (const days of reachesOf(schedule)) {
    const found = momentsBetween(schedule, new Date(before.getTime() - days * DAY_MS), until).at(-1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first slot after a moment, likewise. */
function momentAfter(schedule: Schedule, after: Date): Date | undefined {
  for (const days of reachesOf(schedule)) {
    const [found] = momentsBetween(schedule, after, new Date(after.getTime() + days * DAY_MS));
    if (found !== undefined) return found;
  }
  return undefined;
}

function momentsBetween(schedule: Schedule, after: Date, until: Date): Date[] {
  const moments =
    schedule.wishes?.schedule === 'hourly'
      ? hourly(schedule, after, until)
      : daily(schedule, dayAt(after, schedule.zone), dayAt(until, schedule.zone));
  const { zone, wishes = {} } = schedule;
  const wanted = moments.filter((at) => at > after && at <= until);
  return wishes.quiet === undefined ? wanted : wanted.filter((at) => !isQuiet(timeAt(at, zone), wishes));
}

function daily({ time, zone, wishes = {} }: Schedule, from: Day, to: Day): Date[] {
  const times = [...new Set([time, ...(wishes.alsoAt ?? [])])];
  const moments: Date[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!isWanted(day, wishes)) continue;
    const found = times.map((one) => momentAt(day, one, zone));
    const isOwn = found.some((at) => dayAt(at, zone) === day) || exists(day, zone);
    if (isOwn) moments.push(...found);
  }
  return inOrder(moments);
}

function hourly({ time, zone }: Schedule, after: Date, until: Date): Date[] {
  const minute = Number(time.slice(3));
  const moments: Date[] = [];
  let at = Math.floor(after.getTime() / MINUTE_MS) * MINUTE_MS;
  while (at <= until.getTime()) {
    const wait = (minute - minuteAt(at, zone) + 60) % 60;
    if (wait === 0) moments.push(new Date(at));
    const next = at + (wait === 0 ? 60 : wait) * MINUTE_MS;
    // Where a zone moves its clocks by half an hour meanwhile, minute by minute.
    at = minuteAt(next, zone) === minute ? next : at + MINUTE_MS;
  }
  return moments;
}

function minuteAt(at: number, zone: string): number {
  return Number(timeAt(new Date(at), zone).slice(3));
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

function periodOf(at: Date, schedule: Schedule, known: Date | undefined): Period {
  const to = lastDay(at, schedule);
  if (schedule.wishes?.schedule === 'hourly') return { from: to, to, zone: schedule.zone };
  const before = known ?? momentBefore(schedule, at);
  const follows = before === undefined ? to : addDays(lastDay(before, schedule), 1);
  return { from: follows < to ? follows : to, to, zone: schedule.zone };
}

/** The last day that a digest is about: in the morning the day before, later the day itself. */
function lastDay(at: Date, { zone }: Schedule): Day {
  const day = dayAt(at, zone);
  return timeAt(at, zone) < '12:00' ? addDays(day, -1) : day;
}
