import { sortArrivals, type Sorted } from '../feeds/arrivals.ts';
import { dueFeeds, type Due, type PoliteQueue, visitAll } from '../feeds/due.ts';
import type { GuardedFetch } from '../feeds/http.ts';
import { toArrivals } from '../feeds/items.ts';
import type { About, Parsed } from '../feeds/parse.ts';
import { afterVisit, noticeOf } from '../feeds/politeness.ts';
import { fetchFeed, type Fetched } from '../feeds/poll.ts';
import { type Outcome, readingOf } from '../feeds/visits/outcome.ts';
import type { Log } from '../log.ts';
import type { Feed, ItemId } from '../model.ts';
import type { Database } from '../store/database.ts';
import { type ClaimedFeed, claimFeeds, endVisit, findFeedStates } from '../store/feeds.ts';
import { addItemKeys } from '../store/items.ts';
import { findKnownItems } from '../store/known.ts';
import type { Clock } from '../time.ts';
import type { Absorber } from './absorb.ts';

/** What a round of visits needs. */
export interface Ingest {
  readonly db: Database;
  readonly absorber: Absorber;
  readonly feeds: readonly Feed[];
  readonly fetch: GuardedFetch;
  readonly parse: (bytes: Uint8Array, about: About) => Promise<Parsed>;
  readonly queue: PoliteQueue;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1, to spread visits by. */
  readonly random: () => number;
}

/** A feed that could not be read in a round. */
export interface Failure {
  readonly feed: Feed;
  /** A sentence without a full stop. */
  readonly reason: string;
  /** Whether the fault seems to lie with this machine's network. */
  readonly isOffline: boolean;
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
const LEASE_MS = 15 * 60_000;

/**
 * Visits every feed that is due and folds what it brings into events. A feed that fails changes nothing else; what a
 * visit brings is stored together with the state of its feed, so that a crash neither loses nor doubles an item.
 */
export async function ingestRound(
  ingest: Ingest,
  { signal, onProgress }: RoundOptions = {},
): Promise<RoundReport> {
  const { db, feeds, clock, queue } = ingest;
  const due = dueFeeds(feeds, await findFeedStates(db), clock());
  const claimed = await claimFeeds(db, {
    feeds: due.map(({ feed }) => feed.id),
    now: clock(),
    leaseMs: LEASE_MS,
  });
  const leases = new Map(claimed.map((claim) => [claim.feed, claim]));
  let report: RoundReport = { due: claimed.length, visited: 0, newItems: 0, hits: 0, failures: [] };
  const ours = due.filter(({ feed }) => leases.has(feed.id));

  await visitAll(ours, {
    queue,
    fetch: ({ feed, state }) => fetchFeed(feed, state, ingest.fetch, clock),
    handle: async (visit, fetched) => {
      const claim = leases.get(visit.feed.id);
      if (claim === undefined) return;
      report = added(report, await endedVisit(ingest, { ...visit, claim, fetched }));
      onProgress?.(report);
    },
    ...(signal === undefined ? {} : { signal }),
  });
  await ingest.absorber.foldPending(db);
  return report;
}

interface Visit extends Due {
  readonly claim: ClaimedFeed;
  readonly fetched: Fetched;
}

interface Ended {
  readonly newItems: number;
  readonly hits: number;
  readonly failure?: Failure;
}

async function endedVisit(ingest: Ingest, visit: Visit): Promise<Ended> {
  const { clock, log, random } = ingest;
  const { feed, fetched, state } = visit;
  const parsed = await read(ingest, fetched);
  const sorted = parsed === undefined ? undefined : await sort(ingest, parsed, visit);
  const newItems = (sorted?.fresh.length ?? 0) + (sorted?.updated.length ?? 0);
  const outcome: Outcome = {
    feed,
    fetched,
    ...(parsed === undefined ? {} : { reading: readingOf(parsed, sorted?.fresh.length ?? 0) }),
  };
  const next = afterVisit(state, outcome, clock(), random);
  const hits = await keep(ingest, visit, sorted, next);
  const reason = failureOf(outcome);
  const notice = noticeOf(state, next);
  if (notice !== undefined) log.warn({ feed: feed.id, notice: notice.text }, 'feed notice');
  const fields = { feed: feed.id, kind: fetched.kind, newItems, hits, held: sorted?.held.length ?? 0 };
  if (reason === undefined) log.info({ ...fields, ms: fetched.milliseconds }, 'feed visited');
  else log.warn({ ...fields, reason, ms: fetched.milliseconds }, 'feed not read');
  const isOffline = fetched.kind === 'failed' && fetched.code === 'offline';
  return { newItems, hits, ...(reason === undefined ? {} : { failure: { feed, reason, isOffline } }) };
}

async function read({ parse }: Ingest, fetched: Fetched): Promise<Parsed | undefined> {
  if (fetched.kind !== 'new') return undefined;
  return parse(fetched.body, { contentType: fetched.contentType, url: fetched.baseUrl });
}

async function sort({ db, clock }: Ingest, parsed: Parsed, { feed, state }: Visit): Promise<Sorted> {
  const arrivals = toArrivals(parsed, feed, clock());
  const known = await findKnownItems(db, [...new Set(arrivals.flatMap(({ keys }) => keys))]);
  return sortArrivals(arrivals, (key) => known.get(key), { now: clock(), previous: state.lastSuccess });
}

/** Stores what a visit brought and what is to be remembered of its feed, or nothing of both. Returns the number of hits. */
function keep(
  { db, absorber }: Ingest,
  { claim }: Visit,
  sorted: Sorted | undefined,
  next: Parameters<typeof endVisit>[2],
): Promise<number> {
  return db.transaction(async (tx) => {
    if (!(await endVisit(tx, claim, next)) || sorted === undefined) return 0;
    const items = [...sorted.fresh, ...sorted.updated];
    const keys = Map.groupBy(sorted.keys, ([, item]) => item);
    const keysOf = (item: ItemId) => (keys.get(item) ?? []).map(([key]) => key);
    const stored = new Set(items.map(({ id }) => id));
    for (const id of keys.keys()) if (!stored.has(id)) await addItemKeys(tx, id, keysOf(id));
    const received = await absorber.receive(
      tx,
      items.map((item) => ({ item, keys: keysOf(item.id) })),
    );
    return received.hits;
  });
}

function failureOf({ fetched, reading }: Outcome): string | undefined {
  if (fetched.kind === 'failed') return fetched.reason;
  if (fetched.kind === 'gone') return 'the publisher has given it up';
  return reading?.kind === 'unreadable' ? reading.reason : undefined;
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
