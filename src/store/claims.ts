import type { Claim, Day, EventId, ItemId, Stance } from '../model.ts';
import type { Queries } from './database.ts';
import { read } from './json.ts';
import { FOREVER } from './schema.ts';
import { joined, sql, type Statement } from './engines/sql.ts';

/** Which claims to find. What is absent does not narrow the search. */
export interface ClaimFilter {
  readonly topic: string;
  /** Who makes it. */
  readonly claimant?: string | undefined;
  readonly event?: EventId | undefined;
  readonly item?: ItemId | undefined;
  readonly stance?: Stance | undefined;
  readonly kind?: string | undefined;
  /** A place, weapon or actor that it is about. */
  readonly about?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly limit: number;
  /** How many to pass over. */
  readonly skip?: number | undefined;
}

/** A claim and the event that it is part of. */
export interface FoundClaim {
  readonly event: EventId;
  readonly claim: Claim;
}

/** Finds claims as they hold now, the latest day first; those of unknown day come last. */
export async function findClaims(db: Queries, filter: ClaimFilter): Promise<FoundClaim[]> {
  const found = await db.query<{ event: EventId; value: string }>(sql`
    select claim.event, claim.value
    from claim
    join event on event.id = claim.event and event.until = ${FOREVER}
    where ${joined(conditionsOf(filter), '\n and ')}
    order by claim.first_day desc, claim.event desc, claim.key
    limit ${filter.limit}
    offset ${filter.skip ?? 0}
  `);
  return found.map(({ event, value }) => ({ event, claim: read(value) as Claim }));
}

/** How many claims a filter fits, whatever its limit. */
export async function countClaims(db: Queries, filter: Omit<ClaimFilter, 'limit' | 'skip'>): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*) as count
    from claim
    join event on event.id = claim.event and event.until = ${FOREVER}
    where ${joined(conditionsOf(filter), '\n and ')}
  `);
  return row?.count ?? 0;
}

function conditionsOf(filter: Omit<ClaimFilter, 'limit' | 'skip'>): Statement[] {
  const { topic, event, item, stance, kind, from, to, claimant, about } = filter;
  return [
    sql`event.topic = ${topic}`,
    sql`claim.until = ${FOREVER}`,
    ...(event === undefined ? [] : [sql`claim.event = ${event}`]),
    ...(item === undefined ? [] : [sql`claim.item = ${item}`]),
    ...(stance === undefined ? [] : [sql`claim.stance = ${stance}`]),
    ...(kind === undefined ? [] : [sql`claim.kind = ${kind}`]),
    ...(from === undefined ? [] : [sql`claim.last_day >= ${from}`]),
    ...(to === undefined ? [] : [sql`claim.first_day <= ${to} and claim.first_day <> ''`]),
    ...(claimant === undefined ? [] : [concerning(claimant, sql`= 'claimant'`)]),
    ...(about === undefined ? [] : [concerning(about, sql`<> 'claimant'`)]),
  ];
}

function concerning(id: string, type: Statement): Statement {
  return sql`exists (
    select 1
    from entity
    where entity.event = claim.event and entity.claim = claim.key and entity.id = ${id}
      and entity.type ${type} and entity.until = ${FOREVER}
  )`;
}
