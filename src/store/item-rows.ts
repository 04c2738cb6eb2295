import type { Item, ItemId, Precision, Source } from '../model.ts';
import { sql } from './engines/sql.ts';

/** An item as its table holds it. */
export interface ItemRow {
  id: string;
  feed: string | null;
  source: string;
  url: string | null;
  title: string;
  text: string;
  language: string;
  published: number | null;
  published_precision: string | null;
  seen: number;
  replaces: string | null;
}

/** Selects items with their sources; a condition is to follow. */
export const ITEMS = sql`
  select id, item.number, feed, source.value as source, url, title, text, language, published, published_precision, seen, replaces
  from item
  join source on source.number = item.source
`;

/** An item of its row. */
export function toItem(row: ItemRow): Item {
  return {
    id: row.id as ItemId,
    ...(row.feed !== null && { feed: row.feed }),
    source: JSON.parse(row.source) as Source,
    ...(row.url !== null && { url: row.url }),
    title: row.title,
    text: row.text,
    language: row.language,
    ...(row.published !== null && { published: new Date(row.published) }),
    ...(row.published_precision !== null && { publishedPrecision: row.published_precision as Precision }),
    seen: new Date(row.seen),
    ...(row.replaces !== null && { replaces: row.replaces as ItemId }),
  };
}
