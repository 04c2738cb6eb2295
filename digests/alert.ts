import { aMessage, foreign, words, type Line, type Message, type Span } from '../src/message.ts';
import type { NewsEvent } from '../src/model.ts';
import { changeLines } from './change-lines.ts';
import type { News } from './changes.ts';
import { entryOf, headOf } from './entry.ts';
import type { Teller } from './names.ts';
import { weightOf } from './weight.ts';

/** An event of the weightiest kind passes with three newsrooms or a second claimant; see weight.ts. */
const ALERT_WEIGHT = 9;

/**
 * Tells whether a piece of news is worth a post of its own at once: a new event of weight. Developments of an event that had
 * its alert go into that alert.
 */
export function isAlert(news: News, { topic }: Teller): boolean {
  return news.part === 'new' && weightOf(news, topic.kinds) >= ALERT_WEIGHT;
}

/**
 * One event as a post of its own. When the event grows the post is replaced by the alert of what it has become; what was
 * taken back stays readable, struck through.
 *
 * @param zone - IANA zone in which the post's moments are told
 */
export function alertOf(event: NewsEvent, teller: Teller, zone: string): Message {
  const { speech } = teller;
  const { line, details } = entryOf(event, teller);
  const isRetracted = event.status === 'retracted';
  const notice: Line = [words(speech.say('alert.retracted'), 'strong')];
  return aMessage({
    title: isRetracted ? [struck(headOf(event, teller))] : [headOf(event, teller)],
    blocks: [
      {
        kind: 'entries',
        entries: [
          {
            line: isRetracted ? line.map(struck) : line,
            details: isRetracted ? [notice, ...details] : details,
          },
        ],
      },
    ],
    footer: [[words(`${speech.say('alert.changed')} `), { kind: 'moment', at: event.changed, show: 'both' }]],
    tone: 'digest',
    tags: [event.kind],
    language: speech.language,
    zone,
  });
}

/** What changed about an event that had its alert, for the thread under it. */
export function followUpOf(news: News, teller: Teller, zone: string): Message {
  const { event } = news;
  const [first, ...others] = changeLines(news, teller);
  return aMessage({
    title: first ?? [headOf(event, teller)],
    blocks: others.map((line) => ({ kind: 'text', line })),
    tone: 'digest',
    tags: [event.kind],
    language: teller.speech.language,
    zone,
  });
}

function struck(span: Span): Span {
  if (span.kind === 'words') return words(span.text, 'struck');
  if (span.kind === 'foreign') return foreign(span.text, 'struck');
  return span.kind === 'day' ? { ...span, manner: 'struck' } : span;
}
