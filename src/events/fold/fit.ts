import type { Claim, NewsEvent, Quantity, When } from '../../model.ts';
import { daysBetween } from '../../time.ts';
import { originsOf } from '../independence.ts';
import type { Actors } from '../independence.ts';
import type { FoldTools } from './article.ts';
import type { Group } from './groups.ts';
import { isOpposite, isOtherMagnitude } from '../likeness/veto.ts';

/** From here on a side story is that event's: its kind and day, or its month and two details. */
const FITS = 2;

/** Counts this close are one count. */
const SAME_COUNT = 1.1;

/** Finds the event whose facts a side story or a piece of history tells; `undefined` when none fits well enough. */
export function fittestOf(
  group: Group,
  candidates: readonly NewsEvent[],
  tools: FoldTools,
): NewsEvent | undefined {
  let fittest: NewsEvent | undefined;
  let highest = 0;
  for (const event of candidates) {
    const fit = fitOf(group, event, tools);
    if (fit >= FITS && fit > highest) [fittest, highest] = [event, fit];
  }
  return fittest;
}

/** How well the facts of some claims fit an event; 0 when something speaks against it. Each detail that agrees adds about 1. */
function fitOf({ lead, claims }: Group, event: NewsEvent, { actors, kinds }: FoldTools): number {
  if (event.kind !== lead.kind || isOpposite(event.direction, lead.direction)) return 0;
  const time = timeFit(lead.when, event.when);
  if (time === 0) return 0;
  const isSameSpeaker = isShared(speakersOf(claims, actors), speakersOf(event.claims, actors));
  if (kinds.is(lead.kind, 'talk') && !isSameSpeaker) return 0;
  const counts = countFit(claims, event.claims);
  if (counts < 0) return 0;
  const details = [
    isSameSpeaker,
    isShared(
      claims.flatMap(({ places }) => places),
      event.places,
    ),
    isShared(
      claims.flatMap(({ weapons }) => weapons),
      event.weapons,
    ),
  ];
  return time + counts + details.filter(Boolean).length;
}

function speakersOf(claims: readonly Claim[], actors: Actors): string[] {
  return claims.flatMap((claim) => [...originsOf(claim, actors)]);
}

/** 2 for the same days, 1 for a day apart or within the same week, .5 within the same month, 0 for another time or none. */
function timeFit(told: When | undefined, known: When | undefined): number {
  if (told === undefined || known === undefined) return 0;
  const gap = Math.max(daysBetween(told.end, known.start), daysBetween(known.end, told.start), 0);
  const span = Math.max(daysBetween(told.start, told.end), daysBetween(known.start, known.end));
  if (gap > 0) return gap === 1 && span === 0 ? 1 : 0;
  if (span <= 1) return 2;
  return span <= 7 ? 1 : span <= 31 ? 0.5 : 0;
}

function countsOf(claims: readonly Claim[]): Quantity[] {
  return claims.flatMap(({ quantities }) => quantities);
}

/** 1 when a count agrees, -1 when all that could agree are of another magnitude, else 0. */
function countFit(told: readonly Claim[], known: readonly Claim[]): number {
  const pairs = countsOf(told).flatMap((one) =>
    countsOf(known).flatMap((other) => (one.unit === other.unit ? [[one.value, other.value] as const] : [])),
  );
  if (pairs.some(([one, other]) => Math.max(one, other) <= SAME_COUNT * Math.min(one, other))) return 1;
  return pairs.length > 0 && pairs.every(([one, other]) => isOtherMagnitude(one, other)) ? -1 : 0;
}

function isShared(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.includes(one));
}
