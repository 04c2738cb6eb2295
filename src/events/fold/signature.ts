import { findDates } from '../../language/dates.ts';
import { matchedText } from '../../matches/match.ts';
import type { Claim, Day, Item, Match, Signature } from '../../model.ts';
import { addDays, dayAt, daysBetween, parseDay, weekday } from '../../time.ts';
import type { HistoryRow } from '../../topics/history.ts';
import type { KindBook, KindRule } from '../../topics/kinds.ts';
import { kindsIn } from '../claims/kinds.ts';
import type { Actors } from '../independence.ts';
import { factOfConcept, factOfKind } from '../likeness/facts.ts';
import { hashesOf, soundsOf } from '../likeness/wording.ts';
import type { Passage } from '../claims/passages.ts';
import type { Reader } from '../claims/reading.ts';
import type { Article } from './article.ts';
import { groupsOf, tellingOf } from './groups.ts';

/** A report is compared by its first words on the topic: later paragraphs tell what happened before. */
const LEAD_CHARACTERS = 700;

/** Without a date, it takes more of a text to tell which of several like events it means. */
const UNDATED_LEAD_CHARACTERS = 1200;

/** An agency is named in the title or in so many sentences after it. */
const BYLINE_SENTENCES = 3;

/** Without a date, weekdays are looked for in this much of the text. */
const WEEKDAY_CHARACTERS = 1500;

/** What a report is about shows in its main story and the next; later ones are added for completeness. */
const FOREMOST = 2;

/** News is at most this old when it is printed; an earlier day in the lead is background. */
const NEWS_DAYS = 2;

/** What a headline has before its first word: `[Correction] …`. */
const LONGEST_BRACKET = 2;

/** Smaller numbers stand in every text. */
const SMALLEST_AMOUNT = 10;

/** Makes what folding compares of items and of past events. */
export interface Signer {
  /** An item as folding takes it. `match` tells which passages are on topic; without one the beginning is taken. */
  readonly articleOf: (item: Item, claims: readonly Claim[], match?: Match) => Article;
  /** What a past event can be compared by, told by its titles and summary. */
  readonly factsOf: (row: HistoryRow) => Pick<Signature, 'facts' | 'amounts' | 'words' | 'sounds'>;
}

/** What signing takes of a topic. */
interface SignerParts {
  readonly read: Reader;
  readonly actors: Actors;
  readonly kinds: KindBook;
  readonly rules: readonly KindRule[];
  /** Agencies whose dispatches others print, by their ids among the topic's names. */
  readonly wires: ReadonlySet<string>;
}

export function makeSigner({ read, actors, kinds, rules, wires }: SignerParts): Signer {
  return {
    articleOf(item, claims, match) {
      const published = dayOf(item);
      const { passages } = read(matchedText(item), item.language, published);
      const length = published === undefined ? UNDATED_LEAD_CHARACTERS : LEAD_CHARACTERS;
      const lead = leadOf(passages, match, length);
      const stories = groupsOf(claims, kinds);
      const [news] = stories;
      const telling = tellingOf(news?.claims ?? [], actors.rootOf);
      const day = looksBack(lead) ? telling.done : newsDay(news?.lead, lead, published);
      const content = contentOf(lead);
      const isTitled = item.title !== '' && lead[0]?.position === 0;
      return {
        item,
        claims,
        ...(isTitled && { headline: item.title }),
        ...wireOf(item, passages, wires),
        signature: {
          item: item.id,
          language: item.language,
          ...(published !== undefined && { published, ...hourOf(item) }),
          ...(day !== undefined && { day }),
          days: daysIn(lead),
          ...(day === undefined && { weekdays: weekdaysIn(item) }),
          ...telling,
          kinds: kindsOf(claims),
          ...content,
          facts: [...factsOfKinds(stories.slice(0, FOREMOST).map((story) => story.lead)), ...content.facts],
          ...(isTitled && { headline: hashesOf(item.title) }),
        },
      };
    },
    factsOf(row) {
      const text = [...Object.values(row.titles), row.summary].join('\n');
      const { passages } = read(text, 'en', row.when.start);
      const told = passages.flatMap((passage) => kindsIn(passage, rules)).filter(({ rule }) => !rule.weak);
      const content = contentOf(passages);
      const facts = [...told.map(({ rule }) => factOfKind(rule.kind)), ...content.facts];
      return { ...content, facts: [...new Set(facts)] };
    },
  };
}

function dayOf({ published, publishedPrecision = 'day' }: Item): Day | undefined {
  return published === undefined || publishedPrecision !== 'day' ? undefined : dayAt(published, 'UTC');
}

