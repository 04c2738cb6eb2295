import type { Day, EventId } from '../model.ts';
import type { Queries } from './database.ts';
import { STATE_TABLES } from './event-states.ts';
import { FOREVER } from './schema.ts';
import { raw, sql } from './engines/sql.ts';

/**
 * Lets the id of an event lead to another from a moment on, because the two were merged. The event itself is found
 * no more, but as it was before that moment. Ids that led to it lead on.
 *
 * The other event must have been saved with what it takes over.
 */
export async function addAlias(
  db: Queries,
  { id, event, moment }: { id: EventId; event: EventId; moment: Date },
): Promise<void> {
  await db.transaction(async (tx) => {
    const [state] = await tx.query<{ number: number }>(
      sql`select number from event where id = ${id} and until = ${FOREVER}`,
    );
    for (const table of STATE_TABLES) {
      const own = table === 'event' ? raw('id') : raw('event');
      await tx.query(sql`
        update ${raw(table)}
        set until = ${moment.getTime()}
        where ${own} = ${id} and until = ${FOREVER}
      `);
    }
    if (state !== undefined) await tx.query(tx.dialect.remove('event_words', [state.number]));
    await tx.query(sql`
      insert into alias (id, event, moment)
      values (${id}, ${event}, ${moment.getTime()})
      on conflict (id) do update
      set event = excluded.event, moment = excluded.moment
    `);
  });
}

/** Undoes a merging: the id stands for itself again once its event is saved again. False when it was no alias. */
export async function removeAlias(db: Queries, id: EventId): Promise<boolean> {
  const removed = await db.query(sql`delete from alias where id = ${id} returning id`);
  return removed.length === 1;
}

/** The ids that lead to an event, because theirs were merged into it or into one that was. */
export async function findAliases(db: Queries, event: EventId): Promise<EventId[]> {
  const found = await db.query<{ id: EventId }>(sql`
    with recursive leads(id) as (
      select id from alias where event = ${event}
      union
      select alias.id from alias join leads on alias.event = leads.id
    )
    select id from leads order by id
  `);
  return found.map(({ id }) => id);
}

/** The ids ever given to events that begin with a day, so that none is given twice. */
export async function findIdsOfDay(db: Queries, day: Day): Promise<Set<EventId>> {
  const [first, last] = [`${day}-`, `${day}.`];
  const found = await db.query<{ id: EventId }>(sql`
    select id from event where id >= ${first} and id < ${last}
    union
    select id from alias where id >= ${first} and id < ${last}
  `);
  return new Set(found.map(({ id }) => id));
}
