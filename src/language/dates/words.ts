import { wordsByLanguage } from '../words.ts';

/** Spellings of one thing, lower case, separated by `|`. */
type Spellings = string;
/** Spellings by a number: days back, weeks ahead, the value of a number word. */
type ByNumber = Readonly<Record<string, Spellings>>;

/** How one language writes dates. Only what a language has need be given. */
export interface DateWords {
  /** Written without spaces between words, so that words are looked for anywhere. */
  readonly unspaced?: boolean;
  /** Month and weekday names always begin with a capital. */
  readonly capitalised?: boolean;
  /** "December 30" as well as "30 December". */
  readonly monthFirst?: boolean;
  /** Months and days are numbers beside a unit: after it ("tháng 12"), or before it ("12月"). */
  readonly numericMonths?: string;
  /** The verb ends the sentence, so that a comma does not end the clause of a date. */
  readonly verbLast?: boolean;
  /** "Last Thursday" is never one that is this few days back. */
  readonly lastSkips?: number;
  /** "30.12." is a day and month. */
  readonly dottedDates?: boolean;
  /** Letters that may be written onto the front of a word: "and", "in". */
  readonly prefixes?: string;

  /** Monday to Sunday. */
  readonly weekdays: readonly Spellings[];
  /** Short forms, dates only beside a number. */
  readonly weekdaysShort?: readonly Spellings[];
  /** Forms that also mean something else: dates only beside a word for a date. */
  readonly unsureWeekdays?: Spellings;
  /** Where given, an ambiguous weekday is one only before a mark or one of these words. */
  readonly unsureEnds?: Spellings;
  readonly months?: readonly Spellings[];
  readonly monthsShort?: readonly Spellings[];
  readonly unsure?: Spellings;
  /** Spring to winter. */
  readonly seasons?: readonly Spellings[];
  readonly unsureSeasons?: Spellings;
  /** "In summer" as one word. */
  readonly seasonAdverbs?: readonly Spellings[];

  /** By days from publication. */
  readonly days: ByNumber;
  /** By days from the date named last. */
  readonly mentionDays?: ByNumber;
  /** The night before publication. */
  readonly nights?: Spellings;
  readonly weeks?: ByNumber;
  readonly weekends?: ByNumber;
  readonly relativeMonths?: ByNumber;
  readonly mentionMonths?: ByNumber;
  readonly relativeYears?: ByNumber;
  readonly mentionYears?: ByNumber;
  readonly unsureYears?: ByNumber;

  readonly last?: Spellings;
  readonly this?: Spellings;
  readonly next?: Spellings;
  readonly day?: Spellings;
  readonly week?: Spellings;
  readonly weekend?: Spellings;
  /** Plural forms: "last weeks", with no number, is no date. */
  readonly plurals?: Spellings;
  readonly month?: Spellings;
  readonly year?: Spellings;
  readonly quarter?: Spellings;
  /** Words for days and months when they are counted, where these differ from those in a date. */
  readonly countedDay?: Spellings;
  readonly countedMonth?: Spellings;
  readonly night?: Spellings;
  readonly partOfDay?: Spellings;
  readonly early?: Spellings;
  readonly mid?: Spellings;
  readonly late?: Spellings;
  readonly ago?: Spellings;
  readonly agoBefore?: Spellings;
  readonly later?: Spellings;
  readonly laterBefore?: Spellings;

  readonly numbers?: ByNumber;
  /** Words for days of the month. */
  readonly dayWords?: ByNumber;
  /** Single words for a count of days. */
  readonly dayCounts?: ByNumber;
  readonly ordinalSuffixes?: Spellings;
  readonly of?: Spellings;
  readonly at?: Spellings;
  readonly from?: Spellings;
  readonly and?: Spellings;
  readonly to?: Spellings;
  readonly yearMarks?: Spellings;
  /** Words before a year that make it a decade: no date. */
  readonly decades?: Spellings;
  /** Articles after which a bare number before a mark, or one with an ordinal ending, is a day of the month. */
  readonly daysWithArticle?: Spellings;
  /** Words after which a bare number from 1900 to 2100 is a year. */
  readonly yearAfter?: Spellings;
  readonly dayMarks?: Spellings;
  /** Signs that something lies ahead; `*` stands for the rest of a word. */
  readonly planned: Spellings;
  /** Such signs that count only where the clause has none of `past`. */
  readonly plannedUnlessPast?: Spellings;
  readonly past?: Spellings;
  /** Reporting verbs, beside which a date is when it was said. */
  readonly said: Spellings;

  /** Unspaced only: letters that may not stand before a word. */
  readonly leftBorder?: string;
  /** Unspaced only: last letters of what can be counted; "ago" and "later" stand right after one. */
  readonly countsEnd?: string;
  /** Unspaced only: last letters of months and years; "early", "mid" and "late" stand right after one. */
  readonly partsFollow?: string;
  /** Unspaced only: weekdays as one letter in brackets after a date, Monday to Sunday. */
  readonly bracketWeekdays?: string;
  /** Unspaced only: weekdays as one letter after a word for week, Monday to Sunday (and Sunday again). */
  readonly weekdayTails?: string;
  readonly weekdayTailsAfter?: string;
  readonly tailsNotBefore?: string;
  /** Unspaced only: words that look like a date and are none, mostly durations. */
  readonly guards?: Spellings;
}

const words: Readonly<Record<string, { readonly dates: DateWords }>> = wordsByLanguage;

/** The languages whose dates are understood. */
export const dateLanguages: readonly string[] = Object.keys(words);

/** How a language writes dates; `undefined` for one that we have no words of. */
export function dateWordsOf(language: string): DateWords | undefined {
  return Object.hasOwn(words, language) ? words[language]?.dates : undefined;
}
