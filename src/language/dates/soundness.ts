import { spellings } from './lexicon.ts';
import type { Found } from './sequence.ts';
import type { Token } from './token.ts';
import type { DateWords } from './words.ts';

/** Tells whether words that have the form of a date are one, by what stands around them. */
export type IsSound = (found: Found, lower: string) => boolean;

/** What may follow a bare day of the month: a mark, or nothing. */
const MARK = /^(?: ?[,.;:)\]»”"!?…\n-]|\s*$)/;
const SHARE = /^\.\d/;

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

  function isYear({ tokens: [first, second] }: Found, lower: string): boolean {
    if (first === undefined || second?.letter !== 'Y') return true;
    const before = lower.slice(Math.max(0, first.start - 16), second.start).trimEnd();
    if (decades.some((decade) => before.endsWith(decade) || before.includes(`${decade} `))) return false;
    return first.letter === 'y' || yearAfter.has(textOf(lower, first));
  }

  function isDayOfMonth({ tokens }: Found, lower: string): boolean {
    const [last, article] = [tokens.at(-1), tokens.at(-2)];
    if (words.numericMonths !== undefined || last?.letter !== 'D' || article === undefined) return true;
    const rest = lower.slice(last.end, last.end + 4);
    if (!articles.has(textOf(lower, article))) return false;
    const isOrdinal = /^\d+\D/.test(textOf(lower, last));
    return (
      (MARK.test(rest) && !SHARE.test(rest)) || (isOrdinal && tokens.length > 2 && /^ ?\p{P}/u.test(rest))
    );
  }

  return (found, lower) => {
    const { rule, tokens } = found;
    if (rule === 'year')
      return isYear(found, lower) && !tokens.some((token) => plurals.has(textOf(lower, token)));
    if (rule === 'week' || rule === 'month')
      return !tokens.some((token) => plurals.has(textOf(lower, token)));
    if (rule === 'count')
      return isCounted(tokens) || !tokens.some((token) => plurals.has(textOf(lower, token)));
    if (rule === 'dayOfMonth') return isDayOfMonth(found, lower);
    const last = tokens.at(-1);
    return (
      rule !== 'weekday' || last?.letter !== 'v' || after === undefined || after.test(lower.slice(last.end))
    );
  };
}

function isCounted(tokens: readonly Token[]): boolean {
  return tokens.some(({ letter }) => 'D#ne'.includes(letter));
}
