import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeGuardedFetch } from '../src/feeds/http.ts';
import { networks, redacted } from '../src/feeds/web/address.ts';
import { guardedFor, textOf } from './doubles/guarded.ts';
import { namesFor } from './doubles/names.ts';
import { startWeb, type Web } from './doubles/web.ts';

let web: Web;

beforeAll(async () => {
  web = await startWeb({ '/': { body: 'SECRET' } });
});
afterAll(() => web.close());

const privateForms = [
  '127.0.0.1',
  'localhost',
  '2130706433',
  '0x7f.1',
  '017700000001',
  '127.1',
  '0.0.0.0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '127.0.0.1.',
  '①②⑦.0.0.1',
  'evil.test',
  'evil6.test',
  'mapped.test',
  'mixed.test',
];
/** Not every machine has IPv6. */
const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
const reachableForms = privateForms.filter((form) => hasIpv6 || !/^\[::1?\]$|6\./.test(form));

const evilNames = namesFor({
  'evil.test': ['127.0.0.1'],
  'evil6.test': ['::1'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'mixed.test': ['127.0.0.2', '127.0.0.1'],
});
const thisMachine = ['127.0.0.1/32', '::1/128', '::/128', '0.0.0.0/8'];

test.each(privateForms)(
  'SSRF: http and https to %s are refused, and nothing is asked there',
  async (host) => {
    const { fetch, asked } = guardedFor(web, {
      lookup: evilNames,
      blocked: networks([...thisMachine, '127.0.0.2/32']),
    });
    for (const address of [web.http(host), web.https(host)]) {
      const answer = await fetch(`${address}/`);
      expect(answer).toMatchObject({ kind: 'none', code: 'blocked' });
    }
    expect(asked()).toBe(0);
  },
);

test.each(reachableForms)(
  'without a block list %s would be reached, so the test above shows the guard',
  async (host) => {
    const { fetch } = guardedFor(web, { lookup: evilNames, blocked: networks(['10.0.0.0/8']) });
    const answer = await fetch(`${web.http(host)}/`);
    expect(textOf(answer)).toBe('SECRET');
  },
);

test.each([
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '[fd00::1]',
  '[fe80::1]',
  '[64:ff9b::7f00:1]',
  '[::7f00:1]',
  '[::ffff:0:7f00:1]',
  '[2002:7f00:1::]',
  '[3fff::1]',
])('SSRF: %s is refused as it comes, without any setting', async (host) => {
  const fetch = makeGuardedFetch({ userAgent: 'Tumen/test' });
  for (const scheme of ['http', 'https']) {
    expect(await fetch(`${scheme}://${host}/`)).toMatchObject({ kind: 'none', code: 'blocked' });
  }
});

test('SSRF: loopback is refused without the setting for tests', async () => {
  const fetch = makeGuardedFetch({ userAgent: 'Tumen/test' });
  expect(await fetch('http://127.0.0.1:8080/')).toMatchObject({ code: 'blocked' });
  expect(await fetch('https://localhost/')).toMatchObject({ code: 'blocked' });
});

test.each([
  ['a private address', () => `${web.http('127.0.0.1')}/`, 'blocked'],
  ['a private address over https', () => `${web.https('127.0.0.1')}/`, 'blocked'],
  ['an IPv4-mapped private address', () => `${web.http('[::ffff:127.0.0.1]')}/`, 'blocked'],
  ['a name for a private address', () => `${web.https('evil.test')}/`, 'blocked'],
  ['a file', () => 'file:///etc/passwd', 'address'],
  ['gopher', () => 'gopher://127.0.0.1/', 'address'],
  ['data', () => 'data:text/plain,x', 'address'],
  [
    'an address with a password',
    () => `${web.http('127.0.0.2').replace('//', '//user:secret@')}/`,
    'redirect',
  ],
])('SSRF: a redirect to %s is not followed', async (_, target, code) => {
  web.play('/elsewhere', { status: 302, headers: { location: target() } });
  const { fetch, asked } = guardedFor(web, { lookup: evilNames, blocked: networks(thisMachine) });
  expect(await fetch(`${web.http('127.0.0.2')}/elsewhere`)).toMatchObject({ kind: 'none', code });
  expect(asked()).toBe(1);
});

test.each(['http', 'https'] as const)(
  'SSRF: a name that turns private after its first look-up is refused (%s)',
  async (scheme) => {
    let lookups = 0;
    const flipping = namesFor({ 'news.test': () => [(lookups += 1) === 1 ? '127.0.0.2' : '127.0.0.1'] });
    const { fetch } = guardedFor(web, { lookup: flipping, blocked: networks(thisMachine) });
    const close = { headersFor: () => ({ connection: 'close' }) };
    expect(textOf(await fetch(`${web[scheme]('news.test')}/`, close))).toBe('SECRET');
    expect(await fetch(`${web[scheme]('news.test')}/`, close)).toMatchObject({ code: 'blocked' });
  },
);

test('only the ports of the web are asked', async () => {
  const fetch = makeGuardedFetch({ userAgent: 'Tumen/test' });
  expect(await fetch('http://example.org:22/')).toMatchObject({
    code: 'address',
    reason: 'port 22 is not visited',
  });
});

test.each([
  ['https://news.example/feed?page=2', 'https://news.example/feed?page=2'],
  ['https://reader:pass@news.example/feed', 'https://news.example/feed'],
  ['https://news.example/feed?api_key=abc&page=2', 'https://news.example/feed?api_key=%E2%80%A6&page=2'],
  ['https://news.example/feed?token=abc', 'https://news.example/feed?token=%E2%80%A6'],
  ['http//reader:pass@broken', 'http//broken'],
])('%s is shown without what is secret', (address, shown) => {
  expect(redacted(address)).toBe(shown);
});
