import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { makePoliteQueue } from '../src/feeds/due.ts';
import { parseFeed } from '../src/feeds/parse.ts';
import { hubLinks } from '../src/feeds/websub/links.ts';
import { isSigned } from '../src/feeds/websub/signature.ts';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import { type Ingest, ingestRound } from '../src/jobs/ingest.ts';
import { openWebSub } from '../src/jobs/websub.ts';
import { claimFeeds, findFeedState } from '../src/store/feeds.ts';
import { countItems } from '../src/store/items.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { aFeed } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { guardedFor } from './doubles/guarded.ts';
import { type Scene, startWeb } from './doubles/web.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TOPIC = 'https://lamp.example/feed.xml';
const topic = loadTopic(fileURLToPath(new URL('../src/topics/dprk-russia', import.meta.url)));
const absorber = makeAbsorber(topic);
const { signal } = new AbortController();
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function feedOf(links: string, items: readonly string[]): string {
  const entries = items.map((id) => {
    return `<item><guid>${id}</guid><title>Boats of ${id}</title><pubDate>Wed, 18 Mar 2026 09:00:00 GMT</pubDate></item>`;
  });
  return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Lamp</title>${links}${entries.join('')}</channel></rss>`;
}

/** A feed whose hub is on the same web as it, visited once, its hub asked; and the hub's side of the talk. */
async function aHub(ways: { inHeader?: boolean; isPlain?: boolean; hub?: Scene } = {}) {
  const forms: URLSearchParams[] = [];
  const web = await startWeb();
  closing.push(() => web.close());
  const receive: Scene = (response, request) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      forms.push(new URLSearchParams(body));
      response.writeHead(202).end();
    });
  };
  web.play('/hub', ways.hub ?? receive);
  web.play('/moved-hub', receive);
  const hub = `${ways.isPlain === true ? web.http() : web.https()}/hub`;
  const links = `<atom:link rel="hub" href="${hub}"/><atom:link rel="self" href="${TOPIC}"/>`;
  const headers = { link: `<${hub}>; rel="hub", <${TOPIC}>; rel=self` };
  web.play(
    '/feed.xml',
    ways.inHeader ? { headers, body: feedOf('', ['a']) } : { body: feedOf(links, ['a']) },
  );
  let now = new Date('2026-03-18T12:00:00Z');
  const db = await emptyDatabase();
  const { fetch } = guardedFor(web);
  const ingest: Ingest = {
    db,
    absorber,
    feeds: [aFeed({ id: 'lamp', url: `${web.http()}/feed.xml` })],
    fetch,
    parse: parseFeed,
    queue: makePoliteQueue({ spacingMs: 0 }),
    clock: () => now,
    log: silent,
    random: () => 0.5,
  };
  await ingestRound(ingest);
  const open = await openWebSub(
    { WEBSUB_URL: 'https://bot.example/websub/', WEBSUB_PORT: 0 },
    ingest,
    signal,
  );
  closing.push(() => open.close());
  const ask = async () => {
    for (const job of open.jobs) await job.run();
  };
  await ask();
  const local = (path: string) => `http://127.0.0.1:${open.listener?.port}${path}`;
  const callback = () => local(new URL(forms.at(-1)?.get('hub.callback') ?? '').pathname);
  const question = (given: Record<string, string> = {}) => {
    const asked = { mode: 'subscribe', topic: TOPIC, challenge: 'c-1', lease_seconds: '100000', ...given };
    const query = new URLSearchParams(Object.entries(asked).map(([name, value]) => [`hub.${name}`, value]));
    return globalThis.fetch(`${callback()}?${query}`);
  };
  const push = (body: string, given: Record<string, string> = {}) => {
    const signature = createHmac('sha256', forms.at(-1)?.get('hub.secret') ?? '')
      .update(body)
      .digest('hex');
    const link = `<${hub}>; rel="hub", <${TOPIC}>; rel="self"`;
    const all = {
      'content-type': 'application/rss+xml',
      link,
      'x-hub-signature': `sha256=${signature}`,
      ...given,
    };
    return globalThis.fetch(callback(), { method: 'POST', body, headers: all });
  };
  /** Ends all work; then counts what is stored. */
  const stored = async () => {
    await open.close();
    return countItems(db);
  };
  const later = (ms: number) => (now = new Date(now.getTime() + ms));
  return { db, forms, ask, local, callback, question, push, stored, later, hub };
}

