import type { Citation, Claim, EventId, NewsEvent, Signature, When } from '../model.ts';
import { folded } from './search/analyse.ts';
import type { Queries } from './database.ts';
import { read, written } from './json.ts';
import { keyOf } from './numbers.ts';
import { FOREVER } from './schema.ts';
import { list, raw, sql, type Value } from './engines/sql.ts';

/** One state of an event, true from some moment on. */
export interface EventRow {
  readonly id: EventId;
  readonly value: string;
}

/** What the column `value` of an event holds: the event, with the keys of its parts in their place. */
type Stored = Omit<NewsEvent, PartName> & Partial<Record<PartName, readonly string[]>>;

/** The parts of an event that are kept as rows of their own: many states of the event share them. */
type PartName = 'claims' | 'citations' | 'signatures';

/** How a part of an event is kept: equal parts of one event are one row, named by a key made from what it says. */
export interface PartTable<Part> {
  readonly name: 'claim' | 'citation' | 'signature';
  /** Columns that it is looked up by. */
  readonly columns: readonly string[];
  valuesOf(part: Part): Value[];
}

/** A part beside the key and JSON of its row. */
export interface Keyed<Part> {
  readonly key: string;
  readonly part: Part;
  readonly json: string;
}

/** Something that an event or claim is about, or who makes a claim. */
export interface Entity {
  readonly type: 'actor' | 'place' | 'weapon' | 'claimant';
  readonly id: string;
  /** Key of the claim; empty for the event as a whole. */
  readonly claim: string;
}

export const claimTable: PartTable<Claim> = {
  name: 'claim',
  columns: ['id', 'item', 'kind', 'stance', 'language', 'first_day', 'last_day'],
  valuesOf: ({ id, item = null, kind, stance, language, when }) => [
    id,
    item,
    kind,
    stance,
    language,
    ...daysOf(when),
  ],
};

export const citationTable: PartTable<Citation> = {
  name: 'citation',
  columns: ['item', 'url', 'language', 'family', 'outlet'],
  valuesOf: ({ item = null, url = null, language, family, outlet }) => [
    item,
    url,
    language,
    family.toLowerCase(),
    folded(outlet),
  ],
};

export const signatureTable: PartTable<Signature> = { name: 'signature', columns: [], valuesOf: () => [] };

/** Gives each part the key of its row; equal ones are one. */
export function keyed<Part>(parts: readonly Part[]): Keyed<Part>[] {
  const all = parts.map((part) => {
    const json = written(part);
    return { key: keyOf(json), part, json };
  });
  return [...new Map(all.map((one) => [one.key, one])).values()];
}

/** An event as the column `value` holds it. */
export function storedEvent(event: NewsEvent): string {
  const { claims, citations, signatures, ...rest } = event;
  const stored: Stored = {
    ...rest,
    claims: keysOf(claims),
    citations: keysOf(citations),
    ...(signatures !== undefined && { signatures: keysOf(signatures) }),
  };
  return written(stored);
}

/** What an event and its claims are about. */
export function entitiesOf(event: NewsEvent): Entity[] {
  const ofClaims = keyed(event.claims).flatMap(({ key, part }) => [
    ...part.claimants.map(({ id }) => ({ type: 'claimant', id, claim: key }) as const),
    ...aboutOf(part, key),
  ]);
  return [...aboutOf(event, ''), ...ofClaims];
}

/** First and last day as columns hold them: empty where the day is unknown. */
export function daysOf(when: When | undefined): [first: string, last: string] {
  return [when?.start ?? '', when?.end ?? ''];
}

/**
 * Puts events together from their rows.
 *
 * @param current - every row is the latest state of its event, so that parts of the past need not be read
 */
export async function toEvents(
  db: Queries,
  rows: readonly EventRow[],
  { current }: { current: boolean },
): Promise<NewsEvent[]> {
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map(({ id }) => id))];
  const claims = await partsOf(db, claimTable, { ids, current });
  const citations = await partsOf(db, citationTable, { ids, current });
  const signatures = await partsOf(db, signatureTable, { ids, current });
  return rows.map(({ id, value }) => {
    const stored = read(value) as Stored;
    return {
      ...stored,
      claims: (stored.claims ?? []).flatMap((key) => claims.get(`${id} ${key}`) ?? []),
      citations: (stored.citations ?? []).flatMap((key) => citations.get(`${id} ${key}`) ?? []),
      ...(stored.signatures !== undefined && {
        signatures: stored.signatures.flatMap((key) => signatures.get(`${id} ${key}`) ?? []),
      }),
    } as NewsEvent;
  });
}

async function partsOf<Part>(
  db: Queries,
  { name }: PartTable<Part>,
  { ids, current }: { ids: readonly EventId[]; current: boolean },
): Promise<Map<string, Part>> {
  const still = current ? sql`and until = ${FOREVER}` : sql``;
  const found = await db.query<{ event: string; key: string; value: string }>(sql`
    select event, key, value
    from ${raw(name)}
    where event in (${list(ids)}) ${still}
  `);
  return new Map(found.map(({ event, key, value }) => [`${event} ${key}`, read(value) as Part]));
}

/** Every part's key, those of equal parts as often as they come. */
function keysOf(parts: readonly unknown[]): string[] {
  return parts.map((part) => keyOf(written(part)));
}

function aboutOf(
  { actors, places, weapons }: Pick<NewsEvent, 'actors' | 'places' | 'weapons'>,
  claim: string,
): Entity[] {
  return [
    ...actors.map((id) => ({ type: 'actor', id, claim }) as const),
    ...places.map((id) => ({ type: 'place', id, claim }) as const),
    ...weapons.map((id) => ({ type: 'weapon', id, claim }) as const),
  ];
}
