const RUN = 4;
const REPEATED_SHARE = 0.75;
/** Shorter paragraphs are repeated only when every word is. */
const LEAST_WORDS = 10;
/** A run that stands in more paragraphs than this tells nothing of one of them. */
const MOST_PLACES = 8;

interface Paragraph {
  readonly runs: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

/**
 * Leaves out paragraphs that say once more what an earlier one said: more than three quarters of their word runs
 * stand in it, and they give no number that it does not give. Time grows with the length of the text.
 */
export function withoutRepeats(paragraphs: readonly string[]): string[] {
  const places = new Map<string, Paragraph[]>();
  const short = new Set<string>();
  return paragraphs.filter((text) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    if (words.length < LEAST_WORDS) return isFirst(short, words.join(' '));
    const paragraph = paragraphOf(words);
    if (isRepeated(paragraph, places)) return false;
    for (const run of paragraph.runs) {
      const standing = places.get(run) ?? [];
      if (standing.length < MOST_PLACES) places.set(run, [...standing, paragraph]);
    }
    return true;
  });
}

function isFirst(seen: Set<string>, text: string): boolean {
  const isNew = !seen.has(text);
  seen.add(text);
  return isNew;
}

function paragraphOf(words: readonly string[]): Paragraph {
  const runs = words.slice(RUN - 1).map((_, index) => words.slice(index, index + RUN).join(' '));
  return { runs: new Set(runs), numbers: new Set(words.filter((word) => /\p{N}/u.test(word))) };
}

function isRepeated(
  { runs, numbers }: Paragraph,
  places: ReadonlyMap<string, readonly Paragraph[]>,
): boolean {
  const shared = new Map<Paragraph, number>();
  for (const run of runs) {
    for (const earlier of places.get(run) ?? []) shared.set(earlier, (shared.get(earlier) ?? 0) + 1);
  }
  return [...shared].some(
    ([earlier, count]) => count > runs.size * REPEATED_SHARE && numbers.isSubsetOf(earlier.numbers),
  );
}
