import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeGuardedFetch, stoppable, type FetchRequest } from '../src/feeds/http.ts';
import { guardedFor, textOf } from './doubles/guarded.ts';
import { namesFor } from './doubles/names.ts';
import { makeCertificate } from './doubles/web-certificate.ts';
import { startWeb, type Scene, type Web } from './doubles/web.ts';

const xml = '<rss version="2.0"><channel><title>OK</title></channel></rss>';

let web: Web;

beforeAll(async () => {
  web = await startWeb({ '/feed': { body: xml } });
});
afterAll(() => web.close());

test.each([
  ['stays silent', () => undefined],
  ['stops in the middle', (response) => void response.write('<rss')],
  ['drips', dripping],
  [
    'redirects and then stays silent',
    (response, request, number) => {
      if (number === 1) response.writeHead(302, { location: `${request.url}?again` }).end();
    },
  ],
] satisfies [string, Scene][])(
  'row 35: a server that %s is left at the deadline, connection closed',
  async (_, scene) => {
    const start = performance.now();
    web.play('/scene?again', () => undefined);
    const answer = await fetchScene(scene, { limits: { milliseconds: 300 } });
    expect(answer).toEqual({ kind: 'none', code: 'late', reason: 'no whole answer within 0.3 s' });
    expect(performance.now() - start).toBeGreaterThan(290);
  },
);

test('row 35: a body that trickles is left long before the deadline', async () => {
  const answer = await fetchScene(dripping, { limits: { patienceMs: 100 } });
  expect(answer).toMatchObject({ code: 'late', reason: 'the answer trickles in too slowly' });
});

test('row 32: five redirects are followed, a sixth is not', async () => {
  web.play('/end', { body: 'there' });
  for (let hop = 1; hop <= 6; hop += 1) {
    web.play(`/hop${hop}`, { status: 302, headers: { location: hop === 1 ? '/end' : `/hop${hop - 1}` } });
  }
  const { fetch } = guardedFor(web);
  const five = await fetch(`${web.http()}/hop5`);
  expect(textOf(five)).toBe('there');
  expect(five).toMatchObject({
    url: `${web.http()}/end`,
    hops: Array.from({ length: 5 }, () => ({ status: 302 })),
  });
  expect(await fetch(`${web.http()}/hop6`)).toMatchObject({ code: 'redirect' });
});

test('row 32: a loop is seen as soon as it closes', async () => {
  web.play('/round', { status: 301, headers: { location: '/about' } });
  web.play('/about', { status: 301, headers: { location: '/round' } });
  const { fetch, asked } = guardedFor(web);
  expect(await fetch(`${web.http()}/round`)).toMatchObject({
    code: 'redirect',
    reason: 'redirects that run in a circle',
  });
  expect(asked()).toBe(2);
});

test('row 32: never from https down to http', async () => {
  web.play('/down', { status: 302, headers: { location: `${web.http()}/feed` } });
  web.play('/up', { status: 302, headers: { location: `${web.https()}/feed` } });
  const { fetch } = guardedFor(web);
  expect(await fetch(`${web.https()}/down`)).toMatchObject({ code: 'redirect' });
  expect(textOf(await fetch(`${web.http()}/up`))).toBe(xml);
});

test('row 32: user and password of a feed go to its own host only, and in no address', async () => {
  web.play('/own', { status: 302, headers: { location: '/own2' } });
  web.play('/own2', { status: 302, headers: { location: `${web.http('127.0.0.2')}/own3` } });
  web.play('/own3', { body: 'there' });
  const { fetch } = guardedFor(web);
  const before = web.seen.length;
  const answer = await fetch(`${web.http().replace('//', '//reader:pass%20word@')}/own`);
  expect(JSON.stringify(answer)).not.toContain('pass');
  const secret = `Basic ${Buffer.from('reader:pass word').toString('base64')}`;
  expect(web.seen.slice(before).map(({ headers }) => headers.authorization)).toEqual([
    secret,
    secret,
    undefined,
  ]);
});

test('row 45: a certificate that is not trusted, expired or for another name is an error', async () => {
  const stranger = makeGuardedFetch({ userAgent: 'Tumen/test', allowLoopback: true });
  expect(await stranger(`${web.https()}/feed`)).toMatchObject({ kind: 'none', code: 'certificate' });
  const { fetch } = guardedFor(web, { lookup: namesFor({ 'wrong.test': ['127.0.0.1'] }) });
  expect(await fetch(`${web.https('wrong.test')}/feed`)).toMatchObject({
    code: 'certificate',
    reason: 'the certificate of wrong.test is for another name'.replace(
      'wrong.test',
      new URL(web.https('wrong.test')).host,
    ),
  });
  const old = await startWeb({ '/feed': { body: xml } }, makeCertificate(['localhost'], -2));
  const trusting = makeGuardedFetch({
    userAgent: 'Tumen/test',
    allowLoopback: true,
    certificates: old.certificate,
  });
  expect(await trusting(`${old.https()}/feed`)).toMatchObject({ code: 'certificate' });
  await old.close();
});

