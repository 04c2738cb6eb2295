import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FetchRequest } from '../src/feeds/http.ts';
import { guardedFor, textOf } from './doubles/guarded.ts';
import { startWeb, type Scene, type Web } from './doubles/web.ts';

const xml = `<rss version="2.0"><channel><title>OK</title>${'<item><title>A</title></item>'.repeat(50)}</channel></rss>`;

let web: Web;

beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

test.each([
  ['gzip', 'gzip', gzipSync(xml)],
  ['brotli', 'br', brotliCompressSync(xml)],
  ['zstd', 'zstd', zstdCompressSync(Buffer.from(xml))],
  ['deflate', 'deflate', deflateSync(xml)],
  ['raw deflate', 'deflate', deflateRawSync(xml)],
  ['x-gzip', 'x-gzip', gzipSync(xml)],
  ['gzip twice', 'gzip, gzip', gzipSync(gzipSync(xml))],
  ['a header that says gzip before a plain body', 'gzip', Buffer.from(xml)],
  ['a header that says brotli before a plain body', 'br', Buffer.from(xml)],
  ['a header that says deflate before a plain body', 'deflate', Buffer.from(`\ufeff${xml}`)],
  ['a header that says zstd before a plain body', 'zstd', Buffer.from(xml)],
  ['a header that says brotli before gzip', 'br', gzipSync(xml)],
  ['gzip without a header', '', gzipSync(xml)],
  ['zstd without a header', '', zstdCompressSync(Buffer.from(xml))],
  ['identity', 'identity', Buffer.from(xml)],
])('row 33: reads %s', async (_, coding, body) => {
  const headers: Record<string, string> = coding === '' ? {} : { 'content-encoding': coding };
  expect(textOf(await fetchScene({ headers, body })).replace('\ufeff', '')).toBe(xml);
});

test.each([
  ['three codings on top of each other', 'gzip, br, gzip', Buffer.from(xml)],
  ['a coding that nobody knows', 'pack200', Buffer.from(xml)],
  ['rubbish that is called brotli', 'br', Buffer.from('what is this?')],
  ['rubbish that is called deflate', 'deflate', Buffer.from('what is this?')],
])('%s end as a reason', async (_, coding, body) => {
  expect(await fetchScene({ headers: { 'content-encoding': coding }, body })).toMatchObject({
    code: 'encoding',
  });
});

test('row 34: a body over the limit ends as a reason, packed or not', async () => {
  const limits = { compressedBytes: 2000, bytes: 10_000 };
  const blanks = Buffer.alloc(100_000, 32);
  const noise = randomBytes(5000);
  expect(await fetchScene({ body: blanks }, { limits })).toMatchObject({ code: 'large' });
  expect(
    await fetchScene({ headers: { 'content-encoding': 'br' }, body: brotliCompressSync(blanks) }, { limits }),
  ).toMatchObject({ code: 'large' });
  expect(
    await fetchScene({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(noise) }, { limits }),
  ).toMatchObject({ code: 'large' });
});

test('row 34: an endless body is cut off', async () => {
  const chunk = Buffer.alloc(256 * 1024, 32);
  const answer = await fetchScene((response) => {
    const more = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  expect(answer).toMatchObject({ kind: 'none', code: 'large' });
});

test('what breaks off is marked, and keeps what came', async () => {
  const short = await fetchScene((response) => {
    response.writeHead(200, { 'content-length': xml.length + 100 });
    response.write(xml);
    setTimeout(() => response.destroy(), 20);
  });
  expect(short).toMatchObject({ kind: 'answer', whole: false });
  expect(textOf(short)).toBe(xml);
  const cut = await fetchScene({
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync(xml).subarray(0, 60),
  });
  expect(cut).toMatchObject({ kind: 'answer', whole: false });
});

test.each([
  [
    'cannot be unpacked',
    { status: 429, headers: { 'retry-after': '120', 'content-encoding': 'br' }, body: 'what?' },
  ],
  ['is endless', { status: 429, headers: { 'retry-after': '120' }, body: Buffer.alloc(3_000_000, 32) }],
  [
    'never ends',
    (response) => {
      response.writeHead(429, { 'retry-after': '120' });
      response.write('Too');
    },
  ],
] satisfies [string, Scene][])('an answer without success counts even when its body %s', async (_, scene) => {
  const answer = await fetchScene(scene, { limits: { patienceMs: 100 } });
  expect(answer).toMatchObject({ kind: 'answer', status: 429, headers: { 'retry-after': '120' } });
});

function fetchScene(scene: Scene, request: FetchRequest = {}) {
  web.play('/scene', scene);
  return guardedFor(web).fetch(`${web.http()}/scene`, request);
}
