import type { Day, NewsEvent, Signature, When } from '../../model.ts';
import { addDays, dayAt, daysBetween, onDay } from '../../time.ts';
import type { Article } from './article.ts';
import type { WeightOf } from '../likeness/prepared.ts';

/** Days on each side of a report's day on which the event it belongs to may stand. */
const WINDOW_DAYS = 2;

/** Longer spans are looked up by month. */
const LONGEST_SPAN_DAYS = 10;

/** Spans are followed no longer than a year. */
const LONGEST_LOOK_DAYS = 366;

/** Rarest facts of a report that are looked up in pairs when it gives no day. */
const FACTS_PAIRED = 8;

/**
 * The keys under which an event is found again: its days, the items that it holds, its addresses, and its rarest facts in
 * pairs. Kept beside the event by whoever stores it; short texts, a few hundred at most.
 */
export function eventKeys(event: NewsEvent, weightOf: WeightOf): readonly string[] {
  const known = keysOfEvents.get(event);
  if (known !== undefined) return known;
  const keys = keysOf(event, weightOf);
  keysOfEvents.set(event, keys);
  return keys;
}

/** Keys that were worked out before: an event goes through many rounds unchanged. */
const keysOfEvents = new WeakMap<NewsEvent, readonly string[]>();

function keysOf(event: NewsEvent, weightOf: WeightOf): string[] {
  const keys = new Set<string>([`id:${event.id.slice(0, 10)}`]);
  if (event.when !== undefined) addEventSpan(keys, event.when);
  for (const signature of event.signatures ?? []) {
    if (signature.day !== undefined) addEventSpan(keys, onDay(signature.day));
    if (signature.item !== undefined) keys.add(`item:${signature.item}`);
    const prefix = signature.day === undefined ? 'undated' : 'dated';
    for (const pair of pairsOf(signature, weightOf)) keys.add(`${prefix}:${pair}`);
  }
  for (const { url } of event.citations) if (url !== undefined) keys.add(`url:${url}`);
  return [...keys];
}

/** What the events are found by that an article may belong to. */
export interface Clues {
  /** Any event that has one of these keys is a candidate. */
  readonly keys: readonly string[];
  /** Keys of pairs of rare facts: of the events that have some, the closest are candidates; see `closestIds`. */
  readonly pairs: readonly string[];
}

/**
 * Tells how the events are found that an article may belong to, or that a new event made of it could be confused with.
 * There is no need to look further.
 */
export function cluesOf({ item, claims, signature }: Article, weightOf: WeightOf): Clues {
  const keys = new Set<string>([`item:${item.id}`, `id:${startDay(item.seen, signature)}`]);
  if (item.replaces !== undefined) keys.add(`item:${item.replaces}`);
  if (item.url !== undefined) keys.add(`url:${item.url}`);
  const spans = claims.flatMap(({ when }) => when ?? []);
  if (signature.day !== undefined) spans.push(windowRound(signature.day));
  for (const span of spans) addLookedUpSpan(keys, span);
  const pairKeys = signature.day === undefined ? anyDayKeys : undatedKeys;
  return { keys: [...keys], pairs: pairKeys(signature, weightOf) };
}

/** The keys under which events are found that share rare facts with a report and have a report without a day. */
export function undatedKeys(signature: Signature, weightOf: WeightOf): string[] {
  return pairsOf(signature, weightOf).map((pair) => `undated:${pair}`);
}

/** The same whatever days the events have: those that a report without a day may tell of. */
export function anyDayKeys(signature: Signature, weightOf: WeightOf): string[] {
  return pairsOf(signature, weightOf).flatMap((pair) => [`undated:${pair}`, `dated:${pair}`]);
}

/** The day after which an event is named that starts from this report. */
export function startDay(seen: Date, { day, published }: Signature): Day {
  return day ?? published ?? dayAt(seen, 'UTC');
}

function windowRound(day: Day): When {
  return { start: addDays(day, -WINDOW_DAYS), end: addDays(day, WINDOW_DAYS), precision: 'range' };
}

/** An event is found by each of its days and by its months; one that spans too many days, by a note of its width. */
function addEventSpan(keys: Set<string>, span: When): void {
  for (const day of daysIn(span)) keys.add(`on:${day}`);
  for (const month of monthsIn(span)) keys.add(isLong(span) ? `wide:${month}` : `in:${month}`);
}

/** A report looks at its days and at the wide events of its months; one that only knows the month, at the whole month. */
function addLookedUpSpan(keys: Set<string>, span: When): void {
  for (const day of daysIn(span)) keys.add(`on:${day}`);
  for (const month of monthsIn(span)) {
    keys.add(`wide:${month}`);
    if (isLong(span)) keys.add(`in:${month}`);
  }
}

function daysIn(span: When): Day[] {
  if (isLong(span)) return [];
  return Array.from({ length: daysBetween(span.start, span.end) + 1 }, (_, index) =>
    addDays(span.start, index),
  );
}

function monthsIn({ start, end }: When): Set<string> {
  const months = new Set([start.slice(0, 7)]);
  const days = Math.min(daysBetween(start, end), LONGEST_LOOK_DAYS);
  for (let day = 28; day <= days; day += 28) months.add(addDays(start, day).slice(0, 7));
  return months.add(addDays(start, days).slice(0, 7));
}

function isLong({ start, end }: When): boolean {
  return daysBetween(start, end) > LONGEST_SPAN_DAYS;
}

function pairsOf({ facts }: Signature, weightOf: WeightOf): string[] {
  const rarest = facts
    .toSorted((a, b) => weightOf(b) - weightOf(a) || (a < b ? -1 : 1))
    .slice(0, FACTS_PAIRED)
    .toSorted();
  return rarest.flatMap((one, index) => rarest.slice(index + 1).map((other) => `${one}&${other}`));
}
