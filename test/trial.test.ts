import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFeed } from '../src/feeds/parse.ts';
import { tryFeed } from '../src/feeds/trial.ts';
import { guardedFor } from './doubles/guarded.ts';
import { startWeb, type Web } from './doubles/web.ts';

const rss = `<rss version="2.0"><channel><title>The Lamp</title><language>en</language>
  <item><title>Old</title><pubDate>Mon, 21 Oct 2024 08:00:00 GMT</pubDate></item>
  <item><title>New</title><pubDate>Tue, 22 Oct 2024 08:00:00 GMT</pubDate></item></channel></rss>`;
const page =
  '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>';
const lamp = {
  kind: 'feed',
  title: 'The Lamp',
  language: 'en',
  items: 2,
  newest: new Date('2024-10-22T08:00Z'),
};

let web: Web;
beforeAll(async () => {
  web = await startWeb({
    '/rss': { headers: { etag: '"1"' }, body: rss },
    '/plain': { body: rss },
    '/page': { headers: { 'content-type': 'text/html' }, body: page },
    '/moved': { status: 301, headers: { location: '/rss' } },
    '/passing': { status: 302, headers: { location: '/rss' } },
    '/page-without': { body: '<html><body>Hello</body></html>' },
    '/page-lying': { body: page.replace('"/rss"', '"/missing"') },
    '/wall': { body: '<html><title>Just a moment...</title></html>' },
    '/page-with-login': { headers: { 'content-type': 'text/html' }, body: `${page}<input type="password">` },
  });
});
afterAll(() => web.close());

test.each([
  ['/rss', '/rss', true],
  ['/plain', '/plain', false],
  ['/page', '/rss', true],
  ['/page-with-login', '/rss', true],
  ['/moved', '/rss', true],
  ['/passing', '/passing', true],
])('%s leads to the feed at %s', async (path, url, hasValidators) => {
  expect(await tryPath(path)).toMatchObject({ ...lamp, url: `${web.http()}${url}`, hasValidators });
});

test.each([
  ['/missing', 'the server answered with status 404'],
  ['/page-without', 'an HTML page, not a feed'],
  ['/page-lying', 'a web page, and the feeds that it names cannot be read'],
  ['/wall', 'a login or a test for robots stands in the way'],
])('%s is none, with a reason', async (path, reason) => {
  expect(await tryPath(path)).toMatchObject({ kind: 'none', reason });
});

test('SSRF: what a page names is asked for by the guarded client only', async () => {
  web.play('/inward', { body: page.replace('"/rss"', '"http://169.254.169.254/rss"') });
  expect(await tryPath('/inward')).toMatchObject({ kind: 'none' });
});

function tryPath(path: string) {
  return tryFeed(`${web.http()}${path}`, { fetch: guardedFor(web).fetch, parse: parseFeed });
}
