import type { KindRule } from '../../topics/kinds.ts';
import type { Passage } from './passages.ts';
import { gapBetween, overlaps } from './quotes.ts';
import type { Span } from './quotes.ts';

/** A kind of event that a passage tells of, and the words that say so. */
export interface KindFound {
  readonly rule: KindRule;
  readonly words: readonly Span[];
}

/**
 * The kinds of event that a passage tells of, heaviest first: every kind with a strong rule that holds; where
 * there is none, the first with a weak one.
 *
 * @param accepts - leaves out what is not the topic's
 */
export function kindsIn(
  passage: Passage,
  rules: readonly KindRule[],
  accepts: (kind: KindFound) => boolean = () => true,
): KindFound[] {
  const found = new Map<string, KindFound>();
  for (const rule of rules) {
    if (found.has(rule.kind) || (rule.weak && found.size > 0)) continue;
    if (rule.unless.some((kind) => found.has(kind))) continue;
    const words = wordsFor(rule, passage);
    if (words === undefined || isTaken(words, found)) continue;
    if (accepts({ rule, words })) found.set(rule.kind, { rule, words });
  }
  return [...found.values()];
}

/** A single word that already tells of something else in another sense: `Rakete trifft Charkiw` is no meeting. */
function isTaken(words: readonly Span[], found: ReadonlyMap<string, KindFound>): boolean {
  const [only] = words;
  if (only === undefined || words.length > 1) return false;
  return [...found.values()].some((kind) => kind.words.some((word) => overlaps(word, only)));
}

/** The closest words that make a rule hold. */
function wordsFor({ all, reach }: KindRule, { cues }: Passage): Span[] | undefined {
  const [first = '', ...others] = all;
  let best: { words: Span[]; spread: number } | undefined;
  for (const start of cues.filter(({ label }) => label === first)) {
    const words: Span[] = [start];
    for (const cue of others) {
      const near = cues
        .filter(({ label }) => label === cue)
        .toSorted((a, b) => gapBetween(start, a) - gapBetween(start, b))[0];
      if (near !== undefined) words.push(near);
    }
    const spread = Math.max(...words.map((word) => gapBetween(start, word)));
    if (words.length < all.length || spread > reach) continue;
    if (best === undefined || spread < best.spread) best = { words, spread };
  }
  return best?.words;
}
