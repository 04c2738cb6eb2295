import { expect, test } from 'vitest';

import { canonicalUrl, isFrontPage } from '../src/feeds/canonical-url.ts';

test.each([
  ['the protocol', 'http://paper.example/a', 'https://paper.example/a'],
  ['www', 'https://www.paper.example/a', 'https://paper.example/a'],
  ['numbered www', 'https://www3.paper.example/a', 'https://paper.example/a'],
  ['the mobile host', 'https://m.paper.example/a', 'https://www.paper.example/a'],
  ['the closing slash', 'https://paper.example/a/', 'https://paper.example/a'],
  ['the index page', 'https://paper.example/a/index.html', 'https://paper.example/a'],
  [
    'campaign parameters',
    'https://paper.example/a?utm_source=rss&utm_medium=feed',
    'https://paper.example/a',
  ],
  ['click identifiers', 'https://paper.example/a?fbclid=x1&gclid=2', 'https://paper.example/a'],
  [
    'the way of the reader',
    'https://paper.example/a?ref=rss&source=feed&mc_cid=2',
    'https://paper.example/a',
  ],
  ['the order of parameters', 'https://paper.example/a?b=2&a=1', 'https://paper.example/a?a=1&b=2'],
  ['the fragment', 'https://paper.example/a#:~:text=x', 'https://paper.example/a'],
  ['percent signs', 'https://paper.example/%D0%BA', 'https://paper.example/к'],
  ['an AMP directory', 'https://paper.example/2024/02/a/amp', 'https://paper.example/2024/02/a'],
  ['an AMP directory in the middle', 'https://paper.example/Read/Amp/A20', 'https://paper.example/Read/A20'],
  ['an AMP page', 'https://paper.example/a_amp.html', 'https://paper.example/a.html'],
  ['an AMP parameter', 'https://paper.example/a/?outputType=amp', 'https://paper.example/a/'],
  ['the usual port', 'https://paper.example:443/a', 'https://paper.example/a'],
])('%s makes no other page', (_, one, other) => {
  expect(canonicalUrl(one)).toBe(canonicalUrl(other));
});

test.each([
  ['another path', 'https://paper.example/a', 'https://paper.example/b'],
  ['another number', 'https://paper.example/view?id=1', 'https://paper.example/view?id=2'],
  [
    'an article number under a name often used for tracking',
    'https://paper.example/view?cid=120045',
    'https://paper.example/view?cid=120046',
  ],
  ['another host', 'https://en.paper.example/a', 'https://fr.paper.example/a'],
  ['a word that begins with amp', 'https://paper.example/ampoule', 'https://paper.example/oule'],
])('%s is another page', (_, one, other) => {
  expect(canonicalUrl(one)).not.toBe(canonicalUrl(other));
});

test.each(['mailto:a@paper.example', 'urn:x', 'not an address', ''])('%s is no web address', (text) => {
  expect(canonicalUrl(text)).toBeUndefined();
});

test('a front page is told from a page', () => {
  expect(isFrontPage('https://www.paper.example/')).toBe(true);
  expect(isFrontPage('https://paper.example/a')).toBe(false);
  expect(isFrontPage('https://paper.example/?p=12')).toBe(false);
});
