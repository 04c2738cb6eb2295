import { day, words, type Line, type Span } from '../src/message.ts';
import type { Claim, NewsEvent, Quantity } from '../src/model.ts';
import { claimantList, claimantsOf } from './attribution.ts';
import { nameOf, type Teller } from './names.ts';

/** At most so many weapons, places or amounts are told. */
const MOST_NAMED = 3;

/**
 * Says in one sentence without a verb what an event is: its kind, between whom, with what, how much, where.
 * Only what its claims hold is said; who says so is `attribution`.
 *
 * `Arms transfer from North Korea to Russia: artillery shells (at least 20 containers; Rajin)`
 */
export function sentenceOf(event: NewsEvent, teller: Teller): string {
  const { speech } = teller;
  const { sentences, routes } = speech.words;
  const { kind, direction } = event;
  const head = sentences[`${kind} ${direction}`] ?? sentences[kind] ?? sentences['other'] ?? kind;
  const details = [...amounts(quantitiesOf(event.claims), teller), ...named(event.places, teller)];
  return fillSegments(head, {
    route: routes[direction] ?? '',
    weapons: speech.list(named(event.weapons, teller)),
    details: details.join(speech.say('between')),
  });
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
 * The amounts of some claims with who gives each: `at least 20 containers (South Korea)`. The same amount by several is told
 * once.
 */
export function quantityLines(claims: readonly Claim[], teller: Teller): Line[] {
  const given = claims.flatMap((claim) => claim.quantities.map((quantity) => ({ quantity, claim })));
  const byAmount = Map.groupBy(given, ({ quantity }) => amount(quantity, teller));
  return [...byAmount].map(([text, some]) => {
    const who = claimantsOf(some.map(({ claim }) => claim));
    return who.length === 0 ? [words(text)] : [words(`${text} (`), ...claimantList(who, teller), words(')')];
  });
}

/** The amounts of a unit on which claims do not agree, with who gives which. */
export function disputedQuantities(claims: readonly Claim[], teller: Teller): Line[] {
  const units = Map.groupBy(quantitiesOf(claims), ({ unit }) => unit);
  const isDisputed = (unit: string) => new Set(units.get(unit)?.map(({ value }) => value)).size > 1;
  const told = claims
    .filter(({ stance }) => stance !== 'denies')
    .map((claim) => ({ ...claim, quantities: claim.quantities.filter(({ unit }) => isDisputed(unit)) }));
  return quantityLines(told, teller);
}

/**
 * The amounts of some claims, the most recent of each claimant and unit, denials left out. Claimants who
 * disagree are all kept.
 */
export function quantitiesOf(claims: readonly Claim[]): Quantity[] {
  const latest = new Map<string, Quantity>();
  for (const { claimants, quantities, stance } of claims) {
    if (stance === 'denies') continue;
    const who = claimants.map(({ id }) => id).join();
    for (const quantity of quantities) latest.set(`${who}|${quantity.unit}`, quantity);
  }
  return [...latest.values()];
}

function amounts(quantities: readonly Quantity[], teller: Teller): string[] {
  const byUnit = Map.groupBy(quantities, ({ unit }) => unit);
  return [...byUnit.values()].slice(0, MOST_NAMED).map((group) => span(group, teller));
}

/** One amount of a unit, or the lowest and the highest where claimants differ. */
function span(group: readonly Quantity[], teller: Teller): string {
  const sorted = group.toSorted((one, other) => one.value - other.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return '';
  if (least.value === most.value) return amount(most, teller);
  return teller.speech.say('bound.between', { least: amount(least, teller), most: amount(most, teller) });
}

function named(ids: readonly string[], teller: Teller): string[] {
  return ids.slice(0, MOST_NAMED).flatMap((id) => nameOf(id, teller) ?? []);
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
