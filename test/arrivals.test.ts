import { expect, test } from 'vitest';

import { sortArrivals, type Known, type Sorted, type Visit } from '../src/feeds/arrivals.ts';
import { toArrivals } from '../src/feeds/items.ts';
import type { ItemKey } from '../src/feeds/identity.ts';
import type { Parsed } from '../src/feeds/parse.ts';
import { aFeed } from './builders.ts';

type Entry = Extract<Parsed, { kind: 'feed' }>['items'][number];

const first = new Date('2024-10-23T10:00:00Z');
const second = new Date('2024-10-23T11:00:00Z');
const feed = aFeed();

/** Twenty articles, one an hour, the newest at 9:00 of 23 October 2024. */
const twenty: readonly Entry[] = Array.from({ length: 20 }, (_, index) => ({
  guid: `http://lighthouse.example/?p=${100 + index}`,
  url: `http://lighthouse.example/articles/${100 + index}`,
  title: `Ship number ${index} docks in the port of Rajin`,
  summary: `The freighter with the number ${index} came from Vostochny.`,
  published: new Date(Date.UTC(2024, 9, 23, 9) - index * 3_600_000).toISOString(),
}));

/** Remembers what visits bring, as the store does. */
function aMemory() {
  const items = new Map<string, Known>();
  const leads = new Map<ItemKey, string>();
  const remember = (sorted: Sorted) => {
    for (const [key, id] of sorted.keys) {
      leads.set(key, id);
      const known = items.get(id) ?? { id, feed: feed.id, keys: [] };
      items.set(id, { ...known, keys: [...known.keys, key] });
    }
  };
  return {
    visit(entries: readonly Entry[], visit: Visit, of = feed): Sorted {
      const parsed: Parsed = { kind: 'feed', feed: {}, hints: {}, items: entries };
      const sorted = sortArrivals(
        toArrivals(parsed, of, visit.now),
        (key) => items.get(leads.get(key) ?? ''),
        visit,
      );
      remember(sorted);
      return sorted;
    },
  };
}

function afterFirstVisit(entries: readonly Entry[] = twenty) {
  const memory = aMemory();
  memory.visit(entries, { now: first });
  return memory;
}

function counts({ fresh, updated, unchanged, held }: Sorted) {
  return { fresh: fresh.length, updated: updated.length, unchanged, held: held.length };
}

const again: Visit = { now: second, previous: first };
const newest: Entry = {
  title: 'A train crosses the bridge at Khasan again',
  published: '2024-10-23T10:30:00.000Z',
};

/** One of several live blogs of a day, all under one title. */
const live = (page: number, summary: string): Entry => ({
  guid: `live${page}`,
  url: `http://lighthouse.example/live/${page}`,
  title: 'War in Ukraine: follow the day in our live blog',
  summary,
  published: '2024-10-23T08:00:00.000Z',
});

/** An article under a title that says nothing. */
const update = (page: number, summary: string): Entry => ({
  url: `http://e.example/${page}`,
  title: 'Live updates',
  summary,
  published: '2024-10-23T08:00:00.000Z',
});

/** Ten articles whose guids are their places in the list. */
const numbered = (offset: number): Entry[] =>
  twenty
    .slice(offset, offset + 10)
    .map(({ guid: _guid, ...entry }, index) => ({ ...entry, guid: String(index) }));

test('at the first visit everything is new', () => {
  expect(counts(aMemory().visit(twenty, { now: first }))).toEqual({
    fresh: 20,
    updated: 0,
    unchanged: 0,
    held: 0,
  });
});

