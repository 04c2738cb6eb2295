import type { Day, EventId, NewsEvent } from '../model.ts';
import { addDays, startOf } from '../time.ts';
import type { Queries } from './database.ts';
import { conditionsOf, heldAt, touching, type EventFilter } from './event-filter.ts';
import { toEvents, type EventRow } from './event-rows.ts';
import { writeEvent } from './event-writing.ts';
import { FOREVER } from './schema.ts';
import { list, raw, sql } from './engines/sql.ts';

export type { ClaimFilter, EventFilter } from './event-filter.ts';

/** An event that changed: as it was before, absent when it was not there yet, and as it became. */
export interface Change {
  readonly before?: NewsEvent;
  readonly after: NewsEvent;
}

/**
 * Stores events as they are now and keeps how they were before. One that has not changed is left alone.
 *
 * All of them in one transaction; hand over a few at a time.
 */
export async function saveEvents(db: Queries, events: readonly NewsEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db.transaction(async (tx) => {
    // Always in the same order, so that two processes never wait for each other.
    for (const event of events.toSorted((a, b) => (a.id < b.id ? -1 : 1))) await writeEvent(tx, event);
  });
}

/** Finds events, the latest day (or first sight) first unless said; those of unknown day come last. */
export async function findEvents(db: Queries, filter: EventFilter): Promise<NewsEvent[]> {
  const place = raw(filter.by === 'seen' ? 'first_seen' : 'first_day');
  const way = raw(filter.first === 'earliest' ? 'asc' : 'desc');
  const order = sql`${place} ${way}, event.id ${way}`;
  const found = await db.query<EventRow>(sql`
    select event.id, event.value
    from (
      select id, since
      from event
      where ${await conditionsOf(db, filter)}
      order by ${order}
      limit ${filter.limit}
    ) as found
    join event on event.id = found.id and event.since = found.since
    order by ${order}
  `);
  return toEvents(db, found, { current: filter.asOf === undefined });
}

/** How many events a filter fits, whatever its limit and cursor. */
export async function countEvents(
  db: Queries,
  filter: Omit<EventFilter, 'limit' | 'after'>,
): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*) as count
    from event
    where ${await conditionsOf(db, filter)}
  `);
  return row?.count ?? 0;
}

/** The cursor that goes on after an event in the order of a filter. */
export function cursorAfter(event: NewsEvent, by: EventFilter['by'] = 'event'): string {
  return `${by === 'seen' ? event.firstSeen.getTime() : (event.when?.start ?? '')} ${event.id}`;
}

/**
 * Finds one event by its id, or by the id of an event that was merged into it.
 *
 * @param asOf - as it was at that moment; now when absent
 */
export async function findEvent(db: Queries, id: EventId, asOf?: Date): Promise<NewsEvent | undefined> {
  const [row] = await db.query<EventRow>(
    sql`select id, value from event where id = ${id} and ${heldAt(asOf)}`,
  );
  if (row !== undefined) {
    const [event] = await toEvents(db, [row], { current: asOf === undefined });
    return event;
  }
  const [alias] = await db.query<{ event: EventId }>(sql`
    select event
    from alias
    where id = ${id} and moment <= ${asOf?.getTime() ?? FOREVER}
  `);
  return alias === undefined ? undefined : findEvent(db, alias.event, asOf);
}

/**
 * Finds the events that new claims could belong to: those that happened, or were first seen, in a stretch of days and
 * are about one of the given names.
 *
 * @param wish.keys - ids of actors, places, weapons or claimants; all events of the stretch when absent
 */
export async function findCandidates(
  db: Queries,
  wish: {
    readonly topic: string;
    readonly from: Day;
    readonly to: Day;
    readonly keys?: readonly string[] | undefined;
  },
): Promise<NewsEvent[]> {
  const { topic, from, to, keys } = wish;
  if (keys?.length === 0) return [];
  const current = sql`topic = ${topic} and until = ${FOREVER}`;
  const seen = [startOf(from, 'UTC').getTime(), startOf(addDays(to, 1), 'UTC').getTime() - 1] as const;
  const about =
    keys === undefined
      ? sql``
      : sql`and exists (
          select 1
          from entity
          where entity.event = near.id and entity.until = ${FOREVER} and entity.id in (${list(keys)})
        )`;
  const found = await db.query<EventRow>(sql`
    select event.id, event.value
    from (
      select id from event
      where ${current} and ${touching(topic, from)} and first_day <= ${to}
      union
      select id from event
      where ${current} and first_seen between ${seen[0]} and ${seen[1]}
    ) as near
    join event on event.id = near.id and event.until = ${FOREVER}
    where true ${about}
    order by event.first_day, event.id
  `);
  return toEvents(db, found, { current: true });
}

/** Finds the events that changed after `from`, up to and including `to`, by id: how they were before and became. */
export async function findChanges(
  db: Queries,
  wish: { readonly topic: string; readonly from: Date; readonly to: Date },
): Promise<Change[]> {
  const touched = await db.query<{ id: EventId }>(sql`
    select distinct id
    from event
    where topic = ${wish.topic} and since > ${wish.from.getTime()} and since <= ${wish.to.getTime()}
    order by id
  `);
  const ids = touched.map(({ id }) => id);
  const before = new Map((await statesAt(db, ids, wish.from)).map((event) => [event.id, event]));
  const after = await statesAt(db, ids, wish.to);
  return after.map((event) => {
    const earlier = before.get(event.id);
    return earlier === undefined ? { after: event } : { before: earlier, after: event };
  });
}

async function statesAt(db: Queries, ids: readonly EventId[], moment: Date): Promise<NewsEvent[]> {
  if (ids.length === 0) return [];
  const found = await db.query<EventRow>(sql`
    select id, value
    from event
    where id in (${list(ids)}) and ${heldAt(moment)}
    order by id
  `);
  return toEvents(db, found, { current: false });
}
