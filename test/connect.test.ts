import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { networks } from '../src/feeds/web/address.ts';
import { guardedFor, textOf } from './doubles/guarded.ts';
import { namesFor } from './doubles/names.ts';
import { startProxy, type Proxy } from './doubles/web-proxy.ts';
import { startWeb, type Web } from './doubles/web.ts';

/** Stands for a public address; the proxy knows where it really is. */
const PUBLIC = '198.18.0.7';

let web: Web;
let proxy: Proxy;

beforeAll(async () => {
  web = await startWeb({ '/': { body: 'through' } });
});
beforeEach(async () => {
  proxy = await startProxy({
    'news.test': '127.0.0.1',
    'inner.test': '127.0.0.1',
    'far.example.org': '127.0.0.1',
  });
  return () => proxy.close();
});
afterAll(() => web.close());

test('behind a proxy, http and https go through it', async () => {
  const fetch = behind(proxy, { 'news.test': [PUBLIC] });
  expect(textOf(await fetch(`${web.http('news.test')}/`))).toBe('through');
  expect(textOf(await fetch(`${web.https('news.test')}/`))).toBe('through');
  expect(proxy.asked).toEqual([
    `GET ${web.http('news.test')}/`,
    `CONNECT ${new URL(web.https('news.test')).host}`,
  ]);
});

test.each([
  ['a literal', '127.0.0.1'],
  ['an IPv6 literal', '[::1]'],
  ['a name', 'inner.test'],
  ['a name with one private address among public ones', 'mixed.test'],
])('SSRF: behind a proxy, %s that leads inside is not even asked for', async (_, host) => {
  const fetch = behind(proxy, { 'inner.test': ['10.1.2.3'], 'mixed.test': [PUBLIC, '10.1.2.3'] });
  for (const address of [web.http(host), web.https(host)]) {
    expect(await fetch(`${address}/`)).toMatchObject({ kind: 'none', code: 'blocked' });
  }
  expect(proxy.asked).toEqual([]);
});

test('SSRF: behind a proxy, a redirect inside is not followed', async () => {
  web.play('/in', { status: 302, headers: { location: `${web.http('inner.test')}/` } });
  const fetch = behind(proxy, { 'news.test': [PUBLIC], 'inner.test': ['10.1.2.3'] });
  expect(await fetch(`${web.http('news.test')}/in`)).toMatchObject({ code: 'blocked' });
  expect(proxy.asked).toHaveLength(1);
});

test('behind a proxy, a name that cannot be looked up here is refused, unless the proxy is to do that', async () => {
  const names = { 'far.example.org': [], intranet: [], 'wiki.corp': [] };
  expect(await behind(proxy, names)('http://far.example.org/')).toMatchObject({ code: 'name' });
  expect(proxy.asked).toEqual([]);
  const trusting = guardedFor(web, { ...guard(names), proxy: proxy.url, proxyResolvesNames: true }).fetch;
  await trusting('http://far.example.org/');
  expect(await trusting('http://intranet/')).toMatchObject({ code: 'name' });
  expect(await trusting('http://wiki.corp/')).toMatchObject({ code: 'name' });
  expect(proxy.asked).toEqual(['GET http://far.example.org/']);
});

test('a proxy that is not there is a reason, not a stall', async () => {
  const fetch = guardedFor(web, { ...guard({ 'news.test': [PUBLIC] }), proxy: 'http://127.0.0.1:1' }).fetch;
  expect(await fetch(`${web.https('news.test')}/`)).toMatchObject({ kind: 'none' });
});

function behind({ url }: Proxy, names: Record<string, string[]>) {
  return guardedFor(web, { ...guard(names), proxy: url }).fetch;
}

function guard(names: Record<string, string[]>) {
  return { lookup: namesFor(names), blocked: networks(['127.0.0.0/8', '::1/128', '10.0.0.0/8']) };
}
