/**
 * Tells how much of their wording two texts share, as the part of their word runs that they have in common
 * (the Jaccard index of their shingles). Copies of one story score near 1; the same news written afresh in one
 * language scores .2 in the middle, and different news from one template up to .37 (154 labelled pairs).
 *
 * Time and memory grow with the length of the texts, not with its square.
 *
 * @param words - one text as words, already lowercased; see `wordsOf` in language/normalise.ts
 * @param others - the other text, likewise
 * @param runLength - words in a run, at least 1; longer runs forgive less rewording
 * @returns from 0, nothing shared, to 1, the same runs; 0 when either text is shorter than one run
 * @throws {RangeError} when `runLength` is not a whole number of at least 1
 */
export function overlap(words: readonly string[], others: readonly string[], runLength = 3): number {
  if (!Number.isInteger(runLength) || runLength < 1) {
    throw new RangeError(`Cannot compare texts: 'runLength' must be a whole number >= 1, is ${runLength}`);
  }
  return shareOf(runsOf(words, runLength), runsOf(others, runLength));
}

/** The part of two sets that both have: 0 to 1 (Jaccard index); 0 when either is empty. */
export function shareOf<Element>(some: ReadonlySet<Element>, others: ReadonlySet<Element>): number {
  const shared = some.intersection(others).size;
  return shared === 0 ? 0 : shared / (some.size + others.size - shared);
}

function runsOf(words: readonly string[], runLength: number): Set<string> {
  const runs = new Set<string>();
  for (let start = 0; start + runLength <= words.length; start++) {
    runs.add(words.slice(start, start + runLength).join(' '));
  }
  return runs;
}
