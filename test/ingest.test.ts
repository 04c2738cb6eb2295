import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { makePoliteQueue } from '../src/feeds/due.ts';
import { readPage } from '../src/feeds/article.ts';
import { parseFeed } from '../src/feeds/parse.ts';
import { makeRobotsCheck } from '../src/feeds/visits/robots.ts';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import { type Ingest, ingestRound } from '../src/jobs/ingest.ts';
import { roundMessage } from '../src/jobs/round-message.ts';
import { speechIn } from '../digests/speech.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import { findEvents } from '../src/store/events.ts';
import { findFeedStates } from '../src/store/feeds.ts';
import { countItems, findItems } from '../src/store/items.ts';
import { raw } from '../src/store/engines/sql.ts';
import { muteFeed, saveOwnFeed, unmuteFeed } from '../src/store/own-feeds.ts';
import { loadTopic } from '../src/topics/topic.ts';
import type { Feed, ItemId } from '../src/model.ts';
import { aFeed } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { guardedFor } from './doubles/guarded.ts';
import { startWeb, type Web } from './doubles/web.ts';

const topic = loadTopic(fileURLToPath(new URL('../src/topics/dprk-russia', import.meta.url)));
const absorber = makeAbsorber(topic);
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const DAY_MS = 86_400_000;
const open: Web[] = [];

afterEach(async () => {
  for (const web of open.splice(0)) await web.close();
});

/** A feed in English with two items: one on the topic, one about something else. */
function feedOf(items: readonly string[]): string {
  return `<rss version="2.0"><channel><title>Lighthouse</title>${items.join('')}</channel></rss>`;
}

const troops = `<item><guid>a1</guid><title>North Korea sends more troops to Russia, Seoul says</title>
  <link>https://lighthouse.example/a1</link><pubDate>Wed, 18 Mar 2026 09:00:00 GMT</pubDate>
  <description>North Korea sent 3,000 more soldiers to Russia on Tuesday, South Korea's spy agency said on Wednesday.</description></item>`;
const harvest = `<item><guid>a2</guid><title>A good year for apples</title><link>https://lighthouse.example/a2</link>
  <pubDate>Wed, 18 Mar 2026 10:00:00 GMT</pubDate><description>Orchards in the valley are full.</description></item>`;

const pageReader = async (...page: Parameters<typeof readPage>) => readPage(...page);

async function aRound(scenes: Parameters<typeof startWeb>[0], ways: { completes?: boolean } = {}) {
  const web = await startWeb(scenes);
  open.push(web);
  let now = new Date('2026-03-18T12:00:00Z');
  const db = await emptyDatabase();
  const feeds = Object.keys(scenes ?? {})
    .filter((path) => path.endsWith('.xml'))
    .map((path) => aFeed({ id: path.slice(1), url: `${web.http()}${path}` }));
  const { fetch } = guardedFor(web);
  const queue = makePoliteQueue({ spacingMs: 0 });
  const clock = () => now;
  const mayFetch = makeRobotsCheck('Tumen', { fetch, queue }, clock);
  const ingest: Ingest = {
    db,
    absorber,
    feeds,
    fetch,
    parse: parseFeed,
    fullText: ways.completes === true ? { fetch, queue, mayFetch, readPage: pageReader } : undefined,
    queue,
    clock,
    log: silent,
    random: () => 0.5,
  };
  const later = (ms: number) => (now = new Date(now.getTime() + ms));
  return { web, db, ingest, later };
}

test('a round stores what feeds bring and makes events of what is on the topic', async () => {
  const { db, ingest } = await aRound({ '/news.xml': { body: feedOf([troops, harvest]) } });
  const report = await ingestRound(ingest);
  expect(report).toMatchObject({ due: 1, visited: 1, newItems: 2, hits: 1, failures: [] });
  const [event, ...others] = await findEvents(db, { topic: topic.id, limit: 5 });
  expect(others).toEqual([]);
  expect(event).toMatchObject({ kind: 'troops', direction: 'DPRK→Russia' });
});

test('the same items again bring nothing, whether the server says so or sends them again', async () => {
  const { db, ingest, later } = await aRound({ '/news.xml': { body: feedOf([troops, harvest]) } });
  await ingestRound(ingest);
  later(2 * DAY_MS);
  expect(await ingestRound(ingest)).toMatchObject({ due: 1, newItems: 0, hits: 0 });
  expect(await countItems(db)).toBe(2);
});

test('a feed that is not due is left alone, also after a restart', async () => {
  const { ingest, web } = await aRound({ '/news.xml': { body: feedOf([troops]) } });
  await ingestRound(ingest);
  expect(await ingestRound({ ...ingest, queue: makePoliteQueue({ spacingMs: 0 }) })).toMatchObject({
    due: 0,
  });
  expect(web.seen).toHaveLength(1);
});

