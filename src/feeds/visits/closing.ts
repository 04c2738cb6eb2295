import type { FeedNotice, FeedState, VisitRecord } from '../../feed-state.ts';
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
  return record.kind === 'new' || record.kind === 'unchanged' ? withNotice(state, now) : state;
}

/** Says once what is odd about a feed that answers, and takes it back when it is odd no more. */
function withNotice(state: FeedState, now: Date): FeedState {
  const { notice: before, ...rest } = state;
  const notice = held(state, now) ?? silence(state, now);
  if (notice === undefined) return rest;
  return { ...rest, notice: before?.kind === notice.kind ? before : notice };
}

function held({ last }: FeedState, since: Date): FeedNotice | undefined {
  if (last?.held === undefined) return undefined;
  const text = `${last.held} of its ${last.items ?? 0} items only look new: they are held for a second look`;
  return { kind: 'held', text, since };
}

function silence(state: FeedState, now: Date): FeedNotice | undefined {
  if (!isSilent(state, now)) return undefined;
  const days = Math.floor((now.getTime() - (state.lastNewItem ?? now).getTime()) / DAY_MS);
  const text = `nothing new for ${days} days, which is far longer than is its habit`;
  return { kind: 'silent', text, since: now };
}

/** What a visit cost, for the record. */
export function measures(fetched: Pick<Fetched, 'status' | 'wireBytes' | 'milliseconds'>) {
  const { status, wireBytes, milliseconds } = fetched;
  return { bytes: wireBytes, milliseconds, ...(status === undefined ? {} : { status }) };
}
