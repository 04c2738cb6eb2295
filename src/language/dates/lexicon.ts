import { dateWordsOf, type DateWords } from './words.ts';

/**
 * Every word of a date is one letter to the grammar:
 *
 * - weekdays: `W` plain, `w` short, `v` with another meaning; months: `M`, `m`, `a` likewise; seasons: `S`, `s`, `U` "in summer"
 * - `D` number from 1 to 31, `n` another number, `#` number word, `e` word for a count of days, `Y` year
 * - `X` date in figures, year first; `Z` year last
 * - counted from publication: `R` day, `Q` week, `t` weekend, `I` month, `J` year, `b` year if a date follows, `j` night before
 * - counted from the date named last: `r` day, `i` month, `l` year
 * - `L` last, `T` this, `N` next
 * - `d` day, `u` week, `k` weekend, `o` month, `y` year, `q` quarter, `f` counted day, `p` counted month
 * - `H` night, `h` other part of the day, `B` early, `C` mid, `E` late
 * - `A` ago, `G` ago before its number, `F` later, `g` later before its number
 * - `O` of, `V` at, `K` from, `&` and, `>` to, `z` after a year, `c` after a day of the month, `x` not a date
 */
export interface Entry {
  readonly text: string;
  readonly letter: string;
  readonly value: number;
}

export interface Lexicon {
  readonly words: DateWords;
  /** By first word, longest first. */
  readonly byFirstWord: ReadonlyMap<string, readonly Entry[]>;
  /** Finds any entry or number where words are not spaced. */
  readonly scanner?: RegExp;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly ordinals: readonly string[];
}

const lexicons = new Map<string, Lexicon>();

/** The lexicon of a language, made once; `undefined` for a language without words. */
export function lexiconOf(language: string): Lexicon | undefined {
  const known = lexicons.get(language);
  if (known !== undefined) return known;
  const words = dateWordsOf(language);
  if (words === undefined) return undefined;
  const made = makeLexicon(words);
  lexicons.set(language, made);
  return made;
}

/** Spellings of a list: `a|b` is two. */
export function spellings(list: string | undefined): string[] {
  return list === undefined ? [] : list.split('|').filter((word) => word !== '');
}

/** The months of a language by each of their names as it bends them, January as 1; none for a language without words. */
export function monthsOf(language: string): [name: string, month: number][] {
  const months = dateWordsOf(language)?.months ?? [];
  return months.flatMap((names, index) =>
    spellings(names).map((name): [string, number] => [name, index + 1]),
  );
}

function makeLexicon(words: DateWords): Lexicon {
  const entries = new Map<string, Entry>();
  for (const entry of entriesOf(words)) if (!entries.has(entry.text)) entries.set(entry.text, entry);
  const all = [...entries.values()].toSorted((a, b) => b.text.length - a.text.length);
  const byFirstWord = Map.groupBy(all, ({ text }) => /^[\p{L}\p{M}]+|^\d+|^./u.exec(text)?.[0] ?? text);
  const ordinals = spellings(words.ordinalSuffixes).toSorted((a, b) => b.length - a.length);
  return { words, byFirstWord, entries, ordinals, ...(words.unspaced && { scanner: scannerOf(words, all) }) };
}

/** Which letter the words of each field get. Where one spelling has several meanings, the first listed here is kept. */
const LETTERS: readonly (readonly [keyof DateWords, string])[] = [
  ['guards', 'x'],
  ['unsure', 'a'],
  ['unsureWeekdays', 'v'],
  ['unsureSeasons', 's'],
  ['seasonAdverbs', 'U'],
  ['weekdays', 'W'],
  ['months', 'M'],
  ['days', 'R'],
  ['mentionDays', 'r'],
  ['nights', 'j'],
  ['weeks', 'Q'],
  ['weekends', 't'],
  ['relativeMonths', 'I'],
  ['mentionMonths', 'i'],
  ['relativeYears', 'J'],
  ['mentionYears', 'l'],
  ['unsureYears', 'b'],
  ['last', 'L'],
  ['this', 'T'],
  ['next', 'N'],
  ['day', 'd'],
  ['countedDay', 'f'],
  ['weekend', 'k'],
  ['week', 'u'],
  ['countedMonth', 'p'],
  ['month', 'o'],
  ['year', 'y'],
  ['quarter', 'q'],
  ['night', 'H'],
  ['partOfDay', 'h'],
  ['early', 'B'],
  ['mid', 'C'],
  ['late', 'E'],
  ['seasons', 'S'],
  ['ago', 'A'],
  ['agoBefore', 'G'],
  ['later', 'F'],
  ['laterBefore', 'g'],
  ['dayCounts', 'e'],
  ['dayWords', 'D'],
  ['numbers', '#'],
  ['yearMarks', 'z'],
  ['dayMarks', 'c'],
  ['to', '>'],
  ['and', '&'],
  ['from', 'K'],
  ['of', 'O'],
  ['at', 'V'],
  ['weekdaysShort', 'w'],
  ['monthsShort', 'm'],
];

