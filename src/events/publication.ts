import { findDates } from '../language/dates.ts';
import type { DateMention } from '../language/dates.ts';
import type { Finder } from '../matches/finder.ts';
import type { Day, When } from '../model.ts';
import { addDays, daysBetween, parseDay } from '../time.ts';
import type { HistoryRow } from '../topics/history.ts';

/** What is known of an article beside its text. */
export interface PublicationClues {
  /** BCP 47 language of the text. */
  readonly language: string;
  /** When it says that it was published: a day, or the month that a label gives. */
  readonly label?: When | undefined;
  readonly url?: string | undefined;
  /** Dates below its pictures, as written. */
  readonly captions: readonly string[];
  /** The day on which it was seen: it was not published later. */
  readonly notAfter: Day;
}

/** When an article was published, as far as can be told. */
export interface Publication {
  readonly day: Day;
  /** `month`: only the month is known; `day` is its first. */
  readonly precision: 'day' | 'month';
  /**
   * What tells: a `label`, the `url`, a past event that the text retells within the month of its label
   * (`history`), a full date in the `text`, or pictures together with a weekday (`caption`).
   */
  readonly how: 'label' | 'url' | 'history' | 'text' | 'caption';
}

/** A dateline stands within so many characters. */
const HEAD_CHARACTERS = 200;

const YEAR = /(?<!\d)20\d\d(?!\d)/;

/** News is told within so many days. */
const FRESH_DAYS = 6;

/**
 * Tells when an article without a date was published. A label or an address that gives the day is believed; a
 * month is narrowed down by the topic's past events that its weekdays can mean.
 *
 * @param text - the article, cleaned
 * @param finder - finds the topic's names; its topic knows the past events
 * @returns `undefined` when nothing tells
 */
export function publicationOf(
  text: string,
  clues: PublicationClues,
  finder: Finder,
): Publication | undefined {
  const { label, url = '' } = clues;
  if (label !== undefined && label.precision === 'day') {
    return { day: label.start, precision: 'day', how: 'label' };
  }
  const dated = /\/(20\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(url);
  if (dated !== null) {
    const day = parseDay(`${dated[1]}-${dated[2]}-${dated[3]}`);
    return { day, precision: 'day', how: 'url' };
  }
  if (label !== undefined) return withinMonth(text, label, clues, finder);
  return fromText(text, clues) ?? fromCaptions(text, clues);
}

/** The first day of the month on which the article can retell the past event that fits it best. */
function withinMonth(text: string, label: When, clues: PublicationClues, finder: Finder): Publication {
  const names = new Set(finder.find(text).flatMap(({ name }) => name?.id ?? []));
  const parties = new Set(finder.topic.parties.map(({ actor }) => actor));
  let best: { day: Day; fit: number } | undefined;
  for (const day of daysOf(label)) {
    for (const told of newsDays(text, clues.language, day)) {
      const fit = Math.max(0, ...finder.topic.history.map((row) => fitOf(row, told, names, parties)));
      if (fit > (best?.fit ?? 0)) best = { day, fit };
    }
  }
  if (best === undefined) return { day: label.start, precision: 'month', how: 'label' };
  return { day: best.day, precision: 'day', how: 'history' };
}

function daysOf({ start, end }: When): Day[] {
  return Array.from({ length: daysBetween(start, end) + 1 }, (_, index) => addDays(start, index));
}

/** The days of which the text gives news, were it published on `day`. */
function newsDays(text: string, language: string, day: Day): Day[] {
  return daysIn(findDates(text, { language, published: day }))
    .map(({ when }) => when.start)
    .filter((told) => told <= day && daysBetween(told, day) <= FRESH_DAYS);
}

/** How well a past event fits a text that tells of its day: by those it names, beside the parties, that the text names. */
function fitOf(row: HistoryRow, day: Day, names: ReadonlySet<string>, parties: ReadonlySet<string>): number {
  if (row.when.precision !== 'day' || row.when.start !== day) return 0;
  const known = new Set([...row.actors, ...row.claims.flatMap(({ claimant }) => claimant ?? [])]);
  const others = known.difference(parties);
  const shared = others.intersection(names).size;
  return shared === 0 ? 0 : shared + shared / others.size;
}

/**
 * The latest date of a text that is certain: by its weekday, or by its year at the head of the text. Further down, news
 * writes a year only to look back.
 */
function fromText(text: string, { language, notAfter }: PublicationClues): Publication | undefined {
  const days = daysIn(findDates(text, { language, notAfter })).filter(
    ({ planned, when, start, end }) =>
      !planned && when.start <= notAfter && (start < HEAD_CHARACTERS || !YEAR.test(text.slice(start, end))),
  );
  const latest = days
    .map(({ when }) => when.start)
    .toSorted()
    .at(-1);
  return latest === undefined ? undefined : { day: latest, precision: 'day', how: 'text' };
}

/** A text with dated pictures tells of the days after them: its publication is the first day that its verbs of saying fit. */
function fromCaptions(
  text: string,
  { language, captions, notAfter }: PublicationClues,
): Publication | undefined {
  const dates = captions.flatMap((caption) => daysIn(findDates(caption, { language })));
  const latest = dates
    .map(({ when }) => when.start)
    .filter((day) => day <= notAfter)
    .toSorted()
    .at(-1);
  if (latest === undefined) return undefined;
  for (let ahead = 0; ahead <= FRESH_DAYS; ahead++) {
    const day = addDays(latest, ahead);
    const said = daysIn(findDates(text, { language, published: day })).filter(({ role }) => role === 'said');
    if (said.some(({ when }) => when.start === day)) return { day, precision: 'day', how: 'caption' };
  }
  return { day: latest, precision: 'day', how: 'caption' };
}

function daysIn(dates: readonly DateMention[]): DateMention[] {
  return dates.filter(({ when }) => when.precision === 'day');
}
