import { afterAll, expect, test } from 'vitest';

import { makeParsers } from '../src/feeds/parsers.ts';
import { ITEM, rss } from './feed-texts.ts';

const parsers = makeParsers({ threads: 2 });
afterAll(() => parsers.close());

test('a feed is read in a thread as it is read here', async () => {
  const parsed = await parsers.parse(Buffer.from(rss(ITEM)), { contentType: 'text/xml' });
  expect(parsed).toMatchObject({ kind: 'feed', items: [{ title: 'A', url: 'http://e.example/a' }] });
});

test('more documents than threads are all read', async () => {
  const feeds = Array.from({ length: 12 }, (_, index) => Buffer.from(rss(ITEM.replace('>A<', `>${index}<`))));
  const read = await Promise.all(feeds.map((feed) => parsers.parse(feed)));
  expect(read.map((parsed) => parsed.kind === 'feed' && parsed.items[0]?.title)).toEqual(
    feeds.map((_, index) => String(index)),
  );
});

test('what is no feed comes back with its reason', async () => {
  expect(await parsers.parse(Buffer.from('hello'))).toEqual({ kind: 'failed', reason: 'not a feed' });
});

test('a document that takes too long is given up, and the next one is read', async () => {
  const impatient = makeParsers({ deadlineMs: 1 });
  expect(await impatient.parse(Buffer.from(rss(ITEM.repeat(20_000))))).toEqual({
    kind: 'failed',
    reason: 'reading it took longer than 1 ms',
  });
  await impatient.close();
  expect(await parsers.parse(Buffer.from(rss(ITEM)))).toMatchObject({ kind: 'feed' });
});

test('a document that takes too much memory is given up, and the next one is read', async () => {
  const poor = makeParsers({ memoryMb: 64, deadlineMs: 60_000 });
  expect(await poor.parse(Buffer.from(rss(ITEM.repeat(40_000))))).toEqual({
    kind: 'failed',
    reason: 'reading it took more than 64 MB',
  });
  expect(await poor.parse(Buffer.from(rss(ITEM)))).toMatchObject({ kind: 'feed' });
  await poor.close();
});

test('after closing, nothing is read any more', async () => {
  const closed = makeParsers();
  await closed.close();
  expect(await closed.parse(Buffer.from(rss(ITEM)))).toEqual({
    kind: 'failed',
    reason: 'reading was stopped',
  });
});
