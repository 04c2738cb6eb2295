import { folded } from './asked.ts';

/** A year, a month and perhaps a day, as the scripts of East Asia write them. */
const NUMBERED = /(?<year>\d{4})\s*[年년]\s*(?<month>\d{1,2})\s*[月월](?:\s*(?<day>\d{1,2})\s*[日일])?/gu;
/** `5 January 2024`, `January 5, 2024`, `janvier 2024`, `5 de enero de 2024`. */
const NAMED =
  /(?:(?<before>\d{1,2})(?:\.|er|º|st|nd|rd|th)?\s+(?:de\s+)?)?(?<month>\p{L}[\p{L}\p{M}]+)\s+(?:(?<after>\d{1,2}),?\s+)?(?:de\s+|of\s+)?(?<year>\d{4})(?!\d)/gu;
const QUOTED = /(["“”„«»「」『』][^"“”„«»「」『』]*["“”„«»「」『』]?)/u;

const SHORTEST_BENT = 6;

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
      return field(year, monthNamed(folded(month), months), before ?? after) ?? whole;
    });
}

/** The named groups of a match, which come last of what `replaceAll` hands over. */
function groupsOf(found: readonly unknown[]): Record<string, string | undefined> {
  return found.at(-1) as Record<string, string | undefined>;
}

function field(year = '', month = 0, day?: string): string | undefined {
  if (month < 1 || month > 12 || Number(day ?? 1) > 31) return undefined;
  const parts = [year, String(month), ...(day === undefined ? [] : [day])];
  return ` when:${parts.map((part) => part.padStart(2, '0')).join('-')} `;
}

/** Languages that bend the names of months do so at their end: "октябрь", "в октябре". */
function monthNamed(name: string, months: ReadonlyMap<string, number>): number | undefined {
  return months.get(name) ?? (name.length >= SHORTEST_BENT ? months.get(name.slice(0, -1)) : undefined);
}

/** Months by their names in some languages, alone and beside a day, and by these names without their last letter. */
function monthsIn(languages: readonly string[]): ReadonlyMap<string, number> {
  const key = languages.join();
  const made = known.get(key) ?? new Map(languages.flatMap(monthsOf));
  known.set(key, made);
  return made;
}

function monthsOf(language: string): [string, number][] {
  const styles = [{ month: 'long' }, { month: 'long', day: 'numeric' }] as const;
  return styles
    .flatMap((style) => {
      const format = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' });
      return Array.from({ length: 12 }, (_, index): [string, number] => {
        const parts = format.formatToParts(Date.UTC(2024, index, 15));
        return [folded(parts.find(({ type }) => type === 'month')?.value ?? ''), index + 1];
      });
    })
    .flatMap(([name, month]): [string, number][] =>
      name.length >= SHORTEST_BENT
        ? [
            [name, month],
            [name.slice(0, -1), month],
          ]
        : [[name, month]],
    );
}
