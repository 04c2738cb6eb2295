import { day, type Line, type Span } from '../src/message.ts';
import type { Claim, Claimant, NewsEvent, Quantity, Stance } from '../src/model.ts';
import { standing } from '../src/standing.ts';
import { amountBy } from './attribution.ts';
import { isCountry, nameOf, narrowest, type Teller } from './names.ts';
import type { Speech } from './speech.ts';

/** At most so many weapons, places or amounts are told. */
const MOST_NAMED = 3;

/** An amount with everybody who gives it. */
interface Figure {
  readonly quantity: Quantity;
  readonly who: readonly Claimant[];
}

/**
 * Says in one sentence without a verb what an event is: its kind, between whom, with what, how much, where; and that it is
 * only expected, denied, taken back or spoken of, where no claim goes further. Only what its claims hold is said; who says so is
 * `attribution`.
 *
 * `Arms transfer from North Korea to Russia: artillery shells (at least 20 containers; Rajin)`
 */
export function sentenceOf(event: NewsEvent, teller: Teller): string {
  const { speech } = teller;
  const { sentences, routes } = speech.words;
  const { direction } = event;
  const kind = toldKind(event);
  const head = sentences[`${kind} ${direction}`] ?? sentences[kind] ?? sentences['other'] ?? kind;
  const details = [...amounts(countingClaims(event), teller), ...placeNames(event, teller)];
  const sentence = fillSegments(head, {
    route: routes[direction] ?? '',
    pair: direction === 'none' ? '' : (routes['both'] ?? ''),
    weapons: speech.list(named(narrowest(event.weapons, teller.topic), teller)),
    details: details.join(speech.say('between')),
  });
  const reserve = reserveOf(kind, event);
  return reserve === undefined ? sentence : speech.say(reserve, { sentence: afterColon(sentence, speech) });
}

/** A sentence as the language writes it after a colon. */
function afterColon(sentence: string, { words: { lowersAfterColon = false, locale } }: Speech): string {
  return lowersAfterColon ? sentence.charAt(0).toLocaleLowerCase(locale) + sentence.slice(1) : sentence;
}

/** What an event is told as: a denial is one only where somebody denies; else it is what is spoken of. */
export function toldKind({ kind, claims }: Pick<NewsEvent, 'kind' | 'claims'>): string {
  if (kind !== 'denial' || claims.length === 0 || !claims.every(isNoDenial)) return kind;
  return claims.find((claim) => claim.kind !== kind)?.kind ?? 'statement';
}

/** The phrase for an event that nobody says to have happened: one that is only expected, denied, taken back or reacted to. */
function reserveOf(kind: string, event: NewsEvent): string | undefined {
  const { claims } = event;
  if (kind === 'statement' || kind === 'denial' || claims.length === 0) return undefined;
  if (standing(event).every(({ stance }) => stance === 'retracts')) return 'head.retracted';
  const areAll = (...stances: Stance[]) => claims.every(({ stance }) => stances.includes(stance));
  if (areAll('expects')) return 'head.expected';
  if (areAll('denies', 'retracts')) return 'head.denied';
  return areAll('condemns', 'demands', 'expects') ? 'head.reactions' : undefined;
}

/** The day of an event as exactly as it is known, or that it is not known. */
export function daySpan(event: NewsEvent, { speech }: Teller): Span {
  return day(event.when === undefined ? speech.say('when.unknown') : speech.when(event.when), 'strong');
}

/** An amount with its bound: `at least 20 containers`. */
export function amount({ value, bound, unit }: Quantity, { speech }: Teller): string {
  return speech.say(`bound.${bound}`, { amount: speech.counted(unit, value) });
}

/**
 * The amounts of some claims with who gives each: `at least 20 containers according to South Korea`. The same amount by several is told
 * once.
 */
export function quantityLines(claims: readonly Claim[], teller: Teller): Line[] {
  return figureLines(
    claims.flatMap(({ quantities, claimants }) =>
      quantities.map((quantity) => ({ quantity, who: claimants })),
    ),
    teller,
  );
}

/** The amounts of a unit on which those who speak of an event do not agree, with who gives which. */
export function disputedQuantities(event: NewsEvent, teller: Teller): Line[] {
  const outlets = new Map(event.citations.map(({ item, outlet }) => [item, { id: outlet, name: outlet }]));
  const spoken = countingClaims(event).map((claim) => {
    const outlet = outlets.get(claim.item);
    return claim.claimants.length > 0 || outlet === undefined ? claim : { ...claim, claimants: [outlet] };
  });
  return figureLines([...latestByUnit(spoken).values()].filter(areDisputed).flat(2), teller);
}

/**
 * The claims whose amounts are those of the event, without what was taken back: of its own kind where there are any; what
 * else is counted is of other things.
 */
