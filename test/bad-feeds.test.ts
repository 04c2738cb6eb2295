import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAnswer } from '../commands/answer.ts';
import { commandsFor } from '../commands/index.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import { makePoliteQueue } from '../src/feeds/due.ts';
import { makeParsers, type Parsers } from '../src/feeds/parsers.ts';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import { type Ingest, ingestRound } from '../src/jobs/ingest.ts';
import { findFeedStates } from '../src/store/feeds.ts';
import { countItems } from '../src/store/items.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { aFeed, aSource } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { guardedFor } from './doubles/guarded.ts';
import { startWeb, type Web } from './doubles/web.ts';

const DAY_MS = 86_400_000;
const topic = loadTopic(fileURLToPath(new URL('../src/topics/dprk-russia', import.meta.url)));
const absorber = makeAbsorber(topic);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

let web: Web;
let parsers: Parsers;
beforeAll(async () => {
  [web, parsers] = [await startWeb(), makeParsers()];
});
afterAll(async () => {
  await web.close();
  await parsers.close();
});

test.each([
  ['empty', '', 0, 'the answer is empty'],
  ['binary', noise(20_000), 0, 'not a feed'],
  ['a web page', '<!doctype html><html><body>Welcome</body></html>', 0, 'a web page'],
  ['of no items', rss([]), 0, 'answers, but holds no items'],
  ['broken off in an item', rss(range(3)).slice(0, -70), 3, '0 feeds cannot be read'],
  [
    'one line of 5 MB',
    rss(['<title>One</title>', `<description>${'word '.repeat(1e6)}</description>`]),
    2,
    '0 feeds cannot be read',
  ],
  ['larger than is read', `${rss(range(1))}${' '.repeat(16 * 1024 * 1024)}`, 0, 'larger'],
  ['of 50,000 items', rss(range(50_000)), 500, '0 feeds cannot be read'],
] as const)(
  'a feed that is %s loses and doubles nothing, and its health says why',
  async (_, body, items, reason) => {
    web.play('/feed', { body });
    let now = new Date('2024-10-23T12:00:00Z');
    const db = await emptyDatabase();
    const feed = aFeed({ url: `${web.http()}/feed`, source: aSource({ name: 'The Bad Paper' }) });
    const clock = () => now;
    const ingest: Ingest = {
      db,
      absorber,
      feeds: [feed],
      fetch: guardedFor(web).fetch,
      parse: (bytes, about) => parsers.parse(bytes, about),
      queue: makePoliteQueue({ spacingMs: 0 }),
      clock,
      log: silent,
      random: () => 0.5,
    };
    await ingestRound(ingest);
    expect(await countItems(db)).toBe(items);

    const health = await healthShown(db, { ...topic, feeds: [feed] }, clock);
    expect(health).toMatch(new RegExp(reason));

    now = new Date(now.getTime() + 2 * DAY_MS);
    expect(await ingestRound(ingest)).toMatchObject({ visited: 1, newItems: 0 });
    expect(await countItems(db)).toBe(items);
    expect((await findFeedStates(db)).get(feed.id)?.visits).toBe(2);
  },
);

async function healthShown(db: Ingest['db'], watched: typeof topic, clock: () => Date): Promise<string> {
  const answer = makeAnswer({
    commands: commandsFor(watched),
    db,
    clock,
    topic: watched,
    zone: 'UTC',
    log: silent,
  });
  const channel = { platform: 'terminal', address: 'screen' } as const;
  const message = await answer.typed('/sources health', {
    channel,
    id: 'reader',
    language: 'en',
    manages: true,
  });
  return renderTerminal(message, { width: 300, colour: false });
}

function rss(items: readonly string[]): string {
  const all = items.map((item) => `<item>${item}</item>`).join('');
  return `<rss version="2.0"><channel><title>The Bad Paper</title>${all}</channel></rss>`;
}

function range(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const title = `<title>Story ${index} of the bad paper</title>`;
    return `<guid>story-${index}</guid>${title}<pubDate>Tue, 22 Oct 2024 08:00:00 GMT</pubDate>`;
  });
}

/** Bytes without sense, the same each time. */
function noise(length: number): Uint8Array {
  let state = 7;
  return Uint8Array.from({ length }, () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16);
}
