import type {
  Citation,
  Claim,
  Direction,
  EventId,
  ItemId,
  NewsEvent,
  Signature,
  Status,
} from '../../model.ts';
import { whenOf } from '../consensus.ts';
import { countNewsrooms } from '../independence.ts';
import { copiedBy } from '../overlap.ts';
import { statusOf } from '../status.ts';
import type { Article, FoldTools } from './article.ts';

/** Reports that an event keeps to compare new ones with. */
const MOST_SIGNATURES = 12;

/** What one article adds to one event. */
export interface Contribution {
  readonly article: Article;
  readonly claims: readonly Claim[];
  /** How this part of the article compares with others. */
  readonly signature: Signature;
}

/** Starts an event from one article. */
export function beginEvent(
  id: EventId,
  { article, claims, signature }: Contribution,
  tools: FoldTools,
): NewsEvent {
  const { seen } = article.item;
  const empty: NewsEvent = {
    id,
    topic: tools.topic,
    kind: 'other',
    direction: 'none',
    status: 'claimed',
    titles: {},
    claims: [],
    citations: [],
    places: [],
    weapons: [],
    actors: [],
    newsrooms: 0,
    firstSeen: seen,
    changed: seen,
    signatures: [],
    ...(article.barred !== undefined && { apart: article.barred }),
  };
  return addTo(empty, { article, claims, signature }, tools);
}

/** Adds what an article contributes to an event; adding the same again changes nothing. */
export function addTo(
  event: NewsEvent,
  { article, claims, signature }: Contribution,
  tools: FoldTools,
): NewsEvent {
  const { item } = article;
  const own = new Set<ItemId>(item.replaces === undefined ? [item.id] : [item.id, item.replaces]);
  const stays = new Set(article.claims.map(({ id }) => id)).difference(new Set(claims.map(({ id }) => id)));
  const signatures = event.signatures ?? [];
  const hasMain =
    signature.isSide === true && signatures.some((other) => isOf(own, other) && other.isSide !== true);
  return assemble(
    {
      ...event,
      titles: withTitle(event.titles, article),
      claims: [...event.claims.filter((claim) => !isOf(own, claim) || stays.has(claim.id)), ...claims],
      citations: [
        ...event.citations.filter((citation) => !isOf(own, citation)),
        citationOf(article, copiedBy(signature, signatures)),
      ],
      signatures: hasMain ? signatures : [...signatures.filter((other) => !isOf(own, other)), signature],
      firstSeen: earlier(event.firstSeen, item.seen),
      changed: later(event.changed, item.seen),
    },
    event,
    tools,
  );
}

/** Makes one event of two that turned out to be one happening; it keeps the id and the words of `into`. */
export function mergeEvents(into: NewsEvent, from: NewsEvent, tools: FoldTools): NewsEvent {
  const claims = new Set(into.claims.map(({ id }) => id));
  const items = new Set(into.citations.flatMap(({ item }) => item ?? []));
  const signed = new Set((into.signatures ?? []).flatMap(({ item }) => item ?? []));
  return assemble(
    {
      ...into,
      titles: { ...from.titles, ...into.titles },
      claims: [...into.claims, ...from.claims.filter(({ id }) => !claims.has(id))],
      citations: [...into.citations, ...from.citations.filter((citation) => !isOf(items, citation))],
      signatures: [
        ...(into.signatures ?? []),
        ...(from.signatures ?? []).filter((other) => !isOf(signed, other)),
      ],
      firstSeen: earlier(into.firstSeen, from.firstSeen),
      changed: later(into.changed, from.changed),
    },
    into,
    tools,
  );
}

/**
 * Takes some items out of an event and makes an event of their own of them.
 *
 * @param id - of the new event, see `eventId`
 * @returns the event without these items and the new one; `undefined` when either would be empty
 */
export function splitEvent(
  event: NewsEvent,
  items: ReadonlySet<ItemId>,
  id: EventId,
  tools: FoldTools,
): { kept: NewsEvent; parted: NewsEvent } | undefined {
  const part = (isWanted: (owner: { item?: ItemId }) => boolean): NewsEvent => ({
    ...event,
    claims: event.claims.filter(isWanted),
    citations: event.citations.filter(isWanted),
    signatures: (event.signatures ?? []).filter(isWanted),
  });
  const parted = part((owner) => isOf(items, owner));
  const kept = part((owner) => !isOf(items, owner));
  if (parted.citations.length === 0 || kept.citations.length === 0) return undefined;
  const titles = Object.fromEntries(
    parted.citations
      .flatMap(({ language, title }) => (title === undefined ? [] : [[language, title]]))
      .toReversed(),
  );
  return {
    kept: assemble({ ...kept, apart: [...(event.apart ?? []), id] }, asClaimed(kept, tools), tools),
    parted: assemble({ ...parted, id, titles, apart: [event.id] }, asClaimed(parted, tools), tools),
  };
}

