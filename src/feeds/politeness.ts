import type { Feed, FeedNotice, FeedState, VisitRecord } from '../model.ts';
import type { Copy, Failed, Fetched, Unchanged } from './poll.ts';
import { healthOf } from './health.ts';
import type { Outcome, Reading } from './visits/outcome.ts';
import { isSilent, nextRhythm } from './visits/rhythm.ts';
import {
  outsideSkipped,
  spread,
  waitAfterFailure,
  waitAfterSuccess,
  LONGEST_WAIT_MS,
  type Trouble,
} from './visits/wait.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** After so many failures in a row a feed is visited no more. With doubling waits that takes about three days. */
const MOST_FAILURES = 11;
/** An address with nothing behind it is given up later: many come back. */
const MISSING_TRIES = 10;
const MISSING_MS = 7 * DAY_MS;

/** How often a permanent redirect must be seen before it is believed. */
const REDIRECT_PROOFS = 2;
const MOST_SLOWDOWN = 8;

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
  const visit: Visit = { state, outcome, now, random };
  const { fetched, reading } = outcome;
  if (fetched.kind === 'gone') return afterGone(visit);
  if (fetched.kind === 'unchanged') return afterUnchanged(visit, fetched);
  if (fetched.kind === 'failed') {
    return fetched.code === 'offline' ? afterOwnOutage(visit) : afterFailure(visit, fetched);
  }
  return reading?.kind === 'read' ? afterReading(visit, fetched, reading) : afterUnreadable(visit, fetched);
}

/** What people should be told because of a visit: once, when it has become true. */
export function noticeOf(before: FeedState, after: FeedState): FeedNotice | undefined {
  return after.notice?.kind === before.notice?.kind ? undefined : after.notice;
}

interface Visit {
  readonly state: FeedState;
  readonly outcome: Outcome;
  readonly now: Date;
  readonly random: () => number;
}

function afterReading(visit: Visit, fetched: Copy, reading: Reading & { kind: 'read' }): FeedState {
  const { state, now } = visit;
  const rhythm = fetched.partial ? state.rhythm : nextRhythm(state.rhythm, beatOf(visit, reading), now);
  const lastNewItem = lastNewItemAfter(visit, reading);
  const known = {
    ...healthy(visit, fetched),
    bodyHash: fetched.bodyHash,
    lastCopy: now,
    lastChange: now,
    hints: reading.hints,
    ...(rhythm === undefined ? {} : { rhythm }),
    ...(lastNewItem === undefined ? {} : { lastNewItem }),
  };
  return settled(known, visit, fetched, reading.items);
}

/**
 * When the feed last had something new: the date of its newest item, even where another feed had brought that item first;
 * or now, when an item is new to us, except at the first visit, where all are.
 */
function lastNewItemAfter(
  { state, now }: Visit,
  { dates, newItems }: Reading & { kind: 'read' },
): Date | undefined {
  const dated = dates.filter((date) => date <= now);
  const isNow = newItems > 0 && (state.lastCopy !== undefined || dated.length === 0);
  const moments = [
    ...dated,
    ...(isNow ? [now] : []),
    ...(state.lastNewItem === undefined ? [] : [state.lastNewItem]),
  ];
  return moments.toSorted((a, b) => a.getTime() - b.getTime()).at(-1);
}

function beatOf({ state, now }: Visit, { dates, items, newItems }: Reading & { kind: 'read' }) {
  const { lastChange } = state;
  const since =
    lastChange === undefined ? {} : { daysSinceLast: (now.getTime() - lastChange.getTime()) / DAY_MS };
  return { dates, items, newItems, ...since };
}

function afterUnchanged(visit: Visit, fetched: Unchanged): FeedState {
  const lastCopy = fetched.how === 'same-body' ? { lastCopy: visit.now } : {};
  return settled({ ...healthy(visit, fetched), ...lastCopy }, visit, fetched, visit.state.last?.items);
}

