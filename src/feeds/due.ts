import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { FeedState } from '../feed-state.ts';
import type { Feed } from '../model.ts';
import { addressOf, type Fetched } from './poll.ts';
import { newFeedState } from './politeness.ts';
import { isUnanswered, makeNetworkWatch, NOT_TRIED } from './visits/network-watch.ts';
import { hostOf, siteOf } from './visits/site.ts';

/** A feed whose time has come. */
export interface Due {
  readonly feed: Feed;
  readonly state: FeedState;
}

/**
 * Finds the feeds that may be visited now, the longest overdue first.
 *
 * Left out are those that are switched off or paused, those whose host rests, and every second feed of one address.
 *
 * @param states - by the feed's id; a feed without one has never been visited
 */
export function dueFeeds(feeds: readonly Feed[], states: ReadonlyMap<string, FeedState>, now: Date): Due[] {
  const all = feeds
    .filter((feed) => feed.enabled)
    .map((feed) => ({ feed, state: states.get(feed.id) ?? newFeedState(feed.id, now) }));
  const hosts = hostsOf(all);
  const addresses = new Set<string>();
  return all
    .filter(({ feed, state }) => {
      const address = addressOf(feed, state);
      if (addresses.has(address)) return false;
      addresses.add(address);
      return state.paused === undefined && isTime(state, hosts.get(hostOf(address)), now);
    })
    .toSorted((a, b) => a.state.nextVisit.getTime() - b.state.nextVisit.getTime());
}

interface Host {
  readonly restsUntil: number;
  readonly slowdown: number;
}

/** What any feed of a host has learnt holds for all of them. */
function hostsOf(all: readonly Due[]): Map<string, Host> {
  const hosts = new Map<string, Host>();
  for (const { feed, state } of all) {
    const name = hostOf(addressOf(feed, state));
    const host = hosts.get(name) ?? { restsUntil: 0, slowdown: 1 };
    hosts.set(name, {
      restsUntil: Math.max(host.restsUntil, state.hostRestsUntil?.getTime() ?? 0),
      slowdown: Math.max(host.slowdown, state.hostSlowdown ?? 1),
    });
  }
  return hosts;
}

function isTime({ nextVisit, last }: FeedState, host: Host | undefined, now: Date): boolean {
  const { restsUntil, slowdown } = host ?? { restsUntil: 0, slowdown: 1 };
  const planned = nextVisit.getTime();
  const stretch = last === undefined ? 0 : Math.max(0, planned - last.at.getTime()) * (slowdown - 1);
  return planned + stretch <= now.getTime() && restsUntil <= now.getTime();
}

/** Runs errands to the web so that no site is asked for two things at once, nor twice in quick succession. */
export interface PoliteQueue {
  /** Runs `errand` when it is this address's turn. */
  add<T>(address: string, errand: () => Promise<T>): Promise<T>;
}

/**
 * Makes a queue to share between all that is fetched: feeds, articles, robots.txt.
 *
 * @param options.atOnce - how many errands run at the same time, all sites together
 * @param options.spacingMs - pause between the end of one errand to a site and the next one to it
 */
export function makePoliteQueue(options: { atOnce?: number; spacingMs?: number } = {}): PoliteQueue {
  const { atOnce = 8, spacingMs = 1500 } = options;
  const slots = new PQueue({ concurrency: atOnce });
  const sites = new Map<string, { readonly last: Promise<void>; readonly freeAt: () => number }>();

  return {
    add: async (address, errand) => {
      const site = siteOf(address);
      const before = sites.get(site);
      const { promise: last, resolve: done } = Promise.withResolvers<void>();
      let freeAt = Infinity;
      sites.set(site, { last, freeAt: () => freeAt });
      forgetIdle(sites);
      await before?.last;
      const wait = (before?.freeAt() ?? 0) - performance.now();
      if (wait > 0) await sleep(wait);
      try {
        return await slots.add(errand);
      } finally {
        freeAt = performance.now() + spacingMs;
        done();
      }
    },
  };
}

function forgetIdle(sites: Map<string, { readonly freeAt: () => number }>): void {
  const now = performance.now();
  for (const [site, { freeAt }] of sites) if (freeAt() < now) sites.delete(site);
}

/** After so many rebuffs in a row, a site's other feeds are left for a later round. */
const MOST_REBUFFS = 3;

/** One round of visits: how to fetch a feed, and what to do with what came. */
export interface Round {
  readonly queue: PoliteQueue;
  readonly fetch: (due: Due) => Promise<Fetched>;
  /** Called exactly once for each feed, in the order in which they end. */
  readonly handle: (due: Due, fetched: Fetched) => Promise<void>;
  /** Once aborted, no further visit is begun; feeds that were not visited, or not to the end, are not handled. */
  readonly signal?: AbortSignal;
}

/**
 * Visits feeds, several sites at a time, and hands each result on.
 *
 * When nobody at all answers, the fault is taken to be this machine's own: the failures are handed on with the code
 * `offline`, so that no feed is blamed. So are feeds that were not tried, because their site was silent or asked for rest.
 *
 * @throws {AggregateError} when handling some of them threw; all others have been handled
 */
export async function visitAll(due: readonly Due[], round: Round): Promise<void> {
  const errors: unknown[] = [];
  const keep = (error: unknown) => void errors.push(error);
  const isOver = () => round.signal?.aborted === true;
  const addressOfDue = ({ feed, state }: Due) => addressOf(feed, state);
  const handle = (each: Due, fetched: Fetched) => round.handle(each, fetched).catch(keep);
  const watch = makeNetworkWatch(handle, addressOfDue);
  const visit = async (each: Due, isTried: boolean): Promise<Fetched> => {
    const fetched = isTried && !watch.isDown() ? await round.fetch(each) : NOT_TRIED;
    if (!(isOver() && fetched.kind === 'failed')) await watch.note(each, fetched);
    return fetched;
  };
  const visitSite = async (some: readonly Due[]) => {
    let rebuffs = 0;
    for (const each of some) {
      // Where nothing will be asked for, nothing need be waited for.
      const isTried = rebuffs < MOST_REBUFFS && !watch.isDown() && !isOver();
      const turn = isTried
        ? round.queue.add(addressOfDue(each), () => visit(each, !isOver()))
        : visit(each, false);
      const fetched = await turn.catch(keep);
      rebuffs = fetched === undefined ? 0 : rebuffsAfter(rebuffs, each.feed, fetched);
    }
  };
  const sites = Map.groupBy(due, (each) => siteOf(addressOfDue(each)));
  await Promise.all([...sites.values()].map(visitSite));
  await watch.end();
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} visits could not be handled`);
}

/** No answer is a rebuff; "too many requests" speaks for the whole site, except at aggregators. */
function rebuffsAfter(before: number, { source }: Feed, fetched: Fetched): number {
  if (isUnanswered(fetched)) return before + 1;
  if (fetched.status !== 429) return 0;
  return source.kind === 'aggregator' ? before + 1 : MOST_REBUFFS;
}
