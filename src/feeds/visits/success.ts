import type { FeedState, VisitRecord } from '../../feed-state.ts';
import type { Feed } from '../../model.ts';
import type { Copy, Unchanged } from '../poll.ts';
import { closed, measures, type Visit } from './closing.ts';
import type { Reading } from './outcome.ts';
import { nextRhythm } from './rhythm.ts';
import { waitAfterSuccess } from './wait.ts';

const DAY_MS = 86_400_000;

/** How often a permanent redirect must be seen before it is believed. */
const REDIRECT_PROOFS = 2;

/** The state after a feed was fetched and read. */
export function afterReading(visit: Visit, fetched: Copy, reading: Reading & { kind: 'read' }): FeedState {
  const { state, now } = visit;
  const rhythm = fetched.partial ? state.rhythm : nextRhythm(state.rhythm, beatOf(visit, reading), now);
  const lastNewItem = lastNewItemAfter(visit, reading);
  const { held = 0 } = reading;
  const isHeld = held > 0;
  const { bodyHash: _hash, validators, ...well } = healthy(visit, fetched);
  // What was held must come again whole to be looked at again.
  const recognised = isHeld ? {} : { bodyHash: fetched.bodyHash, ...(validators && { validators }) };
  const known = {
    ...well,
    ...recognised,
    lastCopy: now,
    lastChange: now,
    hints: { ...reading.hints, ...fetched.hubLinks },
    ...(rhythm === undefined ? {} : { rhythm }),
    ...(lastNewItem === undefined ? {} : { lastNewItem }),
  };
  return settled(known, visit, fetched, { items: reading.items, ...(isHeld ? { held } : {}) });
}

/** The state after a hub sent something: visits go on as they would have, so that nothing is lost when it falls silent. */
export function afterPush(visit: Visit, reading: Reading | undefined): FeedState {
  const lastNewItem = reading?.kind === 'read' ? lastNewItemAfter(visit, reading) : undefined;
  return { ...visit.state, ...(lastNewItem === undefined ? {} : { lastNewItem }) };
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

/** The state after a feed was found as it was before. */
export function afterUnchanged(visit: Visit, fetched: Unchanged): FeedState {
  const lastCopy = fetched.how === 'same-body' ? { lastCopy: visit.now } : {};
  const items = visit.state.last?.items;
  return settled(
    { ...healthy(visit, fetched), ...lastCopy },
    visit,
    fetched,
    items === undefined ? {} : { items },
  );
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
  counts: Pick<VisitRecord, 'items' | 'held'>,
): FeedState {
  const { feed } = visit.outcome;
  const wait = waitAfterSuccess(known, { feed, now: visit.now, freshSeconds, retryAfterSeconds });
  return closed(known, visit, wait, { kind: fetched.kind, ...measures(fetched), ...counts });
}
