import { dueFeeds, type Due, type PoliteQueue, visitAll } from '../feeds/due.ts';
import { type GuardedFetch, stoppable } from '../feeds/http.ts';
import { type Fetched, fetchFeed } from '../feeds/poll.ts';
import type { Feed } from '../model.ts';
import { type ClaimedFeed, claimFeeds, findFeedStates } from '../store/feeds.ts';
import { releaseFeeds } from '../store/leases.ts';
import { watchedFeeds } from '../store/own-feeds.ts';
import {
  type Brought,
  type Ended,
  endedVisit,
  type Failure,
  readVisit,
  type Visit,
  type Visiting,
} from './visit.ts';

/** What a round of visits needs. */
export interface Ingest extends Visiting {
  /** Those that ship with the topic; what people added or muted is in the archive. */
  readonly feeds: readonly Feed[];
  readonly fetch: GuardedFetch;
  readonly queue: PoliteQueue;
}

/** How a round goes, while it goes and at its end. */
export interface RoundReport {
  readonly due: number;
  readonly visited: number;
  readonly newItems: number;
  readonly hits: number;
  readonly failures: readonly Failure[];
}

export interface RoundOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (report: RoundReport) => void;
}

/** After this long another process may visit a feed that one has claimed and not come back from. */
export const LEASE_MS = 15 * 60_000;
const NEVER = new AbortController().signal;

/**
 * Visits every feed that is due and folds what it brings into events. A feed that fails changes nothing else; what a
 * visit brings is stored together with the state of its feed, so that a crash neither loses nor doubles an item.
 */
export async function ingestRound(
  ingest: Ingest,
  { signal = NEVER, onProgress }: RoundOptions = {},
): Promise<RoundReport> {
  const { db, clock, queue } = ingest;
  const claimed = await claimDue(ingest);
  const leases = new Map(claimed.map(({ due, claim }) => [due.feed.id, claim]));
  const fetch = stoppable(ingest.fetch, signal);
  let report: RoundReport = { due: leases.size, visited: 0, newItems: 0, hits: 0, failures: [] };
  const endings: Promise<void>[] = [];
  const errors: unknown[] = [];

  const end = async (visit: Visit, brought: Brought): Promise<void> => {
    const ended = await endedVisit(ingest, visit, brought, signal);
    if (ended === undefined) return;
    report = added(report, ended);
    onProgress?.(report);
  };
  const handle = async (due: Due, fetched: Fetched): Promise<void> => {
    const claim = leases.get(due.feed.id);
    if (claim === undefined) return;
    const visit = { ...due, claim, fetched };
    const brought = await readVisit(ingest, visit);
    const ending = end(visit, brought);
    // A site is asked for articles in its turn, and its turn is this visit's until it has been handled.
    if (brought.teasers.length > 0) endings.push(ending.catch((error: unknown) => void errors.push(error)));
    else await ending;
  };

  try {
    await visitAll(
      claimed.map(({ due }) => due),
      { queue, fetch: ({ feed, state }) => fetchFeed(feed, state, fetch, clock), handle, signal },
    );
  } finally {
    await Promise.all(endings);
    await releaseFeeds(db, [...leases.values()]);
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} visits could not be ended`);
  // Whoever stops us does not wait: what is noted for folding is folded in the next round.
  if (!signal.aborted) await ingest.absorber.foldPending(db);
  return report;
}

/**
 * Claims the feeds that are due. What another process visited between the look at the states and the claim is given back,
 * so that no feed is visited twice in a row.
 */
async function claimDue({ db, feeds: shipped, clock }: Ingest): Promise<{ due: Due; claim: ClaimedFeed }[]> {
  const feeds = await watchedFeeds(db, shipped);
  const due = dueFeeds(feeds, await findFeedStates(db), clock());
  const claims = await claimFeeds(db, {
    feeds: due.map(({ feed }) => feed.id),
    now: clock(),
    leaseMs: LEASE_MS,
  });
  const stillDue = new Map(
    dueFeeds(feeds, await findFeedStates(db), clock()).map((each) => [each.feed.id, each]),
  );
  await releaseFeeds(
    db,
    claims.filter(({ feed }) => !stillDue.has(feed)),
  );
  const claimOf = new Map(claims.map((claim) => [claim.feed, claim]));
  return [...stillDue.values()].flatMap((each) => {
    const claim = claimOf.get(each.feed.id);
    return claim === undefined ? [] : [{ due: each, claim }];
  });
}

function added(report: RoundReport, { newItems, hits, failure }: Ended): RoundReport {
  return {
    ...report,
    visited: report.visited + 1,
    newItems: report.newItems + newItems,
    hits: report.hits + hits,
    failures: failure === undefined ? report.failures : [...report.failures, failure],
  };
}
