import { wordsOf } from '../../language/normalise.ts';
import type { Draft } from './drafts.ts';

/** Two sentences that share this part of the shorter one's words say the same. */
const SAME_WORDING = 0.75;

/** Leaves out claims that an article makes twice; the one that tells more stays, in the place of the first. */
export function withoutRepeats(drafts: readonly Draft[]): Draft[] {
  const kept: { draft: Draft; words: Set<string> }[] = [];
  for (const draft of drafts) {
    const words = new Set(wordsOf(draft.sentence));
    const same = kept.find(
      (other) => isSame(draft, other.draft) && shared(words, other.words) >= SAME_WORDING,
    );
    if (same === undefined) kept.push({ draft, words });
    else if (tellsMore(draft, same.draft)) Object.assign(same, { draft, words });
  }
  return kept.map(({ draft }) => draft);
}

function isSame(one: Draft, other: Draft): boolean {
  return (
    one.kind === other.kind &&
    one.direction === other.direction &&
    (one.stance === 'denies') === (other.stance === 'denies') &&
    (one.stance === 'expects') === (other.stance === 'expects') &&
    agree(one.when?.start, other.when?.start)
  );
}

function agree(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function shared(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return some.intersection(others).size / Math.max(1, Math.min(some.size, others.size));
}

function tellsMore(one: Draft, other: Draft): boolean {
  const more = fullness(one) - fullness(other);
  return more > 0 || (more === 0 && one.sentence.length > other.sentence.length);
}

/** How much a claim tells. */
function fullness({ when, said, claimants, quantities, places, weapons }: Draft): number {
  const isDay = when?.precision === 'day' || when?.precision === 'range';
  const told = [when !== undefined, isDay, said !== undefined, claimants.length > 0];
  return told.filter(Boolean).length + quantities.length + places.length / 2 + weapons.length / 2;
}
