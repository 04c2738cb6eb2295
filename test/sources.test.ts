import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAnswer } from '../commands/answer.ts';
import { commandsFor } from '../commands/index.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import { parseFeed } from '../src/feeds/parse.ts';
import { newFeedState } from '../src/feeds/politeness.ts';
import type { Asker } from '../src/form.ts';
import { makeSourceTools } from '../src/jobs/sources.ts';
import type { FeedState } from '../src/feed-state.ts';
import { findFeedState, saveFeedState } from '../src/store/feeds.ts';
import { watchedFeeds } from '../src/store/own-feeds.ts';
import { aFeed, aSource } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { guardedFor } from './doubles/guarded.ts';
import { startWeb, type Web } from './doubles/web.ts';
import { aTopic } from './topic.ts';

const NOW = new Date('2024-10-23T12:00:00Z');
const clock = () => NOW;
const rss = `<rss version="2.0"><channel><title>The Lamp</title><language>fr-FR</language>${[1, 2, 3, 4]
  .map(
    (day) =>
      `<item><guid>lamp-${day}</guid><title>Story of day ${day}</title><link>https://lamp.example/${day}</link>
        <pubDate>Mon, 0${day} Jan 2024 08:00:00 GMT</pubDate></item>`,
  )
  .join('')}<item><title>A story without a date or an id</title></item></channel></rss>`;
const page =
  '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>';
const shipped = aFeed({ id: 'beacon', source: aSource({ name: 'The Beacon' }) });

let web: Web;
beforeAll(async () => {
  web = await startWeb({
    '/feed.xml': { headers: { etag: '"1"' }, body: rss },
    '/page': { headers: { 'content-type': 'text/html' }, body: page },
  });
});
afterAll(() => web.close());

test('/sources add takes a page, finds its feed, shows three items with ids and dates, and reads it from then on', async () => {
  const { ask, feeds } = await aDesk();
  const text = await ask(`/sources add ${web.http()}/page`);
  expect(text).toContain('This source is read from now on');
  expect(text).toMatch(/The Lamp · French/);
  expect(text).toMatch(/With ids +4 of 5/);
  expect(text).toMatch(/With dates +4 of 5/);
  expect(text).toMatch(/Story of day 4[^]*4 Jan 2024[^]* · [\w-]{10,}[^]*Story of day 3[^]*Story of day 2/);
  expect(text).not.toContain('Story of day 1');
  expect((await feeds()).at(-1)).toMatchObject({
    id: '127-0-0-1-feed',
    url: `${web.http()}/feed.xml`,
    language: 'fr',
    source: { name: 'The Lamp' },
    enabled: true,
  });
});

test('/sources add calls a source as it is told to, and adds none twice', async () => {
  const { ask, feeds } = await aDesk();
  await ask(`/sources add address:${web.http()}/feed.xml name:"Our Lamp" language:de`);
  expect((await feeds()).at(-1)).toMatchObject({ language: 'de', source: { name: 'Our Lamp' } });
  expect(await ask(`/sources add ${web.http()}/feed.xml`)).toContain('read already: 127-0-0-1-feed');
  expect(await feeds()).toHaveLength(2);
});

test.each([
  ['/missing', 'the server answered with status 404'],
  ['http://10.0.0.1/feed', 'private address'],
  ['ftp://lamp.example/feed', 'cannot be read as a feed'],
])('/sources add %s says why not', async (address, reason) => {
  const { ask, feeds } = await aDesk();
  expect(await ask(`/sources add ${address.startsWith('/') ? web.http() : ''}${address}`)).toContain(reason);
  expect(await feeds()).toHaveLength(1);
});

test('/sources test shows how a feed can be read, and stores nothing', async () => {
  const { ask, feeds } = await aDesk();
  const text = await ask(`/sources test ${web.http()}/feed.xml`);
  expect(text).toContain('5 items can be read');
  expect(text).toContain('told by the server');
  expect(await feeds()).toHaveLength(1);
});

test('a password in an address is kept for the visits, and never shown', async () => {
  const { ask, feeds } = await aDesk();
  const address = `${web.http()}/feed.xml?key=hunter2`.replace('//', '//reader:hunter1@');
  web.play('/feed.xml?key=hunter2', { body: rss });
  const text = await ask(`/sources add ${address}`);
  expect(text).not.toContain('hunter1');
  expect((await feeds()).at(-1)).toMatchObject({ url: address, id: '127-0-0-1-feed' });
  expect(await ask(`/sources test ${address.replace('feed.xml', 'missing')}`)).not.toContain('hunter1');
});

test('/sources remove takes back what was added, and only that', async () => {
  const { ask, feeds } = await aDesk();
  await ask(`/sources add ${web.http()}/feed.xml`);
  expect(await ask('/sources remove "The Lamp"')).toContain('This source is read no more');
  expect(await feeds()).toEqual([shipped]);
  expect(await ask('/sources remove beacon')).toContain('/sources mute switches it off');
  expect(await ask('/sources remove nobody')).toContain("There is no source 'nobody'");
});

