import type { KindFound } from './kinds.ts';
import type { Passage } from './passages.ts';

/** Cues for wanting something, and for asking the other for it. */
export const WANTING: ReadonlySet<string> = new Set(['seek', 'turn']);

const QUESTION = /[?？؟][\s»”"’」』)]*$/u;
/** "Analysis:", "War in Ukraine – why …": words that explain open a headline or what follows its rubric. */
const OPENING = /^[\s«“"‘「(¿]*$|(?:[:：–—|]|\s-)\s*[«“"‘「(¿]*$/u;

/** Tells whether a passage asks, or is the headline of a piece that explains, so that it reports nothing itself. */
export function isAsking(passage: Passage, isVerbLast: boolean): boolean {
  const { speech, sentence, position, start, text } = passage;
  if (QUESTION.test(sentence.text)) return true;
  if (position > 0) return false;
  return speech.some(
    (cue) => cue.label === 'analysis' && (isVerbLast || OPENING.test(text.slice(0, cue.start - start))),
  );
}

/** Tells whether a kind is only a guess from the things spoken of that something goes over. */
export function isGuess({ rule }: KindFound): boolean {
  return rule.weak && rule.direction.includes('→');
}

/** Tells whether the words of a kind speak of somebody who wants or needs a thing. */
export function isWanted({ rule }: KindFound): boolean {
  return rule.all.some((cue) => WANTING.has(cue));
}
