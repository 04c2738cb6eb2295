import { words, foreign, type Entry, type Line, type Span } from '../src/message.ts';
import type { Citation, NewsEvent } from '../src/model.ts';
import { kindName, type Teller } from './names.ts';
import { attribution } from './attribution.ts';
import { daySpan, disputedQuantities, sentenceOf } from './sentence.ts';

/** At most so many pages are named under one event. */
const MOST_PAGES = 4;

/**
 * Tells one event as an entry of a list: day, kind and what happened; who says so; how many newsrooms carry it, in which
 * languages, how sure it is, and its id; a headline and links. Where the day is not known it tells when the event was first
 * seen; a sentence of ours names the kind by itself.
 *
 * @param remarks - what to add right under the first line, such as what changed
 * @param known - the pages that were told before: what others bring comes first
 */
export function entryOf(
  event: NewsEvent,
  teller: Teller,
  remarks: readonly Line[] = [],
  known: readonly Citation[] = [],
): Entry {
  const title = ownTitle(event, teller.speech.language);
  const kind = title === undefined ? '' : ` · ${kindName(event.kind, teller)}`;
  const who = joined(attribution(event, teller), teller);
  const isRemarked = remarks.some((remark) => plain(remark).includes(plain(who)));
  const details = [
    ...remarks,
    ...(isRemarked ? [] : [who]),
    joined(disputedQuantities(event, teller), teller),
    standing(event, teller),
    pages(event, teller, known),
  ];
  return {
    line: [daySpan(event, teller), ...firstSeen(event, teller), words(`${kind} · `), headOf(event, teller)],
    details: details.filter((line) => line.length > 0),
  };
}

/** A line as bare text, for comparing. */
function plain(line: Line): string {
  return line.map((span) => ('text' in span ? span.text : '')).join('');
}

function firstSeen({ when, firstSeen: at }: NewsEvent, { speech }: Teller): Line {
  return when === undefined
    ? [words(` (${speech.say('when.seen')} `), { kind: 'moment', at, show: 'day' }, words(')')]
    : [];
}

/** What an event is called: our own title in the language, else a sentence from its facts. */
export function headOf(event: NewsEvent, teller: Teller): Span {
  const title = ownTitle(event, teller.speech.language);
  // Even our own titles are data that an operator may replace, so they never format.
  return title === undefined ? words(sentenceOf(event, teller)) : foreign(title);
}

/** A title that no page carries as its headline is our own. */
function ownTitle({ titles, citations }: NewsEvent, language: string): string | undefined {
  const title = titles[language];
  return citations.some((page) => page.title === title) ? undefined : title;
}

/** How well an event is known: newsrooms, languages, status, id. */
export function standing(event: NewsEvent, { speech }: Teller): Line {
  const languages = [...new Set(event.citations.map(({ language }) => language))];
  const parts = [
    speech.say('newsrooms', { count: event.newsrooms }),
    speech.list(languages.map((language) => speech.languageName(language))),
    speech.say(`status.${event.status}`),
  ];
  return [
    words(`${parts.filter((part) => part !== '').join(' · ')} · `, 'quiet'),
    { kind: 'id', text: event.id },
  ];
}

/**
 * The pages that carry an event, one a newsroom and no copies, those in the reader's language first, and of these the ones
 * whose headline tells it; the first with its headline and language, the others by outlet. A page without an address is named.
 *
 * @param known - the pages that were told before: where there are any, what others bring comes first
 */
export function pages(event: NewsEvent, { speech }: Teller, known: readonly Citation[] = []): Line {
  const distinct = distinctPages(event, speech.language, known);
  const spans = distinct.slice(0, MOST_PAGES).map((page, index) => pageSpan(page, index === 0));
  const others = distinct.length - spans.length;
  return others > 0
    ? [...separated(spans), words(` · ${speech.say('others', { count: others })}`)]
    : separated(spans);
}

function distinctPages(
  { citations, claims }: NewsEvent,
  language: string,
  known: readonly Citation[],
): readonly Citation[] {
  const sentences = Map.groupBy(claims, ({ item }) => item);
  const isHeadline = ({ item, title }: Citation) =>
    item !== undefined && sentences.get(item)?.some(({ sentence }) => isIn(sentence, title)) === true;
  const families = new Map(citations.map(({ item, family }) => [item, family]));
  // What repeats its own newsroom is a later version of its report.
  const isOriginal = ({ copyOf, family }: Citation) =>
    copyOf === undefined || (families.get(copyOf) ?? family) === family;
  const knownItems = new Set(known.map(({ item }) => item));
  const isFresh = ({ item }: Citation) => known.length > 0 && item !== undefined && !knownItems.has(item);
  const rankOf = (page: Citation) =>
    rank(page, language) + (isHeadline(page) ? 0 : OTHER_HEADLINE) - (isFresh(page) ? FRESHNESS : 0);
  const ranked = citations.filter(isOriginal).toSorted((one, other) => rankOf(one) - rankOf(other));
  const newsrooms = firstOfEach(ranked, ({ family }) => family);
  return firstOfEach(newsrooms, ({ url, outlet }) => url ?? outlet);
}

function firstOfEach(all: readonly Citation[], keyOf: (page: Citation) => string): Citation[] {
  return [...Map.groupBy(all, keyOf).values()].flatMap(([first]) => first ?? []);
}

/** Lines made into one. */
export function joined(lines: readonly Line[], { speech }: Teller): Line {
  return lines.flatMap((line, index) => (index === 0 ? line : [words(speech.say('between')), ...line]));
}

/** How much a page that brings something new stands before all that were told. */
const FRESHNESS = 16;
/** How much a page whose headline tells of something else stands behind one whose headline tells the event. */
const OTHER_HEADLINE = 2;

/** Pages that can be opened come first, then those in the wanted language, then those with a headline. */
function rank({ language, title, url }: Citation, wanted: string): number {
  return (url === undefined ? 8 : 0) + (language === wanted ? 0 : 4) + (title === undefined ? 1 : 0);
}

function isIn(sentence: string, title: string | undefined): boolean {
  return sentence !== '' && title?.includes(sentence.trim()) === true;
}

function pageSpan({ title, outlet, language, url }: Citation, withTitle: boolean): Span {
  const label = withTitle && title !== undefined ? `${title} (${outlet}, ${language})` : outlet;
  return url === undefined ? foreign(label) : { kind: 'link', label, url };
}

function separated(spans: readonly Span[]): Line {
  return spans.flatMap((span, index) => (index === 0 ? [span] : [words(' · '), span]));
}