function hourOf({ published, publishedPrecision }: Item): { hour?: number } {
  if (published === undefined || publishedPrecision !== undefined) return {};
  return { hour: Math.round(published.getTime() / 3_600_000) };
}

/** The kinds of some claims, as facts. */
export function factsOfKinds(claims: readonly Claim[]): string[] {
  return [...new Set(claims.map(({ kind }) => factOfKind(kind)))];
}

/** All kinds of news that it tells: a report that holds two forbids neither. */
function kindsOf(claims: readonly Claim[]): string[] {
  const news = claims.filter(({ role, stance }) => role === 'news' && stance !== 'expects');
  return [...new Set(news.map(({ kind }) => kind))];
}

/** The first passages on the topic. */
function leadOf(passages: readonly Passage[], match: Match | undefined, most: number): Passage[] {
  const spans = match?.passages ?? [];
  const onTopic = passages.filter(({ start, end }) => spans.some(([from, to]) => start < to && from < end));
  const lead: Passage[] = [];
  let length = 0;
  for (const passage of onTopic.length > 0 ? onTopic : passages) {
    if (length > 0 && length + passage.text.length > most) break;
    lead.push(passage);
    length += passage.text.length;
  }
  return lead;
}

/** The agency that the first sentences name, where the item is not its own. */
function wireOf(
  { source }: Item,
  passages: readonly Passage[],
  wires: ReadonlySet<string>,
): { wire?: string } {
  const first = passages.filter(({ position }) => position <= BYLINE_SENTENCES);
  const wire = first.flatMap(({ mentions }) => mentions).find(({ id }) => wires.has(id))?.id;
  return wire === undefined || wire === source.family ? {} : { wire };
}

function contentOf(passages: readonly Passage[]): Pick<Signature, 'facts' | 'amounts' | 'words' | 'sounds'> {
  const text = passages.map((passage) => passage.text).join('\n');
  const facts = passages.flatMap(({ mentions, cues }) => [
    ...mentions.map(({ id }) => id),
    ...cues.map(({ label }) => factOfConcept(label)),
  ]);
  const amounts = passages.flatMap(({ quantities }) => quantities.map(({ value }) => value));
  return {
    facts: [...new Set(facts)],
    amounts: [...new Set(amounts)].filter((amount) => amount >= SMALLEST_AMOUNT),
    words: hashesOf(text),
    sounds: soundsOf(text),
  };
}

/** The latest day within the last days that the lead or its claim gives; else the day of publication. */
function newsDay(
  claim: Claim | undefined,
  lead: readonly Passage[],
  published: Day | undefined,
): Day | undefined {
  const told = [claim?.said, claim?.when].flatMap((when) => (when?.precision === 'day' ? [when.start] : []));
  if (published === undefined) return told[0];
  const earliest = addDays(published, -NEWS_DAYS);
  const recent = [...told, ...daysIn(lead)].filter((day) => earliest <= day && day <= published);
  return recent.toSorted().at(-1) ?? published;
}

/** A correction, or a report taken back, tells of the day of what it puts right, however long ago that was printed. */
function looksBack(lead: readonly Passage[]): boolean {
  return lead.some(({ speech, start }) =>
    speech.some(
      (cue) => cue.label === 'retracts' || (cue.label === 'corrects' && cue.start - start <= LONGEST_BRACKET),
    ),
  );
}

function daysIn(passages: readonly Passage[]): Day[] {
  const dates = passages.flatMap((passage) => passage.dates.filter(({ planned }) => !planned));
  return [...new Set(dates.flatMap(({ when }) => (when.precision === 'day' ? [when.start] : [])))];
}

/** Two days that follow each other: read from either, a bare weekday is the same day, or a week later the same weekday. */
const SOME_DAY = parseDay('2024-03-16');
const NEXT_DAY = parseDay('2024-03-17');

/** The weekdays that a text without a date names: what stands in the calendar, unlike "today", whichever day one reads it. */
function weekdaysIn(item: Item): number[] {
  const text = matchedText(item).slice(0, WEEKDAY_CHARACTERS);
  const { language } = item;
  const read = (published: Day) => findDates(text, { language, published });
  const later = new Map(read(NEXT_DAY).map(({ start, when }) => [start, when]));
  const named = read(SOME_DAY).filter(({ when, start }) => {
    const other = later.get(start);
    const isNear = when.precision === 'day' && daysBetween(when.start, SOME_DAY) < 7;
    return isNear && other !== undefined && daysBetween(when.start, other.start) % 7 === 0;
  });
  return [...new Set(named.map(({ when }) => weekday(when.start)))];
}