test('a feed that fails is named with its reason and changes nothing else', async () => {
  const { ingest } = await aRound({
    '/good.xml': { body: feedOf([troops]) },
    '/page.xml': {
      body: '<!doctype html><html><body>Welcome</body></html>',
      headers: { 'content-type': 'text/html' },
    },
    '/gone.xml': { status: 404 },
  });
  const report = await ingestRound(ingest);
  expect(report).toMatchObject({ visited: 3, newItems: 1 });
  expect(report.failures.map(({ feed }) => feed.id).toSorted()).toEqual(['gone.xml', 'page.xml']);
  const shown = renderTerminal(roundMessage(report, speechIn('en'), 'UTC'), { width: 120, colour: false });
  expect(shown).toMatch(/1 of 3 feeds read · 1 new item/);
  expect(shown).toMatch(/gone\.xml/);
});

test('what a crash left unfolded is folded in the next round, once', async () => {
  const { db, ingest, later } = await aRound({ '/news.xml': { body: feedOf([troops]) } });
  const crashing = { ...absorber, foldPending: () => Promise.reject(new Error('killed')) };
  await expect(ingestRound({ ...ingest, absorber: crashing })).rejects.toThrow('killed');
  expect(await findEvents(db, { topic: topic.id, limit: 5 })).toEqual([]);
  later(60_000);
  await ingestRound(ingest);
  await ingestRound(ingest);
  expect(await findEvents(db, { topic: topic.id, limit: 5 })).toHaveLength(1);
});

test('a visit that another process has taken over stores nothing', async () => {
  const { db, ingest } = await aRound({ '/news.xml': { body: feedOf([troops]) } });
  const [first, second] = await Promise.all([ingestRound(ingest), ingestRound(ingest)]);
  expect((first?.newItems ?? 0) + (second?.newItems ?? 0)).toBe(1);
  expect(await countItems(db)).toBe(1);
});

test('two processes that start together visit no feed twice in a row', async () => {
  const { ingest, web, db } = await aRound({ '/news.xml': { body: feedOf([troops]) } });
  let states = 0;
  // The other process makes its whole round between this one's look at the states and its claim.
  const overtaken: Ingest = {
    ...ingest,
    db: {
      ...db,
      async query(statement) {
        const found = await db.query(statement);
        if (statement.parts.join('').includes('select id, state from feed') && (states += 1) === 1)
          await ingestRound(ingest);
        return found as never;
      },
    },
  };
  expect(await ingestRound(overtaken)).toMatchObject({ due: 0, visited: 0 });
  expect(web.seen).toHaveLength(1);
});

test('a round that is stopped ends at once, and leaves the feeds that it did not visit to the next', async () => {
  const { ingest, web } = await aRound({ '/slow.xml': () => {}, '/other.xml': () => {} });
  const leaving = new AbortController();
  const round = ingestRound(ingest, { signal: leaving.signal });
  await expect.poll(() => web.seen.length).toBe(1);
  leaving.abort();
  expect(await round).toMatchObject({ due: 2, visited: 0, failures: [] });
  for (const path of ['/slow.xml', '/other.xml']) web.play(path, { body: feedOf([harvest]) });
  expect(await ingestRound(ingest)).toMatchObject({ due: 2, visited: 2 });
});

test('row 52: what is older than a week when it is first seen is kept and found, and is no news', async () => {
  const { db, ingest, later } = await aRound({ '/news.xml': { body: feedOf([troops]) } });
  later(7 * DAY_MS);
  expect(await ingestRound(ingest)).toMatchObject({ newItems: 1, hits: 1 });
  expect(await countItems(db)).toBe(1);
  expect(await findEvents(db, { topic: topic.id, limit: 5 })).toEqual([]);
});

test('a feed that seems to have renewed most of itself is said to, looked at again, and believed a day later', async () => {
  const { db, ingest, later, web } = await aRound({ '/news.xml': { body: feedOf(stories('first')) } });
  await ingestRound(ingest);
  web.play('/news.xml', { headers: { etag: '"2"' }, body: feedOf(stories('second')) });
  later(3_600_000);
  const next = async () => (await findFeedStates(db)).get('news.xml');
  while (((await next())?.nextVisit ?? new Date(0)) > ingest.clock()) later(3_600_000);
  expect(await ingestRound(ingest)).toMatchObject({ newItems: 0 });
  expect(await next()).toMatchObject({
    health: 'held',
    notice: { kind: 'held', text: expect.stringContaining('8 of its 8 items only look new') },
  });
  expect(await next()).not.toHaveProperty('validators');

  later(DAY_MS + 3_600_000);
  expect(await ingestRound(ingest)).toMatchObject({ newItems: 8 });
  expect(await next()).not.toHaveProperty('notice');
});

test('of a feed that gives only headlines, the pages of those that may be on the topic are read', async () => {
  const { ingest, web, db } = await aRound({}, { completes: true });
  stage(web);
  const completing = { ...ingest, feeds: [aFeed({ id: 'heads', url: `${web.http()}/heads.xml` })] };
  expect(await ingestRound(completing)).toMatchObject({ newItems: 2 });
  const texts = await textsIn(db);
  expect(texts.find((text) => text.includes('spy agency'))).toContain('Paragraph 5');
  expect(pathsOf(web)).toEqual(['/heads.xml', '/robots.txt', '/troops']);
});

