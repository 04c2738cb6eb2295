import type { Item, ItemId } from '../model.ts';
import { isStrong, isWording, type ItemKey } from './identity.ts';

/** An item as it arrives, with the names by which its earlier versions may be found. */
export interface Arrival {
  readonly item: Item;
  /** Strongest first; see `itemKeys` in identity.ts. */
  readonly keys: readonly ItemKey[];
}

/** An item that is stored already, in its newest version. */
export interface Known {
  readonly id: ItemId;
  readonly feed?: string;
  /** All keys that ever led to it, those of its older versions included. */
  readonly keys: readonly ItemKey[];
}

/** What one visit to a feed brings. */
export interface Sorted {
  /** Items never seen before. */
  readonly fresh: readonly Item[];
  /** New versions; each names the item that it replaces. */
  readonly updated: readonly Item[];
  /** How many are known word for word. */
  readonly unchanged: number;
  /** Items that look new although the feed seems only to have renamed them: not to be stored until somebody has looked. */
  readonly held: readonly Item[];
  /** The item to which each key leads from now on; held items have none. */
  readonly keys: ReadonlyMap<ItemKey, ItemId>;
}

/** When a feed was visited before; absent for the first visit, at which everything is new and nothing is held. */
export interface Visit {
  readonly now: Date;
  readonly previous?: Date | undefined;
}

interface Decision {
  readonly arrival: Arrival;
  readonly known: Known | undefined;
}

const LEAST_HELD = 5;
const HELD_SHARE = 0.5;
/** After so long an absence a feed without dates may well have changed altogether. */
const ABSENCE_MS = 86_400_000;

/**
 * Decides which of the items that a feed now holds are new, which are new versions, and which only pretend.
 *
 * An item is known when its guid, its address, its wording or its title with the day is known; the last two count
 * only where no other item of the visit is that known item by guid or address. A page that another feed brought
 * first is known too, and gets no new version from here. When more than five items and more than half of the visit
 * look new without being dated after the previous visit, the feed has been renumbered or served an old copy:
 * they are held.
 *
 * @param knownBy - finds the stored item to which a key leads
 */
export function sortArrivals(
  arrivals: readonly Arrival[],
  knownBy: (key: ItemKey) => Known | undefined,
  visit: Visit,
): Sorted {
  const decisions = decide(onceEach(arrivals), knownBy);
  const fresh = decisions.filter(({ known }) => known === undefined).map(({ arrival }) => arrival);
  const held = heldOf(fresh, arrivals.length, visit);
  const accepted = fresh.filter((arrival) => !held.includes(arrival));
  const changes = decisions.flatMap(({ arrival, known }) =>
    known && isChanged(arrival, known) ? [{ arrival, known }] : [],
  );
  const updated = changes.map(({ arrival, known }) => ({ ...arrival.item, replaces: known.id }));
  return {
    fresh: accepted.map(({ item }) => item),
    updated,
    unchanged: decisions.length - fresh.length - updated.length,
    held: held.map(({ item }) => item),
    keys: keysAfter(accepted, decisions),
  };
}

/** Each item of a visit once: a feed may list one twice. */
function onceEach(arrivals: readonly Arrival[]): Arrival[] {
  const seen = new Set<ItemKey>();
  return arrivals.filter(({ keys }) => {
    const isRepeated = keys.some((key) => (isStrong(key) || isWording(key)) && seen.has(key));
    for (const key of keys) seen.add(key);
    return !isRepeated;
  });
}

function decide(arrivals: readonly Arrival[], knownBy: (key: ItemKey) => Known | undefined): Decision[] {
  const sure = arrivals.map(({ keys }) =>
    keys
      .filter(isStrong)
      .map(knownBy)
      .find((known) => known !== undefined),
  );
  const taken = new Set(sure.map((known) => known?.id));
  return arrivals.map((arrival, index) => {
    const likely = arrival.keys.map(knownBy).find((known) => known !== undefined && !taken.has(known.id));
    return { arrival, known: sure[index] ?? likely };
  });
}

function isChanged({ item, keys }: Arrival, known: Known): boolean {
  return item.feed === known.feed && !keys.some((key) => isWording(key) && known.keys.includes(key));
}

function heldOf(fresh: readonly Arrival[], count: number, { now, previous }: Visit): readonly Arrival[] {
  if (previous === undefined) return [];
  const wasAway = now.getTime() - previous.getTime() > ABSENCE_MS;
  const doubtful = fresh.filter(({ item: { published } }) =>
    published === undefined ? !wasAway : published < previous,
  );
  return doubtful.length > Math.max(LEAST_HELD, count * HELD_SHARE) ? doubtful : [];
}

function keysAfter(fresh: readonly Arrival[], decisions: readonly Decision[]): Map<ItemKey, ItemId> {
  const leads = new Map<ItemKey, ItemId>();
  const point = (keys: readonly ItemKey[], item: ItemId) => keys.forEach((key) => leads.set(key, item));
  for (const { item, keys } of fresh) point(keys, item.id);
  for (const { arrival, known } of decisions) {
    if (known === undefined) continue;
    const newest = isChanged(arrival, known) ? arrival.item.id : known.id;
    point([...known.keys, ...arrival.keys], newest);
  }
  return leads;
}
