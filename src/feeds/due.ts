import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Feed, FeedState } from '../model.ts';
import { addressOf, type Failed, type Fetched } from './poll.ts';
import { newFeedState } from './politeness.ts';
import type { FaultCode } from './web/faults.ts';

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

function hostOf(address: string): string {
  return URL.parse(address)?.hostname ?? address;
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

/**
 * The site to which an address belongs: hosts of one registered domain are mostly one machine (`www.`, `en.`).
 * Told by the look of the name: where a country's second level is short (`co.kr`, `com.ua`), three labels, else two.
 */
export function siteOf(address: string): string {
  const host = hostOf(address);
  const labels = host.split('.');
  if (/[:\d]$/.test(host) || labels.length < 3) return host;
  const isShared = (labels.at(-1)?.length ?? 0) === 2 && (labels.at(-2)?.length ?? 0) <= 3;
  return labels.slice(isShared ? -3 : -2).join('.');
}

/** One round of visits: how to fetch a feed, and what to do with what came. */
export interface Round {
  readonly queue: PoliteQueue;
  readonly fetch: (due: Due) => Promise<Fetched>;
  /** Called exactly once for each feed, in the order in which they end. */
  readonly handle: (due: Due, fetched: Fetched) => Promise<void>;
  /** Once aborted, no further visit is begun; feeds that were not visited, or not to the end, are not handled. */
  readonly signal?: AbortSignal;
}

/** So many sites that all give no answer mean that this machine has no network; so many end a round early. */
const SITES_FOR_OUTAGE = 3;
const SITES_TO_GIVE_UP = 8;

const UNANSWERED: ReadonlySet<FaultCode> = new Set([
  'blocked',
  'broken',
  'certificate',
  'late',
  'name',
  'offline',
  'proxy',
  'refused',
]);

/**
 * Visits feeds, several sites at a time, and hands each result on.
 *
 * When nobody at all answers, the fault is taken to be this machine's own: the failures are handed on with the code
 * `offline`, so that no feed is blamed.
 *
 * @throws {AggregateError} when handling some of them threw; all others have been handled
 */
export async function visitAll(due: readonly Due[], round: Round): Promise<void> {
  const errors: unknown[] = [];
  const keep = (error: unknown) => void errors.push(error);
  const isOver = () => round.signal?.aborted === true;
  const watch = makeNetworkWatch((visited, fetched) => round.handle(visited, fetched).catch(keep));
  const visit = async (each: Due) => {
    if (isOver()) return;
    const fetched = watch.isDown() ? undefined : await round.fetch(each);
    if (!(isOver() && fetched?.kind === 'failed')) await watch.note(each, fetched);
  };
  const sites = Map.groupBy(due, ({ feed, state }) => siteOf(addressOf(feed, state)));
  const visitSite = async (some: readonly Due[]) => {
    for (const each of some) {
      // Where nothing will be asked for, nothing need be waited for.
      const isIdle = watch.isDown() || isOver();
      const turn = isIdle
        ? visit(each)
        : round.queue.add(addressOf(each.feed, each.state), () => visit(each));
      await turn.catch(keep);
    }
  };
  await Promise.all([...sites.values()].map(visitSite));
  await watch.end();
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} visits could not be handled`);
}

interface NetworkWatch {
  isDown(): boolean;
  /** Takes what came of a visit; `undefined` when it was not even tried. */
  note(due: Due, fetched: Fetched | undefined): Promise<void>;
  end(): Promise<void>;
}

/** Holds failures back until somebody has answered, which shows that the network is there. */
function makeNetworkWatch(handle: Round['handle']): NetworkWatch {
  let hasAnswer = false;
  const held: { readonly due: Due; readonly fetched: Failed }[] = [];
  const silentSites = () => new Set(held.map(({ due }) => siteOf(addressOf(due.feed, due.state)))).size;
  const release = async (isOutage: boolean) => {
    for (const { due, fetched } of held.splice(0)) await handle(due, isOutage ? blameless(fetched) : fetched);
  };
  return {
    isDown: () => !hasAnswer && silentSites() >= SITES_TO_GIVE_UP,
    note: async (due, fetched = NOT_TRIED) => {
      if (!hasAnswer && isUnanswered(fetched)) {
        held.push({ due, fetched });
        return;
      }
      hasAnswer = true;
      await release(false);
      await handle(due, fetched);
    },
    end: () => release(silentSites() >= SITES_FOR_OUTAGE),
  };
}

const NOT_TRIED: Failed = {
  kind: 'failed',
  code: 'offline',
  reason: 'not tried',
  wireBytes: 0,
  milliseconds: 0,
};

function isUnanswered(fetched: Fetched): fetched is Failed {
  return fetched.kind === 'failed' && fetched.code !== undefined && UNANSWERED.has(fetched.code);
}

function blameless(fetched: Failed): Failed {
  return { ...fetched, code: 'offline', reason: `this machine seems to have no network: ${fetched.reason}` };
}
