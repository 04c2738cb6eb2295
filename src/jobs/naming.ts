import type { Folding } from '../events/fold/article.ts';
import { eventId } from '../events/id.ts';
import type { Day, EventId, NewsEvent } from '../model.ts';
import { findIdsOfDay } from '../store/aliases.ts';
import type { Queries } from '../store/database.ts';

/**
 * Gives the new events of a round ids that no event ever had: folding itself sees only the events that are near. New events
 * that became part of others within the round were never known by their ids, and leave none.
 *
 * @param known - the events that the round was given
 */
export async function withOwnIds(
  tx: Queries,
  folding: Pick<Folding, 'events' | 'merged'>,
  known: readonly NewsEvent[],
): Promise<Pick<Folding, 'events' | 'merged'>> {
  const before = new Set(known.map(({ id }) => id));
  const names = new Map<EventId, EventId>();
  const taken = new Set<EventId>();
  for (const { id } of folding.events) {
    if (before.has(id)) continue;
    const day = id.slice(0, 10) as Day;
    for (const given of await findIdsOfDay(tx, day)) taken.add(given);
    const own = taken.has(id) ? eventId(day, id, (wished) => taken.has(wished)) : id;
    taken.add(own);
    names.set(id, own);
  }
  const nameOf = (id: EventId) => names.get(id) ?? id;
  return {
    events: folding.events.map((event) => ({ ...event, id: nameOf(event.id) })),
    merged: folding.merged
      .filter(({ from }) => before.has(from))
      .map(({ from, into }) => ({ from, into: nameOf(into) })),
  };
}
