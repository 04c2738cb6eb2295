import type { FeedNotice, FeedState, VisitRecord } from '../../feed-state.ts';
import type { Copy, Failed } from '../poll.ts';
import { closed, measures, type Visit } from './closing.ts';
import { LONGEST_WAIT_MS, waitAfterFailure, type Trouble } from './wait.ts';

/** After so many failures in a row a feed is visited no more. With doubling waits that takes about three days. */
const MOST_FAILURES = 11;
/** An address with nothing behind it is given up later: many come back. */
const MISSING_TRIES = 10;
const MISSING_MS = 7 * 86_400_000;

const MOST_SLOWDOWN = 8;

/** The state after something came that is no feed: its validators must not keep us from a better copy. */
export function afterUnreadable(visit: Visit, fetched: Copy): FeedState {
  const reason =
    visit.outcome.reading?.kind === 'unreadable' ? visit.outcome.reading.reason : 'it was not read';
  const { validators: _validators, bodyHash: _hash, ...rest } = visit.state;
  return failing({ ...visit, state: rest }, 'missing', { kind: 'unreadable', ...measures(fetched), reason });
}

/** The state after a visit that failed. */
export function afterFailure(visit: Visit, fetched: Failed): FeedState {
  const { status, reason, wall, retryAfterSeconds } = fetched;
  const record = {
    kind: 'failed' as const,
    ...measures(fetched),
    reason,
    ...(wall === undefined ? {} : { wall }),
  };
  if (status === 404 && visit.state.moved !== undefined) return backToOwnAddress(visit, record);
  return failing(status === 429 ? slowed(visit, retryAfterSeconds) : visit, troubleOf(fetched), record);
}

function troubleOf({ status, wall, code }: Failed): Trouble {
  if (status === 401 || status === 402 || status === 403 || status === 451) return 'refused';
  if (wall === 'challenge' || code === 'blocked' || code === 'address' || code === 'large') return 'refused';
  if (status === 404 || status === 406 || wall !== undefined) return 'missing';
  return status === 429 ? 'missing' : 'outage';
}

/**
 * Too many requests: the whole host rests as long as it asks for, or is visited half as often where it does not say.
 * An aggregator serves each feed as if it were a site of its own, so only this feed waits.
 */
function slowed(visit: Visit, retryAfterSeconds: number | undefined): Visit {
  const { state, now, outcome } = visit;
  if (outcome.feed.source.kind === 'aggregator') return visit;
  const rest =
    retryAfterSeconds === undefined
      ? { hostSlowdown: Math.min((state.hostSlowdown ?? 1) * 2, MOST_SLOWDOWN) }
      : { hostRestsUntil: new Date(now.getTime() + retryAfterSeconds * 1000) };
  return { ...visit, state: { ...state, ...rest } };
}

function failing(visit: Visit, trouble: Trouble, record: Omit<VisitRecord, 'at'>): FeedState {
  const { state, now, outcome } = visit;
  const errorsInRow = state.errorsInRow + 1;
  const known = { ...state, errorsInRow, failingSince: state.failingSince ?? now };
  const wait = waitAfterFailure(trouble, errorsInRow, outcome.fetched.retryAfterSeconds);
  const after = closed(known, visit, wait, record);
  return isHopeless(after, now)
    ? pausedBecause(after, `${errorsInRow} visits in a row failed: ${record.reason}`, now)
    : after;
}

function isHopeless({ errorsInRow, failingSince, last }: FeedState, now: Date): boolean {
  if (last?.status === 429) return false;
  if (last?.status !== 404) return errorsInRow >= MOST_FAILURES;
  return errorsInRow >= MISSING_TRIES && now.getTime() - (failingSince ?? now).getTime() >= MISSING_MS;
}

function pausedBecause(
  state: FeedState,
  paused: string,
  since: Date,
  kind: FeedNotice['kind'] = 'failing',
): FeedState {
  return { ...state, paused, health: 'paused', notice: { kind, text: paused, since } };
}

/** The state after the publisher said that the feed will not come back. */
export function afterGone(visit: Visit): FeedState {
  const record = { kind: 'gone' as const, ...measures(visit.outcome.fetched) };
  if (visit.state.moved !== undefined) return backToOwnAddress(visit, record);
  const after = closed(visit.state, visit, LONGEST_WAIT_MS, record);
  return pausedBecause(after, 'its publisher has taken it down for good (410)', visit.now, 'gone');
}

/** Where a feed had moved to there is nothing any more: its own address is tried again before anything is concluded. */
function backToOwnAddress(visit: Visit, record: Omit<VisitRecord, 'at'>): FeedState {
  const { moved: _moved, redirect: _redirect, ...rest } = visit.state;
  return closed(rest, visit, waitAfterFailure('outage', 1, visit.outcome.fetched.retryAfterSeconds), record);
}

/** The state after a visit that our own network kept from happening: that says nothing about the feed. */
export function afterOwnOutage(visit: Visit): FeedState {
  const { fetched } = visit.outcome;
  const reason = fetched.kind === 'failed' ? { reason: fetched.reason } : {};
  return closed(visit.state, visit, waitAfterFailure('outage', 1), {
    kind: 'failed',
    ...measures(fetched),
    ...reason,
  });
}
