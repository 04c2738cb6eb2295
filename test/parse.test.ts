import { existsSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { parseFeed } from '../src/feeds/parse.ts';
import { atom, DATE, ENTRY, firstItem, ITEM, read, rss } from './feed-texts.ts';

const RDF = (prefix: string, dc: string) =>
  `<${prefix}:RDF xmlns:${prefix}="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:${dc}="http://purl.org/dc/elements/1.1/"><channel ${prefix}:about="http://e.example/"><title>T</title><link>http://e.example/</link></channel><item ${prefix}:about="http://e.example/a"><title>A</title><link>http://e.example/a</link><${dc}:date>2024-11-05T09:00:00Z</${dc}:date></item></${prefix}:RDF>`;

test.each([
  ['RSS 2.0', rss(ITEM), 'g1'],
  ['RSS without a version', rss(ITEM).replace(' version="2.0"', ''), 'g1'],
  ['RSS 0.92', rss(ITEM).replace('"2.0"', '"0.92"'), 'g1'],
  ['RSS 1.0', RDF('rdf', 'dc'), 'http://e.example/a'],
  ['RSS 1.0 under other prefixes', RDF('r', 'd'), 'http://e.example/a'],
  [
    'RSS in capitals',
    rss(ITEM).replace(
      /<(\/?)(item|title|link|guid|pubDate)>/g,
      (_, slash: string, name: string) => `<${slash}${name.toUpperCase()}>`,
    ),
    'g1',
  ],
  ['RSS without a channel', `<rss version="2.0">${ITEM}</rss>`, 'g1'],
  ['Atom 1.0', atom(ENTRY), 'urn:a'],
  [
    'Atom with a prefix on every tag',
    `<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">${ENTRY.replace(/<(\/?)(\w)/g, '<$1atom:$2')}</atom:feed>`,
    'urn:a',
  ],
  [
    'Atom 0.3',
    `<feed version="0.3" xmlns="http://purl.org/atom/ns#">${ENTRY.replaceAll('updated', 'modified')}</feed>`,
    'urn:a',
  ],
  [
    'CDF',
    '<CHANNEL><ITEM HREF="http://e.example/a" LASTMOD="2024-11-05T10:00:00+01:00"><TITLE>A</TITLE></ITEM></CHANNEL>',
    undefined,
  ],
])('%s gives title, link, guid and date', async (_, text, guid) => {
  const { title, url, published, updated, guid: found } = await firstItem(text);
  expect({ title, url, date: published ?? updated, guid: found }).toEqual({
    title: 'A',
    url: 'http://e.example/a',
    date: DATE,
    guid,
  });
});

test('a JSON Feed gives the same', async () => {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'T',
    home_page_url: 'http://e.example/',
    items: [
      {
        id: 1,
        url: '/a',
        title: 'A',
        content_html: '<p>x</p><p>y</p>',
        date_published: '2024-11-05T10:00:00+01:00',
        authors: [{ name: 'N' }],
      },
      'no object',
      { id: '2', content_text: 'only text' },
    ],
  };
  expect(await read(JSON.stringify(feed))).toMatchObject({
    feed: { title: 'T', url: 'http://e.example/' },
    items: [
      { guid: '1', url: 'http://e.example/a', title: 'A', content: 'x\ny', published: DATE, author: 'N' },
      { guid: '2', content: 'only text' },
    ],
  });
});

test('a feed tells about itself and how often to visit it', async () => {
  const header =
    '<language>en_US</language><ttl>90</ttl><skipHours><hour>0</hour><hour>1</hour></skipHours><skipDays><day>Sunday</day></skipDays><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency><sy:updateBase>2024-01-01T06:00:00Z</sy:updateBase><lastBuildDate>Tue, 05 Nov 2024 09:00:00 GMT</lastBuildDate>';
  expect(
    await read(rss(header + ITEM, 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"')),
  ).toMatchObject({
    feed: { title: 'T', url: 'http://e.example/', language: 'en-US', description: 'd', updated: DATE },
    hints: {
      ttlMinutes: 90,
      updateEveryMinutes: 360,
      updateBase: new Date('2024-01-01T06:00:00Z'),
      skipHours: [0, 1],
      skipDays: [7],
    },
  });
});

test('full text and summary are kept apart, under whatever prefix', async () => {
  const item =
    '<item><title>A</title><description>short</description><c:encoded><![CDATA[<p>long body</p>]]></c:encoded></item>';
  expect(await firstItem(rss(item, 'xmlns:c="http://purl.org/rss/1.0/modules/content/"'))).toMatchObject({
    summary: 'short',
    content: 'long body',
  });
});

test('where a feed does not name its language, the server may', async () => {
  const parsed = await parseFeed(Buffer.from(rss(ITEM)), { contentLanguage: 'ko' });
  expect(parsed).toMatchObject({ feed: { language: 'ko' } });
});

test('a text of any length is kept to 65,536 characters', async () => {
  expect((await firstItem(rss(ITEM.replace('>d<', `>${'x'.repeat(100_000)}<`)))).summary).toHaveLength(
    65_536,
  );
});

test('an aggregator names the house that wrote an item', async () => {
  const item = '<item><title>A</title><source url="https://paper.example">The Paper</source></item>';
  expect((await firstItem(rss(item))).origin).toEqual({ name: 'The Paper', url: 'https://paper.example' });
});

test('an empty channel is a feed without items', async () => {
  expect((await read(rss(''))).items).toEqual([]);
});

test.each([
  ['nothing', '', 'the document is empty'],
  ['blanks', ' \n ', 'the document is empty'],
  [
    'a web page',
    '<!doctype html><html><head><title>x</title></head><body><p>hi</p></body></html>',
    'an HTML page, not a feed',
  ],
  ['other XML', '<?xml version="1.0"?><svg/>', 'XML, but not a feed'],
  ['other JSON', '{"a": 1}', 'JSON, but not a JSON Feed'],
  ['broken JSON', '{"items": [', 'JSON, but not a JSON Feed'],
  ['words', 'Service unavailable', 'not a feed'],
  ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000', 'a picture or other binary data, not a feed'],
])('%s is refused with a reason', async (_, text, reason) => {
  expect(await parseFeed(Buffer.from(text, 'latin1'))).toEqual({ kind: 'failed', reason });
});

test('whatever bytes come, it returns', async () => {
  const feed = Buffer.from(rss(ITEM.repeat(3)) + atom(ENTRY.repeat(3)));
  let random = 7;
  const next = (below: number) => (random = (random * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 500; round += 1) {
    const bytes = Buffer.from(feed);
    for (let change = 0; change < 20; change += 1) bytes[next(bytes.length)] = next(256);
    const parsed = await parseFeed(bytes.subarray(next(bytes.length)), { contentType: 'text/xml' });
    expect(['feed', 'failed']).toContain(parsed.kind);
  }
});

const SHARED = '../shared/data/feedparser-tests';

test.skipIf(!existsSync(SHARED))("feedparser's own test files are all read as feeds but one", async () => {
  const lines = readFileSync(`${SHARED}/manifest.jsonl`, 'utf8').trim().split('\n');
  const refused: string[] = [];
  for (const line of lines) {
    const { file, contentType, url } = JSON.parse(line) as {
      file: string;
      contentType: string;
      url: string | null;
    };
    const parsed = await parseFeed(readFileSync(`${SHARED}/tests/${file}`), {
      contentType,
      url: url ?? undefined,
    });
    if (parsed.kind === 'failed') refused.push(file);
  }
  expect(refused.length).toBeLessThanOrEqual(1);
});
