import type { EventId, ItemId, NewsEvent } from '../../model.ts';
import type { FoldTools, Merge } from './article.ts';
import { isShipped, mergeEvents } from './assembly.ts';
import { closestIds, foundBy } from './closest.ts';
import { eventKeys, type Clues } from './keys.ts';

/** The events that a round works on, found by their keys, and what the round did to them. */
export interface Ledger {
  /** The events that are found by these clues, oldest first. */
  readonly find: (clues: Clues) => NewsEvent[];
  /** The events that share most of these keys of pairs, oldest first; see `closestIds`. */
  readonly closest: (pairs: readonly string[]) => NewsEvent[];
  readonly get: (id: EventId) => NewsEvent | undefined;
  /** Takes in a new event, or an event in its new form. */
  readonly put: (event: NewsEvent) => void;
  /** Makes one of two events: the older id stays. Returns what became of them. */
  readonly merge: (one: NewsEvent, other: NewsEvent) => NewsEvent;
  /** The event that an id stands for after all merges of the round. */
  readonly current: (id: EventId) => EventId;
  readonly changed: () => NewsEvent[];
  readonly merged: () => Merge[];
  readonly isTaken: (id: EventId) => boolean;
}

export function makeLedger(known: Iterable<NewsEvent>, tools: FoldTools): Ledger {
  const events = new Map<EventId, NewsEvent>();
  const index = new Map<string, Set<EventId>>();
  const keysOf = new Map<EventId, readonly string[]>();
  const changed = new Set<EventId>();
  const merged = new Map<EventId, EventId>();

  const hold = (event: NewsEvent): void => {
    drop(event.id);
    events.set(event.id, event);
    const keys = eventKeys(event, tools.weightOf);
    keysOf.set(event.id, keys);
    for (const key of keys) index.set(key, (index.get(key) ?? new Set()).add(event.id));
  };
  const drop = (id: EventId): void => {
    for (const key of keysOf.get(id) ?? []) index.get(key)?.delete(id);
    keysOf.delete(id);
    events.delete(id);
  };
  const put = (event: NewsEvent): void => {
    hold(event);
    changed.add(event.id);
  };
  const current = (id: EventId): EventId => {
    const next = merged.get(id);
    return next === undefined ? id : current(next);
  };
  const inOrder = (ids: readonly EventId[]) => ids.flatMap((id) => events.get(id) ?? []).toSorted(byAge);
  for (const event of known) hold(event);

  return {
    find: (clues) => inOrder([...foundBy(clues, index)]),
    closest: (pairs) => inOrder(closestIds(pairs, index)),
    get: (id) => events.get(current(id)),
    put,
    merge: (one, other) => {
      const [into, from] = byAge(one, other) <= 0 ? [one, other] : [other, one];
      drop(from.id);
      changed.delete(from.id);
      merged.set(from.id, into.id);
      const whole = mergeEvents(into, from, tools);
      put(whole);
      return whole;
    },
    current,
    changed: () => [...changed].flatMap((id) => events.get(id) ?? []),
    merged: () => [...merged.keys()].map((from) => ({ from, into: current(from) })),
    isTaken: (id) => events.has(id) || merged.has(id),
  };
}

/** Tells whether an event holds the main report of an item. */
export function holds(event: NewsEvent, item: ItemId | undefined): boolean {
  return (
    item !== undefined &&
    (event.signatures ?? []).some((report) => report.item === item && report.isSide !== true)
  );
}

/** Shipped events before found ones, earlier before later. */
function byAge(a: NewsEvent, b: NewsEvent): number {
  const shipped = Number(isShipped(b)) - Number(isShipped(a));
  return shipped || a.firstSeen.getTime() - b.firstSeen.getTime() || (a.id < b.id ? -1 : 1);
}
