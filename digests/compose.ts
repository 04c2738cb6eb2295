import { aMessage, day, foreign, words, type Block, type Line, type Message } from '../src/message.ts';
import type { Citation, Claimant, EventId, NewsEvent, Period } from '../src/model.ts';
import type { Wishes } from '../src/subscription.ts';
import type { Topic } from '../src/topics/topic.ts';
import { claimantsOf } from './attribution.ts';
import { changeLines } from './change-lines.ts';
import { newsIn, parts, reviewOf, type Change, type News } from './changes.ts';
import type { Coverage } from './coverage.ts';
import { entryOf } from './entry.ts';
import { isSpokenFor, type Teller } from './names.ts';
import { isLead, weightOf } from './weight.ts';

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
  const { news, leads } = contentsOf(edition, topic);
  const chosen = news.slice(0, edition.most ?? MOST_EVENTS);
  const shown = edition.told === 'review' ? chosen.toSorted(byDay) : chosen;
  const blocks = [
    ...(news.length === 0 ? [nothing(teller)] : sections(shown, edition, teller)),
    ...counted('digest.more', news.length - shown.length, edition, teller),
    ...counted('digest.leads', leads, edition, teller),
  ];

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
export function hasNews(edition: Edition, topic: Topic): boolean {
  return contentsOf(edition, topic).news.length > 0;
}

/** What an edition tells, the weightiest first, and how many leads it leaves to the look-up. */
function contentsOf({ events, told, wishes = {} }: Edition, topic: Topic): { news: News[]; leads: number } {
  const isSolid = (event: NewsEvent) => !isLead(event, events, topic);
  const solid = events.filter(isSolid);
  const news =
    told === 'review'
      ? reviewOf(solid, wishes)
      : newsIn(solid, new Map([...told].filter(([, event]) => isSolid(event))), wishes);
  const fresh = events.filter(({ id }) => told === 'review' || !told.has(id));
  return {
    news: news
      .filter((one) => !isToldWith(news, one.event))
      .flatMap((one) => withoutEchoes(one, topic) ?? [])
      .toSorted(
        (one, other) =>
          weightOf(other, topic.kinds) - weightOf(one, topic.kinds) ||
          compareText(one.event.id, other.event.id),
      ),
    leads: reviewOf(
      fresh.filter((event) => !isSolid(event)),
      wishes,
    ).length,
  };
}

/** Tells whether an event is no more than the denial that the same articles bring to another event that is told. */
function isToldWith(news: readonly News[], { id, kind, claims }: NewsEvent): boolean {
  if (kind !== 'denial' || claims.some(({ item }) => item === undefined)) return false;
  const others = news.filter(({ event }) => event.id !== id && event.kind !== kind);
  const denials = others.flatMap(({ event }) => event.claims.filter(({ stance }) => stance === 'denies'));
  const items = new Set(denials.map(({ item }) => item));
  return claims.some(({ item }) => items.has(item));
}

/** News without those for whom somebody spoke before: a state that says or denies what its minister does. */
function withoutEchoes(news: News, topic: Topic): News | undefined {
  const { claims } = news.event;
  const deniers = claimantsOf(claims.filter(({ stance }) => stance === 'denies'));
  const others = claimantsOf(claims.filter(({ stance }) => stance !== 'denies'));
  const fresh = (some: readonly Claimant[], voices: readonly Claimant[]) =>
    some.filter((one) => !isSpokenFor(one, voices, topic));
  const changes = news.changes.flatMap((change): Change[] => {
    if (change.kind !== 'denied' && change.kind !== 'claimants') return [change];
    const isDenial = change.kind === 'denied';
    const who = isDenial ? fresh(change.by, deniers) : fresh(change.added, others);
    if (who.length === 0) return [];
    return [isDenial ? { kind: 'denied', by: who } : { kind: 'claimants', added: who }];
  });
  if (news.changes.length > 0 && changes.length === 0) return undefined;
  const hasDenial = changes.length === 0 || changes.some(({ kind }) => kind === 'denied');
  return { ...news, changes, part: news.part === 'denials' && !hasDenial ? 'developments' : news.part };
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
      .map((news) => entryOf(news.event, teller, changeLines(news, teller), knownPages(news, told)));
    if (entries.length === 0) return [];
    return [
      { kind: 'heading', line: [words(teller.speech.say(headings[part]))] },
      { kind: 'entries', entries },
    ];
  });
}

/** The pages of an event that were told before. */
function knownPages({ event }: News, told: Edition['told']): readonly Citation[] {
  return told === 'review' ? [] : (told.get(event.id)?.citations ?? []);
}

/** Counts what is not told, and says how to see it. */
function counted(
  phrase: string,
  count: number,
  { period: { from, to }, told }: Edition,
  { speech }: Teller,
): Block[] {
  if (count <= 0) return [];
  const request = {
    command: 'events',
    options: { when: `${from}..${to}`, ...(told !== 'review' && { by: 'seen' }) },
  };
  return [
    { kind: 'text', line: [words(beforeValue(speech.say(phrase, { count }))), { kind: 'try', request }] },
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
      : [
          [
            words(beforeValue(speech.say('digest.late'))),
            { kind: 'moment', at: dueAt, show: 'both' } as const,
          ],
        ]),
    [
      words(beforeValue(speech.say('digest.period'))),
      day(periodName(period, teller)),
      words(beforeValue(` (${period.zone}) · ${speech.say('digest.cutOff')}`)),
      { kind: 'moment', at: cutOff, show: 'both' },
    ],
    [
      words(isUnread ? speech.say('digest.unread') : speech.say('digest.read', { count: read })),
      ...(failing.length === 0
        ? []
        : [
            words(beforeValue(` · ${speech.say('digest.failing', { count: failing.length })}`)),
            foreign(failingNames(failing, teller)),
          ]),
      ...(names.length === 0
        ? []
        : [words(` · ${speech.say('digest.languages', { languages: speech.list(names) })}`)]),
    ],
  ];
}

/** What stands before a value, with the blank that the language wants there: none after a wide colon. */
export function beforeValue(text: string): string {
  return text.endsWith('：') ? text : `${text} `;
}

function failingNames(failing: readonly string[], { speech }: Teller): string {
  const shown = failing.slice(0, MOST_FAILING);
  const count = failing.length - shown.length;
  return [...shown, ...(count > 0 ? [speech.say('others', { count })] : [])].join(', ');
}
