import type { Citation } from '../model.ts';
import type { Queries } from './database.ts';
import { conditionsOf, heldAt, type EventFilter } from './event-filter.ts';
import { read } from './json.ts';
import { sql } from './engines/sql.ts';

/** The sides by which a list of events is told apart. */
export type Side = 'month' | 'kind' | 'place' | 'actor' | 'source';

/** How many events of a list have a value on one side: an id, a month, or the name of an outlet. */
export interface Share {
  readonly side: Side;
  readonly name: string;
  readonly count: number;
}

/**
 * Counts how the latest events that a filter fits are spread, in one look: the largest shares first.
 *
 * @param most - so many events are looked at; the cost grows with them and not with the archive
 */
export async function spreadOf(
  db: Queries,
  filter: Omit<EventFilter, 'limit' | 'after'>,
  most: number,
): Promise<Share[]> {
  const held = heldAt(filter.asOf);
  const shares = await db.readSlowly<Share>(sql`
    with fitting as materialized (
      select event.id, kind, first_day
      from event
      where ${await conditionsOf(db, filter)}
      order by first_day desc, event.id desc
      limit ${most}
    )
    select 'kind' as side, kind as name, count(*) as count
    from fitting
    group by kind
    union all
    select 'month', substr(first_day, 1, 7), count(*)
    from fitting
    where first_day <> ''
    group by substr(first_day, 1, 7)
    union all
    select type, entity.id, count(distinct fitting.id)
    from fitting
    join entity on entity.event = fitting.id and claim = '' and type in ('place', 'actor') and ${held}
    group by type, entity.id
    union all
    select 'source', min(citation.value), count(distinct fitting.id)
    from fitting
    join citation on citation.event = fitting.id and ${held}
    group by outlet
    order by count desc, side, name
  `);
  return shares.map((share) =>
    share.side === 'source' ? { ...share, name: (read(share.name) as Citation).outlet } : share,
  );
}
