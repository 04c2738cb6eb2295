import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { makeClaimReader } from '../src/events/claims.ts';
import type { Article } from '../src/events/fold/article.ts';
import { foldRound } from '../src/events/fold/fold.ts';
import { makeFolder } from '../src/events/fold/folder.ts';
import { articleKeys } from '../src/events/fold/keys.ts';
import { makeShelf } from '../src/events/fold/shelf.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import type { Item, ItemId } from '../src/model.ts';
import { loadTopic } from '../src/topics/topic.ts';

/*
 * How fast items become events, on one core: JSON line → item → match → claims → signature → event. Reads a stream
 * of items (JSON Lines, gzipped) as often as needed, each time a year later, so that the archive grows and the cost
 * per item can be seen to stay flat.
 *
 *   node bench/fold.ts ../shared/data/eval/stream.jsonl.gz [items]
 */

const ROUND_ITEMS = 200;
const BLOCK_ITEMS = 10_000;
const YEAR_MS = 365 * 86_400_000;
const MOST_EVENTS = 100_000;

const [path = '../shared/data/eval/stream.jsonl.gz', wanted = '100000'] = process.argv.slice(2);
const total = Number(wanted);

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));
const folder = makeFolder(finder.topic, finder);
const claims = makeClaimReader(finder.topic, finder);
const shelf = makeShelf(MOST_EVENTS, folder.tools.weightOf);
shelf.take({ events: folder.history, merged: [] });

let count = 0;
let folded = 0;
let round: Article[] = [];
let started = performance.now();

for (let year = 0; count < total; year++) {
  for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
    take(line, year);
    if (++count % BLOCK_ITEMS === 0) report();
    if (count >= total) break;
  }
}

function take(line: string, year: number): void {
  const item = itemOf(line, year);
  const found = match(item, finder);
  if (found.zone !== 'hit') return;
  round.push(folder.signer.articleOf(item, claims.claimsOf(item, found), found));
  folded += 1;
  if (round.length >= ROUND_ITEMS) fold();
}

function fold(): void {
  const keys = round.flatMap((article) => articleKeys(article, folder.tools.weightOf));
  shelf.take(foldRound(round, shelf.find(keys), folder.tools));
  round = [];
}

function itemOf(line: string, year: number): Item {
  const row = JSON.parse(line) as Record<
    'id' | 'source' | 'lang' | 'title' | 'summary' | 'published',
    string
  >;
  const published = new Date(Date.parse(row.published.slice(0, 10)) + year * YEAR_MS);
  return {
    id: `${row.id}-${year}` as ItemId,
    source: { name: row.source, family: row.source, kind: 'press' },
    title: row.title,
    text: row.summary ?? '',
    language: row.lang,
    published,
    publishedPrecision: 'day',
    seen: published,
  };
}

function report(): void {
  fold();
  const seconds = (performance.now() - started) / 1000;
  const megabytes = Math.round(process.memoryUsage().rss / 1e6);
  const rate = Math.round(BLOCK_ITEMS / seconds);
  process.stdout.write(
    `${count} items, ${folded} on topic, ${shelf.all().length} events: ${rate} items/s, ${megabytes} MB\n`,
  );
  started = performance.now();
}
