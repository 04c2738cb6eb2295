import { findDates } from '../../language/dates.ts';
import { findQuantities } from '../../language/numbers.ts';
import { isVerbLast } from '../../language/speech.ts';
import type { Finder } from '../../matches/finder.ts';
import type { Day } from '../../model.ts';
import type { Topic } from '../../topics/topic.ts';
import { makeCueFinder } from './cues.ts';
import { makeMentionReader } from './mentions.ts';
import { passagesOf } from './passages.ts';
import type { Passage } from './passages.ts';
import { holds, quotesIn } from './quotes.ts';
import type { Span } from './quotes.ts';

/** What was found in one text. */
export interface Reading {
  readonly text: string;
  readonly language: string;
  readonly isVerbLast: boolean;
  readonly passages: readonly Passage[];
}

/** Reads a text: `published` is the day from which its relative dates count, where known. */
export type Reader = (text: string, language: string, published: Day | undefined) => Reading;

/** Makes a reader for the texts of a topic; `finder` finds its names. */
export function makeReader(topic: Topic, finder: Finder): Reader {
  const mentionsIn = makeMentionReader(topic, finder);
  const cuesIn = makeCueFinder(topic);
  const parties = new Set(topic.parties.map(({ actor }) => actor));
  return (text, language, published) => {
    const { speech, kinds } = cuesIn(text, language);
    const mentions = mentionsIn(text);
    const others = mentions.filter(({ type, root }) => type === 'actor' && !parties.has(root));
    const sources = kinds.filter(({ label }) => label === 'report');
    const found = {
      mentions,
      speech,
      // What stands in somebody's name tells of nothing: "Financial Times", "Security Council".
      cues: kinds.filter(
        (cue) => (cue.label === 'un' || !others.some((name) => holds(name, cue))) && !isPartOf(cue, sources),
      ),
      dates: findDates(text, { language, ...(published !== undefined && { published }) }),
      quantities: findQuantities(text, language),
      quotes: quotesIn(text),
    };
    return { text, language, isVerbLast: isVerbLast(language), passages: passagesOf(text, found) };
  };
}

/** "satellite images" tell how one knows, of no satellite. */
function isPartOf(cue: Span, phrases: readonly Span[]): boolean {
  return phrases.some((phrase) => holds(phrase, cue) && phrase.end - phrase.start > cue.end - cue.start);
}
