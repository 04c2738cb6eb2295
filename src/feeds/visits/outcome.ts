import type { FeedHints } from '../../feed-state.ts';
import type { Feed } from '../../model.ts';
import type { Parsed } from '../parse.ts';
import type { Fetched } from '../poll.ts';

/** What became of a body that was fetched. */
export type Reading =
  | {
      readonly kind: 'read';
      readonly items: number;
      /** Those that were not known before. */
      readonly newItems: number;
      /** How many of its items were held back, because a whole feed does not become new at once; none unless said. */
      readonly held?: number;
      /** When its items are dated, as far as they are. */
      readonly dates: readonly Date[];
      readonly hints: FeedHints;
    }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** One visit, whole: what was fetched, and what reading it gave (absent unless there was a body to read). */
export interface Outcome {
  readonly feed: Feed;
  readonly fetched: Fetched;
  readonly reading?: Reading;
}

/**
 * Sums up what parsing a feed gave, for `afterVisit`.
 *
 * @param newItems - how many of its items were not known before
 * @param held - how many were held back by `sortArrivals`
 */
export function readingOf(parsed: Parsed, newItems: number, held = 0): Reading {
  if (parsed.kind === 'failed') return { kind: 'unreadable', reason: parsed.reason };
  const dates = parsed.items.flatMap(({ published, updated }) => {
    const date = published ?? updated;
    return date === undefined ? [] : [new Date(date)];
  });
  return { kind: 'read', items: parsed.items.length, newItems, held, dates, hints: parsed.hints };
}
