import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchFeed, type Fetched } from '../src/feeds/poll.ts';
import { newFeedState } from '../src/feeds/politeness.ts';
import type { FeedState } from '../src/feed-state.ts';
import { aFeed } from './builders.ts';
import { guardedFor } from './doubles/guarded.ts';
import { namesFor } from './doubles/names.ts';
import { startWeb, type Scene, type Web } from './doubles/web.ts';

const rss = '<?xml version="1.0"?><rss version="2.0"><channel><title>OK</title></channel></rss>';
const now = new Date('2024-10-23T12:00:00Z');
const httpNow = 'Wed, 23 Oct 2024 12:00:00 GMT';
const etag = 'W/"abc-gzip"';
const lastModified = 'wednesday, 23-oct-24 08:00:00 GMT';

let web: Web;

beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

test('row 1: the first fetch is unconditional, a later one is not', async () => {
  await visit({ body: rss, headers: { etag } });
  expect(sent()).not.toHaveProperty('if-none-match');
  expect(sent()).not.toHaveProperty('if-modified-since');
  await visit({ status: 304 }, known({ etag }));
  expect(sent()).toMatchObject({ 'if-none-match': etag });
});

test('rows 2, 3 and 4: validators go back byte for byte, both of them', async () => {
  const fetched = await visit({ body: rss, headers: { etag, 'last-modified': lastModified } });
  expect(fetched).toMatchObject({ validators: { etag, lastModified, url: feedUrl() } });
  await visit({ status: 304 }, known({ etag, lastModified }));
  expect(sent()).toMatchObject({ 'if-none-match': etag, 'if-modified-since': lastModified });
});

test('row 4: an empty validator is none', async () => {
  const fetched = await visit({ body: rss, headers: { etag: '', 'last-modified': '' } });
  expect(fetched).not.toHaveProperty('validators');
});

test('rows 5 and 8: the same bytes again are "unchanged", with the new validators', async () => {
  const { bodyHash } = (await visit({ body: rss })) as { bodyHash: string };
  const again = await visit({ body: rss, headers: { etag: '"new"' } }, { ...known(), bodyHash });
  expect(again).toMatchObject({ kind: 'unchanged', how: 'same-body', validators: { etag: '"new"' } });
});

test('row 6: a 304 brings validators and freshness up to date, and keeps what it does not mention', async () => {
  const scene = { status: 304, headers: { etag: '"next"', 'cache-control': 'max-age=7200' } };
  const fetched = await visit(scene, known({ etag, lastModified }));
  expect(fetched).toMatchObject({
    kind: 'unchanged',
    how: 'not-modified',
    freshSeconds: 7200,
    validators: { etag: '"next"', lastModified },
  });
});

test('row 9: validators are not sent to another address than the one that issued them', async () => {
  const state = { ...known(), validators: { url: 'https://elsewhere.example/feed', etag } };
  await visit({ body: rss }, state);
  expect(sent()).not.toHaveProperty('if-none-match');
});

test('row 9: after a redirect they belong to the address that answered, and go there only', async () => {
  web.play('/final', { body: rss, headers: { etag } });
  const scene = { status: 302, headers: { location: '/final' } };
  const fetched = await visit(scene);
  const validators = { url: `${web.http()}/final`, etag };
  expect(fetched).toMatchObject({ validators, finalUrl: validators.url });
  await visit(scene, { ...known(), validators });
  expect(web.seen.at(-2)?.headers).not.toHaveProperty('if-none-match');
  expect(sent()).toMatchObject({ 'if-none-match': etag });
});

test('row 11: a feed that is "not changed" against its habit is asked for whole once', async () => {
  const rhythm = { itemsPerDay: 20, longestGapHours: 10 };
  const stuck = { ...known({ etag }), rhythm, lastCopy: daysAgo(8) };
  await visit({ body: rss }, stuck);
  expect(sent()).not.toHaveProperty('if-none-match');
  await visit({ status: 304 }, { ...stuck, lastCopy: daysAgo(6) });
  expect(sent()).toHaveProperty('if-none-match');
  await visit({ status: 304 }, { ...stuck, rhythm: { itemsPerDay: 0.1, longestGapHours: 24 * 20 } });
  expect(sent()).toHaveProperty('if-none-match');
});

test.each([
  ['max-age', { 'cache-control': 'private, max-age=600' }, 600],
  ['max-age less Age', { 'cache-control': 'max-age=600', age: '100' }, 500],
  [
    'Expires seen from the server’s clock',
    { date: 'Wed, 23 Oct 2024 15:00:00 GMT', expires: 'Wed, 23 Oct 2024 15:10:00 GMT' },
    600,
  ],
  ['max-age before Expires', { 'cache-control': 'max-age=60', expires: 'Thu, 24 Oct 2024 12:00:00 GMT' }, 60],
  ['no-cache', { 'cache-control': 'no-cache, max-age=600' }, 0],
  ['an Expires that is no date', { expires: '0' }, 0],
  ['nothing, not even from Last-Modified', { 'last-modified': 'Wed, 23 Oct 2019 12:00:00 GMT' }, undefined],
])('rows 12, 14, 15 and 54: freshness from %s', async (_, headers, seconds) => {
  const fetched = await visit({ body: rss, headers: { date: httpNow, ...headers } });
  expect('freshSeconds' in fetched ? fetched.freshSeconds : undefined).toBe(seconds);
});

