import type { Day, EventId, ItemId, NewsEvent } from '../../model.ts';
import { eventId } from '../id.ts';

/** An event as it was before all was folded anew. */
export interface Former {
  readonly event: NewsEvent;
  /** Items that it holds; those that it once held where it has lost all. */
  readonly items: ReadonlySet<ItemId>;
}

/** Which events go on under which ids. */
export interface Succession {
  /** The id of each new event, by the id that folding gave it. */
  readonly ids: ReadonlyMap<EventId, EventId>;
  /** Former events that are part of another now: the id stays as a second name of `into`. */
  readonly merged: readonly { readonly from: EventId; readonly into: EventId }[];
  /** Former events none of whose items is in any event any more. */
  readonly gone: readonly EventId[];
}

interface Pair {
  readonly before: Former;
  readonly after: NewsEvent;
  /** How much of both they share, from 0 to 1. */
  readonly items: number;
  readonly claims: number;
}

/**
 * Lets every event that was folded anew go on under the id of the former event with which it shares most: its items, then its
 * claims, then its kind. One that shares nothing gets an id that was never given.
 *
 * @param isFixed - ids that belong to the same event before and after, whatever it holds
 * @param isTaken - whether an id was ever given
 */
export function succeed(
  former: readonly Former[],
  folded: readonly NewsEvent[],
  { isFixed, isTaken }: { isFixed: (id: EventId) => boolean; isTaken: (id: EventId) => boolean },
): Succession {
  const ids = new Map<EventId, EventId>();
  for (const { id } of folded) if (isFixed(id)) ids.set(id, id);
  const given = new Set<EventId>(ids.values());
  const pairs = pairsOf(former, folded);
  for (const { before, after } of pairs.toSorted(byLikeness)) {
    const { id } = before.event;
    if (isFixed(id) || given.has(id) || ids.has(after.id)) continue;
    ids.set(after.id, id);
    given.add(id);
  }
  for (const { id } of folded) {
    if (ids.has(id)) continue;
    const isUsed = (wished: EventId) => isTaken(wished) || given.has(wished);
    const own = isUsed(id) ? eventId(id.slice(0, 10) as Day, id, isUsed) : id;
    ids.set(id, own);
    given.add(own);
  }
  const ended = former.filter(({ event }) => event.claims.length > 0 && !given.has(event.id));
  const merged = ended.flatMap(({ event }) => {
    const [closest] = pairs.filter(({ before }) => before.event === event).toSorted(byLikeness);
    const into = closest && ids.get(closest.after.id);
    return into === undefined ? [] : [{ from: event.id, into }];
  });
  const led = new Set(merged.map(({ from }) => from));
  return { ids, merged, gone: ended.map(({ event }) => event.id).filter((id) => !led.has(id)) };
}

/** The items of an event. */
export function itemsOf({ citations }: Pick<NewsEvent, 'citations'>): Set<ItemId> {
  return new Set(citations.flatMap(({ item }) => item ?? []));
}

/** All pairs of a former and a new event that share an item. */
function pairsOf(former: readonly Former[], folded: readonly NewsEvent[]): Pair[] {
  const holders = new Map<ItemId, Former[]>();
  for (const one of former)
    for (const item of one.items) holders.set(item, [...(holders.get(item) ?? []), one]);
  return folded.flatMap((after) => {
    const items = itemsOf(after);
    const near = new Set([...items].flatMap((item) => holders.get(item) ?? []));
    return [...near].map((before) => ({
      before,
      after,
      items: sharedPart(before.items, items),
      claims: sharedPart(claimsOf(before.event), claimsOf(after)),
    }));
  });
}

/** Those that share most first; one that still stands before one that has lost all; then the older, so that nothing is left to chance. */
function byLikeness(a: Pair, b: Pair): number {
  const stands = ({ before }: Pair) => Number(before.event.claims.length > 0);
  const isSameKind = ({ before, after }: Pair) => Number(before.event.kind === after.kind);
  return (
    stands(b) - stands(a) ||
    b.items - a.items ||
    b.claims - a.claims ||
    isSameKind(b) - isSameKind(a) ||
    compare(a.before.event.id, b.before.event.id) ||
    compare(a.after.id, b.after.id)
  );
}

/** The Jaccard index of two sets. */
function sharedPart(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  const shared = some.intersection(others).size;
  return shared === 0 ? 0 : shared / (some.size + others.size - shared);
}

function claimsOf({ claims }: NewsEvent): Set<string> {
  return new Set(claims.map(({ id }) => id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a === b ? 0 : 1;
}
