import type { Claim, EventId, Item, ItemId, NewsEvent, Signature } from '../../model.ts';
import type { Actors } from '../independence.ts';
import type { Scales } from '../likeness/prepared.ts';

/** One item as folding takes it: what it claims, and what it can be compared by. */
export interface Article {
  readonly item: Item;
  readonly claims: readonly Claim[];
  readonly signature: Signature;
  /** Its title, where that speaks of the topic; absent for live blogs and digests with a title about something else. */
  readonly headline?: string;
  /** Family of the agency whose dispatch it passes on, where it names one. */
  readonly wire?: string;
  /** The event to which a person has put it. */
  readonly pinned?: EventId;
  /** Events out of which a person has taken it. */
  readonly barred?: readonly EventId[];
}

/** What folding knows of the topic. */
export interface FoldTools extends Scales {
  readonly topic: string;
  readonly actors: Actors;
}

/** Where one item went. */
export interface Placement {
  readonly item: ItemId;
  /** The event that it is mainly about; absent when it only tells history that no known event holds. */
  readonly main?: EventId;
  /** All events that it feeds, the main one first. */
  readonly events: readonly EventId[];
}

/** What a round of items changes. Nothing has been written yet. */
export interface Folding {
  /** In the order in which the items were given. */
  readonly placements: readonly Placement[];
  /** Every event that is new or has changed, whole. */
  readonly events: readonly NewsEvent[];
  /** Events that turned out to be another: the id stays as a second name of `into`. */
  readonly merged: readonly Merge[];
}

export interface Merge {
  readonly from: EventId;
  readonly into: EventId;
}
