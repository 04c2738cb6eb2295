import type { Evidence, Zone } from '../model.ts';
import type { Finder } from './finder.ts';
import { evidenceOf, judge, zoneOf } from './match.ts';
import type { Matchable } from './match.ts';

/** Why an item was reported, or why it was not. Offsets count in `matchedText(item)`; concepts are ids of the topic. */
export interface Explanation {
  readonly zone: Zone;
  readonly score: number;
  readonly evidence: readonly Evidence[];
  /** The sentences that spoke for it, the strongest first, with how strongly: from 0 to 1. */
  readonly sentences: readonly { readonly start: number; readonly end: number; readonly strength: number }[];
  /** What the text would have had to speak of as well, by the combination that came nearest; empty when nothing is. */
  readonly missing: readonly string[];
  /** Whether all that was needed is in the text, but never close enough together. */
  readonly isScattered: boolean;
  /** What title and lead are about besides, and how much of the score that left. */
  readonly against: readonly { readonly concepts: readonly string[]; readonly factor: number }[];
}

/** Tells what spoke for an item and against it, and what was missing. */
export function explain(item: Matchable, finder: Finder): Explanation {
  const { topic } = finder;
  const { findings, concepts, units, contexts, score } = judge(item, finder);
  const named = new Set(topic.concepts.flatMap(({ id }, index) => (concepts[index] === 0 ? [] : [id])));
  const sentences = units
    .filter(({ strength }) => strength > 0)
    .toSorted((one, other) => other.strength - one.strength)
    .map(({ start, end, strength }) => ({ start, end, strength }));
  const missing = sentences.length > 0 ? [] : leastMissing(finder, named);
  return {
    zone: zoneOf(score, topic.thresholds),
    score,
    evidence: evidenceOf(findings, item.language),
    sentences,
    missing,
    isScattered: sentences.length === 0 && missing.length === 0,
    against: contexts.flatMap((index) => {
      const context = topic.contexts[index];
      if (context === undefined) return [];
      const about = [...context.all, ...context.any].filter((concept) => named.has(concept));
      return [{ concepts: about, factor: context.factor }];
    }),
  };
}

/** The concepts that the nearest combination lacks; of one that asks for any of several, the first stands for them. */
function leastMissing({ topic }: Finder, named: ReadonlySet<string>): string[] {
  const combinations = topic.combinations.map(({ all, any }) => {
    const lacking = all.filter((concept) => !named.has(concept));
    const hasAny = any.length === 0 || any.some((concept) => named.has(concept));
    return hasAny ? lacking : [...lacking, ...any.slice(0, 1)];
  });
  return combinations.reduce(
    (least, one) => (one.length < least.length ? one : least),
    combinations[0] ?? [],
  );
}
