import ar from './words/attribution/ar.json' with { type: 'json' };
import bg from './words/attribution/bg.json' with { type: 'json' };
import de from './words/attribution/de.json' with { type: 'json' };
import en from './words/attribution/en.json' with { type: 'json' };
import es from './words/attribution/es.json' with { type: 'json' };
import fr from './words/attribution/fr.json' with { type: 'json' };
import hi from './words/attribution/hi.json' with { type: 'json' };
import it from './words/attribution/it.json' with { type: 'json' };
import ja from './words/attribution/ja.json' with { type: 'json' };
import ko from './words/attribution/ko.json' with { type: 'json' };
import pl from './words/attribution/pl.json' with { type: 'json' };
import pt from './words/attribution/pt.json' with { type: 'json' };
import ru from './words/attribution/ru.json' with { type: 'json' };
import tr from './words/attribution/tr.json' with { type: 'json' };
import uk from './words/attribution/uk.json' with { type: 'json' };
import vi from './words/attribution/vi.json' with { type: 'json' };
import zh from './words/attribution/zh.json' with { type: 'json' };

/** Reporting words, sorted by the stance they take. */
export const reportingCues = [
  'says',
  'confirms',
  'acknowledges',
  'reports',
  'condemns',
  'demands',
  'denies',
  'doesNotDeny',
  /** Takes back what was said or printed: "we have withdrawn our report". */
  'retracts',
] as const;

/** What a word does in telling who says something. */
export const speechCues = [
  ...reportingCues,
  /** Stands before the speaker: "according to". */
  'accordingTo',
  /** Stands after the speaker: "에 따르면". */
  'accordingToAfter',
  /** Opens what is said: "that". */
  'complement',
  /** Stands for whoever spoke before: "the statement", "they", "the spokesman". */
  'speechNouns',
  'pronouns',
  'roles',
  /** Speakers without a name: "their allies", "47 ministers". */
  'collectives',
  /** Marks the topic or the subject of a sentence, right after it. */
  'topicMarks',
  'subjectMarks',
  /** Ends what is said, where the speaker may follow: "다고". */
  'quotative',
  /** Stands right after somebody who is no subject: "after" meeting Kim. */
  'objectMarks',
  /** Reporting words turned round, so that their subject does not speak: "is believed to". */
  'hedged',
  'negation',
  /** Say that somebody will not do something: "refused to". */
  'refuses',
  /** Stand for the outlet itself: "we". */
  'ourselves',
  'future',
  'hypothetical',
  /** Says that it may have happened already: "soll … geliefert haben". */
  'alleged',
  /** Asks or explains rather than reports: "why", "what we know". */
  'analysis',
  'background',
  /** Heads a piece that puts an earlier one right: "Correction:". */
  'corrects',
  /** Says that a report came out, on a day that is not that of what it tells: "published on Monday". */
  'published',
  'and',
  'but',
  /** Open a clause that stands back behind the main one: "while", "although". */
  'subordinators',
  /** Stands before, or after, whom something goes to or comes from. */
  'toward',
  'towardAfter',
  'from',
  /** Stands before whoever did it: "by". */
  'agent',
  'fromAfter',
  'exchange',
  /** Stands before, or after, a date from which something went on. */
  'since',
  'sinceAfter',
  /** Stands before what began, whose month or year may follow: "since the invasion in". */
  'sinceEvent',
  /** Points back at what was told before: "these missiles". */
  'anaphora',
] as const;
export type SpeechCue = (typeof speechCues)[number];

/** Per language, per cue, its phrases with a bar between them; marks as in the terms of a topic. */
const words: Readonly<Record<string, Partial<Record<SpeechCue, string>>>> = {
  ar,
  bg,
  de,
  en,
  es,
  fr,
  hi,
  it,
  ja,
  ko,
  pl,
  pt,
  ru,
  tr,
  uk,
  vi,
  zh,
};

/** A phrase that tells something about who speaks. */
export interface SpeechPhrase {
  readonly text: string;
  readonly cue: SpeechCue;
}

/** Languages whose reporting words are known. */
export const speechLanguages: readonly string[] = Object.keys(words);

/** The words by which a language tells who says something; none for a language without a list. */
export function speechPhrases(language: string): SpeechPhrase[] {
  const lists = words[language] ?? {};
  return speechCues.flatMap((cue) =>
    (lists[cue] ?? '').split('|').flatMap((text) => (text === '' ? [] : { text, cue })),
  );
}

/** Tells whether the verb of a language stands at the end of its sentences, the speaker at their beginning. */
export function isVerbLast(language: string): boolean {
  const lists = words[language];
  return lists?.accordingTo === undefined && lists?.accordingToAfter !== undefined;
}