test('/sources mute switches a source off, says who did it when, and can be undone', async () => {
  const { ask, feeds } = await aDesk();
  expect(await ask('/sources mute "the beacon"')).toContain('This source is muted');
  expect(await feeds()).toEqual([{ ...shipped, enabled: false }]);
  expect(await ask('/sources health')).toMatch(/The Beacon[^]*muted by terminal keeper[^]*since 23 Oct 2024/);
  expect(await ask('/sources mute source:beacon undo:yes')).toContain('visited again');
  expect(await feeds()).toEqual([shipped]);
});

test('what was given up after failures is visited at once when muting is undone', async () => {
  const { ask, db } = await aDesk();
  const paused = { ...newFeedState('beacon', NOW), visits: 12, errorsInRow: 11, paused: 'no answer' };
  await saveFeedState(db, { ...paused, nextVisit: new Date('2025-01-01'), health: 'paused' });
  await ask('/sources mute source:beacon undo:yes');
  expect(await findFeedState(db, 'beacon')).toMatchObject({ nextVisit: NOW, errorsInRow: 0, health: 'well' });
  expect(await findFeedState(db, 'beacon')).not.toHaveProperty('paused');
});

test.each(['add lamp.example', 'remove beacon', 'mute beacon', 'test beacon'])(
  '/sources %s is for managers only',
  async (asked) => {
    const { ask } = await aDesk({ manages: false });
    expect(await ask(`/sources ${asked}`)).toContain('Only somebody who manages');
  },
);

test.each([
  ['empty', {}, 'answers, but holds no items'],
  ['frozen', {}, 'not a byte has changed'],
  ['silent', {}, 'nothing new for long'],
  ['held', { held: 8, items: 9 }, '8 of its 9 items only look new'],
] as const)('/sources health names a feed that is %s', async (health, last, reason) => {
  const { ask, db } = await aDesk();
  const state: FeedState = {
    ...newFeedState('beacon', NOW),
    lastSuccess: NOW,
    health,
    last: { at: NOW, kind: 'new', bytes: 1, milliseconds: 1, ...last },
  };
  await saveFeedState(db, state);
  const text = await ask('/sources health');
  expect(text).toContain('The Beacon');
  expect(text).toContain(reason);
});

test('tumen sources adds, exports and imports', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tumen-sources-'));
  const run = async (...args: string[]) => {
    const env = { ...process.env, DATA_DIRECTORY: join(folder, 'data'), FEEDS_ALLOW_LOOPBACK: 'on' };
    const options = { env, encoding: 'utf8' } as const;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['src/cli.ts', 'sources', ...args],
      options,
    );
    return stdout;
  };
  try {
    expect(await run('add', `${web.http()}/page`)).toContain('The Lamp');
    await run('export', join(folder, 'out.opml'));
    expect(await readFile(join(folder, 'out.opml'), 'utf8')).toContain(`xmlUrl="${web.http()}/feed.xml"`);
    const others = `<opml version="2.0"><body><outline text="The Oar" xmlUrl="https://oar.example/rss?part=1"/>
      <outline text="The Oar, 2" xmlUrl="https://oar.example/rss?part=2"/>
      <outline text="The Lamp" xmlUrl="${web.http()}/feed.xml"/></body></opml>`;
    await writeFile(join(folder, 'in.opml'), others);
    expect(await run('import', join(folder, 'in.opml'))).toContain('2 of 3 feeds added');
    const locked = 'https://reader:hush@oar.example/members';
    const members = `<opml version="2.0"><body><outline text="The Crew" xmlUrl="${locked}"/></body></opml>`;
    await writeFile(join(folder, 'members.opml'), members);
    await run('import', join(folder, 'members.opml'));
    expect(await run('export', join(folder, 'all.opml'))).toMatch(/Left out, .*: The Crew\./);
    expect(await readFile(join(folder, 'all.opml'), 'utf8')).not.toMatch(/hush|The Crew/);
    await expect(run('import', join(folder, 'none.opml'))).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('none.opml cannot be read.'),
    });
    await expect(run('add', `${web.http()}/missing`)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('status 404'),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

async function aDesk(who: Partial<Asker> = {}) {
  const db = await emptyDatabase();
  const topic = { ...aTopic(), feeds: [shipped] };
  const answer = makeAnswer({
    commands: commandsFor(topic),
    db,
    clock,
    topic,
    zone: 'UTC',
    web: makeSourceTools({ fetch: guardedFor(web).fetch, parse: parseFeed }, clock),
    log: {
      info() {},
      error(fields) {
        throw new Error(JSON.stringify(fields));
      },
    },
  });
  const asker: Asker = {
    channel: { platform: 'terminal', address: 'screen' },
    id: 'keeper',
    language: 'en',
    zone: 'UTC',
    manages: true,
    ...who,
  };
  return {
    db,
    ask: async (line: string) =>
      renderTerminal(await answer.typed(line, asker), { width: 120, colour: false }),
    feeds: () => watchedFeeds(db, topic.feeds),
  };
}
