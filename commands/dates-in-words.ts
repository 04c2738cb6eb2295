import { monthsOf } from '../src/language/dates/lexicon.ts';
import { dayFrom } from '../src/time.ts';
import { folded } from './asked.ts';

/** A year, a month and perhaps a day, as the scripts of East Asia write them. */
const NUMBERED = /(?<year>\d{4})\s*[年년]\s*(?<month>\d{1,2})\s*[月월](?:\s*(?<day>\d{1,2})\s*[日일])?/gu;
/** `5 January 2024`, `January 5, 2024`, `janvier 2024`, `5 de enero de 2024`. */
const NAMED =
  /(?:(?<!\d)(?<before>\d{1,2})(?:\.|er|º|st|nd|rd|th)?\s+(?:de\s+)?)?(?<![\p{L}\p{M}])(?<month>\p{L}[\p{L}\p{M}]+)\s+(?:(?<after>\d{1,2}),?\s+)?(?:de\s+|of\s+)?(?<year>\d{4})(?!\d)/gu;
const QUOTED = /(["“”„«»「」『』][^"“”„«»「」『』]*["“”„«»「」『』]?)/u;

const known = new Map<string, ReadonlyMap<string, number>>();

/**
 * Writes days and months that somebody named in a search as the field that a search understands: "sanctions in May
 * 2024" as "sanctions in when:2024-05". What stands in quotation marks is left as it is.
 *
 * @param languages - those whose names of months are read (BCP 47)
 */
export function withDatesAsFields(text: string, languages: readonly string[]): string {
  return text
    .split(QUOTED)
    .map((part, index) => (index % 2 === 1 ? part : datesAsFields(part, monthsIn(languages))))
    .join('');
}

function datesAsFields(text: string, months: ReadonlyMap<string, number>): string {
  return text
    .replaceAll(NUMBERED, (whole, ...found) => {
      const { year, month, day } = groupsOf(found);
      return field(year, Number(month), day) ?? whole;
    })
    .replaceAll(NAMED, (whole, ...found) => {
      const { year, month = '', before, after } = groupsOf(found);
      return field(year, months.get(folded(month)), before ?? after) ?? whole;
    });
}

/** The named groups of a match, which come last of what `replaceAll` hands over. */
function groupsOf(found: readonly unknown[]): Record<string, string | undefined> {
  return found.at(-1) as Record<string, string | undefined>;
}

function field(year = '', month = 0, day = ''): string | undefined {
  const start = `${year}-${String(month).padStart(2, '0')}`;
  const when = day === '' ? start : `${start}-${day.padStart(2, '0')}`;
  return dayFrom(day === '' ? `${when}-01` : when) === undefined ? undefined : ` when:${when} `;
}

/** Months by their names in some languages, as each bends them. */
function monthsIn(languages: readonly string[]): ReadonlyMap<string, number> {
  const key = languages.join();
  const made =
    known.get(key) ?? new Map(languages.flatMap(monthsOf).map(([name, month]) => [folded(name), month]));
  known.set(key, made);
  return made;
}