test.each([
  ['a feed whose pages are to be left alone', { fullText: false }, undefined],
  ['a site whose robots.txt forbids it', {}, ['/robots.txt', { body: 'User-agent: *\nDisallow: /troops' }]],
  ['a page that cannot be had', {}, ['/troops', { status: 404 }]],
] as [string, Partial<Feed>, Parameters<Web['play']> | undefined][])(
  '%s: the text of the feed stays',
  async (_, given, scene) => {
    const { ingest, web, db } = await aRound({}, { completes: true });
    stage(web);
    if (scene !== undefined) web.play(...scene);
    const feed = aFeed({ id: 'heads', url: `${web.http()}/heads.xml`, ...given });
    expect(await ingestRound({ ...ingest, feeds: [feed] })).toMatchObject({ newItems: 2, failures: [] });
    expect((await textsIn(db)).join()).not.toContain('Paragraph');
  },
);

test('a round that is stopped while a page is read stores nothing of that visit, and the next one all', async () => {
  const { ingest, web, db } = await aRound({}, { completes: true });
  stage(web);
  web.play('/troops', () => {});
  const completing = { ...ingest, feeds: [aFeed({ id: 'heads', url: `${web.http()}/heads.xml` })] };
  const leaving = new AbortController();
  const round = ingestRound(completing, { signal: leaving.signal });
  await expect.poll(() => pathsOf(web)).toContain('/troops');
  leaving.abort();
  expect(await round).toMatchObject({ due: 1, visited: 0 });
  expect(await countItems(db)).toBe(0);
  stage(web);
  expect(await ingestRound(completing)).toMatchObject({ visited: 1, newItems: 2 });
});

test('of a live blog, one item holds the dated entries', async () => {
  const { ingest, web, db } = await aRound({}, { completes: true });
  stage(web);
  const entries = [9, 10, 11].map((hour) => ({
    '@type': 'BlogPosting',
    headline: `News of ${hour} o'clock`,
    articleBody:
      'North Korean soldiers were seen near the border again, officials in Seoul said on Wednesday.',
    datePublished: `2026-03-18T${hour}:00:00Z`,
  }));
  const blog = JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'LiveBlogPosting',
    liveBlogUpdate: entries,
  });
  const html = `<html><head><script type="application/ld+json">${blog}</script></head><body><p>Live</p></body></html>`;
  web.play('/troops', { headers: { 'content-type': 'text/html' }, body: html });
  await ingestRound({ ...ingest, feeds: [aFeed({ id: 'heads', url: `${web.http()}/heads.xml` })] });
  expect(await countItems(db)).toBe(2);
  expect((await textsIn(db)).join()).toMatch(/News of 9 o'clock[^]*News of 11 o'clock/);
});

test('a feed that somebody added is visited, and one that somebody muted is not', async () => {
  const { ingest, db, web } = await aRound({ '/news.xml': { body: feedOf([troops]) } });
  const deed = { by: 'discord 1', at: new Date('2026-03-18T11:00:00Z') };
  web.play('/own', { body: feedOf([harvest]) });
  await saveOwnFeed(db, { feed: aFeed({ id: 'own', url: `${web.http()}/own` }), ...deed });
  await muteFeed(db, { feed: 'news.xml', ...deed });
  await ingestRound(ingest);
  expect(pathsOf(web)).toEqual(['/own']);
  await unmuteFeed(db, 'news.xml');
  await ingestRound(ingest);
  expect(pathsOf(web)).toEqual(['/own', '/news.xml']);
});

/** Eight stories without dates. */
function stories(round: string): string[] {
  return Array.from(
    { length: 8 },
    (_, index) =>
      `<item><guid>${round}-${index}</guid><title>The ${round} harvest of valley number ${index}</title>
        <link>https://lighthouse.example/${round}/${index}</link></item>`,
  );
}

/** A feed of two headlines, and the pages that they lead to. */
function stage(web: Web): void {
  const paragraphs = Array.from(
    { length: 6 },
    (_, index) =>
      `<p>Paragraph ${index}: the soldiers arrived by train, and residents of the border town said that they saw them pass before the evening.</p>`,
  ).join('');
  const html = `<html><body><article><p>North Korea sent 3,000 more soldiers to Russia, South Korea's spy agency said on Wednesday.</p>${paragraphs}</article></body></html>`;
  web.play('/heads.xml', {
    body: feedOf(
      ['North Korea sends more troops to Russia, Seoul says', 'A good year for apples'].map(
        (title, index) =>
          `<item><guid>h${index}</guid><title>${title}</title><link>${web.http()}/${index === 0 ? 'troops' : 'apples'}</link>
            <pubDate>Wed, 18 Mar 2026 09:00:00 GMT</pubDate></item>`,
      ),
    ),
  });
  for (const path of ['/troops', '/apples'])
    web.play(path, { headers: { 'content-type': 'text/html' }, body: html });
}

function pathsOf(web: Web): string[] {
  return web.seen.map(({ path }) => path);
}

async function textsIn(db: Ingest['db']): Promise<string[]> {
  const ids = await db.query<{ id: ItemId }>(raw('select id from item'));
  const items = await findItems(
    db,
    ids.map(({ id }) => id),
  );
  return items.map(({ text }) => text);
}
