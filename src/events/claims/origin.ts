import type { Passage } from './passages.ts';
import { overlaps } from './quotes.ts';
import type { Span } from './quotes.ts';

/** Cues for what is handed over, and for all that an adjective can give an owner. */
export const GOODS: ReadonlySet<string> = new Set(['arms', 'missile', 'cargo']);
export const BELONGINGS: ReadonlySet<string> = new Set([...GOODS, 'soldiers']);

/** Tells whether a name is but the adjective of things: "North Korean missiles" names whose they are, nobody who acts. */
export function isOriginOf(name: Span, passage: Passage, things: ReadonlySet<string>): boolean {
  const { cues } = passage;
  const adjective = cues.find((cue) => cue.label === 'origin' && overlaps(cue, name));
  if (adjective === undefined) return false;
  return cues.some(
    (cue) => things.has(cue.label) && !overlaps(cue, adjective) && isBeside(cue, adjective, passage),
  );
}

/** An adjective touches its noun, with no particle between. */
function isBeside(one: Span, other: Span, { text, start }: Passage): boolean {
  const [first, last] = one.start < other.start ? [one, other] : [other, one];
  return /^[\s-]?$/u.test(text.slice(first.end - start, last.start - start));
}
