import type { EventId, Item, ItemId, Match, NewsEvent, Zone } from '../model.ts';
import type { Queries } from './database.ts';
import { toEvents, type EventRow } from './event-rows.ts';
import { list, sql } from './engines/sql.ts';
import { findItems } from './items.ts';
import { FOREVER } from './schema.ts';

/** A stored item, and how it was found to match a topic. */
export interface MatchedItem {
  readonly item: Item;
  /** Absent where it was never about the topic. */
  readonly match?: Match;
}

/** Rows read at once: few enough to leave room for others. */
const AT_ONCE = 200;

/** All stored items in the order of their numbers, a part at a time. */
export async function* allItems(db: Queries, topic: string): AsyncGenerator<MatchedItem[]> {
  let after = -1;
  for (;;) {
    const part = await db.query<{ number: number; id: ItemId }>(sql`
      select number, id
      from item
      where number > ${after}
      order by number
      limit ${AT_ONCE}
    `);
    const last = part.at(-1);
    if (last === undefined) return;
    after = last.number;
    const ids = part.map(({ id }) => id);
    const matches = await matchesOf(db, topic, ids);
    yield (await findItems(db, ids)).map((item) => {
      const match = matches.get(item.id);
      return { item, ...(match !== undefined && { match }) };
    });
  }
}

/** All events of a topic as they are now, by id. */
export async function findAllEvents(db: Queries, topic: string): Promise<NewsEvent[]> {
  const events: NewsEvent[] = [];
  for (let after = ''; ; after = events.at(-1)?.id ?? '') {
    const part = await db.query<EventRow>(sql`
      select id, value
      from event
      where topic = ${topic} and until = ${FOREVER} and id > ${after}
      order by id
      limit ${AT_ONCE}
    `);
    if (part.length === 0) return events;
    events.push(...(await toEvents(db, part, { current: true })));
  }
}

/** The items that an event has ever cited. */
export async function findItemsEverOf(db: Queries, event: EventId): Promise<Set<ItemId>> {
  const found = await db.query<{ item: ItemId }>(sql`
    select distinct item
    from citation
    where event = ${event} and item is not null
  `);
  return new Set(found.map(({ item }) => item));
}

async function matchesOf(db: Queries, topic: string, items: readonly ItemId[]): Promise<Map<ItemId, Match>> {
  const found = await db.query<{ item: ItemId; zone: Zone; score: number; value: string }>(sql`
    select item, zone, score, value
    from item_match
    where topic = ${topic} and item in (${list(items)})
  `);
  return new Map(
    found.map(({ item, zone, score, value }) => {
      const rest = JSON.parse(value) as Pick<Match, 'evidence' | 'passages'>;
      return [item, { topic, zone, score, ...rest }] as const;
    }),
  );
}
