import { expect, test } from 'vitest';

import { toArrivals, toItems, withTexts } from '../src/feeds/items.ts';
import type { Parsed } from '../src/feeds/parse.ts';
import { aFeed, aSource } from './builders.ts';

type Entry = Extract<Parsed, { kind: 'feed' }>['items'][number];

const seen = new Date('2024-10-23T10:00:00Z');

function feedOf(...items: Entry[]): Parsed {
  return { kind: 'feed', feed: { language: 'fr-FR' }, hints: {}, items };
}

function anEntry(given: Partial<Entry> = {}): Entry {
  return {
    guid: 'g1',
    url: 'https://lighthouse.example/a',
    title: 'A ship docks in Rajin',
    summary: 'It came from Vostochny.',
    published: '2024-10-23T09:00:00.000Z',
    ...given,
  };
}

test('an entry becomes an item of its feed', () => {
  const feed = aFeed({ language: 'en' });
  const [item] = toItems(feedOf(anEntry()), feed, seen);

  expect(item).toMatchObject({
    feed: feed.id,
    source: feed.source,
    url: 'https://lighthouse.example/a',
    title: 'A ship docks in Rajin',
    text: 'It came from Vostochny.',
    language: 'en',
    published: new Date('2024-10-23T09:00:00Z'),
    seen,
  });
  expect(item?.id).toMatch(/^[\w-]{16}$/);
});

test('a feed of several languages takes the one that the document names', () => {
  expect(toItems(feedOf(anEntry()), aFeed({ language: 'und' }), seen)[0]?.language).toBe('fr');
});

test('nothing invisible and nothing that turns the writing remains', () => {
  const [item] = toItems(feedOf(anEntry({ title: 'ship\u202egnp\u200b.e\u00adxe\u0007' })), aFeed(), seen);
  expect(item?.title).toBe('shipgnp.exe');
});

test('the joiners of Persian stay', () => {
  expect(toItems(feedOf(anEntry({ title: 'می\u200cخواهد' })), aFeed(), seen)[0]?.title).toBe('می\u200cخواهد');
});

test('the full text is taken where the feed has it', () => {
  const [item] = toItems(
    feedOf(anEntry({ summary: 'short', content: 'a longer text\nof two lines' })),
    aFeed(),
    seen,
  );
  expect(item?.text).toBe('a longer text\nof two lines');
});

test('what a syndicating page put around the text is left out', () => {
  const content =
    '[ad_1]\nA ship docked.\nRead also\nThe port in pictures\nIt left.\nSource link : https://e.example/1';
  expect(toItems(feedOf(anEntry({ content })), aFeed(), seen)[0]?.text).toBe('A ship docked.\nIt left.');
});

test('texts that were cleaned beforehand are taken as they are', () => {
  const parsed = withTexts(feedOf(anEntry({ content: 'A ship docked.\nAdvertisement\nIt left.' })));
  expect(parsed).toMatchObject({ items: [{ text: 'A ship docked.\nIt left.' }] });
  expect(toItems(parsed, aFeed(), seen)[0]?.text).toBe('A ship docked.\nIt left.');
});

test('titles and texts are cut at their limits, never inside a character', () => {
  const [item] = toItems(
    feedOf(anEntry({ title: `${'x'.repeat(511)}😀`, summary: 'y'.repeat(70_000) })),
    aFeed(),
    seen,
  );
  expect(item?.title).toBe('x'.repeat(511));
  expect(item?.text).toHaveLength(65_536);
});

test.each([
  ['a full moment', '2024-10-23T09:00:00.000Z', { published: new Date('2024-10-23T09:00:00Z') }],
  [
    'only a day',
    '2024-10-23T00:00:00.000Z',
    { published: new Date('2024-10-23'), publishedPrecision: 'day' },
  ],
  ['a moment shortly ahead', '2024-10-23T18:00:00.000Z', { published: seen }],
  ['a moment far ahead', '2030-01-01T00:00:00.000Z', {}],
  ['a moment before the web', '0001-01-01T00:00:00.000Z', {}],
  ['none', undefined, {}],
])('an item dated with %s', (_, published, wanted) => {
  const entry = { ...anEntry(), published };
  const [item] = toItems(feedOf(entry as Entry), aFeed(), seen);
  expect({
    ...(item?.published && { published: item.published }),
    ...(item?.publishedPrecision && { publishedPrecision: item.publishedPrecision }),
  }).toEqual(wanted);
});

test('an aggregator passes on under the name of the house that wrote it', () => {
  const feed = aFeed({ source: aSource({ name: 'Aggregator', family: 'aggregator', kind: 'aggregator' }) });
  const entry = anEntry({
    title: 'A ship docks - The Daily Moon',
    summary: 'A ship docks The Daily Moon\nAnother headline The Sun',
    origin: { name: 'The Daily Moon', url: 'https://www.moon.co.uk' },
  });
  expect(toItems(feedOf(entry), feed, seen)[0]).toMatchObject({
    title: 'A ship docks',
    text: '',
    source: { name: 'The Daily Moon', family: 'moon', kind: 'press' },
  });
});

test('an entry with nothing in it is left out', () => {
  expect(toItems(feedOf({ guid: 'g' }, anEntry()), aFeed(), seen)).toHaveLength(1);
});

test('only web addresses are links', () => {
  expect(toItems(feedOf(anEntry({ url: 'javascript:alert(1)' })), aFeed(), seen)[0]).not.toHaveProperty(
    'url',
  );
});

test('the 500 newest of a huge feed are taken, newest first', () => {
  const entries = Array.from({ length: 1200 }, (_, index) =>
    anEntry({
      guid: `g${index}`,
      url: `https://lighthouse.example/${index}`,
      published: new Date(Date.UTC(2024, 0, 1) + index * 60_000).toISOString(),
    }),
  );
  const items = toItems(feedOf(...entries), aFeed(), seen);
  expect(items).toHaveLength(500);
  expect(items[0]?.url).toBe('https://lighthouse.example/1199');
});

test('a guid that stands at several articles identifies none', () => {
  const arrivals = toArrivals(
    feedOf(
      anEntry({ guid: 'same', url: 'https://lighthouse.example/a', title: 'First' }),
      anEntry({ guid: 'same', url: 'https://lighthouse.example/b', title: 'Second' }),
    ),
    aFeed(),
    seen,
  );
  expect(arrivals.flatMap(({ keys }) => keys).filter((key) => key.startsWith('guid:'))).toEqual([]);
  expect(new Set(arrivals.map(({ item }) => item.id)).size).toBe(2);
});

test('the same article read twice has the same id', () => {
  const feed = aFeed();
  const later = new Date('2024-10-25T10:00:00Z');
  expect(toItems(feedOf(anEntry()), feed, seen)[0]?.id).toBe(toItems(feedOf(anEntry()), feed, later)[0]?.id);
});

test('a feed that failed has no items', () => {
  expect(toItems({ kind: 'failed', reason: 'x' }, aFeed(), seen)).toEqual([]);
});
