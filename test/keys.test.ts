import { expect, test } from 'vitest';
import { foldRound } from '../src/events/fold/fold.ts';
import { closestIds } from '../src/events/fold/closest.ts';
import { anyDayKeys, cluesOf, eventKeys } from '../src/events/fold/keys.ts';
import { makeShelf } from '../src/events/fold/shelf.ts';
import type { Claim, EventId, NewsEvent } from '../src/model.ts';
import { monthOf, onDay, parseDay } from '../src/time.ts';
import { aClaim, anEvent } from './builders.ts';
import { anArticle, aSignature, foldTools } from './signatures.ts';

const { weightOf } = foldTools;

function report(day: string, claim: Partial<Claim> = {}) {
  const published = new Date(`${day}T09:00:00Z`);
  return anArticle({ published, seen: published }, [aClaim({ when: onDay(parseDay(day)), ...claim })]);
}

function eventOf(day: string, claim: Partial<Claim> = {}): NewsEvent {
  const [event] = foldRound([report(day, claim)], [], foldTools).events;
  if (event === undefined) throw new Error('no event');
  return event;
}

function isCandidate(event: NewsEvent, article: ReturnType<typeof report>): boolean {
  const { keys, pairs } = cluesOf(article, weightOf);
  return !new Set(eventKeys(event, weightOf)).isDisjointFrom(new Set([...keys, ...pairs]));
}

const onDayOf = (day: string) => ({ keys: [`on:${day}`], pairs: [] });

test.each([
  ['on the same day', '2024-10-23', true],
  ['two days later', '2024-10-25', true],
  ['two days earlier', '2024-10-21', true],
  ['a week later', '2024-10-30', false],
  ['a year later', '2025-10-23', false],
])('a report %s: is the event a candidate? %s %s', (_, day, expected) => {
  expect(isCandidate(eventOf('2024-10-23'), report(day))).toBe(expected);
});

test('an event known by its month is a candidate for each of its days', () => {
  const { when: _, ...event } = eventOf('2024-06-30');
  const wide = { ...event, when: monthOf(2024, 6), signatures: [] };
  expect(isCandidate(wide, report('2024-06-12'))).toBe(true);
  expect(isCandidate(wide, report('2024-08-12'))).toBe(false);
});

test('a claim about a month looks at the events of the month', () => {
  const looking = report('2024-09-01', { when: monthOf(2024, 6) });
  expect(isCandidate(eventOf('2024-06-19'), looking)).toBe(true);
});

test('a report without a day is found by facts that seldom meet', () => {
  const dated = report('2024-10-23', { places: ['rajin'], weapons: ['shells'] });
  const { day: _, ...timeless } = dated.signature;
  const [event] = foldRound([dated], [], foldTools).events;
  const undated = { ...dated, claims: [], signature: timeless };
  expect(event && isCandidate(event, undated)).toBe(true);
});

test('of the events that share rare facts with a report, those that share most are the closest', () => {
  const index = indexOf({
    one: ['kn-23', 'poltava'],
    two: ['kn-23', 'rajin'],
    all: ['kn-23', 'rajin', 'nato'],
  });
  const pairs = anyDayKeys(aSignature({ facts: ['kn-23', 'rajin', 'nato'] }), weightOf);
  const closest = (inAll: number) => closestIds(pairs, index, { ofPair: 9, inAll });
  expect([closest(1), closest(2), closest(9)]).toEqual([['all'], ['all', 'two'], ['all', 'two']]);
});

test('of the events that share a pair of facts, those with the latest ids are looked at', () => {
  const index = indexOf({ a: ['kn-23', 'rajin'], b: ['kn-23', 'rajin'], c: ['kn-23', 'rajin'] });
  const pairs = anyDayKeys(aSignature({ facts: ['kn-23', 'rajin'] }), weightOf);
  expect(closestIds(pairs, index, { ofPair: 2, inAll: 9 })).toEqual(['b', 'c']);
});

function indexOf(factsById: Readonly<Record<string, readonly string[]>>): Map<string, Set<EventId>> {
  const index = new Map<string, Set<EventId>>();
  for (const [id, facts] of Object.entries(factsById)) {
    const event = anEvent({ id: id as EventId, signatures: [aSignature({ facts })] });
    for (const key of eventKeys(event, weightOf)) index.set(key, (index.get(key) ?? new Set()).add(event.id));
  }
  return index;
}

test('an item finds the event that holds it already, whatever it says now', () => {
  const article = report('2024-10-23');
  const [event] = foldRound([article], [], foldTools).events;
  const changed = { ...report('2025-01-01'), item: article.item };
  expect(event && isCandidate(event, changed)).toBe(true);
});

test('the shelf gives back what shares a key, and lets go of what was left alone longest', () => {
  const shelf = makeShelf(2, weightOf);
  const [first, second, third] = ['2024-01-01', '2024-02-02', '2024-03-03'].map((day) => eventOf(day));
  if (!first || !second || !third) throw new Error('no events');
  shelf.take({ events: [first, second], merged: [] });
  shelf.take({ events: [first], merged: [] });

  expect(shelf.take({ events: [third], merged: [] })).toEqual([second]);
  expect(shelf.find([onDayOf('2024-01-01')])).toEqual([first]);
  expect(shelf.find([onDayOf('2024-02-02')])).toEqual([]);
});

test('an event that turned out to be another leaves the shelf', () => {
  const shelf = makeShelf(5, weightOf);
  const [from, into] = [eventOf('2024-01-01'), eventOf('2024-02-02')];
  shelf.take({ events: [from, into], merged: [] });
  shelf.take({ events: [], merged: [{ from: from.id, into: into.id }] });
  expect(shelf.all()).toEqual([into]);
});
