const RUN = 4;
const REPEATED_SHARE = 0.75;
/** Shorter paragraphs are repeated only when every word is. */
const LEAST_WORDS = 10;

/**
 * Leaves out paragraphs that say once more what an earlier one said: more than three quarters of their word runs
 * stand in it, and they give no number that it does not give.
 */
export function withoutRepeats(paragraphs: readonly string[]): string[] {
  const earlier: Paragraph[] = [];
  return paragraphs.filter((text) => {
    const paragraph = paragraphOf(text);
    const isRepeat = earlier.some((other) => repeats(paragraph, other));
    if (!isRepeat) earlier.push(paragraph);
    return !isRepeat;
  });
}

interface Paragraph {
  readonly words: readonly string[];
  readonly runs: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

function paragraphOf(text: string): Paragraph {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const runs = words.slice(RUN - 1).map((_, index) => words.slice(index, index + RUN).join(' '));
  return { words, runs: new Set(runs), numbers: new Set(words.filter((word) => /\p{N}/u.test(word))) };
}

function repeats(paragraph: Paragraph, earlier: Paragraph): boolean {
  if (paragraph.words.length < LEAST_WORDS) return paragraph.words.join(' ') === earlier.words.join(' ');
  const shared = paragraph.runs.intersection(earlier.runs).size;
  return shared > paragraph.runs.size * REPEATED_SHARE && paragraph.numbers.isSubsetOf(earlier.numbers);
}
