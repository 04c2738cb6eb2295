import { words, foreign, type Entry, type Line, type Span } from '../src/message.ts';
import type { Citation, NewsEvent } from '../src/model.ts';
import { kindName, type Teller } from './names.ts';
import { attribution } from './attribution.ts';
import { daySpan, disputedQuantities, sentenceOf } from './sentence.ts';

/** At most so many pages are linked under one event. */
const MOST_LINKS = 4;

/**
 * Tells one event as an entry of a list: day, kind and what happened; who says so; how many newsrooms carry it, in which
 * languages, how sure it is, and its id; a headline and links.
 *
 * @param remarks - what to add right under the first line, such as what changed
 */
export function entryOf(event: NewsEvent, teller: Teller, remarks: readonly Line[] = []): Entry {
  const kind = words(` · ${kindName(event.kind, teller)} · `);
  const details = [
    ...remarks,
    joined(attribution(event, teller), teller),
    joined(disputedQuantities(event.claims, teller), teller),
    standing(event, teller),
    pages(event, teller),
  ];
  return {
    line: [daySpan(event, teller), kind, headOf(event, teller)],
    details: details.filter((line) => line.length > 0),
  };
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
 * The pages that carry an event, one a newsroom, those in the reader's language first; the first with its headline and
 * language, the others by outlet.
 */
export function pages(event: NewsEvent, { speech }: Teller): Line {
  const ranked = event.citations
    .filter(({ url }) => url !== undefined)
    .toSorted((one, other) => rank(one, speech.language) - rank(other, speech.language));
  const perFamily = [
    ...new Map(ranked.toReversed().map((page) => [page.family, page])).values(),
  ].toReversed();
  const links = perFamily.slice(0, MOST_LINKS).map((page, index) => link(page, index === 0));
  const others = perFamily.length - links.length;
  const spans = separated(links);
  return others > 0 ? [...spans, words(` · ${speech.say('others', { count: others })}`)] : spans;
}

/** Lines made into one. */
export function joined(lines: readonly Line[], { speech }: Teller): Line {
  return lines.flatMap((line, index) => (index === 0 ? line : [words(speech.say('between')), ...line]));
}

function rank({ language, title }: Citation, wanted: string): number {
  return (language === wanted ? 0 : 2) + (title === undefined ? 1 : 0);
}

function link({ title, outlet, language, url }: Citation, withTitle: boolean): Span {
  const label = withTitle && title !== undefined ? `${title} (${outlet}, ${language})` : outlet;
  return { kind: 'link', label, url: url ?? '' };
}

function separated(spans: readonly Span[]): Line {
  return spans.flatMap((span, index) => (index === 0 ? [span] : [words(' · '), span]));
}
