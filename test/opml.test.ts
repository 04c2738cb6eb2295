import { expect, test } from 'vitest';
import { readOpml, writeOpml, type Outline } from '../src/feeds/opml.ts';

const feeds: readonly Outline[] = [
  {
    title: 'Light & "Shade" <daily>',
    url: 'https://light.example/feed?a=1&b=2',
    site: 'https://light.example/',
    language: 'en',
    folders: ['Press', 'Europe'],
  },
  { title: 'Дзвін', url: 'https://dzvin.example/rss', folders: ['Press'] },
  { title: 'Plain', url: 'http://plain.example/', folders: [] },
];

test('what is written is read back', () => {
  const text = writeOpml('My <feeds>', feeds, new Date('2024-10-23T12:00:00Z'));
  expect(readOpml(text)).toEqual(feeds);
  expect(text).toContain('<dateCreated>Wed, 23 Oct 2024 12:00:00 GMT</dateCreated>');
});

test.each([
  [
    'names in other case, no title',
    '<opml><body><OUTLINE TYPE="rss" XMLURL="https://a.example/f" TEXT="A"/></body></opml>',
    [{ title: 'A', url: 'https://a.example/f', folders: [] }],
  ],
  [
    'no names at all',
    '<outline xmlUrl="https://a.example/f"/>',
    [{ title: 'a.example', url: 'https://a.example/f', folders: [] }],
  ],
  [
    'the feed: scheme',
    '<outline text="A" xmlUrl="feed://a.example/f"/><outline text="B" xmlUrl="feed:https://b.example/"/>',
    [
      { title: 'A', url: 'http://a.example/f', folders: [] },
      { title: 'B', url: 'https://b.example/', folders: [] },
    ],
  ],
  [
    'the same feed twice',
    '<outline text="A" xmlUrl="https://a.example/"/><outline text="B" xmlUrl="https://a.example/"/>',
    [{ title: 'A', url: 'https://a.example/', folders: [] }],
  ],
  [
    'what is no web address',
    '<outline text="A" xmlUrl="javascript:alert(1)"/><outline text="B" xmlUrl="file:///etc/passwd"/>',
    [],
  ],
  [
    'a folder that is not closed',
    '<outline text="Folder"><outline text="A" xmlUrl="https://a.example/"/>',
    [{ title: 'A', url: 'https://a.example/', folders: ['Folder'] }],
  ],
  ['something else', '<html><body>no</body></html>', []],
  ['nothing', '', []],
])('reads %s', (_, text, expected) => {
  expect(readOpml(text)).toEqual(expected);
});

test('rubbish is read as nothing, never thrown', () => {
  expect(readOpml('\u0000\ud800<outline'.repeat(1000))).toEqual([]);
});
