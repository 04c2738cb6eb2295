import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { openWeb, type Web as Opened } from '../src/jobs/web.ts';
import { startWeb, type Web } from './doubles/web.ts';

const clock = () => new Date('2024-10-23T12:00:00Z');
let web: Web;
const open: Opened[] = [];

beforeAll(async () => {
  web = await startWeb({
    '/feed': { body: '<rss version="2.0"><channel><title>Lamp</title></channel></rss>' },
  });
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(() => web.close());

test('this machine itself is not visited unless a setting for tests allows it', async () => {
  const refused = await opened({}).fetch('http://127.0.0.1/feed');
  expect(refused).toMatchObject({ kind: 'none', code: 'blocked' });
  expect(await opened({ FEEDS_ALLOW_LOOPBACK: 'on' }).fetch(`${web.http()}/feed`)).toMatchObject({
    status: 200,
  });
});

test('publishers are told who we are, how to reach us, and how many subscriptions read them', async () => {
  const settings = { FEEDS_ALLOW_LOOPBACK: 'on', CONTACT: 'https://lamp.example/bot' };
  let count = 3;
  const { fetch } = opened(settings, { subscribers: () => count });
  await fetch(`${web.http()}/feed`);
  expect(web.seen.at(-1)?.headers['user-agent']).toMatch(
    /^Tumen\/\d\S* \(\+https:\/\/lamp\.example\/bot; 3 subscribers\)$/,
  );
  count = 4;
  await fetch(`${web.http()}/feed`);
  expect(web.seen.at(-1)?.headers['user-agent']).toContain('4 subscribers');
});

test('a proxy of the settings is asked in place of the publisher', async () => {
  const { fetch } = opened({ FEEDS_ALLOW_LOOPBACK: 'on', FEEDS_PROXY: 'http://127.0.0.1:9' });
  const before = web.seen.length;
  expect(await fetch(`${web.http()}/feed`)).toMatchObject({ kind: 'none' });
  expect(web.seen).toHaveLength(before);
});

test('pages of articles are read unless a setting says no', () => {
  expect(opened({}).fullText).toBeDefined();
  expect(opened({ FULL_TEXT: 'off' }).fullText).toBeUndefined();
});

test('whatever is being fetched ends when the bot leaves', async () => {
  web.play('/slow', () => {});
  const leaving = new AbortController();
  const { fetch } = opened({ FEEDS_ALLOW_LOOPBACK: 'on' }, { signal: leaving.signal });
  const answer = fetch(`${web.http()}/slow`);
  await expect.poll(() => web.seen.at(-1)?.path).toBe('/slow');
  leaving.abort();
  expect(await answer).toMatchObject({ kind: 'none' });
});

function opened(env: Record<string, string>, ways: Partial<Parameters<typeof openWeb>[1]> = {}): Opened {
  const one = openWeb(readConfig(env), { clock, ...ways });
  open.push(one);
  return one;
}
