import { expect, test } from 'vitest';

import { discoverFeeds } from '../src/feeds/discover.ts';

test('declared feeds come first, then links that look like feeds', () => {
  const html = `<html><head>
    <link rel="stylesheet" href="/style.css">
    <link rel="alternate" type="application/rss+xml" title="World &amp; news" href="/world.xml">
    <link rel="alternate" hreflang="fr" href="/fr/">
    <link rel="alternate" type="application/feed+json" href="https://lighthouse.example/feed.json">
    </head><body><a href="/rss">RSS</a><a href="/feedback">Feedback</a><a href="world.xml">again</a></body></html>`;

  expect(discoverFeeds(html, 'https://lighthouse.example/')).toEqual([
    { url: 'https://lighthouse.example/world.xml', title: 'World & news', declared: true },
    { url: 'https://lighthouse.example/feed.json', declared: true },
    { url: 'https://lighthouse.example/rss', declared: false },
  ]);
});

test('addresses count from the base that the page sets', () => {
  const html =
    '<base href="https://static.example/x/"><link rel=alternate type=application/atom+xml href=atom>';
  expect(discoverFeeds(html, 'https://lighthouse.example/')[0]?.url).toBe('https://static.example/x/atom');
});

test('a page without feeds has none', () => {
  expect(discoverFeeds('<p>hi</p><a href="javascript:feed/">x</a>', 'https://lighthouse.example/')).toEqual(
    [],
  );
});
