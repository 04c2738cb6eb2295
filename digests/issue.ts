import { words, type Block, type Message } from '../src/message.ts';
import type { EventId, NewsEvent, Period } from '../src/model.ts';
import type { Wishes } from '../src/subscription.ts';
import { newsIn } from './changes.ts';
import { compose, hasNews, type Edition } from './compose.ts';
import type { Coverage } from './coverage.ts';
import { entryOf } from './entry.ts';
import type { Teller } from './names.ts';

/** An event that changed: its state now, and the one in which it was last told, as moments; `told` is absent when it never was. */
export interface ChangedState {
  readonly event: EventId;
  readonly version: number;
  readonly told?: number;
}

/** All that a digest is made from, so that it can be composed again, and the next one begins where it ended. */
export interface Issue {
  readonly period: Period;
  /** Until when we knew what it tells. */
  readonly cutOff: Date;
  readonly language: string;
  /** Which of the events the channel wants. */
  readonly wishes: Pick<Wishes, 'kinds' | 'direction' | 'leastStatus'>;
  readonly coverage: Coverage;
  /** When it should have been posted, for one that comes late. */
  readonly dueAt?: Date;
  readonly changes: readonly ChangedState[];
  /** Those of the changed events of which the channel had an alert since the digest before. */
  readonly alerted: readonly EventId[];
  /** The events that changed in the two days up to the cut-off, in their states at that time. */
  readonly seen: readonly (readonly [EventId, number])[];
}

/** Where the digest before ended. */
export interface Ended {
  /** Until when it really knew: its cut-off, unless the clock was ahead then. */
  readonly known: Date;
  /** Absent for a digest of which this is not kept. */
  readonly issue?: Pick<Issue, 'cutOff' | 'seen'>;
}

/** What is stored this long after it became known is still told by the next digest. */
const OVERLAP_MS = 48 * 60 * 60_000;

/**
 * Since when changes are looked at for a digest: since the one before, and somewhat longer, because a report is stored some
 * time after it was seen.
 *
 * @param start - where a first digest begins
 */
export function baseOf(before: Ended | undefined, start: Date): Date {
  if (before === undefined) return start;
  const { known, issue } = before;
  return issue === undefined
    ? known
    : new Date(Math.min(known.getTime(), issue.cutOff.getTime() - OVERLAP_MS));
}

/** Since when states are to be looked up so that the next digest knows what this one has seen. */
export function reachOf(base: Date, cutOff: Date): Date {
  return new Date(Math.min(base.getTime(), cutOff.getTime() - OVERLAP_MS));
}

/**
 * The states that are news after the digest before, and what has been seen up to the cut-off.
 *
 * @param found - the states at the cut-off of all events that changed within reach
 */
export function newStates(
  found: readonly { readonly event: EventId; readonly version: number }[],
  { before, base, cutOff }: { before: Ended | undefined; base: Date; cutOff: Date },
): Pick<Issue, 'changes' | 'seen'> {
  const known = new Map(before?.issue?.seen);
  const changes = found
    .filter(({ event, version }) => version > base.getTime() && (known.get(event) ?? 0) < version)
    .map(({ event, version }) => {
      const told = known.get(event);
      return told === undefined ? { event, version } : { event, version, told };
    });
  const recent = found.filter(({ version }) => version > cutOff.getTime() - OVERLAP_MS);
  // A clock that was ahead has named states of a time that is still to come.
  const ahead = [...known].filter(([, version]) => version > cutOff.getTime());
  const seen = new Map([...recent.map(({ event, version }) => [event, version] as const), ...ahead]);
  return { changes, seen: [...seen] };
}

/** Every state of an event that it takes to compose an issue. */
export function statesIn({ changes }: Pick<Issue, 'changes'>): { event: EventId; version: number }[] {
  return changes.flatMap(({ event, version, told }) => [
    { event, version },
    ...(told === undefined ? [] : [{ event, version: told }]),
  ]);
}

/** Finds an event in one of its states. */
export type StateOf = (event: EventId, version: number) => NewsEvent | undefined;

/**
 * The digest of an issue. The same issue gives the same message, whatever has become known since.
 *
 * @returns `isEmpty` when it has nothing to tell
 */
export function digestOf(
  issue: Issue,
  stateOf: StateOf,
  teller: Teller,
): { readonly message: Message; readonly isEmpty: boolean } {
  const edition = editionOf(issue, stateOf);
  const alerted = alertedEvents(issue, edition);
  const isQuiet = !hasNews(edition, teller.topic);
  const message = compose(edition, teller);
  if (alerted.length === 0) return { message, isEmpty: isQuiet };
  // Where alerts told all there was, "nothing new" would be untrue.
  const blocks = isQuiet ? [] : message.blocks;
  return { message: { ...message, blocks: [...blocks, ...alertedBlocks(alerted, teller)] }, isEmpty: false };
}

/** A digest with its number, by which it can be asked for again. */
export function numbered(message: Message, number: number | undefined, { speech }: Teller): Message {
  if (number === undefined) return message;
  const line = [words(speech.say('digest.number', { number: String(number) }))];
  return { ...message, footer: [...message.footer, line] };
}

function editionOf(issue: Issue, stateOf: StateOf): Edition {
  const { period, cutOff, coverage, wishes, dueAt, changes } = issue;
  const told = changes.flatMap(({ event, told: version }) =>
    version === undefined ? [] : (stateOf(event, version) ?? []),
  );
  return {
    period,
    cutOff,
    events: changes.flatMap(({ event, version }) => stateOf(event, version) ?? []),
    told: new Map(told.map((event) => [event.id, event])),
    coverage,
    wishes,
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}

/** Events of which the alerts have told all that is new; what came after an alert is told as a development. */
function alertedEvents({ alerted, wishes }: Issue, { events, told }: Edition): NewsEvent[] {
  const known = told === 'review' ? new Map<EventId, NewsEvent>() : told;
  return events.filter((event) => alerted.includes(event.id) && newsIn([event], known, wishes).length === 0);
}

function alertedBlocks(events: readonly NewsEvent[], teller: Teller): Block[] {
  return [
    { kind: 'heading', line: [words(teller.speech.say('digest.alerted'))] },
    {
      kind: 'entries',
      entries: events.map((event) => ({ line: entryOf(event, teller).line, details: [] })),
    },
  ];
}
