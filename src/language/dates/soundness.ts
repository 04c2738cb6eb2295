import type { Rule } from './grammar.ts';
import { spellings } from './lexicon.ts';
import type { Found } from './sequence.ts';
import type { Token } from './token.ts';
import type { DateWords } from './words.ts';

/** Tells whether words that have the form of a date are one, by what stands around them. */
export type IsSound = (found: Found, lower: string) => boolean;

/** What may follow a bare day of the month: a mark, or nothing. */
const MARK = /^(?: ?[,.;:)\]»”"!?…\n-]|\s*$)/;
const SHARE = /^\.\d/;
/** "Last weeks", "years ago", with no number, name no date. */
const VAGUE_IN_PLURAL: readonly Rule[] = ['week', 'month', 'year', 'count'];

function textOf(lower: string, { start, end }: Token): string {
  return lower.slice(start, end);
}

/** Makes the checks of a language ready. */
export function makeSoundness(words: DateWords): IsSound {
  const yearAfter = new Set(spellings(words.yearAfter));
  const decades = spellings(words.decades);
  const plurals = new Set(spellings(words.plurals));
  const articles = new Set(spellings(words.daysWithArticle));
  const ends = spellings(words.unsureEnds);
  const after =
    ends.length === 0 ? undefined : new RegExp(`^(?:[^\\p{L} ]| (?:${ends.join('|')})(?!\\p{L})|$)`, 'u');

  function isYear({ tokens }: Found, lower: string): boolean {
    const place = tokens.findIndex(({ letter }) => letter === 'Y');
    const [year, before] = [tokens[place], tokens[place - 1]];
    if (year === undefined) return true;
    const left = lower.slice(Math.max(0, year.start - 16), year.start).trimEnd();
    if (decades.some((decade) => left.endsWith(decade) || left.includes(`${decade} `))) return false;
    if (tokens.some(({ letter }) => letter === 'y' || letter === 'z')) return true;
    return before !== undefined && yearAfter.has(textOf(lower, before));
  }

  function isDayOfMonth({ tokens }: Found, lower: string): boolean {
    const place = tokens.findIndex(({ letter }) => letter === 'D');
    const [day, article] = [tokens[place], tokens[place - 1]];
    const isMarked = words.numericMonths !== undefined || tokens.some(({ letter }) => letter === 'c');
    if (day === undefined || isMarked) return true;
    if (article === undefined || !articles.has(textOf(lower, article))) return false;
    const rest = lower.slice(day.end, day.end + 4);
    return place < tokens.length - 1 || (MARK.test(rest) && !SHARE.test(rest));
  }

  function isCertain({ tokens }: Found, lower: string): boolean {
    const last = tokens.at(-1);
    return last?.letter !== 'v' || after === undefined || after.test(lower.slice(last.end, last.end + 8));
  }

  return (found, lower) => {
    const { rule, tokens } = found;
    if (rule === 'weekday') return isCertain(found, lower);
    if (rule === 'dayOfMonth') return isDayOfMonth(found, lower);
    if ((rule === 'year' || rule === 'yearRange') && !isYear(found, lower)) return false;
    const isVague = VAGUE_IN_PLURAL.includes(rule) && !tokens.some(({ letter }) => 'D#ne'.includes(letter));
    return !isVague || !tokens.some((token) => plurals.has(textOf(lower, token)));
  };
}
