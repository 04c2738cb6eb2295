import { wordsByLanguage } from '../words.ts';
import { prepare } from '../dates/prepared.ts';
import { dateWordsOf } from '../dates/words.ts';
import { normalise, type Normalised } from '../normalise.ts';
import { makePhraseTable, type PhraseTable } from '../phrase-table.ts';

/** Spellings of one thing separated by `|`; `*` stands for the rest of a word. */
type Spellings = string;
type ByName = Readonly<Record<string, Spellings>>;

/** How one language writes quantities. */
export interface QuantityWords {
  /** Words that differ in their marks alone are different words, so that marks are kept. */
  readonly marks?: boolean;
  /** Number words by value. */
  readonly numbers?: ByName;
  /** Words that multiply the number before them, by value. */
  readonly magnitudes: ByName;
  readonly atLeast?: Spellings;
  readonly about?: Spellings;
  readonly atMost?: Spellings;
  readonly atLeastAfter?: Spellings;
  readonly aboutAfter?: Spellings;
  readonly atMostAfter?: Spellings;
  /** Between the two ends of a range. */
  readonly to?: Spellings;
  /** Spaced only: words that never stand between a number and what it counts. */
  readonly stops?: Spellings;
  /** Unspaced only: counting words that follow a number. */
  readonly counters?: Spellings;
  /** Unspaced only: what a counting word counts when nothing else is named. */
  readonly counterUnits?: ByName;
  /** Spellings by the language-neutral name of what is counted. */
  readonly units: ByName;
}

const words: Readonly<Record<string, { readonly quantities: QuantityWords }>> = wordsByLanguage;

type TextBound = 'at_least' | 'at_most' | 'about';

/** The words of a language made ready for looking up in normalised text. */
export interface QuantityLexicon {
  readonly isUnspaced: boolean;
  /** Brings a text into the form that the words are kept in. */
  readonly form: (text: string) => Normalised;
  readonly numbers: PhraseTable<number>;
  readonly magnitudes: PhraseTable<number>;
  /** Between the two ends of a range. */
  readonly to: PhraseTable<true>;
  /** Counting words, with what they count when nothing else is named. */
  readonly counters: PhraseTable<string | undefined>;
  readonly units: PhraseTable<string>;
  /** Looked up at the end of what stands before a number. */
  readonly before: PhraseTable<TextBound>;
  /** Looked up right after a number. */
  readonly after: PhraseTable<TextBound>;
  readonly stops: ReadonlySet<string>;
  /** Words before a number that is a day or month. */
  readonly dateWords: ReadonlySet<string>;
}

const lexicons = new Map<string, QuantityLexicon>();

/** The lexicon of a language, made once; that of English for a language without words. */
export function quantityLexiconOf(language: string): QuantityLexicon {
  const known = lexicons.get(language);
  if (known !== undefined) return known;
  const own = Object.hasOwn(words, language) ? words[language] : undefined;
  if (own === undefined) return quantityLexiconOf('en');
  const made = makeLexicon(own.quantities, language);
  lexicons.set(language, made);
  return made;
}

function makeLexicon(list: QuantityWords, language: string): QuantityLexicon {
  const dates = dateWordsOf(language);
  const form = list.marks === true ? marked : normalise;
  const spellings = (all: string | undefined) => spelled(all, form);
  const isUnspaced = dates?.unspaced === true;
  const table = <Meaning>(phrases: readonly (readonly [string, Meaning])[]) =>
    makePhraseTable(phrases, isUnspaced);
  const months = [...(dates?.months ?? []), ...(dates?.monthsShort ?? [])].flatMap(spellings);
  const dayWords = [dates?.month, dates?.day, dates?.year].flatMap(spellings);
  const { counterUnits = {} } = list;
  return {
    isUnspaced,
    form,
    numbers: table(meaning(list.numbers ?? {}, Number, form)),
    magnitudes: table(meaning(list.magnitudes, Number, form)),
    to: table([...spellings(list.to), '-'].map((word) => [word, true] as const)),
    counters: table(spellings(list.counters).map((word) => [word, counterUnits[word]] as const)),
    units: table(meaning(list.units, (unit) => unit, form)),
    before: table(bounds({ at_least: list.atLeast, at_most: list.atMost, about: list.about }, form)),
    after: table(
      bounds({ at_least: list.atLeastAfter, at_most: list.atMostAfter, about: list.aboutAfter }, form),
    ),
    stops: new Set([...spellings(list.stops), ...months]),
    dateWords: new Set([...months, ...dayWords]),
  };
}

type Form = QuantityLexicon['form'];

/** Lower case with the marks kept. */
function marked(text: string): Normalised {
  const { lower, at } = prepare(text, 'und');
  return { text: lower, at };
}

function meaning<Meaning>(
  lists: ByName,
  of: (name: string) => Meaning,
  form: Form,
): (readonly [string, Meaning])[] {
  return Object.entries(lists).flatMap(([name, list]) =>
    spelled(list, form).map((word) => [word, of(name)] as const),
  );
}

function bounds(
  lists: Readonly<Record<TextBound, Spellings | undefined>>,
  form: Form,
): (readonly [string, TextBound])[] {
  return textBounds.flatMap((bound) => spelled(lists[bound], form).map((word) => [word, bound] as const));
}

const textBounds: readonly TextBound[] = ['at_least', 'at_most', 'about'];

function spelled(list: string | undefined, form: Form): string[] {
  return (list ?? '')
    .split('|')
    .filter((word) => word !== '')
    .map((word) => form(word).text);
}