/** Fields whose words also stand in the lists of another, which tell their value. */
const VALUED_BY: Partial<Record<keyof DateWords, 'months' | 'weekdays' | 'seasons'>> = {
  unsure: 'months',
  unsureWeekdays: 'weekdays',
  unsureSeasons: 'seasons',
};

function entriesOf(words: DateWords): Entry[] {
  return LETTERS.flatMap(([field, letter]) => {
    const list = words[field];
    const lists = VALUED_BY[field];
    if (typeof list === 'string') {
      const value = (text: string) => (lists === undefined ? 0 : positionOf(words[lists], text));
      return spellings(list).map((text) => ({ text, letter, value: value(text) }));
    }
    return typeof list === 'object' ? numbered(list, letter) : [];
  });
}

/** Lists by number; of a plain row of lists the first has the number 1. */
function numbered(lists: readonly string[] | Readonly<Record<string, string>>, letter: string): Entry[] {
  const base = Array.isArray(lists) ? 1 : 0;
  return Object.entries(lists).flatMap(([key, list]) =>
    spellings(list).map((text) => ({ text, letter, value: Number(key) + base })),
  );
}

/** Where a spelling stands in lists of spellings, from 1. */
function positionOf(lists: readonly string[] | undefined, text: string): number {
  return (lists ?? []).findIndex((list) => spellings(list).includes(text)) + 1;
}

const DIGITS = '[0-9一二两兩三四五六七八九十한두세네석넉일]';

function scannerOf(words: DateWords, entries: readonly Entry[]): RegExp {
  const alternatives = entries.map((entry) => bordered(words, entry));
  const { weekdayTails, weekdayTailsAfter, tailsNotBefore, bracketWeekdays } = words;
  if (weekdayTails !== undefined) {
    alternatives.push(`(?<=${weekdayTailsAfter})(?<weekday>[${weekdayTails}])(?![${tailsNotBefore}])`);
  }
  if (bracketWeekdays !== undefined) {
    alternatives.push(`(?<=[日일] ?[(（])(?<weekday>[${bracketWeekdays}])(?=[)）])`);
  }
  alternatives.push('(?<figures>[0-9]+(?:[.,:][0-9]+)*)');
  alternatives.push('(?<numeral>[一二两兩三四五六七八九十]{1,3}(?=[个個]?[天周週月年日号星]))');
  return new RegExp(alternatives.join('|'), 'g');
}

function bordered(words: DateWords, { text, letter }: Entry): string {
  const { leftBorder = '', countsEnd = '', partsFollow = '' } = words;
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if ('doyupfx'.includes(letter) && /^[日号號月年周週天个個か-ヶ箇일월년주개달]/u.test(text))
    return `(?<=${DIGITS} ?)${escaped}`;
  if ('AF'.includes(letter)) return `(?<=[${countsEnd}] ?)${escaped}`;
  if ('BCE'.includes(letter)) return `(?<=[${partsFollow}] ?)${escaped}`;
  const isJoining = letter === '&' || letter === '>';
  if (letter === 'O' || (isJoining && leftBorder !== '')) return `(?<=[${countsEnd})） ])${escaped}`;
  if (letter === 'b') return `(?<![${leftBorder}])${escaped}(?=[0-9봄여가겨])`;
  if (letter === '#') return `(?<![${leftBorder}])${escaped}(?= ?[달주해])`;
  return leftBorder === '' ? escaped : `(?<![${leftBorder}])${escaped}`;
}
