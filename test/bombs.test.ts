import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, type Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { constants, createBrotliCompress, createGzip, createZstdCompress, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWeb, type Scene, type Web } from './doubles/web.ts';

interface Result {
  readonly kind: string;
  readonly code: string;
  readonly megabytes: number;
}

const run = promisify(execFile);

let web: Web;
let brotli: Buffer;
/** Compiled code is kept here, so that what is measured is the fetch and not the compiler. */
let compiled: string;
let harmless: Result;

beforeAll(async () => {
  brotli = await packed(512, createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  const gzip = await packed(128, createGzip({ level: 9 }));
  web = await startWeb({
    '/gzip': bomb('gzip', gzip),
    '/gzip-twice': bomb('gzip, gzip', gzipSync(gzip, { level: 9 })),
    '/brotli': bomb('br', brotli),
    '/zstd': bomb('zstd', await packed(128, createZstdCompress())),
    '/unsaid': { body: gzip },
    '/small': { body: 'a small body' },
  });
  compiled = await mkdtemp(join(tmpdir(), 'tumen-compiled-'));
  await fetchInChild('/small');
  harmless = await fetchInChild('/small');
}, 60_000);

afterAll(async () => {
  await rm(compiled, { recursive: true });
  await web.close();
});

test.each(['/gzip', '/gzip-twice', '/brotli', '/zstd', '/unsaid'])(
  'row 34: the bomb at %s is refused, for hardly more memory than a small body takes',
  async (path) => {
    const hurt = await fetchInChild(path);
    expect(hurt).toMatchObject({ kind: 'none', code: 'large' });
    expect(hurt.megabytes - harmless.megabytes).toBeLessThan(20);
  },
);

test('row 34: 512 MB in some 800 bytes of brotli cost at most 90 MB, the process itself included', async () => {
  expect(brotli.length).toBeLessThan(1000);
  expect((await fetchInChild('/brotli')).megabytes).toBeLessThanOrEqual(90);
});

async function fetchInChild(path: string): Promise<Result> {
  const script = new URL('doubles/fetch-once.ts', import.meta.url).pathname;
  const env = { NODE_COMPILE_CACHE: compiled };
  const { stdout } = await run(process.execPath, [script, `${web.http()}${path}`], { env });
  return JSON.parse(stdout) as Result;
}

function bomb(coding: string, body: Buffer): Scene {
  return { headers: { 'content-type': 'text/xml', 'content-encoding': coding }, body };
}

function packed(megabytes: number, packer: Transform): Promise<Buffer> {
  const chunk = Buffer.alloc(1024 * 1024, 32);
  return buffer(Readable.from(Array.from({ length: megabytes }, () => chunk)).pipe(packer));
}
