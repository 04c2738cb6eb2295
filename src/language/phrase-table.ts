/** Spellings of words and phrases, each with what it means, found at one place of a text. */
export interface PhraseTable<Meaning> {
  /** The longest phrase that starts at `index`; it must end where its word ends. */
  readonly at: (
    text: string,
    index: number,
  ) => { readonly meaning: Meaning; readonly end: number } | undefined;
  /** What a phrase means that ends at `end`, or of several the longest. */
  readonly endingAt: (text: string, end: number) => Meaning | undefined;
}

interface Phrase<Meaning> {
  readonly text: string;
  readonly meaning: Meaning;
  /** Where the phrase has a `*`, which stands for the rest of a word. */
  readonly pattern: RegExp | undefined;
}

const WILD = '[\\p{L}\\p{M}]*';
const LETTER = /[\p{L}\p{M}]/u;

/**
 * Makes phrases ready for looking up.
 *
 * @param phrases - spelling and meaning; a `*` stands for the rest of a word
 * @param isUnspaced - words run together, so that a phrase may begin and end anywhere
 */
export function makePhraseTable<Meaning>(
  phrases: readonly (readonly [string, Meaning])[],
  isUnspaced: boolean,
): PhraseTable<Meaning> {
  const sorted = phrases
    .map(([text, meaning]) => ({ text, meaning, pattern: patternOf(text) }))
    .toSorted((a, b) => b.text.length - a.text.length);
  const byStart = Map.groupBy(sorted, ({ text }) => text.charCodeAt(0));
  const byEnd = Map.groupBy(sorted, ({ text }) => text.charCodeAt(text.length - 1));
  const isBorder = (text: string, index: number) => isUnspaced || !LETTER.test(text.charAt(index));
  return {
    at(text, index) {
      for (const phrase of byStart.get(text.charCodeAt(index)) ?? []) {
        const length = lengthAt(phrase, text, index);
        if (length !== undefined && (isBorder(text, index + length) || /['.-]$/.test(phrase.text))) {
          return { meaning: phrase.meaning, end: index + length };
        }
      }
      return undefined;
    },
    endingAt(text, end) {
      const found = byEnd
        .get(text.charCodeAt(end - 1))
        ?.find((phrase) => text.endsWith(phrase.text, end) && isBorder(text, end - phrase.text.length - 1));
      return found?.meaning;
    },
  };
}

function patternOf(text: string): RegExp | undefined {
  if (!text.includes('*')) return undefined;
  const escaped = text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(escaped.replaceAll('*', WILD), 'uy');
}

function lengthAt<Meaning>(
  { text: spelling, pattern }: Phrase<Meaning>,
  text: string,
  index: number,
): number | undefined {
  if (pattern === undefined) return text.startsWith(spelling, index) ? spelling.length : undefined;
  if (!text.startsWith(spelling.slice(0, spelling.indexOf('*')), index)) return undefined;
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0].length;
}
