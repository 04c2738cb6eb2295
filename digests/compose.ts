import { aMessage, day, foreign, words, type Block, type Line, type Message } from '../src/message.ts';
import type { EventId, NewsEvent, Period } from '../src/model.ts';
import type { Wishes } from '../src/subscription.ts';
import { changeLines } from './change-lines.ts';
import { newsIn, parts, reviewOf, type News } from './changes.ts';
import type { Coverage } from './coverage.ts';
import { entryOf } from './entry.ts';
import type { Teller } from './names.ts';
import { weightOf } from './weight.ts';

/** A digest tells at most so many events unless its edition says otherwise. */
const MOST_EVENTS = 12;

/** The footer names at most so many failing sources. */
const MOST_FAILING = 5;

const partHeadings: Readonly<Record<News['part'], string>> = {
  new: 'digest.new',
  developments: 'digest.developments',
  denials: 'digest.denials',
  statements: 'digest.statements',
};

/** What one digest is made from. */
export interface Edition {
  readonly period: Period;
  /** Until when we knew what we tell. */
  readonly cutOff: Date;
  /** Events that changed in the period, as they were known at the cut-off. */
  readonly events: readonly NewsEvent[];
  /**
   * The same events as they were known at the cut-off of the digest before; new ones are missing. `review` for a look back
   * that tells all events as they stand.
   */
  readonly told: ReadonlyMap<EventId, NewsEvent> | 'review';
  readonly coverage: Coverage;
  /** Which of the events the channel wants; all unless given. */
  readonly wishes?: Wishes;
  /** Told at most; 12 unless given. */
  readonly most?: number;
  /** When it should have been posted, for a digest that comes late. */
  readonly dueAt?: Date;
}

/** Composes the digest of a period: what is new or changed, by part and weight. The same edition gives the same message. */
export function compose(edition: Edition, teller: Teller): Message {
  const { period } = edition;
  const { speech, topic } = teller;
  const news = inOrder(edition, topic.kinds);
  const chosen = news.slice(0, edition.most ?? MOST_EVENTS);
  const shown = edition.told === 'review' ? chosen.toSorted(byDay) : chosen;
  const blocks =
    news.length === 0
      ? [nothing(teller)]
      : [...sections(shown, edition, teller), ...left(news.length - shown.length, edition, teller)];

  return aMessage({
    title: [words(`${speech.say('digest.title')} · `), day(periodName(period, teller))],
    blocks,
    footer: footer(edition, shown, teller),
    tone: 'digest',
    tags: [...new Set(shown.map(({ event }) => event.kind))],
    language: speech.language,
    zone: period.zone,
  });
}

/** Tells whether an edition has anything to tell. */
export function hasNews(edition: Edition): boolean {
  return inOrder(edition, []).length > 0;
}

/** All that an edition tells, the weightiest first. */
function inOrder({ events, told, wishes = {} }: Edition, kinds: readonly string[]): News[] {
  const news = told === 'review' ? reviewOf(events, wishes) : newsIn(events, told, wishes);
  return news.toSorted(
    (one, other) =>
      weightOf(other, kinds) - weightOf(one, kinds) || compareText(one.event.id, other.event.id),
  );
}

/** The earliest day first, those of unknown day last. */
function byDay({ event: one }: News, { event: other }: News): number {
  return compareText(one.when?.start ?? '~', other.when?.start ?? '~') || compareText(one.id, other.id);
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** A period in the reader's words: `Tuesday 2 January 2024`, `2–8 January 2024`. */
export function periodName({ from, to }: Period, { speech }: Teller): string {
  return from === to ? speech.fullDay(from) : speech.when({ start: from, end: to, precision: 'range' });
}

function nothing({ speech }: Teller): Block {
  return { kind: 'text', line: [words(speech.say('digest.nothing'))] };
}

function sections(shown: readonly News[], { told }: Edition, teller: Teller): Block[] {
  const headings = { ...partHeadings, ...(told === 'review' && { new: 'digest.review' }) };
  return parts.flatMap((part): Block[] => {
    const entries = shown
      .filter((news) => news.part === part)
      .map(({ event, changes }) => entryOf(event, teller, changeLines(changes, teller)));
    if (entries.length === 0) return [];
    return [
      { kind: 'heading', line: [words(teller.speech.say(headings[part]))] },
      { kind: 'entries', entries },
    ];
  });
}

/** Counts what there was no room for, and says how to see it. */
function left(count: number, { period: { from, to }, told }: Edition, { speech }: Teller): Block[] {
  if (count <= 0) return [];
  const request = {
    command: 'events',
    options: { when: `${from}..${to}`, ...(told !== 'review' && { by: 'seen' }) },
  };
  return [
    { kind: 'text', line: [words(`${speech.say('digest.more', { count })} `), { kind: 'try', request }] },
  ];
}

function footer(
  { period, cutOff, coverage, dueAt }: Edition,
  shown: readonly News[],
  teller: Teller,
): Line[] {
  const { speech } = teller;
  const { read, failing } = coverage;
  const isUnread = read === 0 && failing.length === 0;
  const languages = new Set(shown.flatMap(({ event }) => event.citations.map(({ language }) => language)));
  const names = [...languages].map((language) => speech.languageName(language));
  return [
    ...(dueAt === undefined
      ? []
      : [[words(`${speech.say('digest.late')} `), { kind: 'moment', at: dueAt, show: 'both' } as const]]),
    [
      words(`${speech.say('digest.period')} `),
      day(periodName(period, teller)),
      words(` (${period.zone}) · ${speech.say('digest.cutOff')} `),
      { kind: 'moment', at: cutOff, show: 'both' },
    ],
    [
      words(isUnread ? speech.say('digest.unread') : speech.say('digest.read', { count: read })),
      ...(failing.length === 0
        ? []
        : [
            words(`, ${speech.say('digest.failing', { count: failing.length })} `),
            foreign(failingNames(failing, teller)),
          ]),
      ...(names.length === 0
        ? []
        : [words(` · ${speech.say('digest.languages', { languages: speech.list(names) })}`)]),
    ],
  ];
}

function failingNames(failing: readonly string[], { speech }: Teller): string {
  const shown = failing.slice(0, MOST_FAILING);
  const count = failing.length - shown.length;
  return [...shown, ...(count > 0 ? [speech.say('others', { count })] : [])].join(', ');
}
