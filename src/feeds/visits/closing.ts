import type { FeedState, VisitRecord } from '../../model.ts';
import { healthOf } from '../health.ts';
import type { Fetched } from '../poll.ts';
import type { Outcome } from './outcome.ts';
import { isSilent } from './rhythm.ts';
import { outsideSkipped, spread } from './wait.ts';

const DAY_MS = 86_400_000;

/** A visit that has ended, and the state before it. */
export interface Visit {
  readonly state: FeedState;
  readonly outcome: Outcome;
  readonly now: Date;
  readonly random: () => number;
}

/** Ends a visit: decides the moment of the next one, and says how the feed fares. */
export function closed(
  known: FeedState,
  visit: Visit,
  waitMs: number,
  record: Omit<VisitRecord, 'at'>,
): FeedState {
  const { now, random } = visit;
  const isFirst = visit.state.lastSuccess === undefined && known.errorsInRow === 0;
  const wait = spread(waitMs, known.feed, { random, isFirst });
  const nextVisit = outsideSkipped(new Date(now.getTime() + wait), known.hints);
  const after = { ...known, visits: known.visits + 1, nextVisit, last: { at: now, ...record } };
  const state = { ...after, health: healthOf(after, now) };
  return record.kind === 'new' || record.kind === 'unchanged' ? withSilence(state, now) : state;
}

/** Says once that a feed that answers has fallen silent, and takes it back when something new has come. */
function withSilence(state: FeedState, now: Date): FeedState {
  const { notice, ...rest } = state;
  if (!isSilent(state, now)) return rest;
  const days = Math.floor((now.getTime() - (state.lastNewItem ?? now).getTime()) / DAY_MS);
  const text = `nothing new for ${days} days, which is far longer than is its habit`;
  return { ...rest, notice: notice?.kind === 'silent' ? notice : { kind: 'silent', text, since: now } };
}

/** What a visit cost, for the record. */
export function measures(fetched: Pick<Fetched, 'status' | 'wireBytes' | 'milliseconds'>) {
  const { status, wireBytes, milliseconds } = fetched;
  return { bytes: wireBytes, milliseconds, ...(status === undefined ? {} : { status }) };
}
