import { aMessage, foreign, words, type Entry, type Line, type Message, type Span } from '../src/message.ts';
import type { EventId, NewsEvent } from '../src/model.ts';
import type { Topic } from '../src/topics/topic.ts';
import { changeLines } from './change-lines.ts';
import type { News } from './changes.ts';
import { beforeValue } from './compose.ts';
import { entryOf, headOf } from './entry.ts';
import type { Teller } from './names.ts';
import { weightOf } from './weight.ts';

/** An event of the weightiest kind passes with three newsrooms or a second claimant; see weight.ts. */
const ALERT_WEIGHT = 9;
/** What was printed longer ago is told by a digest: it only reached us now. */
const FRESH_MS = 3 * 60 * 60_000;

/** An event that an alert tells. */
export interface Told {
  readonly event: NewsEvent;
  /** The reason that was given for taking it back, where somebody gave one. */
  readonly why?: string;
  /** The event that it turned out to be, where that has an alert of its own. */
  readonly into?: EventId;
}

/**
 * Tells whether a piece of news is worth a post of its own at once: a new event of weight. Developments of an event that had
 * its alert go into that alert.
 */
export function isAlert(news: News, { kinds }: Pick<Topic, 'kinds'>): boolean {
  return news.part === 'new' && weightOf(news, kinds) >= ALERT_WEIGHT;
}

/** Tells whether the press has told of an event within the last three hours; what bears no date counts from when it was seen. */
export function isFresh({ citations, changed }: NewsEvent, now: Date): boolean {
  const printed = citations.flatMap(({ published }) => published ?? []);
  const latest = printed.length === 0 ? changed : printed.reduce((one, other) => (one > other ? one : other));
  return now.getTime() - latest.getTime() <= FRESH_MS;
}

/**
 * One event, or several that came together, as a post of its own. When an event grows the post is replaced by the alert of
 * what it has become; what was taken back stays readable, struck through.
 *
 * @param zone - IANA zone in which the post's moments are told
 */
export function alertOf(told: readonly Told[], teller: Teller, zone: string): Message {
  const { speech } = teller;
  const [first, second] = told;
  const count = told.length;
  const title: Line =
    first === undefined || second !== undefined
      ? [words(speech.say('alert.several', { count }))]
      : [isOver(first) ? struck(headOf(first.event, teller)) : headOf(first.event, teller)];
  const changed = new Date(Math.max(0, ...told.map(({ event }) => event.changed.getTime())));
  return aMessage({
    title,
    blocks: [{ kind: 'entries', entries: told.map((one) => alertEntry(one, teller)) }],
    footer: [
      [words(beforeValue(speech.say('alert.changed'))), { kind: 'moment', at: changed, show: 'both' }],
    ],
    tone: 'digest',
    tags: [...new Set(told.map(({ event }) => event.kind))],
    language: speech.language,
    zone,
  });
}

/**
 * What changed about an event that had its alert, for the thread under it.
 *
 * @param place.why - the reason that was given for taking it back, if any
 */
export function followUpOf(
  news: News,
  teller: Teller,
  { zone, why }: { readonly zone: string; readonly why?: string | undefined },
): Message {
  const { event } = news;
  const reason = why === undefined ? [] : [[foreign(why)]];
  const [first, ...others] = [...changeLines(news, teller), ...reason];
  return aMessage({
    title: first ?? [headOf(event, teller)],
    blocks: others.map((line) => ({ kind: 'text', line })),
    tone: 'digest',
    tags: [event.kind],
    language: teller.speech.language,
    zone,
  });
}

/** Says in the thread of an alert that its event turned out to be another one. */
export function mergedLineOf(into: EventId, { speech }: Teller, zone: string): Message {
  return aMessage({ title: pointer(into, speech), tone: 'digest', language: speech.language, zone });
}

function alertEntry(told: Told, teller: Teller): Entry {
  const { event, why, into } = told;
  const { speech } = teller;
  const { line, details } = entryOf(event, teller);
  if (!isOver(told)) return { line, details };
  const notice: Line =
    into === undefined
      ? [words(speech.say('alert.retracted'), 'strong'), ...(why === undefined ? [] : [foreign(`: ${why}`)])]
      : pointer(into, speech);
  return { line: line.map(struck), details: [notice, ...(into === undefined ? details : [])] };
}

function isOver({ event, into }: Told): boolean {
  return event.status === 'retracted' || into !== undefined;
}

function pointer(id: EventId, speech: Teller['speech']): Line {
  return [
    words(beforeValue(speech.say('alert.merged')), 'strong'),
    { kind: 'try', request: { command: 'event', options: { id } } },
  ];
}

function struck(span: Span): Span {
  if (span.kind === 'words') return words(span.text, 'struck');
  if (span.kind === 'foreign') return foreign(span.text, 'struck');
  return span.kind === 'day' ? { ...span, manner: 'struck' } : span;
}
