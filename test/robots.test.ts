import { afterEach, expect, test } from 'vitest';
import { makePoliteQueue } from '../src/feeds/due.ts';
import { isAllowed, makeRobotsCheck, readRobots } from '../src/feeds/visits/robots.ts';
import { guardedFor } from './doubles/guarded.ts';
import { startWeb, type Web } from './doubles/web.ts';

const queue = makePoliteQueue({ spacingMs: 0 });

let web: Web | undefined;
afterEach(() => web?.close());

test.each([
  ['nothing at all', '', '/a', true],
  ['a forbidden beginning', 'User-agent: *\nDisallow: /private', '/private/x', false],
  ['another path', 'User-agent: *\nDisallow: /private', '/public', true],
  ['the longest rule decides', 'User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
  ['allow wins among equals', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
  [
    'a group of our own counts alone',
    'User-agent: *\nDisallow: /\n\nUser-agent: tumen\nDisallow: /x',
    '/a',
    true,
  ],
  [
    'a group of our own that forbids nothing',
    'User-agent: tumen\nDisallow:\n\nUser-agent: *\nDisallow: /',
    '/a',
    true,
  ],
  [
    'groups of our own add up',
    'User-agent: Tumen\nDisallow: /x\nUser-agent: tumen/1.0\nDisallow: /a',
    '/a',
    false,
  ],
  ['several names over one group', 'User-agent: other\nUser-agent: Tumen\nDisallow: /a', '/a', false],
  ['a group for others', 'User-agent: other\nDisallow: /', '/a', true],
  ['a star in the middle', 'User-agent: *\nDisallow: /*.pdf', '/a/b.pdf?x', false],
  ['a dollar at the end', 'User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf?x', true],
  ['a dollar that matches', 'User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf', false],
  ['the front page alone', 'User-agent: *\nDisallow: /$', '/news', true],
  ['a query', 'User-agent: *\nDisallow: /*?print', '/a?print=1', false],
  [
    'other letters',
    'User-agent: *\nDisallow: /новости',
    '/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1',
    false,
  ],
  [
    'comments, blanks and old line ends',
    '\ufeffUSER-AGENT : * # all\rDisallow : /a # no\rCrawl-delay: 5',
    '/a',
    false,
  ],
  ['rules before any name', 'Disallow: /', '/a', true],
  [
    'many stars, which must not take long',
    `User-agent: *\nDisallow: /${'*a'.repeat(1000)}$`,
    `/${'a'.repeat(999)}`,
    true,
  ],
])('robots.txt with %s', (_, ...[text, path, allowed]) => {
  expect(isAllowed(readRobots(text, 'Tumen'), path)).toBe(allowed);
});

test.each([
  ['that is not there allows everything', { status: 404 }, true],
  ['that we may not see allows everything', { status: 403 }, true],
  ['whose server is down allows nothing for now', { status: 503 }, false],
  ['is heeded', { body: 'User-agent: *\nDisallow: /' }, false],
])('a robots.txt %s', async (_, scene, allowed) => {
  web = await startWeb({ '/robots.txt': scene });
  const check = makeRobotsCheck('Tumen', { fetch: guardedFor(web).fetch, queue }, () => new Date());
  expect(await check(`${web.http()}/article`)).toBe(allowed);
});

test('a site is asked for it once a day, or again after an hour when it could not answer', async () => {
  web = await startWeb({ '/robots.txt': { body: 'User-agent: *\nDisallow: /private' } });
  let now = new Date('2024-10-23T12:00:00Z');
  const client = guardedFor(web);
  const check = makeRobotsCheck('Tumen', { fetch: client.fetch, queue }, () => now);
  const answers = await Promise.all(
    ['/a', '/private', '/b'].map((path) => check(`${web?.http() ?? ''}${path}`)),
  );
  expect(answers).toEqual([true, false, true]);
  expect(client.asked()).toBe(1);

  now = new Date('2024-10-24T13:00:00Z');
  web.play('/robots.txt', { status: 500 });
  expect(await check(`${web.http()}/a`)).toBe(false);
  expect(client.asked()).toBe(2);

  now = new Date('2024-10-24T14:30:00Z');
  web.play('/robots.txt', { body: '' });
  expect(await check(`${web.http()}/a`)).toBe(true);
  expect(client.asked()).toBe(3);
});
