import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../src/store/database.ts';
import { raw } from '../src/store/engines/sql.ts';
import { startWeb, type Web } from './doubles/web.ts';

const FEEDS = 12;
const ITEMS = 5;

let web: Web;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tumen-killed-'));
  web = await startWeb();
});
afterEach(async () => {
  await web.close();
  await rm(directory, { recursive: true });
});

test(
  'killing the process at any moment of a round loses and doubles nothing',
  { timeout: 60_000 },
  async () => {
    let killAfter = 0;
    let answered = 0;
    for (let feed = 0; feed < FEEDS; feed += 1) {
      web.play(`/${feed}`, (response) => {
        response.setHeader('etag', '"1"').end(rss(feed));
        answered += 1;
        if (answered === killAfter) setTimeout(() => running?.kill('SIGKILL'), killAfter % 3);
      });
    }
    let running: ReturnType<typeof fork> | undefined;
    const round = (hours: number) => {
      const script = new URL('doubles/round-in-child.ts', import.meta.url).pathname;
      running = fork(script, [directory, web.http(), String(FEEDS), String(hours)], { silent: true });
      const { promise, resolve } = Promise.withResolvers<string | number | null>();
      running.on('exit', (code, signal) => resolve(signal ?? code));
      return promise;
    };

    const ends = [];
    for (const [index, moment] of [2, 5].entries()) {
      [answered, killAfter] = [0, moment];
      ends.push(await round(index));
    }
    expect(ends).toContain('SIGKILL');
    killAfter = 0;
    expect(await round(2)).toBe(0);

    const db = await openDatabase({ directory });
    const items = await db.query<{ title: string }>(raw('select title from item order by title'));
    const states = await db.query(raw('select id from feed where state is not null'));
    await db.close();
    const expected = Array.from({ length: FEEDS * ITEMS }, (_, index) =>
      titleOf(Math.floor(index / ITEMS), index % ITEMS),
    );
    expect(items.map(({ title }) => title)).toEqual(expected.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(states).toHaveLength(FEEDS);
  },
);

function rss(feed: number): string {
  const items = Array.from({ length: ITEMS }, (_, index) => {
    const address = `https://news-${feed}.example/${index}`;
    return `<item><title>${titleOf(feed, index)}</title><link>${address}</link><pubDate>Tue, 22 Oct 2024 0${index}:00:00 GMT</pubDate></item>`;
  });
  return `<rss version="2.0"><channel><title>Feed ${feed}</title>${items.join('')}</channel></rss>`;
}

function titleOf(feed: number, item: number): string {
  return `Story ${item} of the paper number ${feed}`;
}
