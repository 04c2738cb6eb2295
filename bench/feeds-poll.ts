/**
 * What a round of visits costs: 200 feeds of 50 items, from a web server on this machine in a process of its own.
 * First round (everything is new), unchanged round (all answer 304), changed round (five new items each).
 *
 *   node bench/feeds-poll.ts
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sortArrivals, type Known } from '../src/feeds/arrivals.ts';
import { dueFeeds, makePoliteQueue, visitAll, type Due } from '../src/feeds/due.ts';
import { makeGuardedFetch, type GuardedFetch } from '../src/feeds/http.ts';
import type { ItemKey } from '../src/feeds/identity.ts';
import { toArrivals } from '../src/feeds/items.ts';
import { parseFeed } from '../src/feeds/parse.ts';
import { afterVisit } from '../src/feeds/politeness.ts';
import { fetchFeed, type Fetched } from '../src/feeds/poll.ts';
import { readingOf } from '../src/feeds/visits/outcome.ts';
import type { FeedState } from '../src/feed-state.ts';
import type { Feed } from '../src/model.ts';
import { namesFor } from '../test/doubles/names.ts';

const FEEDS = 200;
const ITEMS = 50;
const NEW_ITEMS = 5;
const START = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

interface Reader {
  readonly feeds: readonly Feed[];
  readonly fetch: GuardedFetch;
  readonly states: Map<string, FeedState>;
  readonly known: Map<ItemKey, Known>;
}

if (process.argv[2] === 'serve') serve();
else await measure();

async function measure(): Promise<void> {
  const server = fork(import.meta.filename, ['serve']);
  const port = await new Promise<number>((resolve) =>
    server.once('message', (told) => resolve(Number(told))),
  );
  const reader = makeReader(port);
  const rounds = [
    ['first round', 0, 0],
    ['unchanged round', 1, 0],
    ['changed round', 2, 1],
  ] as const;
  for (const [name, day, edition] of rounds) {
    server.send(edition);
    await new Promise((resolve) => server.once('message', resolve));
    await round(name, reader, new Date(START + (day + 2) * DAY_MS));
  }
  await reader.fetch.close();
  server.disconnect();
}

function makeReader(port: number): Reader {
  const hosts = Array.from({ length: FEEDS }, (_, index) => `news-${index}.example`);
  const lookup = namesFor(Object.fromEntries(hosts.map((host) => [host, ['127.0.0.1']])));
  const feeds = hosts.map((host, index) => {
    const source = { name: host, family: host, kind: 'press' as const };
    const url = `http://${host}:${port}/${index}`;
    return { id: host, url, source, language: 'en', enabled: true, republishes: [] };
  });
  const fetch = makeGuardedFetch({ userAgent: 'Tumen/bench', allowLoopback: true, lookup });
  return { feeds, fetch, states: new Map(), known: new Map() };
}

async function round(name: string, reader: Reader, now: Date): Promise<void> {
  const { feeds, fetch, states } = reader;
  const queue = makePoliteQueue({ atOnce: 8 });
  const due = dueFeeds(feeds, states, now);
  const kinds: Record<string, number> = {};
  let [items, bytes] = [0, 0];
  const [start, cpuStart] = [performance.now(), process.cpuUsage()];
  await visitAll(due, {
    queue,
    fetch: ({ feed, state }) => fetchFeed(feed, state, fetch, () => now),
    handle: async (visit, fetched) => {
      kinds[fetched.kind] = (kinds[fetched.kind] ?? 0) + 1;
      items += await taken(reader, visit, { fetched, now });
      bytes += fetched.wireBytes;
    },
  });
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuStart);
  const memory = `${megabytes(process.memoryUsage.rss())} MB now, ${megabytes(process.resourceUsage().maxRSS * 1024)} MB at most`;
  print(
    `${name}: ${JSON.stringify(kinds)}, ${items} new items in ${ms.toFixed(0)} ms (${((user + system) / 1000).toFixed(0)} ms of processor), ${((due.length / ms) * 1000).toFixed(0)} feeds/s, ${megabytes(bytes)} MB over the wire, ${memory}`,
  );
}

/** Reads what was fetched and remembers it; returns the number of new items. */
async function taken(
  { states, known }: Reader,
  { feed, state }: Due,
  { fetched, now }: { fetched: Fetched; now: Date },
): Promise<number> {
  if (fetched.kind !== 'new') {
    states.set(
      feed.id,
      afterVisit(state, { feed, fetched }, now, () => 0),
    );
    return 0;
  }
  const parsed = await parseFeed(fetched.body, { contentType: fetched.contentType, url: fetched.baseUrl });
  const arrivals = toArrivals(parsed, feed, now);
  const sorted = sortArrivals(arrivals, (key) => known.get(key), { now, previous: state.lastSuccess });
  const byId = Map.groupBy(sorted.keys, ([, id]) => id);
  for (const [id, pairs] of byId) {
    const keys = pairs.map(([key]) => key);
    for (const key of keys) known.set(key, { id, feed: feed.id, keys });
  }
  const reading = readingOf(parsed, sorted.fresh.length);
  states.set(
    feed.id,
    afterVisit(state, { feed, fetched, reading }, now, () => 0),
  );
  return sorted.fresh.length;
}

/** Answers every path with a feed of its own; told an edition, all feeds move on to it. */
function serve(): void {
  let edition = 0;
  const server = createServer((request, response) => {
    const etag = `"${edition}"`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else
      response
        .writeHead(200, { etag, 'content-type': 'application/rss+xml' })
        .end(feedOf(request.url ?? '', edition));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('message', (told) => {
    edition = Number(told);
    process.send?.(edition);
  });
  process.on('disconnect', () => process.exit());
}

function feedOf(path: string, edition: number): string {
  const first = edition * NEW_ITEMS;
  const items = Array.from({ length: ITEMS }, (_, index) => itemOf(path, first + ITEMS - index));
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${path}</title>${items.join('')}</channel></rss>`;
}

function itemOf(path: string, number: number): string {
  const date = new Date(START + number * 3_600_000).toUTCString();
  const words = Array.from({ length: 60 }, (_, index) => `word${(number * 31 + index * 7) % 997}`).join(' ');
  return `<item><title>Article ${number} of ${path}</title><link>https://site${path}.example/${number}</link><guid>${path}-${number}</guid><pubDate>${date}</pubDate><description>&lt;p&gt;${words}&lt;/p&gt;</description></item>`;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(bytes < 10_485_760 ? 1 : 0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
