import type { Claim, Claimant, EventId, NewsEvent, Quantity, Status, When } from '../src/model.ts';
import type { Wishes } from '../src/subscription.ts';
import { claimantsOf } from './attribution.ts';
import { countingClaims, quantitiesOf, toldKind } from './sentence.ts';
import { isWanted } from './wishes.ts';

/** What about an event is not as it was told before. */
export type Change =
  | { readonly kind: 'status'; readonly from: Status; readonly to: Status }
  | { readonly kind: 'when'; readonly from: When | undefined; readonly to: When }
  | { readonly kind: 'quantities'; readonly added: readonly Quantity[] }
  | { readonly kind: 'claimants'; readonly added: readonly Claimant[] }
  | { readonly kind: 'denied'; readonly by: readonly Claimant[] };

/** One event with news, and the part of a digest in which it is told. */
export interface News {
  readonly part: (typeof parts)[number];
  readonly event: NewsEvent;
  /** What changed since it was last told; empty for an event that was never told. */
  readonly changes: readonly Change[];
}

/** The parts of a digest, in their order. */
export const parts = ['new', 'developments', 'denials', 'statements'] as const;

/**
 * Tells what is news about events: those never told before, and those of which something that matters changed. More
 * coverage of the same is no news, and neither is history told again.
 *
 * @param events - as they are known now
 * @param told - as they were known when they were last told, by id
 * @param wishes - which events are to be told at all
 */
export function newsIn(
  events: readonly NewsEvent[],
  told: ReadonlyMap<EventId, NewsEvent>,
  wishes: Wishes,
): News[] {
  return events.flatMap((event) => {
    const known = told.get(event.id);
    const heard = known !== undefined && isWanted(known, wishes) ? known : undefined;
    // Nobody who heard of an event is to miss that it was denied or taken back.
    return heard !== undefined || isWanted(event, wishes) ? (newsOf(event, heard) ?? []) : [];
  });
}

/** Tells some events as they stand, whether told before or not: a look back instead of news. */
export function reviewOf(events: readonly NewsEvent[], wishes: Wishes): News[] {
  const wanted = events.filter((event) => isWanted(event, wishes));
  return wanted.map((event) => ({ part: partOf(event), event, changes: [] }));
}

function newsOf(event: NewsEvent, before: NewsEvent | undefined): News | undefined {
  if (before === undefined) {
    return isNews(event) ? { part: partOf(event), event, changes: [] } : undefined;
  }
  const changes = changesOf(event, before);
  if (changes.length === 0) return undefined;
  return { part: changes.some(({ kind }) => kind === 'denied') ? 'denials' : 'developments', event, changes };
}

function isNews({ claims }: NewsEvent): boolean {
  return claims.some(({ role }) => role === 'news');
}

function partOf(event: NewsEvent): News['part'] {
  const { claims } = event;
  const kind = toldKind(event);
  if (kind === 'denial' || (claims.some(isDenial) && !claims.some(isInFavour))) return 'denials';
  const isSaid = claims.every(({ stance }) =>
    ['condemns', 'demands', 'expects', 'retracts'].includes(stance),
  );
  return kind === 'statement' || isSaid ? 'statements' : 'new';
}

function changesOf(event: NewsEvent, before: NewsEvent): Change[] {
  const known = new Set(before.claims.map(({ id }) => id));
  const fresh = event.claims.filter(({ id, role }) => role === 'news' && !known.has(id));
  return [
    ...statusChange(event, before),
    ...dayChange(event, before),
    ...newQuantities(
      countingClaims(event).filter((claim) => fresh.includes(claim)),
      before,
    ),
    ...newDenials(fresh, before),
    ...newClaimants(fresh, before),
  ];
}

function statusChange({ status }: NewsEvent, before: NewsEvent): Change[] {
  return status === before.status ? [] : [{ kind: 'status', from: before.status, to: status }];
}

function dayChange({ when }: NewsEvent, before: NewsEvent): Change[] {
  if (when === undefined || (when.start === before.when?.start && when.end === before.when.end)) return [];
  return [{ kind: 'when', from: before.when, to: when }];
}

/** Figures that somebody gives for what is; what is only expected is none. */
function newQuantities(fresh: readonly Claim[], before: NewsEvent): Change[] {
  const known = new Set(before.claims.flatMap(({ quantities }) => quantities.map(asText)));
  const stated = fresh.filter(({ stance }) => stance !== 'expects');
  const added = quantitiesOf(stated).filter((quantity) => !known.has(asText(quantity)));
  return added.length === 0 ? [] : [{ kind: 'quantities', added }];
}

function newDenials(fresh: readonly Claim[], before: NewsEvent): Change[] {
  const by = newcomers(fresh.filter(isDenial), before.claims.filter(isDenial));
  return by.length === 0 ? [] : [{ kind: 'denied', by }];
}

function newClaimants(fresh: readonly Claim[], before: NewsEvent): Change[] {
  const added = newcomers(fresh.filter(isInFavour), before.claims.filter(isInFavour));
  return added.length === 0 ? [] : [{ kind: 'claimants', added }];
}

function newcomers(fresh: readonly Claim[], known: readonly Claim[]): Claimant[] {
  const old = new Set(claimantsOf(known).map(({ id }) => id));
  return claimantsOf(fresh).filter(({ id }) => !old.has(id));
}

function isDenial({ stance }: Claim): boolean {
  return stance === 'denies';
}

/** Neither a denial nor something taken back. */
function isInFavour({ stance }: Claim): boolean {
  return stance !== 'denies' && stance !== 'retracts';
}

function asText({ unit, value, bound }: Quantity): string {
  return `${unit} ${value} ${bound}`;
}
