import type { EventId, NewsEvent } from '../model.ts';
import type { Queries } from './database.ts';
import { toEvents, type EventRow } from './event-rows.ts';
import { list, sql } from './engines/sql.ts';

/** One state of an event, named by the moment from which it holds, in epoch milliseconds. */
export interface Version {
  readonly event: EventId;
  readonly version: number;
}

/**
 * Finds the events that changed after `from`, up to and including `to`, by id, in their state at `to`. Those that are gone by
 * then, because they were merged into others, are left out.
 */
export async function findVersions(
  db: Queries,
  { topic, from, to }: { readonly topic: string; readonly from: Date; readonly to: Date },
): Promise<Version[]> {
  return db.query<Version>(sql`
    select id as event, max(since) as version
    from event
    where topic = ${topic} and since > ${from.getTime()} and since <= ${to.getTime()} and until > ${to.getTime()}
    group by id
    order by id
  `);
}

/** The states that some events had at a moment; those that were not there yet are missing. */
export async function findVersionsAt(
  db: Queries,
  events: readonly EventId[],
  moment: Date,
): Promise<Map<EventId, number>> {
  if (events.length === 0) return new Map();
  const found = await db.query<Version>(sql`
    select id as event, max(since) as version
    from event
    where id in (${list(events)}) and since <= ${moment.getTime()}
    group by id
  `);
  return new Map(found.map(({ event, version }) => [event, version]));
}

/** Finds events in the states named, by `nameOfVersion`; each state that is stored. */
export async function findStates(db: Queries, versions: readonly Version[]): Promise<Map<string, NewsEvent>> {
  if (versions.length === 0) return new Map();
  const wanted = new Set(versions.map(nameOfVersion));
  const found = await db.query<EventRow & { since: number }>(sql`
    select id, since, value
    from event
    where id in (${list([...new Set(versions.map(({ event }) => event))])})
      and since in (${list([...new Set(versions.map(({ version }) => version))])})
  `);
  const named = found.filter(({ id, since }) => wanted.has(nameOfVersion({ event: id, version: since })));
  const events = await toEvents(db, named, { current: false });
  return new Map(
    named.flatMap(({ id, since }, index) => {
      const event = events[index];
      return event === undefined ? [] : [[nameOfVersion({ event: id, version: since }), event] as const];
    }),
  );
}

/** A state of an event as one text. */
export function nameOfVersion({ event, version }: Version): string {
  return `${event} ${version}`;
}
