import type { Signature } from '../../model.ts';
import type { KindBook } from '../../topics/kinds.ts';
import { kindOfFact } from './facts.ts';

/** How much it tells that two reports share a fact of the topic: 0 says nothing, about 5 is rare. */
export type WeightOf = (fact: string) => number;

/** What reports are weighed by. */
export interface Scales {
  readonly weightOf: WeightOf;
  readonly kinds: KindBook;
}

/** A report in the form in which it is compared: each is compared many times. */
export interface Prepared {
  readonly words: ReadonlySet<number>;
  readonly headline: ReadonlySet<number>;
  readonly sounds: ReadonlySet<number>;
  /** Weight by how rare a fact is and how early the report speaks of it. */
  readonly facts: ReadonlyMap<string, number>;
  readonly factsLength: number;
  /** All that it speaks of as done, planned or told again, be it only to say something about it. */
  readonly deeds: ReadonlySet<string>;
}

/** The fact at this place in a report weighs half of what it would at its head. */
const HALF_AS_EARLY = 12;

/** What was made ready before; a signature never changes. */
const known = new WeakMap<WeightOf, WeakMap<Signature, Prepared>>();

/** Makes a report ready to be compared. */
export function prepare(report: Signature, scales: Scales): Prepared {
  const { weightOf } = scales;
  const reports = known.get(weightOf) ?? new WeakMap<Signature, Prepared>();
  known.set(weightOf, reports);
  const prepared = reports.get(report) ?? prepareAfresh(report, scales);
  reports.set(report, prepared);
  return prepared;
}

/** Part of two sets that both have, as their cosine: 0 to 1. */
export function shared(some: ReadonlySet<number>, others: ReadonlySet<number>): number {
  let both = 0;
  for (const element of some) if (others.has(element)) both++;
  return both === 0 ? 0 : both / Math.sqrt(some.size * others.size);
}

/** Part of their weighed facts that two reports share, as a cosine: 0 to 1. */
export function sharedWeight(one: Prepared, other: Prepared): number {
  let both = 0;
  for (const [fact, weight] of one.facts) both += weight * (other.facts.get(fact) ?? 0);
  return both === 0 ? 0 : both / (one.factsLength * other.factsLength);
}

function prepareAfresh({ words, headline, sounds, facts }: Signature, { weightOf, kinds }: Scales): Prepared {
  const weights = new Map(
    facts.map((fact, place) => [fact, weightOf(fact) / (1 + place / HALF_AS_EARLY)] as const),
  );
  return {
    words: new Set(words),
    headline: new Set(headline),
    sounds: new Set(sounds),
    facts: weights,
    factsLength: Math.hypot(...weights.values()),
    deeds: new Set(facts.flatMap((fact) => kinds.deedOf(kindOfFact(fact) ?? '') ?? [])),
  };
}
