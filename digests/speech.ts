import { dayWriter, type DayWriter } from './days.ts';
import de from './words/de.json' with { type: 'json' };
import en from './words/en.json' with { type: 'json' };
import es from './words/es.json' with { type: 'json' };
import fr from './words/fr.json' with { type: 'json' };
import ja from './words/ja.json' with { type: 'json' };
import ko from './words/ko.json' with { type: 'json' };
import uk from './words/uk.json' with { type: 'json' };

/** A phrase, or one phrase for each plural category of its `count` (`one`, `few`, `many`, `other` …). */
type Phrase = string | Readonly<Record<string, string>>;

/** The interface's own words in one language. */
export interface Words {
  /** What the language calls itself. */
  readonly name: string;
  /** BCP 47 locale for its dates, numbers and lists. */
  readonly locale: string;
  /** How a date writes the first day of a month: `1` in most languages. */
  readonly firstOfMonth: string;
  /** Whether a sentence begins with a small letter after a colon. */
  readonly lowersAfterColon?: boolean;
  /** How a stretch of days is written, where `Intl` writes it unlike single days. */
  readonly range?: string;
  /** How an amount between two is written, where newspapers do not write it as `Intl` does: `20 bis 31`. */
  readonly amountRange?: string;
  /** Words that melt together: `von dem` into `vom`. */
  readonly contractions?: Readonly<Record<string, string>>;
  /** Words that are said again before each name of a list in which one of them melts with a name: `vom Kreml und von KCNA`. */
  readonly again?: readonly string[];
  readonly phrases: Readonly<Record<string, Phrase>>;
  /** Descriptions of commands and options: `events`, `events.when`; English ones stand in the commands. */
  readonly commands: Readonly<Record<string, string>>;
  /** What commands are called where a platform shows them so: `digest now`; `message` is the command on messages. */
  readonly commandNames?: Readonly<Record<string, string>>;
  /** Likewise options, in whichever command. */
  readonly optionNames?: Readonly<Record<string, string>>;
  /** Why platforms take no posts, by the English sentence that says so. */
  readonly refusals?: Readonly<Record<string, string>>;
  /** What an event of a kind is, in a sentence without a verb; parts in brackets fall away when they have nothing to say. */
  readonly sentences: Readonly<Record<string, string>>;
  /** Kinds of event, where the topic has no label for them in this language. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Actors, weapons and places, likewise. */
  readonly names: Readonly<Record<string, string>>;
  /** Names as they stand after "according to"; a name that is missing stands there as it is. */
  readonly attributed: Readonly<Record<string, string>>;
  /** The way between two parties: `DPRK→Russia`. */
  readonly routes: Readonly<Record<string, string>>;
  /** Other ways of asking for days: `hier` for `yesterday`; lower case, with straight apostrophes. */
  readonly days: Readonly<Record<string, string>>;
  /** What is counted, with its number: `soldiers`, `killed`. */
  readonly units: Readonly<Record<string, Phrase>>;
}

const languages: Readonly<Record<string, Words>> = { en, fr, de, es, uk, ko, ja };

/** Languages in which digests are told and commands answered, as BCP 47 tags. */
export const spoken: readonly string[] = Object.keys(languages);

export type Values = Readonly<Record<string, string | number>>;

/** Says things in one language. */
export interface Speech extends DayWriter {
  readonly language: string;
  readonly words: Words;
  /**
   * The phrase of that name with its gaps filled; a number is written as the language writes it, and one named `count`
   * chooses between singular and plural.
   *
   * @throws {Error} when neither the language nor English has the phrase
   */
  say(name: string, values?: Values): string;
  /** So many of a unit: `20 containers`. */
  counted(unit: string, value: number): string;
  /** From so many to so many of a unit: `20–31 containers`. */
  countedFrom(unit: string, least: number, most: number): string;
  number(value: number): string;
  list(parts: readonly string[]): string;
  /** What a language is called: `Korean`. */
  languageName(language: string): string;
  /** What a country is called, by ISO 3166 code: `South Korea`. */
  countryName(country: string): string;
}

/** Speaks the language, or English where we have no words for it. */
export function speechIn(language: string): Speech {
  const base = baseOf(language);
  const known = Object.hasOwn(languages, base) ? base : 'en';
  return (made[known] ??= makeSpeech(known, languages[known] ?? en));
}

function baseOf(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? '';
}

const made: Record<string, Speech> = {};

function makeSpeech(language: string, words: Words): Speech {
  const numbers = new Intl.NumberFormat(words.locale);
  const lists = new Intl.ListFormat(words.locale);
  const names = new Intl.DisplayNames(words.locale, { type: 'language' });
  const countries = new Intl.DisplayNames(words.locale, { type: 'region' });
  const plurals = new Intl.PluralRules(words.locale);
  const fill = filler(plurals, numbers);
  const phraseOf = (unit: string) => words.units[unit] ?? `{count} ${unit.replaceAll(/[_-]/g, ' ')}`;
  const rangeOf = (from: number, to: number) =>
    words.amountRange === undefined ? numbers.formatRange(from, to) : fill(words.amountRange, { from, to });
  const say = (name: string, values: Values = {}) => {
    const phrase = words.phrases[name] ?? (en as Words).phrases[name];
    if (phrase === undefined) throw new Error(`No phrase is called '${name}'`);
    return fill(phrase, values);
  };

  return {
    language,
    words,
    say,
    counted: (unit, value) => fill(phraseOf(unit), { count: value }),
    countedFrom: (unit, least, most) =>
      chosen(phraseOf(unit), plurals.select(most)).replace('{count}', rangeOf(least, most)),
    number: (value) => numbers.format(value),
    list: (parts) => lists.format(parts),
    languageName: (code) => (code === 'und' ? say('language.unknown') : (names.of(code) ?? code)),
    countryName: (code) => countries.of(code) ?? code,
    ...dayWriter({
      locale: words.locale,
      firstOfMonth: words.firstOfMonth,
      weekOf: (day) => say('when.week', { day }),
      ...(words.range !== undefined && { range: words.range }),
    }),
  };
}

function filler(
  plurals: Intl.PluralRules,
  numbers: Intl.NumberFormat,
): (phrase: Phrase, values: Values) => string {
  return (phrase, values) => {
    const text = chosen(phrase, plurals.select(Number(values['count'] ?? 0)));
    return text.replaceAll(/\{(\w+)\}/g, (gap, name: string) => {
      const value = values[name] ?? gap;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}

function chosen(phrase: Phrase, category: string): string {
  return typeof phrase === 'string' ? phrase : (phrase[category] ?? phrase['other'] ?? '');
}
