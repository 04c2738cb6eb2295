import type { Queries } from './database.ts';
import { conditionsOf, fits, heldAt, type ClaimFilter, type EventFilter } from './event-filter.ts';
import { sql } from './engines/sql.ts';

/** Beyond this many, claims are not counted. */
export const MOST_COUNTED = 1000;

/**
 * How many claims fit, of all that are made of the events that fit, whatever the limit and cursor: counted as far as
 * `MOST_COUNTED` and one.
 */
export async function countClaims(
  db: Queries,
  claims: ClaimFilter,
  events: Omit<EventFilter, 'limit' | 'after' | 'claims'>,
): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*) as count
    from (
      select claim.key
      from claim
      where ${heldAt(events.asOf)}
        and claim.event in (select event.id from event where ${await conditionsOf(db, events)})
        ${fits(claims, events.asOf)}
      limit ${MOST_COUNTED + 1}
    ) as fitting
  `);
  return row?.count ?? 0;
}
