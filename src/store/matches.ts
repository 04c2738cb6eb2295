import type { Item, ItemId, Match, Zone } from '../model.ts';
import type { Queries } from './database.ts';
import { rows, sql } from './engines/sql.ts';

/** Stores how items match a topic. A match that is stored already gives way to the new one. */
export async function saveMatches(
  db: Queries,
  matches: readonly { readonly item: ItemId; readonly match: Match }[],
): Promise<void> {
  if (matches.length === 0) return;
  const lines = matches.map(({ item, match }) => {
    const { topic, zone, score, ...rest } = match;
    return [item, topic, zone, score, JSON.stringify(rest)];
  });
  await db.query(sql`
    insert into item_match (item, topic, zone, score, value)
    values ${rows(lines)}
    on conflict (item, topic) do update
    set zone = excluded.zone, score = excluded.score, value = excluded.value
  `);
}

/** How an item matches a topic; `undefined` when it was never matched. */
export async function findMatch(db: Queries, item: ItemId, topic: string): Promise<Match | undefined> {
  const [row] = await db.query<{ zone: Zone; score: number; value: string }>(sql`
    select zone, score, value
    from item_match
    where item = ${item} and topic = ${topic}
  `);
  if (row === undefined) return undefined;
  const rest = JSON.parse(row.value) as Pick<Match, 'evidence' | 'passages'>;
  return { topic, zone: row.zone, score: row.score, ...rest };
}

/** How many items lie in each zone of a topic. */
export async function countMatches(db: Queries, topic: string): Promise<Record<Zone, number>> {
  const found = await db.query<{ zone: Zone; count: number }>(sql`
    select zone, count(*) as count
    from item_match
    where topic = ${topic}
    group by zone
  `);
  return {
    hit: 0,
    related: 0,
    miss: 0,
    ...Object.fromEntries(found.map(({ zone, count }) => [zone, count])),
  };
}

/** Ids of the items of a zone, those fetched last first. */
export async function findMatchingItems(
  db: Queries,
  filter: { readonly topic: string; readonly zone: Zone; readonly limit: number },
): Promise<Item['id'][]> {
  const found = await db.query<{ item: ItemId }>(sql`
    select item_match.item
    from item_match
    join item on item.id = item_match.item
    where topic = ${filter.topic} and zone = ${filter.zone}
    order by seen desc, item_match.item
    limit ${filter.limit}
  `);
  return found.map(({ item }) => item);
}