test.each([
  ['seconds', { 'retry-after': '120' }, 120],
  ['a date', { 'retry-after': 'Wed, 23 Oct 2024 12:10:00 GMT' }, 600],
  [
    'a date by the server’s own clock',
    { date: 'Wed, 23 Oct 2024 10:00:00 GMT', 'retry-after': 'Wed, 23 Oct 2024 10:10:00 GMT' },
    600,
  ],
  ['a date in the old form without a zone', { 'retry-after': 'Wed Oct 23 12:10:00 2024' }, 600],
  ['a date that is over', { 'retry-after': 'Wed, 23 Oct 2024 11:00:00 GMT' }, 0],
  ['far too many seconds', { 'retry-after': '99999999' }, 86_400],
  ['what is neither', { 'retry-after': 'soon' }, undefined],
])('rows 22 and 54: Retry-After as %s', async (_, headers, seconds) => {
  const fetched = await visit({ status: 503, headers: { date: httpNow, ...headers } });
  expect(fetched).toMatchObject({ kind: 'failed', status: 503 });
  expect(fetched.retryAfterSeconds).toBe(seconds);
});

test('row 22: Retry-After of a redirect counts too', async () => {
  web.play('/later', { body: rss });
  const fetched = await visit({ status: 302, headers: { location: '/later', 'retry-after': '3600' } });
  expect(fetched).toMatchObject({ kind: 'new', retryAfterSeconds: 3600 });
});

test('row 25: a robot test is named as one, and we do not pose as a browser to get past it', async () => {
  const fetched = await visit({
    status: 403,
    headers: { 'cf-mitigated': 'challenge' },
    body: '<html>wait</html>',
  });
  expect(fetched).toMatchObject({ kind: 'failed', status: 403, wall: 'challenge' });
  await visit({ body: rss }, known());
  expect(sent()['user-agent']).toMatch(/^Tumen\//);
});

test.each([
  ['a page', '<!DOCTYPE html><html><body>Our news</body></html>', 'page'],
  ['a login', '<html><form><input type="password"></form></html>', 'login'],
  ['a robot test', '<html><title>Just a moment...</title></html>', 'challenge'],
  ['a page that calls itself XML', '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html></html>', 'page'],
])('rows 29 and 49: %s with status 200 is no feed', async (_, body, wall) => {
  expect(await visit({ body, headers: { 'content-type': 'text/html' } })).toMatchObject({
    kind: 'failed',
    status: 200,
    wall,
  });
});

test.each([
  ['that calls itself HTML', rss, 'text/html'],
  ['whose first item tells of <html>', rss.replace('OK', '&lt;html> and <![CDATA[<html>]]>'), 'text/xml'],
  [
    'in JSON that quotes a page',
    '\ufeff{"version":"https://jsonfeed.org/version/1","a":"<!doctype html><html>"}',
    'text/html',
  ],
  ['in UTF-16', Buffer.from(`\ufeff${rss}`, 'utf16le'), 'text/html'],
])('a feed %s is a feed', async (_, body, type) => {
  expect(await visit({ body, headers: { 'content-type': type } })).toMatchObject({
    kind: 'new',
    contentType: type,
  });
});

test('row 26: 410 is "gone"', async () => {
  expect(await visit({ status: 410 })).toMatchObject({ kind: 'gone', status: 410 });
});

test.each([
  [404, 'there is nothing at this address (404)'],
  [500, 'the server has a fault of its own (500)'],
  [418, 'the server answered with status 418'],
  [204, 'the server answered with nothing at all'],
  [300, 'the server answered with status 300'],
])('status %i is a reason in words', async (status, reason) => {
  expect(await visit({ status })).toMatchObject({ kind: 'failed', status, reason });
});

test('a 304 that nobody asked for is a failure', async () => {
  expect(await visit({ status: 304 })).toMatchObject({ kind: 'failed', status: 304 });
});

test('an empty body is a failure, not an empty feed', async () => {
  expect(await visit({ body: ' \n' })).toMatchObject({ kind: 'failed', reason: 'the answer is empty' });
});

test.each([
  ['permanent all the way', [301, 308], '/hop2'],
  ['permanent at first', [301, 302], '/hop1'],
  ['passing at first', [302, 301], undefined],
  ['passing', [307], undefined],
])('rows 29 and 30: redirects that are %s', async (_, statuses, target) => {
  statuses.forEach((status, index) =>
    web.play(index === 0 ? '/feed' : `/hop${index}`, { status, headers: { location: `/hop${index + 1}` } }),
  );
  web.play(`/hop${statuses.length}`, { body: rss });
  const fetched = await fetchFeed(aFeed({ url: feedUrl() }), known(), guardedFor(web).fetch, () => now);
  const expected = target === undefined ? undefined : `${web.http()}${target}`;
  expect('permanentUrl' in fetched ? fetched.permanentUrl : undefined).toBe(expected);
});

test('row 29: a proven new address is visited instead of the old one, as long as the old one stands in the list', async () => {
  web.play('/new-home', { body: rss });
  const moved = { ...known(), moved: { from: feedUrl(), to: `${web.http()}/new-home` } };
  expect(await visit({ status: 500 }, moved)).toMatchObject({
    kind: 'new',
    finalUrl: `${web.http()}/new-home`,
  });
  expect(
    await visit({ body: rss }, { ...moved, moved: { ...moved.moved, from: 'https://before.example/' } }),
  ).toMatchObject({ finalUrl: feedUrl() });
});

test('rows 41, 42 and 43: one GET that prefers feeds, and nothing besides', async () => {
  const before = web.seen.length;
  await visit({ body: rss, headers: { 'set-cookie': 'a=b' } });
  await visit({ body: rss }, known({ etag }));
  expect(web.seen.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /feed',
    'GET /feed',
  ]);
  expect(sent().accept).toMatch(/^application\/atom\+xml, .*\*\/\*;q=0\.1$/);
  expect(Object.keys(sent())).not.toEqual(expect.arrayContaining(['cookie']));
  expect(Object.keys(sent())).not.toEqual(expect.arrayContaining(['referer']));
});

