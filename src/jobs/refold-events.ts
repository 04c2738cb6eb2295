import type { Article } from '../events/fold/article.ts';
import { mergeEvents, retitled } from '../events/fold/assembly.ts';
import { decidedIn, withCorrected } from '../events/fold/corrected.ts';
import { foldRound } from '../events/fold/fold.ts';
import type { Folder } from '../events/fold/folder.ts';
import { cluesOf } from '../events/fold/keys.ts';
import { makeShelf, type Shelf } from '../events/fold/shelf.ts';
import type { Claim, EventId, Item, ItemId, NewsEvent, Signature } from '../model.ts';
import type { Queries } from '../store/database.ts';
import { findItems } from '../store/items.ts';

/** Articles folded together, as many as when they come. */
const ROUND = 25;

/** What is folded anew. */
interface Given {
  /** Items about the topic, in their order. */
  readonly hits: readonly ItemId[];
  /** Those of them whose texts are gone: they stay where they are, with what they were known to claim. */
  readonly forgotten: ReadonlySet<ItemId>;
  /** All events as they are. */
  readonly events: readonly NewsEvent[];
  /** Those that people have corrected: they keep their articles. */
  readonly corrected: ReadonlySet<EventId>;
}

interface Tools {
  readonly topic: { readonly id: string };
  readonly folder: Folder;
  readonly articleOf: (item: Item, known?: readonly Claim[]) => Article;
}

/** What an event remembers of an article. */
interface Remembered {
  readonly claims: readonly Claim[];
  readonly signature?: Signature;
}

/**
 * Folds items as if they had come in this order, onto the shipped history and the events that keep articles. Writes nothing.
 *
 * @returns the events, under new ids (see `succeed`) but for those in `kept`, which are the same as before
 */
export async function foldAnew(
  db: Queries,
  { hits, forgotten, events, corrected }: Given,
  tools: Tools,
  onProgress: (done: number) => void,
): Promise<{ folded: NewsEvent[]; kept: ReadonlySet<EventId> }> {
  const { folder } = tools;
  const homes = homesOf(events, (event, item) => corrected.has(event) || forgotten.has(item));
  const kept = new Set([...corrected, ...homes.values()]);
  const standing = events.filter(({ id, claims }) => kept.has(id) && claims.length > 0);
  const shelf = makeShelf(Infinity, folder.tools.weightOf);
  shelf.take({ events: seedsOf(events, standing, folder), merged: [] });
  const remembered = rememberedOf(events, forgotten);
  for (let start = 0; start < hits.length; start += ROUND) {
    const items = await findItems(db, hits.slice(start, start + ROUND));
    const articles = items.map((item) => {
      const known = remembered.get(item.id);
      const pinned = homes.get(item.id);
      const article = tools.articleOf(item, known?.claims);
      const { signature = article.signature } = known ?? {};
      return { ...article, signature, ...(pinned !== undefined && { pinned }) };
    });
    foldOnto(shelf, articles, folder);
    onProgress(Math.min(hits.length, start + ROUND));
  }
  const before = new Map(standing.map((event) => [event.id, event]));
  const folded = shelf.all().filter(({ claims }) => claims.length > 0);
  return { folded: folded.map((event) => asDecided(event, before.get(event.id))), kept };
}

/**
 * An event with what people decided about it. That is laid over it only here: while articles come, the day that they tell
 * is what they are compared by.
 */
function asDecided(event: NewsEvent, before: NewsEvent | undefined): NewsEvent {
  if (before === undefined) return event;
  const items = new Set(event.citations.map(({ item }) => item));
  const left = before.citations.filter(({ item }) => !items.has(item));
  return withCorrected(retitled(event, { citations: left }), decidedIn(before));
}

function foldOnto(shelf: Shelf, articles: readonly Article[], { tools }: Folder): void {
  const near = shelf.find(articles.map((article) => cluesOf(article, tools.weightOf)));
  const pinned = articles.flatMap((article) =>
    article.pinned === undefined ? [] : (shelf.get(article.pinned) ?? []),
  );
  const known = new Map([...near, ...pinned].map((event) => [event.id, event]));
  shelf.take(foldRound(articles, known.values(), tools));
}

/** What there is before any item comes: the shipped events, and those that keep articles, without these. */
function seedsOf(
  events: readonly NewsEvent[],
  standing: readonly NewsEvent[],
  { history, tools }: Folder,
): NewsEvent[] {
  const stored = new Set(events.flatMap(shippedIn));
  const shipped = new Map(history.filter(({ id }) => stored.has(id)).map((event) => [event.id, event]));
  const seeds = standing.map((event) => {
    const held = shippedIn(event);
    const own = held.includes(event.id) ? shipped.get(event.id) : undefined;
    const parts = held.filter((id) => id !== event.id).flatMap((id) => shipped.get(id) ?? []);
    for (const id of held) shipped.delete(id);
    const bare = { ...(own ?? bareOf(event)), ...(event.apart !== undefined && { apart: event.apart }) };
    return parts.reduce((whole, part) => mergeEvents(whole, part, tools), bare);
  });
  return [...shipped.values(), ...seeds];
}

/** The ids of the shipped events that an event is or holds: their claims are named after them. */
function shippedIn({ claims }: NewsEvent): EventId[] {
  const ids = claims.flatMap(({ id, item }) => (item === undefined ? [id.split('/')[0] as EventId] : []));
  return [...new Set(ids)];
}

/** An event without its articles and what follows from them; it keeps its titles. */
function bareOf(event: NewsEvent): NewsEvent {
  const { when: _, corrected: __, ...own } = event;
  return {
    ...own,
    kind: 'other',
    direction: 'none',
    status: 'claimed',
    claims: [],
    citations: [],
    places: [],
    weapons: [],
    actors: [],
    newsrooms: 0,
    signatures: [],
  };
}

/** The event in which each article that stays where it is has its main story. */
function homesOf(
  events: readonly NewsEvent[],
  stays: (event: EventId, item: ItemId) => boolean,
): Map<ItemId, EventId> {
  const mains = new Map<ItemId, EventId>();
  for (const { id, signatures = [] } of events)
    for (const { item, isSide } of signatures) if (item !== undefined && isSide !== true) mains.set(item, id);
  const homes = new Map<ItemId, EventId>();
  for (const { id, citations } of events)
    for (const { item } of citations)
      if (item !== undefined && stays(id, item) && (mains.get(item) ?? id) === id) homes.set(item, id);
  return homes;
}

/** What the events know of articles whose texts are forgotten. */
function rememberedOf(events: readonly NewsEvent[], forgotten: ReadonlySet<ItemId>): Map<ItemId, Remembered> {
  const remembered = new Map<ItemId, Remembered>();
  for (const { claims, signatures = [] } of events) {
    for (const item of new Set(claims.flatMap((claim) => claim.item ?? [])).intersection(forgotten)) {
      const before = remembered.get(item);
      const signature =
        signatures.find((one) => one.item === item && one.isSide !== true) ?? before?.signature;
      const own = claims.filter((claim) => claim.item === item);
      const all = new Map([...(before?.claims ?? []), ...own].map((claim) => [claim.id, claim]));
      remembered.set(item, { claims: [...all.values()], ...(signature !== undefined && { signature }) });
    }
  }
  return remembered;
}
