import { sortArrivals, type Sorted } from '../feeds/arrivals.ts';
import type { Due } from '../feeds/due.ts';
import { toArrivals } from '../feeds/items.ts';
import type { About, Parsed } from '../feeds/parse.ts';
import { afterVisit, noticeOf } from '../feeds/politeness.ts';
import type { Fetched } from '../feeds/poll.ts';
import { type Outcome, readingOf } from '../feeds/visits/outcome.ts';
import type { Log } from '../log.ts';
import type { FeedState } from '../feed-state.ts';
import type { Feed, Item, ItemId } from '../model.ts';
import type { Database } from '../store/database.ts';
import { type ClaimedFeed, endVisit } from '../store/feeds.ts';
import { addItemKeys } from '../store/items.ts';
import { findKnownItems } from '../store/known.ts';
import type { Clock } from '../time.ts';
import type { Absorber } from './absorb.ts';
import { type FullText, fullTexts, teasersIn } from './full-text.ts';

/** What it takes to make something of what a visit brought. */
export interface Visiting {
  readonly db: Database;
  readonly absorber: Absorber;
  readonly parse: (bytes: Uint8Array, about: About) => Promise<Parsed>;
  /** Absent where the pages of articles are left alone. */
  readonly fullText?: FullText | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1, to spread visits by. */
  readonly random: () => number;
}

/** A visit to a feed that this process has claimed. */
export interface Visit extends Due {
  readonly claim: ClaimedFeed;
  readonly fetched: Fetched;
}

/** A feed that could not be read in a round. */
export interface Failure {
  readonly feed: Feed;
  /** A sentence without a full stop. */
  readonly reason: string;
  /** Whether the fault seems to lie with this machine's network. */
  readonly isOffline: boolean;
}

/** What a visit came to. */
export interface Ended {
  readonly newItems: number;
  readonly hits: number;
  readonly failure?: Failure;
}

/** What was held back for so long, and is still there, is meant: less than a day, as visits are up to a day apart. */
const HOLDING_MS = 20 * 3_600_000;

/** What a visit brought, read and compared with what is known. */
export interface Brought {
  readonly parsed?: Parsed;
  readonly sorted?: Sorted;
  /** New items whose pages are to be fetched before they are stored. */
  readonly teasers: readonly Item[];
}

/** Reads what a visit brought. */
export async function readVisit(visiting: Visiting, visit: Visit): Promise<Brought> {
  const parsed = await read(visiting, visit.fetched);
  if (parsed === undefined) return { teasers: [] };
  const sorted = await sort(visiting, parsed, visit);
  const fresh = [...sorted.fresh, ...sorted.updated];
  const teasers = visiting.fullText === undefined ? [] : teasersIn(fresh, visit.feed, visiting.absorber);
  return { parsed, sorted, teasers };
}

/**
 * Stores what a visit brought, together with what is to be remembered of the feed.
 *
 * @returns `undefined`, with nothing stored, when `signal` ended it before the pages of its articles were read
 */
export async function endedVisit(
  visiting: Visiting,
  visit: Visit,
  brought: Brought,
  signal: AbortSignal,
): Promise<Ended | undefined> {
  const { clock, random } = visiting;
  const { feed, fetched, state } = visit;
  const { parsed } = brought;
  const sorted = await withPages(visiting, visit, brought, signal);
  if (signal.aborted && brought.teasers.length > 0) return undefined;
  const newItems = (sorted?.fresh.length ?? 0) + (sorted?.updated.length ?? 0);
  const held = sorted?.held.length ?? 0;
  const reading = parsed === undefined ? {} : { reading: readingOf(parsed, sorted?.fresh.length ?? 0, held) };
  const outcome: Outcome = { feed, fetched, ...reading };
  const next = afterVisit(state, outcome, clock(), random);
  const hits = await keep(visiting, visit, sorted, next);
  const reason = failureOf(outcome);
  tell(visiting, visit, { newItems, hits, held, ...(reason === undefined ? {} : { reason }) });
  const notice = noticeOf(state, next);
  if (notice !== undefined) visiting.log.warn({ feed: feed.id, notice: notice.text }, 'feed notice');
  const failure = reason === undefined ? {} : { failure: { feed, reason, isOffline: isOffline(fetched) } };
  return { newItems, hits, ...failure };
}

/** Whether it was no fault of the feed: it was not tried, or this machine has no network. */
function isOffline(fetched: Fetched): boolean {
  return fetched.kind === 'failed' && fetched.code === 'offline';
}

function tell(
  { log }: Visiting,
  { feed, fetched }: Visit,
  found: { newItems: number; hits: number; held: number; reason?: string },
): void {
  const fields = { feed: feed.id, kind: fetched.kind, ...found, ms: fetched.milliseconds };
  if (found.reason === undefined) log.info(fields, 'feed visited');
  else if (isOffline(fetched)) log.debug(fields, 'feed not read');
  else log.warn(fields, 'feed not read');
}

async function read({ parse }: Visiting, fetched: Fetched): Promise<Parsed | undefined> {
  if (fetched.kind !== 'new') return undefined;
  const { body, contentType, contentLanguage, baseUrl: url } = fetched;
  return parse(body, { contentType, contentLanguage, url });
}

/** What is new, with the texts of its pages. Fetching those takes time: what other feeds brought meanwhile is known by then. */
async function withPages(
  visiting: Visiting,
  visit: Visit,
  { parsed, sorted, teasers }: Brought,
  signal: AbortSignal,
): Promise<Sorted | undefined> {
  const { fullText } = visiting;
  if (fullText === undefined || parsed === undefined || teasers.length === 0) return sorted;
  const texts = await fullTexts(teasers, fullText, signal);
  const again = await sort(visiting, parsed, visit);
  const whole = <Some extends Item>(item: Some) => ({ ...item, text: texts.get(item.id) ?? item.text });
  return { ...again, fresh: again.fresh.map(whole), updated: again.updated.map(whole) };
}

async function sort({ db, clock }: Visiting, parsed: Parsed, { feed, state }: Visit): Promise<Sorted> {
  const now = clock();
  const arrivals = toArrivals(parsed, feed, now);
  const known = await findKnownItems(db, [...new Set(arrivals.flatMap(({ keys }) => keys))]);
  return sortArrivals(arrivals, (key) => known.get(key), { now, previous: doubtedSince(state, now) });
}

/** The visit since when items must be dated to be believed; none at the first one, nor once what was held has been held long enough. */
function doubtedSince({ lastSuccess, notice }: FeedState, now: Date): Date | undefined {
  const isMeant = notice?.kind === 'held' && now.getTime() - notice.since.getTime() >= HOLDING_MS;
  return isMeant ? undefined : lastSuccess;
}

/** Stores what a visit brought and what is to be remembered of its feed, or nothing of both. Returns the number of hits. */
function keep(
  { db, absorber }: Visiting,
  { claim }: Visit,
  sorted: Sorted | undefined,
  next: FeedState,
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
