import { expect, test } from 'vitest';
import { foldRound } from '../src/events/fold/fold.ts';
import { mergeEvents, splitEvent } from '../src/events/fold/assembly.ts';
import type { Article } from '../src/events/fold/article.ts';
import { eventId } from '../src/events/id.ts';
import type { Claim, Item, NewsEvent } from '../src/model.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aClaim, aClaimant } from './builders.ts';
import { anArticle, foldTools } from './signatures.ts';

const day = parseDay('2024-10-23');

function report(family: string, claim: Partial<Claim> = {}, item: Partial<Item> = {}): Article {
  const source: Item['source'] = { name: family, family, kind: 'press' };
  return anArticle({ title: 'Freighters carry shells from Rajin, says Seoul', source, ...item }, [
    aClaim(claim),
  ]);
}

function fold(...articles: readonly Article[]): NewsEvent {
  const [event, ...more] = foldRound(articles, [], foldTools).events;
  if (event === undefined || more.length > 0) throw new Error('not one event');
  return event;
}

test('an event has the kind, direction, places and weapons of its claims', () => {
  expect(fold(report('a'), report('b'))).toMatchObject({
    kind: 'transfer',
    direction: 'DPRK→Russia',
    when: onDay(day),
    places: ['rajin'],
    weapons: ['shells'],
    status: 'claimed',
    newsrooms: 2,
  });
});

test('a party that acknowledges confirms the event', () => {
  const confirmation = report('b', { stance: 'acknowledges', claimants: [aClaimant({ id: 'kremlin' })] });
  expect(fold(report('a'), confirmation).status).toBe('confirmed');
});

test('claims and pages stand in the order of their publication', () => {
  const late = report('late', {}, { published: new Date('2024-10-23T20:00:00Z') });
  const early = report('early', {}, { published: new Date('2024-10-23T06:00:00Z') });
  const event = fold(late, early);
  expect(event.citations.map(({ family }) => family)).toEqual(['early', 'late']);
  expect(event.claims.map(({ item }) => item)).toEqual([early.item.id, late.item.id]);
});

test('an event keeps twelve reports to compare with, however many it has', () => {
  const event = fold(...Array.from({ length: 20 }, (_, number) => report(`house-${number}`)));
  expect(event.signatures).toHaveLength(12);
  expect(event.citations).toHaveLength(20);
});

test('what two events hold together is in the merged one once', () => {
  const both = report('both');
  const into = fold(report('a'), both);
  const from = fold(report('c'), both);
  const whole = mergeEvents(into, { ...from, id: eventId(day, 'other', () => false) }, foldTools);

  expect(whole.id).toBe(into.id);
  expect(whole.citations.map(({ family }) => family).toSorted()).toEqual(['a', 'both', 'c']);
  expect(whole.claims).toHaveLength(3);
});

test('a split makes two events of one, each with what its items say, and they are not merged again', () => {
  const [first, second] = [report('a'), report('b', { stance: 'denies', kind: 'transfer' })];
  const whole = mergeEvents(fold(first), fold(second), foldTools);
  const id = eventId(day, 'split', () => false);
  const split = splitEvent(whole, new Set([second.item.id]), id, foldTools);

  expect(whole.status).toBe('contested');
  expect(split?.kept).toMatchObject({ id: whole.id, status: 'claimed', newsrooms: 1 });
  expect(split?.parted).toMatchObject({ id, status: 'denied', newsrooms: 1, apart: [whole.id] });
});

test('there is nothing to split when one side would be empty', () => {
  const article = report('a');
  const id = eventId(day, 'split', () => false);
  expect(splitEvent(fold(article), new Set([article.item.id]), id, foldTools)).toBeUndefined();
});
