import type { ItemId, Signature } from '../model.ts';

/** Texts shorter than this, in words, are alike by chance: two desks may well find one headline. */
const SHORTEST_COPY = 12;

/** Share of words from which a text is a copy: the same news written afresh shares about a fifth, a reprint nearly all. */
const COPY = 0.8;

/**
 * Tells how much of two sets both have: from 0, nothing shared or one of them empty, to 1, the same (Jaccard index).
 * Takes time in proportion to their sizes.
 */
export function shareOf<Element>(some: ReadonlySet<Element>, others: ReadonlySet<Element>): number {
  const shared = some.intersection(others).size;
  return shared === 0 ? 0 : shared / (some.size + others.size - shared);
}

/** Finds the first of some reports whose wording `report` repeats: a reprint, a mirror; `undefined` when it is fresh writing. */
export function copiedBy(report: Signature, others: readonly Signature[]): ItemId | undefined {
  if (report.words.length < SHORTEST_COPY) return undefined;
  const words = new Set(report.words);
  const original = others.find(
    ({ item, language, words: known }) =>
      item !== undefined &&
      item !== report.item &&
      language === report.language &&
      shareOf(words, new Set(known)) >= COPY,
  );
  return original?.item;
}
