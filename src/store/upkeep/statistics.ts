import type { Source } from '../../model.ts';
import type { Queries } from '../database.ts';
import { FOREVER } from '../schema.ts';
import { raw, sql, type Statement } from '../engines/sql.ts';

/** How many of something there are. */
export interface Count {
  readonly name: string;
  readonly count: number;
}

/** What an archive holds. Each list has the largest first, but for months, which are in order. */
export interface Statistics {
  readonly totals: readonly Count[];
  readonly itemsByLanguage: readonly Count[];
  readonly itemsBySource: readonly Count[];
  readonly itemsByMonth: readonly Count[];
  readonly eventsByKind: readonly Count[];
  readonly eventsByStatus: readonly Count[];
  readonly eventsByMonth: readonly Count[];
}

const DAY_MS = 86_400_000;

/** Counts what is stored about a topic. */
export async function statistics(db: Queries, topic: string): Promise<Statistics> {
  const current = sql`event where topic = ${topic} and until = ${FOREVER}`;
  const matched = await countOf(db, sql`item_match where topic = ${topic} and zone = 'hit'`);
  return {
    totals: [
      { name: 'articles', count: await countOf(db, raw('item')) },
      { name: 'articles on topic', count: matched },
      { name: 'events', count: await countOf(db, current) },
      { name: 'claims', count: await countOf(db, sql`claim where until = ${FOREVER}`) },
      { name: 'citations', count: await countOf(db, sql`citation where until = ${FOREVER}`) },
      { name: 'subscriptions', count: await countOf(db, raw('subscription')) },
      { name: 'deliveries posted', count: await countOf(db, raw(`delivery where state = 'posted'`)) },
    ],
    itemsByLanguage: await largest(db, raw('language'), raw('item')),
    itemsBySource: await itemsBySource(db),
    itemsByMonth: await itemsByMonth(db),
    eventsByKind: await largest(db, raw('kind'), current),
    eventsByStatus: await largest(db, raw('status'), current),
    eventsByMonth: await eventsByMonth(db, current),
  };
}

async function countOf(db: Queries, from: Statement): Promise<number> {
  const [row] = await db.readSlowly<{ count: number }>(sql`select count(*) as count from ${from}`);
  return row?.count ?? 0;
}

function largest(db: Queries, column: Statement, from: Statement): Promise<Count[]> {
  return db.readSlowly<Count>(sql`
    select ${column} as name, count(*) as count
    from ${from}
    group by ${column}
    order by count desc, name
  `);
}

async function itemsBySource(db: Queries): Promise<Count[]> {
  const found = await db.readSlowly<{ value: string; count: number }>(sql`
    select source.value, counted.count
    from (select source, count(*) as count from item group by source) as counted
    join source on source.number = counted.source
  `);
  const named = found.map(({ value, count }) => ({ name: (JSON.parse(value) as Source).name, count }));
  const sums = [...Map.groupBy(named, ({ name }) => name)].map(([name, some]) => ({
    name,
    count: some.reduce((sum, { count }) => sum + count, 0),
  }));
  return sums.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** Months in UTC of publication, or of fetching where an item has no date. */
async function itemsByMonth(db: Queries): Promise<Count[]> {
  const found = await db.readSlowly<{ moment: number; count: number }>(sql`
    select min(coalesce(published, seen)) as moment, count(*) as count
    from item
    group by coalesce(published, seen) / ${DAY_MS}
  `);
  const byMonth = Map.groupBy(found, ({ moment }) => new Date(moment).toISOString().slice(0, 7));
  return [...byMonth]
    .map(([name, some]) => ({ name, count: some.reduce((sum, { count }) => sum + count, 0) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function eventsByMonth(db: Queries, current: Statement): Promise<Count[]> {
  return db.readSlowly<Count>(sql`
    select substr(first_day, 1, 7) as name, count(*) as count
    from ${current} and first_day <> ''
    group by 1
    order by 1
  `);
}