/** The status; a connection that was cut while the body was sent counts as refused. */
const refused = (answer: Promise<Response>) => answer.then(({ status }) => status).catch(() => 413);

const more = feedOf('', ['b', 'c']);

test('row 46: a hub named by the feed is asked with a secret and a callback of its own', async () => {
  const { forms } = await aHub();
  expect(Object.fromEntries(forms[0] ?? [])).toEqual({
    'hub.mode': 'subscribe',
    'hub.topic': TOPIC,
    'hub.callback': expect.stringMatching(/^https:\/\/bot\.example\/websub\/[\w-]+\/[0-9a-f]{64}$/),
    'hub.lease_seconds': '864000',
    'hub.secret': expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('row 46: a hub named by Link headers is asked too', async () => {
  expect((await aHub({ inHeader: true })).forms).toHaveLength(1);
});

test('row 46: Link headers are read with several relations, several links and relative addresses', () => {
  const header =
    '</next>; rel=next, </hub?a,b>; title="x, y"; rel="hub preload", <https://b.example/>; rel=SELF';
  expect(hubLinks(header, 'https://a.example/feed')).toEqual({
    hub: 'https://a.example/hub?a,b',
    self: 'https://b.example/',
  });
  expect(hubLinks(undefined, 'https://a.example/')).toEqual({});
});

test('row 46: a hub without https is not asked, as it would show the secret', async () => {
  expect((await aHub({ isPlain: true })).forms).toEqual([]);
});

test('row 46: a hub that has moved is asked where it is now, with the same form', async () => {
  const moved = await aHub({ hub: { status: 308, headers: { location: '/moved-hub' } } });
  expect(moved.forms[0]?.get('hub.topic')).toBe(TOPIC);
  const elsewhere = await aHub({ hub: { status: 302, headers: { location: '/moved-hub' } } });
  expect(elsewhere.forms).toEqual([]);
});

test('row 46: a challenge is answered for what was asked for, and for nothing else', async () => {
  const { question, local, callback } = await aHub();
  const answer = await question();
  expect([answer.status, await answer.text()]).toEqual([200, 'c-1']);
  expect((await question({ topic: 'https://other.example/feed' })).status).toBe(404);
  expect((await question({ mode: 'unsubscribe' })).status).toBe(404);
  const guessed = callback().replace(/[0-9a-f]{64}$/, '0'.repeat(64));
  expect((await fetch(`${guessed}?hub.mode=subscribe&hub.topic=${TOPIC}&hub.challenge=c`)).status).toBe(404);
  for (const path of ['/', '/websub', '/websub/AA/00', '/%ff/x'])
    expect((await fetch(local(path))).status).toBe(404);
});

test('row 46: a lease is renewed when 80 % of it is over, at the same callback', async () => {
  const { question, ask, later, forms } = await aHub();
  await question();
  later(79_000_000);
  await ask();
  expect(forms).toHaveLength(1);
  later(1_000_000);
  await ask();
  expect(forms).toHaveLength(2);
  expect(forms[1]?.toString()).toBe(forms[0]?.toString());
});

test('row 46: a hub that does not ask back is asked ever less often; one that says no, a day later', async () => {
  const { question, ask, later, forms } = await aHub();
  for (const hours of [1, 1, 1]) {
    later(hours * HOUR_MS);
    await ask();
  }
  expect(forms).toHaveLength(3);
  expect((await question({ mode: 'denied' })).status).toBe(200);
  later(23 * HOUR_MS);
  await ask();
  expect(forms).toHaveLength(3);
  later(HOUR_MS);
  await ask();
  expect(forms).toHaveLength(4);
});

test('row 46: visits keep their time, at most a day away, whatever a hub sends', async () => {
  const { db, question, push, later, stored } = await aHub();
  const before = await findFeedState(db, 'lamp');
  await question();
  later(HOUR_MS / 2);
  await push(more);
  expect(await stored()).toBe(3);
  const after = await findFeedState(db, 'lamp');
  expect(after).toEqual({ ...before, lastNewItem: expect.any(Date) });
  expect(after?.nextVisit.getTime()).toBeLessThanOrEqual(Date.parse('2026-03-18T12:00:00Z') + DAY_MS);
});

test('row 47: a signed body is read as a fetched one, and brings nothing twice', async () => {
  const { question, push, stored } = await aHub();
  await question();
  expect((await push(feedOf('', ['a', 'b']))).status).toBe(202);
  expect(await stored()).toBe(2);
});

test.each<[string, Record<string, string>]>([
  ['unsigned', { 'x-hub-signature': '' }],
  ['signed with another secret', { 'x-hub-signature': `sha256=${'0'.repeat(64)}` }],
  ['signed in part', { 'x-hub-signature': 'sha256=00' }],
  ['signed in an unknown way', { 'x-hub-signature': 'md5=00' }],
  ['of another topic', { link: '<https://other.example/feed>; rel="self"' }],
  ['of no topic', { link: '' }],
])('row 47: a body that is %s is accepted and ignored', async (_what, headers) => {
  const { question, push, stored } = await aHub();
  await question();
  expect((await push(more, headers)).status).toBe(202);
  expect(await stored()).toBe(1);
});

test('row 47: a body is ignored before the hub has asked back, and after the lease', async () => {
  const { question, push, later, stored } = await aHub();
  expect((await push(more)).status).toBe(202);
  await question();
  later(2 * DAY_MS);
  expect((await push(more)).status).toBe(202);
  expect(await stored()).toBe(1);
});

test('row 47: a body larger than 5 MB, announced or streamed, is not read to its end; a packed one not at all', async () => {
  const { question, push, callback, stored } = await aHub();
  await question();
  const large = more + ' '.repeat(5 * 1024 * 1024);
  expect(await refused(push(large))).toBe(413);
  let sent = 0;
  const streaming = new ReadableStream({
    pull: (stream) => {
      if (sent > 50_000_000) stream.close();
      else stream.enqueue(new Uint8Array(65_536));
      sent += 65_536;
    },
  });
  const streamed = { method: 'POST', body: streaming, duplex: 'half' as const };
  expect(await refused(fetch(callback(), streamed))).toBe(413);
  expect(sent).toBeLessThan(50_000_000);
  expect((await push(more, { 'content-encoding': 'gzip' })).status).toBe(415);
  expect(await stored()).toBe(1);
});

test('row 47: a feed that is being visited is busy, so that the hub sends again', async () => {
  const { db, question, push, later } = await aHub();
  await question();
  const now = later(0);
  await claimFeeds(db, { feeds: ['lamp'], now, leaseMs: HOUR_MS });
  expect((await push(more)).status).toBe(503);
});

test('row 47: every method of the Recommendation counts, the best that is given', () => {
  const body = Buffer.from('boats');
  const by = (method: string, secret = 's') => {
    return `${method}=${createHmac(method, secret).update(body).digest('hex')}`;
  };
  for (const method of ['sha1', 'sha256', 'sha384', 'sha512'])
    expect(isSigned(body, by(method), 's')).toBe(true);
  expect(isSigned(body, `${by('sha1')}, ${by('sha256', 'other')}`, 's')).toBe(false);
  expect(isSigned(body, undefined, 's')).toBe(false);
});

test('nothing listens unless an address is set', async () => {
  const off = await openWebSub({ WEBSUB_URL: undefined, WEBSUB_PORT: 0 }, {} as Ingest, signal);
  expect(off).toEqual({ jobs: [], close: expect.any(Function) });
});

test('a port that is taken is said to be a setting that cannot be used', async () => {
  const { local } = await aHub();
  const port = Number(new URL(local('/')).port);
  const settings = { WEBSUB_URL: 'https://bot.example/websub', WEBSUB_PORT: port };
  await expect(openWebSub(settings, {} as Ingest, signal)).rejects.toThrow(/WEBSUB_PORT/);
});