export function countingClaims(event: Pick<NewsEvent, 'kind' | 'claims' | 'citations'>): readonly Claim[] {
  const claims = standing(event);
  const own = claims.filter((claim) => claim.kind === event.kind);
  return own.length === 0 ? claims : own;
}

/**
 * The amounts of some claims, the most recent of each claimant and unit, without denials and, where anybody says what is,
 * without what is only expected. Claimants who disagree are all kept.
 */
export function quantitiesOf(claims: readonly Claim[]): Quantity[] {
  return [...latestByUnit(claims).values()].flat(2).map(({ quantity }) => quantity);
}

/**
 * What everybody last said of each unit: by unit, a list for each who spoke. Denials are left out, and what is only expected
 * where somebody says what is.
 */
function latestByUnit(claims: readonly Claim[]): Map<string, Figure[][]> {
  const stated = claims.filter(
    ({ stance }) => !['denies', 'expects', 'demands', 'retracts'].includes(stance),
  );
  const latest = new Map<string, Figure[]>();
  for (const { claimants: who, quantities } of stated.length > 0 ? stated : claims.filter(isNoDenial)) {
    const key = who.map(({ id }) => id).join();
    for (const [unit, some] of Map.groupBy(quantities, (quantity) => quantity.unit)) {
      latest.set(
        `${key}|${unit}`,
        some.map((quantity) => ({ quantity, who })),
      );
    }
  }
  return Map.groupBy(latest.values(), ([first]) => first?.quantity.unit ?? '');
}

function isNoDenial({ stance }: Claim): boolean {
  return stance !== 'denies';
}

/** Tells whether two give amounts of a unit of which none is the same. */
function areDisputed(figures: readonly (readonly Figure[])[]): boolean {
  const values = figures.map((some) => new Set(some.map(({ quantity }) => quantity.value)));
  return values.some((one) => values.some((other) => one.isDisjointFrom(other)));
}

function figureLines(figures: readonly Figure[], teller: Teller): Line[] {
  const byWho = Map.groupBy(figures, ({ who }) => who.map(({ id }) => id).join());
  const told = [...byWho.values()].flatMap((some) => {
    const texts = amountsOf(
      some.map(({ quantity }) => quantity),
      teller,
    );
    return texts.map((text) => ({ text, who: some[0]?.who ?? [] }));
  });
  return [...Map.groupBy(told, ({ text }) => text)].map(([text, some]) => {
    const who = new Map(some.flatMap((one) => one.who).map((one) => [one.id, one]));
    return amountBy(text, [...who.values()], teller);
  });
}

/** Amounts one by one; a lower and an upper bound of the same, one after the other, as a range. */
export function amountsOf(quantities: readonly Quantity[], teller: Teller): string[] {
  return quantities.flatMap((quantity, index) => {
    const next = quantities[index + 1];
    if (isRange(quantities[index - 1], quantity)) return [];
    return next !== undefined && isRange(quantity, next)
      ? teller.speech.countedFrom(quantity.unit, quantity.value, next.value)
      : amount(quantity, teller);
  });
}

function isRange(least: Quantity | undefined, most: Quantity | undefined): boolean {
  return least?.bound === 'at_least' && most?.bound === 'at_most' && least.unit === most.unit;
}

function amounts(claims: readonly Claim[], teller: Teller): string[] {
  const units = [...latestByUnit(claims).values()];
  return units.flatMap((figures) => span(figures, teller)).slice(0, MOST_NAMED);
}

/**
 * The amounts of a unit: from the lowest to the highest where each claimant gives one; one by one where somebody gives
 * several, who counts different things.
 */
function span(figures: readonly (readonly Figure[])[], teller: Teller): string[] {
  const all = figures.flat().map(({ quantity }) => quantity);
  const sorted = all.toSorted((one, other) => one.value - other.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return [];
  if (least.value === most.value) return [amount(most, teller)];
  if (figures.every(({ length }) => length === 1)) {
    return [teller.speech.countedFrom(most.unit, least.value, most.value)];
  }
  const distinct = new Map(sorted.map((quantity) => [quantity.value, quantity]));
  return amountsOf([...distinct.values()], teller);
}

/** Names of places without countries: whoever speaks of an event names some, and few of them are where it happened. */
function placeNames({ places }: NewsEvent, teller: Teller): string[] {
  return named(
    places.filter((place) => !isCountry(place, teller.topic)),
    teller,
  );
}

function named(ids: readonly string[], teller: Teller): string[] {
  return [...new Set(ids.flatMap((id) => nameOf(id, teller) ?? []))].slice(0, MOST_NAMED);
}

/** Fills the gaps of a sentence; a part in brackets falls away when a gap in it has nothing to say. */
function fillSegments(sentence: string, values: Readonly<Record<string, string>>): string {
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  return fill(
    sentence.replaceAll(/\[([^\]]*)\]/g, (_, part: string) => {
      const gaps = [...part.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
      return gaps.every((name) => (values[name] ?? '') !== '') ? fill(part) : '';
    }),
  );
}
