import type { EventId, NewsEvent } from '../model.ts';
import type { Queries } from './database.ts';
import { toEvents, type EventRow } from './event-rows.ts';
import { raw, sql } from './engines/sql.ts';
import { FOREVER } from './schema.ts';

/** One state of an event, and the moment from which it held. */
export interface EventState {
  readonly since: Date;
  readonly event: NewsEvent;
}

/** The tables that hold states of events: `event` names it `id`, the others `event`. */
export const STATE_TABLES = ['event', 'claim', 'citation', 'signature', 'entity'] as const;

/**
 * All states that an event went through, the earliest first.
 *
 * @returns `isCurrent` is false where it has become part of another event since; no states where there never was one
 */
export async function findAllStates(
  db: Queries,
  id: EventId,
): Promise<{ states: EventState[]; isCurrent: boolean }> {
  const found = await db.query<EventRow & { since: number; until: number }>(sql`
    select id, since, until, value
    from event
    where id = ${id}
    order by since
  `);
  const events = await toEvents(db, found, { current: false });
  const states = events.map((event, index) => ({ since: new Date(found[index]?.since ?? 0), event }));
  return { states, isCurrent: found.some(({ until }) => until === FOREVER) };
}

/** Forgets an event with all its states, in the transaction that writes it anew. */
export async function forgetStates(tx: Queries, id: EventId): Promise<void> {
  const [state] = await tx.query<{ number: number }>(
    sql`select number from event where id = ${id} and until = ${FOREVER}`,
  );
  if (state !== undefined) await tx.query(tx.dialect.remove('event_words', [state.number]));
  for (const table of STATE_TABLES) {
    const own = table === 'event' ? raw('id') : raw('event');
    await tx.query(sql`delete from ${raw(table)} where ${own} = ${id}`);
  }
}
