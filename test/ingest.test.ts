import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { makePoliteQueue } from '../src/feeds/due.ts';
import { parseFeed } from '../src/feeds/parse.ts';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import { type Ingest, ingestRound } from '../src/jobs/ingest.ts';
import { roundMessage } from '../src/jobs/round-message.ts';
import { speechIn } from '../digests/speech.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import { findEvents } from '../src/store/events.ts';
import { countItems } from '../src/store/items.ts';
import { loadTopic } from '../src/topics/topic.ts';
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

async function aRound(scenes: Parameters<typeof startWeb>[0]) {
  const web = await startWeb(scenes);
  open.push(web);
  let now = new Date('2026-03-18T12:00:00Z');
  const db = await emptyDatabase();
  const feeds = Object.keys(scenes ?? {}).map((path) =>
    aFeed({ id: path.slice(1), url: `${web.http()}${path}` }),
  );
  const ingest: Ingest = {
    db,
    absorber,
    feeds,
    fetch: guardedFor(web).fetch,
    parse: parseFeed,
    queue: makePoliteQueue({ spacingMs: 0 }),
    clock: () => now,
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