/** An event with the status that its own claims give it. */
function asClaimed(event: NewsEvent, { actors }: FoldTools): NewsEvent {
  return { ...event, status: statusOf(event.claims, actors) };
}

/** Works out everything that follows from an event's claims and citations. */
export function assemble(event: NewsEvent, before: NewsEvent, tools: FoldTools): NewsEvent {
  const { when: _, ...timeless } = event;
  const citations = event.citations.toSorted(byPublication);
  const claims = inOrderOf(citations, event.claims);
  const told = { ...timeless, claims, citations };
  const when = whenOf(told);
  return {
    ...told,
    ...(isShipped(before) ? {} : { kind: kindOf(claims), direction: directionOf(claims) }),
    ...(when !== undefined && { when }),
    status: nextStatus(before, claims, tools),
    places: byFrequency(claims.flatMap(({ places }) => places)),
    weapons: byFrequency(claims.flatMap(({ weapons }) => weapons)),
    actors: byFrequency(claims.flatMap(({ actors }) => actors)),
    newsrooms: countNewsrooms(citations),
    signatures: (event.signatures ?? []).toSorted(bySignature).slice(0, MOST_SIGNATURES),
  };
}

/** Tells whether an event ships with the topic: its kind and direction were decided by its editors. */
export function isShipped({ claims }: Pick<NewsEvent, 'claims'>): boolean {
  return claims.some(({ item }) => item === undefined);
}

/** A status moves only when the claims change what they add up to, so that an editor's or a person's word stands. */
function nextStatus(before: NewsEvent, claims: readonly Claim[], { actors }: FoldTools): Status {
  const now = statusOf(claims, actors);
  return before.status === 'retracted' || now === statusOf(before.claims, actors) ? before.status : now;
}

/** What most items say that it is; between equals, what was said first. */
function kindOf(claims: readonly Claim[]): string {
  const told = claims.filter(({ role, stance }) => role === 'news' && stance !== 'expects');
  const perItem = new Map(
    (told.length === 0 ? claims : told).map((claim) => [`${claim.item} ${claim.kind}`, claim.kind]),
  );
  return byFrequency([...perItem.values()])[0] ?? 'other';
}

function directionOf(claims: readonly Claim[]): Direction {
  const directed = claims.map(({ direction }) => direction).filter((direction) => direction !== 'none');
  return byFrequency(directed)[0] ?? 'none';
}

function withTitle(titles: NewsEvent['titles'], { item, headline }: Article): NewsEvent['titles'] {
  if (headline === undefined || titles[item.language] !== undefined) return titles;
  return { ...titles, [item.language]: headline };
}

function citationOf({ item, wire }: Article, copyOf: ItemId | undefined): Citation {
  return {
    item: item.id,
    ...(item.url !== undefined && { url: item.url }),
    outlet: item.source.name,
    family: item.source.family,
    language: item.language,
    ...(item.title !== '' && { title: item.title }),
    ...(item.published !== undefined && { published: item.published }),
    ...(wire !== undefined && { wire }),
    ...(copyOf !== undefined && { copyOf }),
  };
}

function isOf(items: ReadonlySet<ItemId>, { item }: { readonly item?: ItemId }): boolean {
  return item !== undefined && items.has(item);
}

/** Claims in the order in which their items were published; those of the shipped history first. */
function inOrderOf(citations: readonly Citation[], claims: readonly Claim[]): Claim[] {
  const places = new Map(citations.map(({ item }, place) => [item, place]));
  const placeOf = ({ item }: Claim) => (item === undefined ? -1 : (places.get(item) ?? citations.length));
  return claims.toSorted((a, b) => placeOf(a) - placeOf(b) || a.offset - b.offset || compare(a.id, b.id));
}

function byPublication(a: Citation, b: Citation): number {
  const [first, second] = [a, b].map(({ published }) => published?.getTime() ?? Infinity);
  return first === second ? compare(a.item ?? '', b.item ?? '') : (first ?? 0) - (second ?? 0);
}

function bySignature(a: Signature, b: Signature): number {
  return compare(a.published ?? '9', b.published ?? '9') || compare(a.item ?? '', b.item ?? '');
}

/** Each once, the most frequent first; between equals, the first met. */
function byFrequency(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function earlier(a: Date, b: Date): Date {
  return a <= b ? a : b;
}

function later(a: Date, b: Date): Date {
  return a >= b ? a : b;
}
