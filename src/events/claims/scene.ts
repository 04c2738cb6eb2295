import type { Claimant } from '../../model.ts';
import { reportingCues, type SpeechCue } from '../../language/speech.ts';
import type { Cue } from './cues.ts';
import type { Mention } from './mentions.ts';
import { BELONGINGS, isOriginOf } from './origin.ts';
import type { Passage } from './passages.ts';
import { holds, overlaps } from './quotes.ts';
import type { Span } from './quotes.ts';

/** One who speaks: an actor of the topic, or whoever the text names. */
export interface Speaker extends Claimant {
  /** The state or body for which it speaks in the end; its own id when unknown. */
  readonly root: string;
}

/** What is needed to tell who speaks in a passage. */
export interface Scene {
  readonly passage: Passage;
  /** The text that the passage's offsets count in. */
  readonly text: string;
  /** Who spoke last, in passages before this one. */
  readonly before: readonly Speaker[];
  /** The last who spoke together: who signed a joint statement. */
  readonly together: readonly Speaker[];
  /** Whether the verb stands at the end of a sentence, the speaker at its beginning. */
  readonly isVerbLast: boolean;
  readonly speakerOf: (mention: Mention) => Speaker;
  /** Whether an actor is one of the two parties, or speaks for one. */
  readonly isParty: (actor: { readonly root: string }) => boolean;
}

/** Reporting words, each with the stance it takes. */
export const REPORTING: ReadonlySet<SpeechCue> = new Set<SpeechCue>(reportingCues);

/** A quotation of so many characters is somebody's speech; a shorter one is a word held with tongs. */
export const SPEECH_LENGTH = 24;
/** A speaker stands at most so far from the words that make it one. */
export const FAR = 70;
export const NEAR = 25;
/** Two words with at most an article or an auxiliary between them. */
export const TOUCHING = 8;

/** Place, agency and writer before the first words: `(서울=연합뉴스) 김 기자 = `, `SEOUL (AP) — `. */
const DATELINE =
  /^\s*(?:[（(][^()（）]{0,40}[=＝][^()（）]{0,40}[)）](?:[^=]{0,30}=)?|\p{Lu}[^()]{1,40}\([\p{L} ]{2,20}\)\s*[-–—])/u;
/** So many characters before a verb tell whether a clause ends there. */
const CLAUSE_TAIL = 40;
/** What closes the clause before a verb, with at most an auxiliary between: `…», a déclaré Kirby`. */
const CLAUSE_END = /(?:[,;:»"”“」』]|(?<!\p{L})[’–—-])\s*(?:\p{Ll}{1,2}[’'\s])?(?:\p{Ll}{1,8})?\s*$/u;

/** Cues of the passage that nobody else speaks: outside quotations. */
export function speechOf(scene: Scene, labels: ReadonlySet<SpeechCue>): Cue<SpeechCue>[] {
  const { speech } = scene.passage;
  const hedges = speech.filter(({ label }) => label === 'hedged');
  return speech.filter(
    (cue) => labels.has(cue.label) && !isQuoted(scene, cue) && !hedges.some((hedge) => overlaps(hedge, cue)),
  );
}

/**
 * Actors of the passage whom nobody else names in a quotation, that are not part of its dateline and not the mere
 * adjective of things: `North Korean missiles` do not speak.
 */
export function actorsOf(scene: Scene): Mention[] {
  const { passage } = scene;
  const begin = passage.start + (DATELINE.exec(passage.text)?.[0].length ?? 0);
  return passage.mentions.filter(
    (mention) =>
      mention.type === 'actor' &&
      mention.start >= begin &&
      !isQuoted(scene, mention) &&
      !isOriginOf(mention, passage, BELONGINGS) &&
      !isMerePlace(mention, passage),
  );
}

/** A town that is no capital stands for its country, but does not speak for it. */
function isMerePlace(actor: Mention, { mentions }: Passage): boolean {
  return mentions.some(
    ({ type, isGovernment, start, end }) =>
      type === 'place' && !isGovernment && start === actor.start && end === actor.end,
  );
}

function isQuoted({ passage }: Scene, span: Span): boolean {
  return passage.quotes.some((quote) => quote.end - quote.start >= SPEECH_LENGTH && holds(quote, span));
}

/** The text between two spans, whichever comes first. */
export function between(text: string, one: Span, other: Span): string {
  return one.end <= other.start ? text.slice(one.end, other.start) : text.slice(other.end, one.start);
}

/** Tells whether one span lies in the gap between two others. */
export function liesBetween(middle: Span, one: Span, other: Span): boolean {
  return middle.start >= Math.min(one.end, other.end) && middle.end <= Math.max(one.start, other.start);
}

/** Where the clause before a verb ends, as an offset in the text; `undefined` when the verb stands in its own clause. */
export function clauseEndBefore({ passage, text }: Scene, verb: Span): number | undefined {
  const start = Math.max(passage.start, verb.start - CLAUSE_TAIL);
  const index = CLAUSE_END.exec(text.slice(start, verb.start))?.index;
  return index === undefined ? undefined : start + index;
}
