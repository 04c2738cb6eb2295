import type { EventId, NewsEvent } from '../../model.ts';
import type { Folding } from './article.ts';
import { foundBy } from './closest.ts';
import { eventKeys, type Clues } from './keys.ts';
import type { WeightOf } from '../likeness/prepared.ts';

/** Events in memory, found by their keys: what a store does, for commands that keep nothing. */
export interface Shelf {
  readonly find: (clues: Iterable<Clues>) => NewsEvent[];
  readonly get: (id: EventId) => NewsEvent | undefined;
  /** Takes in what a round changed. Returns the events that had to leave to make room, those left alone longest. */
  readonly take: (folding: Pick<Folding, 'events' | 'merged'>) => NewsEvent[];
  readonly all: () => NewsEvent[];
}

/** Makes an empty shelf that holds no more than `most` events. */
export function makeShelf(most: number, weightOf: WeightOf): Shelf {
  const events = new Map<EventId, { event: NewsEvent; keys: readonly string[] }>();
  const index = new Map<string, Set<EventId>>();

  const remove = (id: EventId): NewsEvent | undefined => {
    const held = events.get(id);
    for (const key of held?.keys ?? []) {
      const ids = index.get(key);
      ids?.delete(id);
      if (ids?.size === 0) index.delete(key);
    }
    events.delete(id);
    return held?.event;
  };
  const put = (event: NewsEvent): void => {
    remove(event.id);
    const keys = eventKeys(event, weightOf);
    events.set(event.id, { event, keys });
    for (const key of keys) index.set(key, (index.get(key) ?? new Set()).add(event.id));
  };

  return {
    find: (clues) => {
      const ids = new Set([...clues].flatMap((some) => [...foundBy(some, index)]));
      return [...ids].flatMap((id) => events.get(id)?.event ?? []);
    },
    get: (id) => events.get(id)?.event,
    take: (folding) => {
      for (const { from } of folding.merged) remove(from);
      for (const event of folding.events) put(event);
      const oldest = [...events.keys()].slice(0, Math.max(0, events.size - most));
      return oldest.flatMap((id) => remove(id) ?? []);
    },
    all: () => [...events.values()].map(({ event }) => event),
  };
}
