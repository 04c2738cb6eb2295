import type { ItemId } from '../model.ts';
import type { Queries } from './database.ts';
import { list, sql } from './engines/sql.ts';

/** A stored item in its newest version, as far as recognising it takes. */
export interface KnownItem {
  readonly id: ItemId;
  readonly feed?: string;
  /** All keys that lead to it. */
  readonly keys: readonly string[];
}

/** Keys in one statement, far below the limits of both engines. */
const MOST_KEYS = 500;

/** Finds the newest stored item to which each key leads; keys that lead nowhere are absent. */
export async function findKnownItems(db: Queries, keys: readonly string[]): Promise<Map<string, KnownItem>> {
  const leads = new Map<string, ItemId>();
  const feeds = new Map<ItemId, string | null>();
  for (let start = 0; start < keys.length; start += MOST_KEYS) {
    const found = await db.query<{ key: string; id: ItemId; feed: string | null }>(sql`
      select key, id, feed
      from item_key
      join item on item.id = item_key.item
      where key in (${list(keys.slice(start, start + MOST_KEYS))})
      order by seen, id
    `);
    for (const { key, id, feed } of found) {
      leads.set(key, id);
      feeds.set(id, feed);
    }
  }
  const ownKeys = await keysOf(db, [...new Set(leads.values())]);
  return new Map(
    [...leads].map(([key, id]) => {
      const feed = feeds.get(id) ?? null;
      return [key, { id, ...(feed !== null && { feed }), keys: ownKeys.get(id) ?? [] }];
    }),
  );
}

async function keysOf(db: Queries, ids: readonly ItemId[]): Promise<Map<ItemId, string[]>> {
  const keys = new Map<ItemId, string[]>();
  for (let start = 0; start < ids.length; start += MOST_KEYS) {
    const found = await db.query<{ key: string; item: ItemId }>(sql`
      select key, item
      from item_key
      where item in (${list(ids.slice(start, start + MOST_KEYS))})
      order by key
    `);
    for (const { key, item } of found) keys.set(item, [...(keys.get(item) ?? []), key]);
  }
  return keys;
}
