import { expect, test } from 'vitest';

import { readArticle, readPage, type ReadPage } from '../src/feeds/article.ts';

const paragraphs = Array.from(
  { length: 6 },
  (_, index) =>
    `<p>Paragraph ${index}: a train with ${index + 12} wagons crossed the bridge at Khasan, residents of the border town said, and it did not stop before the evening.</p>`,
).join('');

function page(body: string, head = ''): Buffer {
  return Buffer.from(
    `<!doctype html><html lang="en-GB"><head><title>Trains | Lighthouse</title>${head}</head><body><nav><a href="/">Home</a><a href="/world">World</a></nav>${body}<footer>All rights reserved</footer></body></html>`,
  );
}

function jsonLd(data: object): string {
  return `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
}

function article(read: ReadPage): Extract<ReadPage, { kind: 'article' }> {
  if (read.kind === 'failed') throw new Error(read.reason);
  return read;
}

test('an article is found among navigation, advertising and footers', () => {
  const body = `<main><article><h1>Trains cross again</h1>${paragraphs}<p>Read also</p><p>A ship sinks</p></article></main>`;
  const { title, text, language, sections } = article(readPage(page(body)));

  expect(title).toBe('Trains cross again');
  expect(text.split('\n')).toHaveLength(6);
  expect(text).not.toMatch(/Home|rights|ship/);
  expect(language).toBe('en-GB');
  expect(sections).toEqual([]);
});

test('what a page declares is believed', () => {
  const head =
    '<link rel="canonical" href="/trains">' +
    jsonLd({
      '@graph': [
        {
          '@type': 'NewsArticle',
          headline: 'Trains cross again',
          datePublished: '2024-10-23T09:00:00+02:00',
          author: [{ name: 'A. Writer' }],
        },
      ],
    });
  const read = article(
    readPage(page(`<article>${paragraphs}</article>`, head), { url: 'https://lighthouse.example/x?y=1' }),
  );

  expect(read).toMatchObject({
    title: 'Trains cross again',
    author: 'A. Writer',
    published: new Date('2024-10-23T07:00:00Z'),
    url: 'https://lighthouse.example/trains',
  });
});

test('the charset of a page is found as that of a feed', () => {
  const html = page(
    `<article><h1>Séoul</h1>${paragraphs.replaceAll('Khasan', 'Khassàn')}</article>`,
    '<meta charset="iso-8859-1">',
  );
  const latin = Buffer.from(html.toString('utf8'), 'latin1');
  expect(article(readPage(latin)).text).toContain('Khassàn');
});

test('a live blog is split by its data', () => {
  const updates = [2, 1, 0].map((index) => ({
    '@type': 'BlogPosting',
    headline: `Update ${index}`,
    articleBody: `<p>A train with ${index + 12} wagons crossed the bridge, residents of the border town said on the telephone to this paper.</p>`,
    datePublished: `2024-10-23T0${index + 7}:00:00Z`,
    url: `https://lighthouse.example/live#${index}`,
  }));
  const data = jsonLd({ '@type': 'LiveBlogPosting', headline: 'Live', liveBlogUpdate: updates });
  const { sections, text } = article(readPage(page(`<article>${paragraphs}</article>`, data)));

  expect(sections).toHaveLength(3);
  expect(sections[0]).toEqual({
    title: 'Update 2',
    text: 'A train with 14 wagons crossed the bridge, residents of the border town said on the telephone to this paper.',
    published: new Date('2024-10-23T09:00:00Z'),
    url: 'https://lighthouse.example/live#2',
  });
  expect(text).toContain('Update 0\nA train with 12 wagons');
});

test('a live blog is split by its markup', () => {
  const entries = [2, 1, 0].map(
    (index) =>
      `<section><header><time datetime="2024-10-23T0${index + 7}:00:00Z">x</time><h3>Update ${index}</h3></header><p>A train with ${index + 12} wagons crossed the bridge, residents of the border town said on the telephone to this paper.</p></section>`,
  );
  const { sections } = article(readPage(page(`<main><h1>Live</h1><div>${entries.join('')}</div></main>`)));
  expect(sections.map(({ title, published }) => [title, published?.toISOString()])).toEqual([
    ['Update 2', '2024-10-23T09:00:00.000Z'],
    ['Update 1', '2024-10-23T08:00:00.000Z'],
    ['Update 0', '2024-10-23T07:00:00.000Z'],
  ]);
});

test('an article with one date and a list of dated links is no live blog', () => {
  const links = [1, 2, 3, 4].map(
    (index) => `<li><time datetime="2024-10-2${index}">x</time><a href="/${index}">Another headline</a></li>`,
  );
  const body = `<article><header><time datetime="2024-10-23">x</time></header>${paragraphs}</article><aside><ul>${links.join('')}</ul></aside>`;
  expect(article(readPage(page(body))).sections).toEqual([]);
});

test.each([
  ['an empty page', page(''), 'the page holds no article'],
  ['a page of links', page('<ul><li><a href="/a">A</a></li></ul>'), 'the page holds no article'],
  ['no page', Buffer.from('hello'), 'not a web page'],
  ['nothing', Buffer.from(''), 'not a web page'],
  ['a huge page', Buffer.from(`<p>${'x'.repeat(3_100_000)}`), 'the page is longer than 3000000 characters'],
])('%s gives a reason', (_, bytes, reason) => {
  expect(readPage(bytes)).toEqual({ kind: 'failed', reason });
});

test('a saved page is read as an article, with the date that it declares', () => {
  const html = page(
    `<article>${paragraphs}</article>`,
    '<meta property="article:published_time" content="2024-10-23">',
  );
  const { text, published, moment } = readArticle(html.toString());

  expect(text.split('\n')).toHaveLength(6);
  expect(published).toEqual({ start: '2024-10-23', end: '2024-10-23', precision: 'day' });
  expect(moment).toBeUndefined();
});

test.each([
  ['plain text', 'A ship docked.\n[ad_2]\nIt left.'],
  ['a piece of HTML', '<p>A ship docked.</p><p>It left.</p>'],
  ['a page with little in it', '<html><body><p>A ship docked.</p><p>It left.</p></body></html>'],
])('%s is cleaned as it is', (_, raw) => {
  expect(readArticle(raw).text).toBe('A ship docked.\nIt left.');
});
