import type { NewsEvent, Status } from '../src/model.ts';
import { dayAt, dayNumber } from '../src/time.ts';
import { kindBookOf, type KindBook } from '../src/topics/kinds.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { News } from './changes.ts';

const OF_STATUS: Readonly<Record<Status, number>> = {
  confirmed: 5,
  contested: 4,
  corroborated: 3,
  retracted: 3,
  denied: 2,
  claimed: 1,
};

/** What is told so many days after it happened, without anybody who says so, is history told again. */
const LONG_PAST_DAYS = 90;

/** A new event outweighs a development of an old one by this much. */
const OF_NOVELTY = 2;

/**
 * Tells how much a piece of news matters, for the order in a digest: by how sure the event is, how many newsrooms carry it
 * independently of each other (each doubling counts one), what kind of event it is, and whether it is new.
 *
 * @param kinds - the topic's kinds, the weightiest first
 * @returns from about 1 to about 15; only the order means something
 */
export function weightOf({ event, changes }: News, kinds: readonly string[]): number {
  const place = kinds.indexOf(event.kind);
  const ofKind = place === -1 ? 0 : 4 * (1 - place / kinds.length);
  const ofNovelty = changes.length === 0 ? OF_NOVELTY : 0;
  return OF_STATUS[event.status] + Math.log2(1 + event.newsrooms) + ofKind + ofNovelty;
}

/**
 * Tells whether an event is no more than a lead, which a digest counts and leaves to the look-up: a passing remark of
 * articles that say more of another event, something that no page carries yet, or something of which nobody is named who says so
 * and either its day is not known and one newsroom alone tells it, or it was long past when it was first told.
 *
 * @param events - what else changed in the same period
 */
export function isLead(
  event: NewsEvent,
  events: readonly NewsEvent[],
  { kindList }: Pick<Topic, 'kindList'>,
): boolean {
  return isUnread(event) || isRemark(event, events, kindBookOf(kindList)) || isUnowned(event);
}

/** Tells whether no page of an event was published yet; one that lost its pages was taken back, and that is told. */
function isUnread({ citations, status }: NewsEvent): boolean {
  return citations.length === 0 && status !== 'retracted';
}

function isUnowned(event: NewsEvent): boolean {
  const { when, newsrooms, firstSeen } = event;
  if (namesSomebody(event)) return false;
  if (when === undefined) return newsrooms <= 1;
  return dayNumber(dayAt(firstSeen, 'UTC')) - dayNumber(when.end) > LONG_PAST_DAYS;
}

/**
 * Tells whether all articles of an event carry others that say more: their day, where this has none; or who says so, where
 * this is the same occasion on the same day and names nobody: the talks of a visit.
 */
function isRemark(event: NewsEvent, events: readonly NewsEvent[], kinds: KindBook): boolean {
  const { id, kind, when, citations } = event;
  if (citations.length === 0) return false;
  const isNamedTwin = (other: NewsEvent) =>
    kinds.occasionOf(other.kind) === kinds.occasionOf(kind) &&
    other.when?.start === when?.start &&
    namesSomebody(other) &&
    !namesSomebody(event);
  const saysMore = (other: NewsEvent) => (when === undefined ? other.when !== undefined : isNamedTwin(other));
  const others = events.filter((other) => other.id !== id && saysMore(other));
  const items = new Set(others.flatMap((other) => other.citations.map(({ item }) => item)));
  return citations.every(({ item }) => item !== undefined && items.has(item));
}

function namesSomebody({ claims }: NewsEvent): boolean {
  return claims.some(({ claimants }) => claimants.length > 0);
}