test('row 40: it says who it is, whom to write to, and for how many it reads', async () => {
  const { fetch } = guardedFor(web, {
    userAgent: 'Tumen/0.1.0',
    contact: 'https://desk.example',
    subscribers: () => 3,
  });
  await fetch(`${web.http()}/feed`);
  expect(web.seen.at(-1)?.headers['user-agent']).toBe('Tumen/0.1.0 (+https://desk.example; 3 subscribers)');
});

test.each([
  ['UTF-8', Buffer.from('/лента'), '/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0'],
  ['Latin-1', Buffer.from('/caf\u00e9', 'latin1'), '/caf%C3%A9'],
])('a redirect may be written in the letters of any language, as %s', async (_, location, path) => {
  web.play(path, { body: 'there' });
  const answer = await fetchScene((response) => {
    const head = 'HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: ';
    response.socket?.end(Buffer.concat([Buffer.from(head), location, Buffer.from('\r\n\r\n')]));
  });
  expect(answer).toMatchObject({ kind: 'answer', url: `${web.http()}${path}` });
});

test.each([
  ['no HTTP', 'what is this', 'does not answer in HTTP'],
  ['nothing', '', 'broke off the connection'],
  [
    'two lengths',
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
    'announced another length',
  ],
  [
    'chunks that are none',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nfoo\r\n',
    'does not answer in HTTP',
  ],
  [
    'a switch to another protocol',
    'HTTP/1.1 101 Go\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    'broke off the connection',
  ],
  ['100 for ever', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000), 'broke off the connection'],
  [
    'headers for ever',
    `HTTP/1.1 200 OK\r\n${`X: ${'a'.repeat(1000)}\r\n`.repeat(100)}`,
    'more headers than are read',
  ],
])('a server that sends %s ends as a sentence', async (_, bytes, reason) => {
  const answer = await fetchScene((response) => void response.socket?.end(bytes));
  expect(answer).toMatchObject({ kind: 'none', reason: expect.stringContaining(reason) as string });
});

test('row 42: no cookies, no referer, and the address as it was given', async () => {
  web.play('/a%2Fb?x=1&y=%C3%A9', { headers: { 'set-cookie': 'id=1' }, body: 'ok' });
  const { fetch } = guardedFor(web);
  await fetch(`${web.http()}/a%2Fb?x=1&y=%C3%A9#part`);
  await fetch(`${web.http()}/a%2Fb?x=1&y=%C3%A9`);
  const { path, method, headers } = web.seen.at(-1) ?? {};
  expect({ path, method }).toEqual({ path: '/a%2Fb?x=1&y=%C3%A9', method: 'GET' });
  expect(Object.keys(headers ?? {}).toSorted()).toEqual([
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
});

test('nothing is read of 204 and 304, and large headers are', async () => {
  expect(await fetchScene({ status: 204 })).toMatchObject({ status: 204, wireBytes: 0 });
  expect(await fetchScene({ status: 304, headers: { etag: '"x"' } })).toMatchObject({
    status: 304,
    wireBytes: 0,
  });
  expect(textOf(await fetchScene({ headers: { 'x-big': 'a'.repeat(30_000) }, body: xml }))).toBe(xml);
});

test.each([
  ['http://nowhere.invalid/', 'name', 'no answer: the name nowhere.invalid cannot be found'],
  ['http://127.0.0.1:1/', 'refused', 'no answer: 127.0.0.1:1 refuses the connection'],
  ['not an address', 'address', "'not an address' is not an address"],
  ['ftp://example.org/feed', 'address', "'ftp:' addresses are not visited"],
])('%s ends as a sentence', async (address, code, reason) => {
  const { fetch } = guardedFor(web, { lookup: namesFor({ 'nowhere.invalid': [] }) });
  expect(await fetch(address)).toEqual({ kind: 'none', code, reason });
});

test('a reason quotes a stranger shortly and harmlessly', async () => {
  const location = `http://<!channel>*${'x'.repeat(5000)}`;
  const answer = await fetchScene({ status: 302, headers: { location } });
  expect(answer.kind === 'none' && answer.reason).toMatch(/^'http:\/\/channelx{66}' is not an address$/);
});

test('a client that is stopped ends what it was asking for', async () => {
  const ending = new AbortController();
  web.play('/scene', () => ending.abort());
  const answer = await stoppable(guardedFor(web).fetch, ending.signal)(`${web.http()}/scene`);
  expect(answer.kind).toBe('none');
});

function dripping(response: ServerResponse): void {
  const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write(' ')), 20);
}

function fetchScene(scene: Scene, request: FetchRequest = {}) {
  web.play('/scene', scene);
  return guardedFor(web).fetch(`${web.http()}/scene`, request);
}
