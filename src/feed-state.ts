/** What a server gave to ask "has it changed?" with: sent back byte for byte, and only to the address that issued them. */
export interface Validators {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** How a feed fills, as its own items tell. */
export interface Rhythm {
  readonly itemsPerDay: number;
  /** The longest silence between two items that it has shown so far. */
  readonly longestGapHours: number;
  /** For how many hours it keeps an item. */
  readonly windowHours?: number;
}

/** What a feed asks of its readers, in its own elements: ttl, sy:updatePeriod and its kin, skipHours, skipDays. */
export interface FeedHints {
  readonly ttlMinutes?: number;
  readonly updateEveryMinutes?: number;
  /** A moment at which it is updated, from which the others are counted. */
  readonly updateBase?: Date;
  /** Hours of the day, 0 to 23, UTC. */
  readonly skipHours?: readonly number[];
  /** Days of the week, 1 is Monday, 7 is Sunday. */
  readonly skipDays?: readonly number[];
  /** The WebSub hub that tells of what is new. */
  readonly hub?: string;
  /** The address by which that hub knows the feed. */
  readonly self?: string;
}

/** How one visit to a feed ended. */
export interface VisitRecord {
  readonly at: Date;
  readonly kind: 'new' | 'unchanged' | 'gone' | 'failed' | 'unreadable';
  readonly status?: number;
  /** Bytes that came over the wire. */
  readonly bytes: number;
  readonly milliseconds: number;
  /** Items that the feed held; absent when it was not read. */
  readonly items?: number;
  /** How many of them were held back, because a whole feed does not become new at once; absent where none was. */
  readonly held?: number;
  /** Why it failed, as a sentence without a full stop. */
  readonly reason?: string;
  /** What stood in the way of the feed: a test for robots, a login, some web page. */
  readonly wall?: 'challenge' | 'login' | 'page';
}

/**
 * How a feed fares: `new` before its first visit; `empty` answers and holds nothing; `frozen` has sent the same bytes,
 * and `silent` nothing new, for far longer than is its habit; `held` seems to have renewed most of itself, and is looked at
 * again before that is believed; `walled` sends something else than a feed.
 */
export type FeedHealth =
  'new' | 'well' | 'empty' | 'frozen' | 'silent' | 'held' | 'walled' | 'failing' | 'paused';

/** What people should be told once about a feed. */
export interface FeedNotice {
  readonly kind: 'silent' | 'held' | 'gone' | 'failing';
  readonly text: string;
  readonly since: Date;
}

/** What is remembered of a feed from one visit to the next. Made by `newFeedState` and `afterVisit` in feeds/politeness.ts. */
export interface FeedState {
  readonly feed: string;
  readonly nextVisit: Date;
  readonly visits: number;
  /** Failed visits since the last good one. */
  readonly errorsInRow: number;
  readonly failingSince?: Date;
  /** Why it is visited no more until somebody resumes it; absent while it is active. */
  readonly paused?: string;
  /** A permanent redirect that was seen often enough: `to` is visited as long as the feed's own address is `from`. */
  readonly moved?: { readonly from: string; readonly to: string };
  /** A permanent redirect that waits to be seen again. */
  readonly redirect?: { readonly to: string; readonly seen: number };
  readonly validators?: Validators;
  /** SHA-256 of the last body that was read, in hexadecimal. */
  readonly bodyHash?: string;
  readonly rhythm?: Rhythm;
  readonly hints?: FeedHints;
  /** When it last answered as a feed, whether changed or not. */
  readonly lastSuccess?: Date;
  /** When it last sent a whole body. */
  readonly lastCopy?: Date;
  /** When its body last differed from the one before. */
  readonly lastChange?: Date;
  /** When it last brought an item that was not known. */
  readonly lastNewItem?: Date;
  /** Until when its whole host is to be left alone. */
  readonly hostRestsUntil?: Date;
  /** By how much the visits to its host are stretched; absent when not at all. */
  readonly hostSlowdown?: number;
  readonly last?: VisitRecord;
  readonly health: FeedHealth;
  readonly notice?: FeedNotice;
}
