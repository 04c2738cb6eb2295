import type { EventId } from '../../model.ts';
import type { Clues } from './keys.ts';

/** How far events that share rare facts are followed, in memory as in a store: the larger an archive, the more there are. */
export interface Reach {
  /** Of the events that share one pair of facts, so many are looked at, those with the latest ids. */
  readonly ofPair: number;
  /** So many of these that share most pairs are compared. */
  readonly inAll: number;
}

export const REACH: Reach = { ofPair: 200, inAll: 100 };

/** The ids of the events that some clues lead to, in no order. */
export function foundBy(
  { keys, pairs }: Clues,
  index: ReadonlyMap<string, ReadonlySet<EventId>>,
): Set<EventId> {
  return new Set([...keys.flatMap((key) => [...(index.get(key) ?? [])]), ...closestIds(pairs, index)]);
}

/** The ids of the events that share most of some pairs of facts; of those that share as many, the earlier ids. */
export function closestIds(
  pairs: readonly string[],
  index: ReadonlyMap<string, ReadonlySet<EventId>>,
  { ofPair, inAll }: Reach = REACH,
): EventId[] {
  const counts = new Map<EventId, number>();
  for (const pair of pairs) {
    for (const id of latest(index.get(pair) ?? new Set(), ofPair)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const ranked = [...counts].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return ranked.slice(0, inAll).map(([id]) => id);
}

function latest(ids: ReadonlySet<EventId>, most: number): Iterable<EventId> {
  return ids.size <= most ? ids : [...ids].toSorted().slice(-most);
}
