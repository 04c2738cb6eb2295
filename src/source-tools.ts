import type { FeedState } from './feed-state.ts';
import type { Feed, Item } from './model.ts';

/** What somebody who adds a source may say of it; what is absent is taken from the feed. */
export interface SourceWish {
  readonly name?: string | undefined;
  /** BCP 47, two letters. */
  readonly language?: string | undefined;
}

/** What an address that somebody proposes as a source turned out to be. */
export type Tried =
  | {
      readonly kind: 'feed';
      /** The feed as it would be added. */
      readonly feed: Feed;
      readonly items: number;
      /** How many items name themselves, and how many are dated. */
      readonly withIds: number;
      readonly withDates: number;
      /** Whether it can be asked "has it changed?", which spares both sides whole downloads. */
      readonly hasValidators: boolean;
      /** Its three newest items. */
      readonly samples: readonly Item[];
    }
  /** `reason` is a sentence without a full stop. */
  | { readonly kind: 'none'; readonly reason: string };

/** What commands about sources ask of the web. It is handed to them, because they open no connections themselves. */
export interface SourceTools {
  /** Tries an address once: a feed, or a page that names its feed. Stores nothing. */
  tryAddress(address: string, wish: SourceWish): Promise<Tried>;
  /** The state from which a feed is visited again at once, as if it had never failed. */
  resumed(state: FeedState, now: Date): FeedState;
}

/** An id like the one wanted that no feed has yet. */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let [id, number] = [wanted, 1];
  while (taken.has(id)) id = `${wanted}-${(number += 1)}`;
  return id;
}
