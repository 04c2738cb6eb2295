import type { Citation, Claim, EventId, ItemId, NewsEvent, Signature, Status } from '../../model.ts';
import { countNewsrooms } from '../../newsrooms.ts';
import { standing, stillTold } from '../../standing.ts';
import { whenOf } from '../consensus.ts';
import { copiedBy } from '../overlap.ts';
import { statusOf } from '../status.ts';
import type { Article, FoldTools } from './article.ts';
import { correctedOfBoth, laidOver, statusWithout } from './corrected.ts';
import { byFrequency, directionOf, kindOf } from './nature.ts';

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
  const others = signatures.filter((other) => !isOf(own, other));
  const hasMain =
    signature.isSide === true && signatures.some((other) => isOf(own, other) && other.isSide !== true);
  return assemble(
    {
      ...event,
      titles: withTitle(event.titles, article),
      claims: [...event.claims.filter((claim) => !isOf(own, claim) || stays.has(claim.id)), ...claims],
      citations: [
        ...event.citations.filter((citation) => !isOf(own, citation)),
        citationOf(article, copiedBy(signature, others)),
      ],
      signatures: hasMain ? signatures : [...others, signature],
      firstSeen: earlier(event.firstSeen, item.seen),
      changed: later(event.changed, item.seen),
    },
    event,
    tools,
  );
}

/**
 * Makes one event of two that turned out to be one happening; it keeps the id and the words of `into`. What people
 * corrected about either, and told either apart from, holds for it.
 */
export function mergeEvents(into: NewsEvent, from: NewsEvent, tools: FoldTools): NewsEvent {
  const claims = new Set(into.claims.map(({ id }) => id));
  const items = new Set(into.citations.flatMap(({ item }) => item ?? []));
  const signed = new Set((into.signatures ?? []).flatMap(({ item }) => item ?? []));
  const { corrected: _, apart: __, ...own } = into;
  const apart = new Set([...(into.apart ?? []), ...(from.apart ?? [])]).difference(
    new Set([into.id, from.id]),
  );
  return assemble(
    {
      ...own,
      ...correctedOfBoth(into, from),
      ...(apart.size > 0 && { apart: [...apart] }),
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
  const { corrected: _, ...parted } = part((owner) => isOf(items, owner));
  const kept = part((owner) => !isOf(items, owner));
  if (parted.claims.length === 0 || kept.claims.length === 0) return undefined;
  const own = { ...parted, id, titles: titlesOf(parted), apart: [event.id] };
  return {
    kept: assemble({ ...retitled(kept, parted), apart: [...(event.apart ?? []), id] }, event, tools),
    parted: assemble(own, asClaimed(own, tools), tools),
  };
}

/** Gives an event no title of an article that has left it, but where it would have none at all. */
export function retitled(event: NewsEvent, { citations }: Pick<NewsEvent, 'citations'>): NewsEvent {
  const gone = new Set(citations.flatMap(({ title }) => title ?? []));
  const others = titlesOf(event);
  const titles = Object.entries(event.titles).flatMap(([language, title]) => {
    const kept = gone.has(title) ? others[language] : title;
    return kept === undefined ? [] : [[language, kept] as const];
  });
  return titles.length === 0 ? event : { ...event, titles: Object.fromEntries(titles) };
}

/** The title of the first page in each language. */
function titlesOf({ citations }: NewsEvent): NewsEvent['titles'] {
  const titled = citations.flatMap(({ language, title }) => (title === undefined ? [] : [[language, title]]));
  return Object.fromEntries(titled.toReversed());
}

/** Pages as an event has them: what copies none of the others is no copy here. */
function amongThemselves(citations: readonly Citation[]): Citation[] {
  const items = new Set(citations.flatMap(({ item }) => item ?? []));
  return citations.map(({ copyOf, ...page }) => ({
    ...page,
    ...(copyOf !== undefined && items.has(copyOf) && { copyOf }),
  }));
}

/** An event with the status that its own claims give it. */
function asClaimed(event: NewsEvent, { actors }: FoldTools): NewsEvent {
  return { ...event, status: statusOf(standing(event), actors) };
}

/** Works out everything that follows from an event's claims and citations. */
export function assemble(event: NewsEvent, before: NewsEvent, tools: FoldTools): NewsEvent {
  const { when: _, ...timeless } = event;
  const citations = event.citations.toSorted(byPublication);
  const claims = inOrderOf(citations, event.claims);
  const told = { ...timeless, claims, citations };
  const when = whenOf(told);
  return laidOver({
    ...told,
    kind: kindOf(told),
    direction: directionOf(told),
    ...(when !== undefined && { when }),
    status: nextStatus(before, told, tools),
    places: byFrequency(claims.flatMap(({ places }) => places)),
    weapons: byFrequency(claims.flatMap(({ weapons }) => weapons)),
    actors: byFrequency(claims.flatMap(({ actors }) => actors)),
    newsrooms: countNewsrooms(amongThemselves(stillPrinted(told))),
    signatures: (event.signatures ?? []).toSorted(bySignature).slice(0, MOST_SIGNATURES),
  });
}

/** The pages of an event but those that tell no more than what was taken back; all where nothing else was told. */
function stillPrinted(told: Pick<NewsEvent, 'claims' | 'citations'>): readonly Citation[] {
  const telling = new Set(told.claims.map(({ item }) => item));
  const left = new Set(stillTold(told).map(({ item }) => item));
  return told.citations.filter(({ item }) => !telling.has(item) || left.has(item));
}

/** Tells whether an event ships with the topic: its kind and direction were decided by its editors. */
export function isShipped({ claims }: Pick<NewsEvent, 'claims'>): boolean {
  return claims.some(({ item }) => item === undefined);
}

/** A status moves only when the claims change what they add up to, so that an editor's or a person's word stands. */
function nextStatus(
  before: NewsEvent,
  told: Pick<NewsEvent, 'claims' | 'citations'>,
  { actors }: FoldTools,
): Status {
  const was = statusWithout(before);
  const [then, now] = [before, told].map((event) => statusOf(standing(event), actors));
  const isDecided = was === 'retracted' && then !== 'retracted';
  return isDecided || now === undefined || now === then ? was : now;
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

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function earlier(a: Date, b: Date): Date {
  return a <= b ? a : b;
}

function later(a: Date, b: Date): Date {
  return a >= b ? a : b;
}
