import type { FeedNotice, FeedState } from '../feed-state.ts';
import { afterFailure, afterGone, afterOwnOutage, afterUnreadable } from './visits/failure.ts';
import type { Outcome } from './visits/outcome.ts';
import { afterPush, afterReading, afterUnchanged } from './visits/success.ts';

/** What is known of a feed that was never visited: that it may be visited now. */
export function newFeedState(feed: string, now: Date): FeedState {
  return { feed, nextVisit: now, visits: 0, errorsInRow: 0, health: 'new' };
}

/** The state from which a paused feed starts again: visited at once, as if it had never failed. */
export function resumed(state: FeedState, now: Date): FeedState {
  const { paused: _paused, failingSince: _failing, notice: _notice, ...rest } = state;
  return { ...rest, errorsInRow: 0, nextVisit: now, health: rest.visits === 0 ? 'new' : 'well' };
}

/**
 * Decides what to remember of a feed after a visit, and when to come again.
 *
 * @param random - gives numbers from 0 to 1, to spread visits by
 */
export function afterVisit(state: FeedState, outcome: Outcome, now: Date, random: () => number): FeedState {
  const visit = { state, outcome, now, random };
  const { fetched, reading } = outcome;
  if (fetched.kind === 'gone') return afterGone(visit);
  if (fetched.kind === 'unchanged') return afterUnchanged(visit, fetched);
  if (fetched.kind === 'failed') {
    return fetched.code === 'offline' ? afterOwnOutage(visit) : afterFailure(visit, fetched);
  }
  if (fetched.pushed === true) return afterPush(visit, reading);
  return reading?.kind === 'read' ? afterReading(visit, fetched, reading) : afterUnreadable(visit, fetched);
}

/** What people should be told because of a visit: once, when it has become true. */
export function noticeOf(before: FeedState, after: FeedState): FeedNotice | undefined {
  return after.notice?.kind === before.notice?.kind ? undefined : after.notice;
}
