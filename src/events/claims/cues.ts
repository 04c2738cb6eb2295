import { speechLanguages, speechPhrases } from '../../language/speech.ts';
import type { SpeechCue } from '../../language/speech.ts';
import { makeFinder } from '../../matches/finder.ts';
import type { Topic } from '../../topics/topic.ts';
import type { Span } from './quotes.ts';

/** A phrase found in a text, and what it hints at. */
export interface Cue<Label extends string = string> extends Span {
  readonly label: Label;
}

/** What the words of a text hint at: who speaks, and which kinds of event it tells of; each in text order. */
export interface CuesFound {
  readonly speech: readonly Cue<SpeechCue>[];
  readonly kinds: readonly Cue[];
}

/**
 * Makes a finder of cues in texts of any language. The phrases of a language are compiled when it is first met;
 * a text in a language without a list is searched for the cues of kinds in all languages.
 */
export function makeCueFinder(topic: Topic): (text: string, language: string) => CuesFound {
  const finders = new Map<string, (text: string) => CuesFound>();
  return (text, language) => {
    const find = finders.get(language) ?? compile(topic, language);
    finders.set(language, find);
    return find(text);
  };
}

function compile(topic: Topic, language: string): (text: string) => CuesFound {
  const isKnown = topic.kindCues.some((cue) => cue.language === language);
  const kinds = topic.kindCues.filter((cue) => !isKnown || cue.language === language);
  const findKinds = cueFinder(topic, kinds);
  const findSpeech = cueFinder(topic, speechLanguages.includes(language) ? speechPhrases(language) : []);
  return (text) => ({ speech: findSpeech(text), kinds: findKinds(text) });
}

function cueFinder<Label extends string>(
  topic: Topic,
  cues: readonly { readonly text: string; readonly cue: Label }[],
): (text: string) => Cue<Label>[] {
  const labels = new Map(cues.map(({ cue }) => [cue as string, cue]));
  const terms = cues.map(({ text, cue }) => ({ text, concept: cue, language: 'und' }));
  const finder = makeFinder({ ...topic, terms, names: [], concepts: [] });
  return (text) =>
    finder.find(text).flatMap(({ concepts: [concept = ''], start, end }) => {
      const label = labels.get(concept);
      return label === undefined ? [] : { label, start, end };
    });
}
