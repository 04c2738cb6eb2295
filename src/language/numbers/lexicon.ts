import { dateWordsOf } from '../dates/words.ts';
import { normalise } from '../normalise.ts';
import ar from '../words/ar.json' with { type: 'json' };
import bg from '../words/bg.json' with { type: 'json' };
import de from '../words/de.json' with { type: 'json' };
import en from '../words/en.json' with { type: 'json' };
import es from '../words/es.json' with { type: 'json' };
import fr from '../words/fr.json' with { type: 'json' };
import hi from '../words/hi.json' with { type: 'json' };
import it from '../words/it.json' with { type: 'json' };
import ja from '../words/ja.json' with { type: 'json' };
import ko from '../words/ko.json' with { type: 'json' };
import pl from '../words/pl.json' with { type: 'json' };
import pt from '../words/pt.json' with { type: 'json' };
import ru from '../words/ru.json' with { type: 'json' };
import tr from '../words/tr.json' with { type: 'json' };
import uk from '../words/uk.json' with { type: 'json' };
import vi from '../words/vi.json' with { type: 'json' };
import zh from '../words/zh.json' with { type: 'json' };

/** Spellings of one thing separated by `|`; `*` stands for the rest of a word. */
type Spellings = string;
type ByName = Readonly<Record<string, Spellings>>;

/** How one language writes quantities. */
export interface QuantityWords {
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

const words: Readonly<Record<string, { readonly quantities: QuantityWords }>> = {
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

/** The words of a language made ready for looking; all patterns work on normalised text. */
export interface QuantityLexicon {
  readonly isUnspaced: boolean;
  readonly counterUnits: ByName;
  /** A number word, or any where there are none. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly magnitudes: ReadonlyMap<string, number>;
  /** Sticky; match at a place. */
  readonly numberAt: RegExp;
  readonly magnitudeAt: RegExp;
  readonly toAt: RegExp;
  readonly counterAt: RegExp;
  readonly unitAt: RegExp;
  readonly unitPatterns: readonly (readonly [string, RegExp])[];
  /** By bound; match at the end of what stands before a number. */
  readonly before: readonly (readonly ['at_least' | 'at_most' | 'about', RegExp])[];
  /** By bound; sticky, match right after a number. */
  readonly after: readonly (readonly ['at_least' | 'at_most' | 'about', RegExp])[];
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
  const isUnspaced = dates?.unspaced === true;
  const border = isUnspaced ? '' : '(?![\\p{L}\\p{M}\\p{N}])';
  const left = isUnspaced ? '' : '(?<![\\p{L}\\p{M}])';
  const at = (source: string) => new RegExp(`(?:${source})${border}`, 'uy');
  const boundsBefore = { at_least: list.atLeast, at_most: list.atMost, about: list.about } as const;
  const boundsAfter = {
    at_least: list.atLeastAfter,
    at_most: list.atMostAfter,
    about: list.aboutAfter,
  } as const;
  const months = [...(dates?.months ?? []), ...(dates?.monthsShort ?? [])].flatMap(spellings);
  const dayWords = [...spellings(dates?.month), ...spellings(dates?.day), ...spellings(dates?.year)];
  const stops = new Set([...spellings(list.stops), ...months]);
  return {
    isUnspaced,
    counterUnits: list.counterUnits ?? {},
    numbers: valuesOf(list.numbers ?? {}),
    magnitudes: valuesOf(list.magnitudes),
    numberAt: at(anyOf(Object.values(list.numbers ?? {}).flatMap(spellings))),
    magnitudeAt: new RegExp(
      `[ -]?(?:${anyOf(Object.values(list.magnitudes).flatMap(spellings))})${border}`,
      'uy',
    ),
    toAt: new RegExp(` ?(?:-|${anyOf(spellings(list.to))}) ?(?=\\S)`, 'uy'),
    counterAt: new RegExp(` ?(?:${anyOf(spellings(list.counters))})`, 'uy'),
    unitAt: at(anyOf(Object.values(list.units).flatMap(spellings))),
    unitPatterns: Object.entries(list.units).map(([unit, all]) => [unit, at(anyOf(spellings(all)))] as const),
    before: entriesOf(boundsBefore).map(
      ([bound, all]) => [bound, new RegExp(`${left}(?:${anyOf(spellings(all))})[ '"]*$`, 'u')] as const,
    ),
    after: entriesOf(boundsAfter).map(
      ([bound, all]) => [bound, new RegExp(` ?(?:${anyOf(spellings(all))})${border}`, 'uy')] as const,
    ),
    stops,
    dateWords: new Set([...months, ...dayWords]),
  };
}

function entriesOf<Key extends string>(record: Readonly<Record<Key, Spellings | undefined>>) {
  return Object.entries(record) as [Key, Spellings | undefined][];
}

function valuesOf(lists: ByName): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(lists).flatMap(([value, list]) =>
      spellings(list).map((word) => [word, Number(value)] as const),
    ),
  );
}

function spellings(list: string | undefined): string[] {
  return (list ?? '')
    .split('|')
    .filter((word) => word !== '')
    .map((word) => normalise(word).text);
}

/** A pattern for any of the words, the longest first; one that never matches where there are none. */
function anyOf(list: readonly string[]): string {
  if (list.length === 0) return '(?!)';
  return list
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[\\p{L}\\p{M}]*'))
    .join('|');
}
