import type { FeedState, Rhythm } from '../../feed-state.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_DAYS = 7;

/** From fewer items than this nothing is concluded about how long a feed keeps them. */
const FEWEST_FOR_WINDOW = 5;
/** A long silence of the past counts less with every change of the feed, so that a habit can change. */
const GAP_FADES = 0.9;
/** How fast the measured rate follows what one visit shows, where items carry no dates. */
const RATE_FOLLOWS = 0.3;

const LONGEST_UNSEEN_MS = 7 * DAY_MS;
const SHORTEST_SILENCE_MS = 2 * DAY_MS;
const SILENCE_IN_GAPS = 3;

/** What one reading of a feed shows of its rhythm. */
export interface Beat {
  /** Dates of the items that the feed holds now; absurd ones are passed over. */
  readonly dates: readonly Date[];
  readonly items: number;
  readonly newItems: number;
  /** Days since the reading before; absent at the first. */
  readonly daysSinceLast?: number;
}

/** Brings the rhythm up to date after a reading; `undefined` while nothing can be said. */
export function nextRhythm(before: Rhythm | undefined, beat: Beat, now: Date): Rhythm | undefined {
  const times = beat.dates.map((date) => date.getTime()).filter((time) => time <= now.getTime() && time > 0);
  if (times.length === 0) return undatedRhythm(before, beat);
  const sorted = times.toSorted((a, b) => a - b);
  const oldest = sorted[0] ?? now.getTime();
  const coveredDays = Math.min(Math.max((now.getTime() - oldest) / DAY_MS, 1 / 24), WEEK_DAYS);
  const recent = sorted.filter((time) => time > now.getTime() - WEEK_DAYS * DAY_MS).length;
  const gaps = sorted.slice(1).map((time, index) => (time - (sorted[index] ?? time)) / HOUR_MS);
  return {
    itemsPerDay: recent / coveredDays,
    longestGapHours: gaps.reduce((a, b) => Math.max(a, b), (before?.longestGapHours ?? 0) * GAP_FADES),
    ...(sorted.length < FEWEST_FOR_WINDOW ? {} : { windowHours: (now.getTime() - oldest) / HOUR_MS }),
  };
}

function undatedRhythm(before: Rhythm | undefined, { newItems, daysSinceLast }: Beat): Rhythm | undefined {
  if (daysSinceLast === undefined || daysSinceLast <= 0) return before;
  const rate = newItems / daysSinceLast;
  if (before === undefined) return { itemsPerDay: rate, longestGapHours: daysSinceLast * 24 };
  const itemsPerDay = before.itemsPerDay * (1 - RATE_FOLLOWS) + rate * RATE_FOLLOWS;
  return { ...before, itemsPerDay, longestGapHours: before.longestGapHours * GAP_FADES };
}

/**
 * How long a feed may go without anything new before that is out of its habit: three times the longest silence it
 * has shown, at least two days.
 */
export function longestHabitMs(rhythm: Rhythm | undefined): number {
  return Math.max(SHORTEST_SILENCE_MS, (rhythm?.longestGapHours ?? 0) * HOUR_MS * SILENCE_IN_GAPS);
}

/** Tells whether nothing new has come for far longer than is the feed's habit; never while its habit is unknown. */
export function isSilent(state: Pick<FeedState, 'rhythm' | 'lastNewItem'>, now: Date): boolean {
  if (state.rhythm === undefined || state.lastNewItem === undefined) return false;
  return now.getTime() - state.lastNewItem.getTime() > longestHabitMs(state.rhythm);
}

/**
 * Tells whether the next visit should ask for the whole feed although validators are known: when it has been
 * "not changed" against its habit for so long that its server may have got stuck. At most once a week.
 */
export function wantsWholeCopy(state: FeedState, now: Date): boolean {
  if (state.validators === undefined || state.lastCopy === undefined) return false;
  const unseenMs = now.getTime() - state.lastCopy.getTime();
  return unseenMs > Math.max(LONGEST_UNSEEN_MS, longestHabitMs(state.rhythm));
}
