import type { FeedHints } from '../../feed-state.ts';

/** One entry of a feed as its publisher meant it: absolute links, dates in UTC (ISO 8601), plain text. */
export interface ItemEntry {
  readonly guid?: string;
  readonly url?: string;
  readonly title?: string;
  readonly published?: string;
  readonly updated?: string;
  readonly summary?: string;
  readonly content?: string;
  readonly author?: string;
  /** The longer of summary and content, cleaned; absent until somebody cleans it. */
  readonly text?: string;
  /** Where an aggregator took the item from. */
  readonly origin?: { readonly name: string; readonly url?: string };
}

/** What a feed says about itself. */
export interface FeedHeader {
  readonly title?: string;
  readonly url?: string;
  readonly language?: string;
  readonly description?: string;
  readonly updated?: string;
}

/** A feed of any format, in one shape. */
export interface FeedDocument {
  readonly header: FeedHeader;
  readonly hints: FeedHints;
  readonly items: readonly ItemEntry[];
}

/** A record whose fields may be `undefined`, and the same record when those are left out. */
type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The same record without the fields that are absent. */
export function present<T extends object>(fields: T): Present<T> {
  const found: Partial<T> = {};
  for (const key in fields) {
    if (fields[key] !== undefined) found[key] = fields[key];
  }
  return found as Present<T>;
}