/** What every good visit does to a state: failures are forgotten, validators and redirects taken note of. */
function healthy({ state, outcome, now }: Visit, fetched: Copy | Unchanged): FeedState {
  const {
    failingSince: _failing,
    paused: _paused,
    validators: _validators,
    redirect: _redirect,
    hostSlowdown,
    hostRestsUntil: _rest,
    ...kept
  } = state;
  return {
    ...kept,
    errorsInRow: 0,
    lastSuccess: now,
    ...(fetched.validators === undefined ? {} : { validators: fetched.validators }),
    ...(hostSlowdown === undefined || hostSlowdown <= 2 ? {} : { hostSlowdown: hostSlowdown / 2 }),
    ...redirectAfter(state, outcome.feed, fetched.permanentUrl),
  };
}

/**
 * A permanent redirect is believed when two visits in a row saw it. The password of a feed stays with its own address,
 * so one that has a password is never moved.
 */
function redirectAfter(state: FeedState, feed: Feed, to: string | undefined): Partial<FeedState> {
  if (to === undefined || new URL(feed.url).username !== '') return {};
  const seen = state.redirect?.to === to ? state.redirect.seen + 1 : 1;
  if (seen < REDIRECT_PROOFS) return { redirect: { to, seen } };
  return { moved: { from: feed.url, to } };
}

function settled(
  known: FeedState,
  visit: Visit,
  { freshSeconds, retryAfterSeconds, ...fetched }: Copy | Unchanged,
  items: number | undefined,
): FeedState {
  const { feed } = visit.outcome;
  const wait = waitAfterSuccess(known, { feed, now: visit.now, freshSeconds, retryAfterSeconds });
  const count = items === undefined ? {} : { items };
  return closed(known, visit, wait, { kind: fetched.kind, ...measures(fetched), ...count });
}

function afterUnreadable(visit: Visit, fetched: Copy): FeedState {
  const reason =
    visit.outcome.reading?.kind === 'unreadable' ? visit.outcome.reading.reason : 'it was not read';
  const { validators: _validators, bodyHash: _hash, ...rest } = visit.state;
  return failing({ ...visit, state: rest }, 'missing', { kind: 'unreadable', ...measures(fetched), reason });
}

function afterFailure(visit: Visit, fetched: Failed): FeedState {
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

function afterGone(visit: Visit): FeedState {
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

/** Our own network was down: that says nothing about the feed. */
function afterOwnOutage(visit: Visit): FeedState {
  const { fetched } = visit.outcome;
  const reason = fetched.kind === 'failed' ? { reason: fetched.reason } : {};
  return closed(visit.state, visit, waitAfterFailure('outage', 1), {
    kind: 'failed',
    ...measures(fetched),
    ...reason,
  });
}

function closed(known: FeedState, visit: Visit, waitMs: number, record: Omit<VisitRecord, 'at'>): FeedState {
  const { now, random } = visit;
  const wait = spread(waitMs, known.feed, { random, isFirst: known.visits === 0 && known.errorsInRow === 0 });
  const nextVisit = outsideSkipped(new Date(now.getTime() + wait), known.hints);
  const after = { ...known, visits: known.visits + 1, nextVisit, last: { at: now, ...record } };
  return withSilence({ ...after, health: healthOf(after, now) }, now);
}

/** Says once that a feed has fallen silent, and takes it back when something new has come. */
function withSilence(state: FeedState, now: Date): FeedState {
  const { notice, ...rest } = state;
  if (state.errorsInRow > 0) return state;
  if (!isSilent(state, now)) return rest;
  const days = Math.floor((now.getTime() - (state.lastNewItem ?? now).getTime()) / DAY_MS);
  const text = `nothing new for ${days} days, which is far longer than is its habit`;
  return { ...rest, notice: notice?.kind === 'silent' ? notice : { kind: 'silent', text, since: now } };
}

function measures(fetched: Pick<Fetched, 'status' | 'wireBytes' | 'milliseconds'>) {
  const { status, wireBytes, milliseconds } = fetched;
  return { bytes: wireBytes, milliseconds, ...(status === undefined ? {} : { status }) };
}
