import type { FeedHints, FeedState } from '../../feed-state.ts';
import type { Feed } from '../../model.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** No feed is visited more often. */
export const SHORTEST_WAIT_MS = 15 * MINUTE_MS;
/** Where nothing is known of a feed's rhythm. */
const USUAL_WAIT_MS = HOUR_MS;
/** No feed is visited less often, whatever it or its server asks for. */
export const LONGEST_WAIT_MS = DAY_MS;

/** A feed is seen at least so many times before its oldest item drops out. */
const VISITS_PER_WINDOW = 3;
/** Skipped hours and days are honoured up to a long weekend. */
const LONGEST_SKIP_MS = 3 * DAY_MS;

/** Waits after something did not go well, before they double with each failure. */
const FIRST_WAIT_MS = {
  /** A fault or an outage: it may be over soon. */
  outage: 5 * MINUTE_MS,
  /** Nothing there, or not a feed: somebody has to mend it. */
  missing: HOUR_MS,
  /** Refused on purpose: coming back soon makes it worse. */
  refused: 6 * HOUR_MS,
};
export type Trouble = keyof typeof FIRST_WAIT_MS;

/** What the wait after a good visit depends on besides the state after it. */
export interface Wishes {
  readonly feed: Feed;
  readonly now: Date;
  readonly freshSeconds?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * How long to wait after a good visit: as often as the feed fills, never less than its server, its ttl or its
 * skipped hours ask for, between 15 minutes and a day.
 */
export function waitAfterSuccess(state: FeedState, wishes: Wishes): number {
  const least = Math.max(
    (state.hints?.ttlMinutes ?? 0) * MINUTE_MS,
    (wishes.freshSeconds ?? 0) * 1000,
    (wishes.retryAfterSeconds ?? 0) * 1000,
  );
  return clamp(Math.max(ownInterval(state, wishes), least));
}

/** How long to wait after the nth failure in a row: doubling, at most a day. */
export function waitAfterFailure(trouble: Trouble, failures: number, retryAfterSeconds = 0): number {
  const backoff = FIRST_WAIT_MS[trouble] * 2 ** Math.min(failures - 1, 20);
  return Math.min(Math.max(backoff, retryAfterSeconds * 1000), LONGEST_WAIT_MS);
}

function ownInterval(state: FeedState, wishes: Wishes): number {
  const windowMs = windowOf(state, wishes.feed) / VISITS_PER_WINDOW;
  const interval = Math.min(rhythmInterval(state, wishes.now), windowMs);
  const isHelped = state.validators !== undefined || (wishes.freshSeconds ?? 0) > 0 || hasWishes(state.hints);
  // Without validators every visit is a whole download, so as few as lose nothing have to do.
  return isHelped ? interval : Math.max(interval, Math.min(LONGEST_WAIT_MS, windowMs));
}

function windowOf({ rhythm }: FeedState, { windowHours }: Feed): number {
  const hours = rhythm?.windowHours ?? windowHours;
  return hours === undefined ? Infinity : hours * HOUR_MS;
}

function hasWishes(hints: FeedHints | undefined): boolean {
  return hints?.ttlMinutes !== undefined || hints?.updateEveryMinutes !== undefined;
}

function rhythmInterval({ rhythm, hints }: FeedState, now: Date): number {
  if (rhythm !== undefined) return clamp(DAY_MS / rhythm.itemsPerDay);
  if (hints?.updateEveryMinutes === undefined) return USUAL_WAIT_MS;
  const period = Math.max(hints.updateEveryMinutes * MINUTE_MS, USUAL_WAIT_MS);
  return hints.updateBase === undefined ? clamp(period) : clamp(untilNext(period, hints.updateBase, now));
}

/** Time until the next multiple of the period, counted from its base, that is not upon us already. */
function untilNext(periodMs: number, base: Date, now: Date): number {
  const sinceLast = (((now.getTime() - base.getTime()) % periodMs) + periodMs) % periodMs;
  const wait = periodMs - sinceLast;
  return wait < SHORTEST_WAIT_MS ? wait + periodMs : wait;
}

function clamp(waitMs: number): number {
  return Math.min(Math.max(waitMs, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}

/**
 * Spreads visits: each feed has its own lasting share (from its name) and a little chance, so that feeds first
 * visited together drift apart and stay apart. Never shortens a wait.
 *
 * @param random - gives numbers from 0 to 1
 * @param isFirst - spreads over a whole interval instead of a tenth
 */
export function spread(
  waitMs: number,
  feed: string,
  options: { random: () => number; isFirst: boolean },
): number {
  const share = shareOf(feed) * (options.isFirst ? 1 : 0.1);
  return Math.min(waitMs * (1 + share + 0.05 * options.random()), Math.max(waitMs, LONGEST_WAIT_MS));
}

/** FNV-1a over the name, as a number from 0 to 1. */
function shareOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash / 0x1_0000_0000;
}

/**
 * Moves a moment out of the hours and days (UTC) that a feed wants skipped, to the first moment after them.
 * Wishes that leave no moment within three days are not heeded.
 */
export function outsideSkipped(moment: Date, hints: FeedHints | undefined): Date {
  // Hour 24 of older feeds is midnight.
  const hours = new Set(hints?.skipHours?.map((hour) => hour % 24));
  const days = new Set(hints?.skipDays);
  let time = moment.getTime();
  const limit = time + LONGEST_SKIP_MS;
  while (time < limit) {
    const at = new Date(time);
    const day = at.getUTCDay() === 0 ? 7 : at.getUTCDay();
    if (days.has(day)) time = startOfNext(time, DAY_MS);
    else if (hours.has(at.getUTCHours())) time = startOfNext(time, HOUR_MS);
    else return at;
  }
  return moment;
}

function startOfNext(time: number, unitMs: number): number {
  return (Math.floor(time / unitMs) + 1) * unitMs;
}
