import type { Citation } from '../model.ts';
import type { Queries } from './database.ts';
import { conditionsOf, heldAt, type EventFilter } from './event-filter.ts';
import { read } from './json.ts';
import type { Count } from './upkeep/statistics.ts';
import { raw, sql, type Statement } from './engines/sql.ts';

export const facets = [
  'kind',
  'status',
  'month',
  'language',
  'actor',
  'place',
  'weapon',
  'claimant',
  'source',
] as const;
export type Facet = (typeof facets)[number];

/**
 * Counts the events that a filter fits by one of their sides, whatever its limit and cursor: the largest first, but
 * months in order. An event counts once under each of its languages, sources, actors, places, weapons and
 * claimants.
 */
export async function countEventsBy(
  db: Queries,
  facet: Facet,
  filter: Omit<EventFilter, 'limit' | 'after'>,
): Promise<Count[]> {
  if (facet === 'source') return countEventsBySource(db, filter);
  const { name, from } = sidesOf(facet, filter.asOf);
  const order = facet === 'month' ? sql`name` : sql`count desc, name`;
  return db.readSlowly<Count>(sql`
    select ${name} as name, count(distinct fitting.id) as count
    from ${await fittingOf(db, filter)}
    ${from}
    group by 1
    order by ${order}
  `);
}

/** By outlet, as its pages write it. */
async function countEventsBySource(
  db: Queries,
  filter: Omit<EventFilter, 'limit' | 'after'>,
): Promise<Count[]> {
  const found = await db.readSlowly<{ value: string; count: number }>(sql`
    select min(citation.value) as value, count(distinct fitting.id) as count
    from ${await fittingOf(db, filter)}
    join citation on citation.event = fitting.id and ${heldAt(filter.asOf)}
    group by outlet
    order by count desc, outlet
  `);
  return found.map(({ value, count }) => ({ name: (read(value) as Citation).outlet, count }));
}

async function fittingOf(db: Queries, filter: Omit<EventFilter, 'limit' | 'after'>): Promise<Statement> {
  const conditions = await conditionsOf(db, filter);
  return sql`(select event.id, kind, status, first_day from event where ${conditions}) as fitting`;
}

function sidesOf(
  facet: Exclude<Facet, 'source'>,
  asOf: Date | undefined,
): { name: Statement; from: Statement } {
  switch (facet) {
    case 'kind':
    case 'status':
      return { name: raw(facet), from: sql`` };
    case 'month':
      return { name: sql`substr(first_day, 1, 7)`, from: sql`where first_day <> ''` };
    case 'language':
      return {
        name: sql`language`,
        from: sql`join citation on citation.event = fitting.id and ${heldAt(asOf)}`,
      };
    case 'claimant':
      return { name: sql`entity.id`, from: entities(sql`type = 'claimant'`, asOf) };
    case 'actor':
    case 'place':
    case 'weapon':
      return { name: sql`entity.id`, from: entities(sql`type = ${facet} and claim = ''`, asOf) };
  }
}

function entities(condition: Statement, asOf: Date | undefined): Statement {
  return sql`join entity on entity.event = fitting.id and ${condition} and ${heldAt(asOf)}`;
}
