import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePoliteQueue } from '../src/feeds/due.ts';
import { fetchPage } from '../src/feeds/page.ts';
import { makeRobotsCheck } from '../src/feeds/visits/robots.ts';
import { guardedFor } from './doubles/guarded.ts';
import { startWeb, type Scene, type Web } from './doubles/web.ts';

const html = '<!doctype html><html><body><article>Text</article></body></html>';
const type = { 'content-type': 'text/html; charset=utf-8' };

let web: Web;
beforeAll(async () => {
  web = await startWeb({ '/robots.txt': { body: 'User-agent: *\nDisallow: /closed' } });
});
afterAll(() => web.close());

test('an article page is fetched', async () => {
  expect(await fetchScene({ headers: type, body: html })).toEqual({
    kind: 'page',
    body: Buffer.from(html),
    contentType: type['content-type'],
    url: `${web.http()}/open`,
  });
});

test('a page with a form to log in by is a page', async () => {
  const body = html.replace('<article>', '<form><input type="password"></form><article>');
  expect(await fetchScene({ headers: type, body })).toMatchObject({ kind: 'page' });
});

test('a page that robots.txt closes is not asked for', async () => {
  const before = web.seen.length;
  const page = await fetchScene({ headers: type, body: html }, '/closed/1');
  expect(page).toMatchObject({ kind: 'none', again: false, reason: 'robots.txt asks us not to read it' });
  expect(web.seen.slice(before).map(({ path }) => path)).toEqual(['/robots.txt']);
});

test.each([
  ['not there', { status: 404 }, false],
  ['down for now', { status: 503 }, true],
  ['a film', { headers: { 'content-type': 'video/mp4' }, body: 'x' }, false],
  ['a test for robots', { status: 403, headers: { 'cf-mitigated': 'challenge' } }, false],
  ['far too long', { headers: type, body: Buffer.alloc(7 * 1024 * 1024, 32) }, true],
] satisfies [string, Scene, boolean][])('a page that is %s is a reason', async (_, scene, again) => {
  expect(await fetchScene(scene)).toMatchObject({ kind: 'none', again });
});

function fetchScene(scene: Scene, path = '/open') {
  web.play(path, scene);
  const { fetch } = guardedFor(web);
  const queue = makePoliteQueue({ spacingMs: 0 });
  const mayFetch = makeRobotsCheck('Tumen', { fetch, queue }, () => new Date());
  return fetchPage(`${web.http()}${path}`, { fetch, mayFetch, queue });
}
