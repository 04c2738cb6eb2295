import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { makeClaimReader } from '../src/events/claims.ts';
import type { Article } from '../src/events/fold/article.ts';
import { foldRound } from '../src/events/fold/fold.ts';
import { makeFolder } from '../src/events/fold/folder.ts';
import { cluesOf } from '../src/events/fold/keys.ts';
import { makeShelf } from '../src/events/fold/shelf.ts';
import { parseFeed } from '../src/feeds/parse.ts';
import type { ItemEntry } from '../src/feeds/reading/feed-document.ts';
import { detectLanguage } from '../src/language/detect.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { match, matchedText } from '../src/matches/match.ts';
import type { Item, ItemId } from '../src/model.ts';
import { loadTopic } from '../src/topics/topic.ts';

/*
 * How fast feeds become events, on one core: bytes → parsed feed → item → language → match → claims → event. Reads a
 * stream of items (JSON Lines, gzipped) as often as needed, each time a year later, so that the archive grows and the
 * cost per item can be seen to stay flat. Counted in processor time; writing the items as feeds is left out.
 *
 *   node bench/fold.ts ../shared/data/eval/stream.jsonl.gz [items] [undated]
 *
 * `undated`: no item on the topic tells when it was published, which is what costs most to place.
 */

type Row = Record<'id' | 'source' | 'lang' | 'title' | 'summary' | 'published' | 'url' | 'label', string>;

const FEED_ITEMS = 50;
const ROUND_ITEMS = 200;
const BLOCK_ITEMS = 10_000;
const YEAR_MS = 365 * 86_400_000;
const MOST_EVENTS = 100_000;

const [path = '../shared/data/eval/stream.jsonl.gz', wanted = '100000', mode] = process.argv.slice(2);
const total = Number(wanted);

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));
const folder = makeFolder(finder.topic, finder);
const claims = makeClaimReader(finder.topic, finder);
const shelf = makeShelf(MOST_EVENTS, folder.tools.weightOf);
shelf.take({ events: folder.history, merged: [] });

const spent = { parsing: 0, reading: 0, folding: 0 };
let count = 0;
let folded = 0;
let seen = new Date(0);
let feed: string[] = [];
let round: Article[] = [];

for (let year = 0; count < total; year++) {
  for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
    feed.push(entryOf(JSON.parse(line) as Row, year));
    if (feed.length === FEED_ITEMS) await take();
    if (++count % BLOCK_ITEMS === 0) report();
    if (count >= total) break;
  }
}

async function take(): Promise<void> {
  const bytes = Buffer.from(
    `<rss version="2.0"><channel><title>Wire</title>${feed.join('')}</channel></rss>`,
  );
  feed = [];
  const start = processorMs();
  const parsed = await parseFeed(bytes);
  const entries = parsed.kind === 'feed' ? parsed.items : [];
  const ready = processorMs();
  for (const entry of entries) read(entry);
  spent.parsing += ready - start;
  spent.reading += processorMs() - ready;
  if (round.length >= ROUND_ITEMS) fold();
}

function read({ guid, title = '', summary = '', published, url }: ItemEntry): void {
  const moment = published === undefined ? undefined : new Date(published);
  if (moment !== undefined && moment > seen) seen = moment;
  const given: Item = {
    id: `${guid}` as ItemId,
    source: { name: 'Wire', family: hostOf(url), kind: 'press' },
    title,
    text: summary,
    language: 'und',
    ...(url !== undefined && { url }),
    ...(moment !== undefined && { published: moment }),
    seen,
  };
  const item = { ...given, language: detectLanguage(matchedText(given)) };
  const found = match(item, finder);
  if (found.zone !== 'hit') return;
  round.push(folder.signer.articleOf(item, claims.claimsOf(item, found), found));
  folded += 1;
}

function fold(): void {
  const start = processorMs();
  const clues = round.map((article) => cluesOf(article, folder.tools.weightOf));
  shelf.take(foldRound(round, shelf.find(clues), folder.tools));
  round = [];
  spent.folding += processorMs() - start;
}

function report(): void {
  fold();
  const { parsing, reading, folding } = spent;
  const rate = Math.round(BLOCK_ITEMS / ((parsing + reading + folding) / 1000));
  const each = [parsing, reading, folding].map((ms) => (ms / BLOCK_ITEMS).toFixed(3)).join(' + ');
  const megabytes = Math.round(process.memoryUsage().rss / 1e6);
  process.stdout.write(
    `${count} items, ${folded} on topic, ${shelf.all().length} events: ${rate} items/s (${each} ms), ${megabytes} MB\n`,
  );
  Object.assign(spent, { parsing: 0, reading: 0, folding: 0 });
}

function entryOf({ id, source, title, summary = '', published, url, label }: Row, year: number): string {
  const moment = new Date(Date.parse(published.slice(0, 10)) + year * YEAR_MS);
  const link = `${url || `https://${source}/${id}`}?${year}`;
  const isUndated = mode === 'undated' && label !== 'off';
  const date = isUndated ? '' : `<pubDate>${moment.toUTCString()}</pubDate>`;
  return `<item><guid>${id}-${year}</guid><title>${escaped(title)}</title><link>${escaped(link)}</link>${date}<description>${escaped(summary)}</description></item>`;
}

/** Processor time, so that whatever else the machine does is not counted. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function hostOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : 'unknown';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