test('row 44: links are relative to the address that answered, or to its Content-Location on the same host', async () => {
  web.play('/2024/feed', { body: rss });
  expect(await visit({ status: 302, headers: { location: '/2024/feed' } })).toMatchObject({
    baseUrl: `${web.http()}/2024/feed`,
  });
  expect(await visit({ body: rss, headers: { 'content-location': '/en/feed.xml' } })).toMatchObject({
    baseUrl: `${web.http()}/en/feed.xml`,
  });
  expect(await visit({ body: rss, headers: { 'content-location': 'https://evil.example/' } })).toMatchObject({
    baseUrl: feedUrl(),
  });
});

test('row 48: a server that offers only what is new may send that', async () => {
  const fetched = await visit(
    { status: 226, headers: { im: 'feed', etag: '"b"' }, body: rss },
    known({ etag: '"a"' }),
  );
  expect(sent()).toMatchObject({ 'a-im': 'feed' });
  expect(fetched).toMatchObject({ kind: 'new', partial: true, validators: { etag: '"b"' } });
});

test('a feed that breaks off in the middle is a failure, one whose length is wrong is not', async () => {
  expect(await visit(announcing(rss.slice(0, 40)))).toMatchObject({
    kind: 'failed',
    reason: 'the answer broke off after 40 bytes',
  });
  const whole = await visit(announcing(rss));
  expect(whole.kind).toBe('new');
  expect(whole).not.toHaveProperty('validators');
});

test('row 55: every outcome tells status, bytes and time', async () => {
  const times = [now, new Date(now.getTime() + 250)];
  web.play('/feed', { body: rss });
  const fetched = await fetchFeed(
    aFeed({ url: feedUrl() }),
    known(),
    guardedFor(web).fetch,
    () => times.shift() ?? now,
  );
  expect(fetched).toMatchObject({ status: 200, wireBytes: rss.length, milliseconds: 250 });
});

test('no answer is a reason with a name', async () => {
  const feed = aFeed({ url: 'http://nowhere.invalid/feed' });
  const { fetch } = guardedFor(web, { lookup: namesFor({ 'nowhere.invalid': [] }) });
  expect(await fetchFeed(feed, known(), fetch, () => now)).toEqual({
    kind: 'failed',
    code: 'name',
    reason: 'no answer: the name nowhere.invalid cannot be found',
    wireBytes: 0,
    milliseconds: 0,
  });
});

/** A body that breaks off 50 bytes before the end that was announced. */
function announcing(body: string): Scene {
  return (response) => {
    response.writeHead(200, { 'content-length': body.length + 50, etag });
    response.write(body);
    setTimeout(() => response.destroy(), 10);
  };
}

function visit(scene: Scene, state: FeedState = known()): Promise<Fetched> {
  web.play('/feed', scene);
  return fetchFeed(aFeed({ url: feedUrl() }), state, guardedFor(web).fetch, () => now);
}

function known(validators?: { etag?: string; lastModified?: string }): FeedState {
  const state = newFeedState('feed', now);
  return validators === undefined ? state : { ...state, validators: { url: feedUrl(), ...validators } };
}

function feedUrl(): string {
  return `${web.http()}/feed`;
}

function sent() {
  return web.seen.at(-1)?.headers ?? {};
}

function daysAgo(days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