test.each<[what: string, entries: readonly Entry[], fresh: number]>([
  ['nothing', twenty, 0],
  ['one item without guid and link', [newest, ...twenty], 1],
  ['an item listed twice', [...twenty, ...twenty.slice(0, 1)], 0],
  [
    'guids that now begin with https',
    twenty.map((entry) => ({ ...entry, guid: entry.guid?.replace('http:', 'https:') ?? '' })),
    0,
  ],
  ['other guids', twenty.map((entry, index) => ({ ...entry, guid: `tag:lighthouse,2024:${index}` })), 0],
  ['no guids any more', twenty.map(({ guid: _guid, ...entry }) => entry), 0],
  [
    'tracking parameters',
    twenty.map((entry) => ({ ...entry, guid: '', url: `${entry.url}?utm_source=rss` })),
    0,
  ],
  [
    'other guids and other addresses',
    twenty.map((entry, index) => ({ ...entry, guid: `n${index}`, url: `http://new.example/${index}` })),
    0,
  ],
  [
    'other guids, other addresses and an edited text',
    twenty.map((entry, index) => ({
      ...entry,
      guid: `n${index}`,
      url: `http://new.example/${index}`,
      summary: `Edited ${index}`,
    })),
    0,
  ],
])('a feed that changed in %s brings only what is new', (_, entries, fresh) => {
  const { fresh: found, held } = afterFirstVisit().visit(entries, again);
  expect({ fresh: found.length, held: held.length }).toEqual({ fresh, held: 0 });
});

test('an edited title is a new version that names the old', () => {
  const memory = aMemory();
  const [old] = memory.visit(twenty, { now: first }).fresh;
  const [entry, ...others] = twenty;
  const edited = { ...entry, title: 'Ship number 0 docks in Rajin, Seoul confirms' };
  const sorted = memory.visit([edited, ...others], again);

  expect(counts(sorted)).toEqual({ fresh: 0, updated: 1, unchanged: 19, held: 0 });
  expect(sorted.updated[0]?.replaces).toBe(old?.id);
});

test('a version that was there before is not new when it comes back', () => {
  const memory = afterFirstVisit();
  const edited = twenty.map((entry) => ({ ...entry, title: `${entry.title}, again` }));
  memory.visit(edited, again);
  expect(counts(memory.visit(twenty, again))).toEqual({ fresh: 0, updated: 0, unchanged: 20, held: 0 });
});

test('two articles of one title and day are two when both are there', () => {
  const memory = afterFirstVisit([live(1, 'Morning news from the port')]);
  const sorted = memory.visit(
    [live(1, 'Morning news from the port'), live(2, 'News of the evening from the bridge')],
    again,
  );
  expect(counts(sorted)).toMatchObject({ fresh: 1, unchanged: 1 });
});

test('a short title alone recognises nothing', () => {
  const memory = afterFirstVisit([update(1, 'A ship has docked in the port of Rajin this morning')]);
  expect(
    memory.visit([update(2, 'A train has crossed the bridge at Khasan this evening')], again).fresh,
  ).toHaveLength(1);
});

test('places in the list that are given as guids recognise nothing', () => {
  const memory = afterFirstVisit(numbered(5));
  expect(counts(memory.visit(numbered(4), again))).toMatchObject({ fresh: 1, updated: 0, unchanged: 9 });
});

test('a page that another feed brought first is known and gets no new version', () => {
  const memory = afterFirstVisit();
  const other = aFeed();
  const shortened = twenty.map((entry) => ({ ...entry, guid: `x${entry.guid}`, summary: 'Read more' }));
  expect(counts(memory.visit(shortened, again, other))).toEqual({
    fresh: 0,
    updated: 0,
    unchanged: 20,
    held: 0,
  });
});

test('a feed that renews itself with old dates is held', () => {
  const renewed = twenty.map((entry, index) => ({
    ...entry,
    guid: `n${index}`,
    url: `http://e.example/n${index}`,
    title: `Story ${index} under quite another name`,
    summary: '',
  }));
  const memory = afterFirstVisit();
  const sorted = memory.visit(renewed, again);
  expect(counts(sorted)).toEqual({ fresh: 0, updated: 0, unchanged: 0, held: 20 });
  expect(counts(memory.visit(renewed, { now: second }))).toMatchObject({ fresh: 20, held: 0 });
});

test('many items that are dated after the last visit are news, however many', () => {
  const later = twenty.map((entry, index) => ({
    ...entry,
    guid: `n${index}`,
    url: `http://e.example/n${index}`,
    title: `Story ${index} of the day after`,
    published: '2024-10-24T08:00:00.000Z',
  }));
  const sorted = afterFirstVisit().visit(later, { now: new Date('2024-10-24T10:00:00Z'), previous: first });
  expect(counts(sorted)).toMatchObject({ fresh: 20, held: 0 });
});
