/**
 * What reading feeds costs, beside plain rss-parser: processor time for feeds of 30 items and of 5 MB, items and
 * megabytes a second, memory of a fresh process; then the hostile shapes at 1 MB in a thread, and how long the main
 * loop was held up meanwhile.
 *
 *   node bench/feeds-parse.ts
 */
import { spawnSync } from 'node:child_process';
import RssParser from 'rss-parser';
import { parseFeed } from '../src/feeds/parse.ts';
import { makeParsers } from '../src/feeds/parsers.ts';
import { hostileShapes } from '../test/doubles/hostile-feeds.ts';

type Kind = 'elements' | 'text';

/** The best round counts; the first ones are spent on compiling. */
const ROUNDS = 15;
const LEAST_ROUND_MS = 300;
const HOSTILE_BYTES = 1_000_000;
const LAG_EVERY_MS = 5;
const CONTENT_TYPE = 'text/xml; charset=utf-8';

const sentences = [
  'The port authority said that three freighters had been seen at the pier since Monday, none of them under a flag.',
  'Selon un responsable du port, trois cargos ont été vus à quai depuis lundi, sans pavillon ni nom visible.',
  'По словам начальника порта, с понедельника у причала стояли три сухогруза без флага и названия.',
  '항만 당국은 월요일부터 부두에 국기도 이름도 없는 화물선 세 척이 목격되었다고 밝혔다.',
  '港湾当局によると、月曜日から埠頭に旗も名前もない貨物船が三隻見られたという。',
  'قالت سلطات الميناء إن ثلاث سفن شحن شوهدت عند الرصيف منذ يوم الاثنين دون علم أو اسم.',
];

const readers: Readonly<Record<string, (bytes: Buffer) => Promise<{ items: readonly unknown[] }>>> = {
  'rss-parser': (bytes) => new RssParser().parseString(bytes.toString('utf8')),
  tumen: async (bytes) => {
    const parsed = await parseFeed(bytes, { contentType: CONTENT_TYPE });
    return parsed.kind === 'feed' ? parsed : { items: [] };
  },
};

const [mode, reader = '', kind = 'text'] = process.argv.slice(2);
if (mode === 'memory') await readOnce(reader, kind as Kind);
else await measure();

async function measure(): Promise<void> {
  for (const [items, of] of [
    [30, 'elements'],
    [30, 'text'],
    [1800, 'elements'],
    [1800, 'text'],
  ] as const) {
    await compare(items, of);
  }
  await beHostile();
}

/** Both readers in turns, so that whatever else the machine does hits both. */
async function compare(items: number, of: Kind): Promise<void> {
  const bytes = Buffer.from(feed(items, of));
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, read] of Object.entries(readers)) {
      best.set(name, Math.min(best.get(name) ?? Infinity, await processorMs(() => read(bytes))));
    }
  }
  const base = best.get('rss-parser') ?? 0;
  for (const [name, ms] of best) {
    const megabytes = (bytes.length / 1000 / ms).toFixed(1);
    const memory = items > 100 ? `  ${memoryOf(name, of)} MB resident` : '';
    print(
      `${items} items, ${of}, ${Math.round(bytes.length / 1000)} kB  ${name.padEnd(10)}  ${ms.toFixed(2)} ms  ${(ms / base).toFixed(2)}x  ${Math.round((items / ms) * 1000)} items/s  ${megabytes} MB/s${memory}`,
    );
  }
}

/** Processor time for one call, over as many calls as fill a moment. */
async function processorMs(read: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  let calls = 0;
  for (const end = performance.now() + LEAST_ROUND_MS; performance.now() < end; calls += 1) await read();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
}

function memoryOf(name: string, of: Kind): number {
  const child = spawnSync(process.execPath, [import.meta.filename, 'memory', name, of], { encoding: 'utf8' });
  return Math.round(Number(child.stdout));
}

async function readOnce(name: string, of: Kind): Promise<void> {
  const bytes = Buffer.from(feed(1800, of));
  for (let time = 0; time < 5; time += 1) await readers[name]?.(bytes);
  print(String(process.resourceUsage().maxRSS / 1024));
}

async function beHostile(): Promise<void> {
  const parsers = makeParsers();
  await parsers.parse(Buffer.from(feed(30, 'text')));
  const lag = watchLag();
  let slowest = 0;
  for (const { name, make } of hostileShapes) {
    const bytes = Buffer.from(make(HOSTILE_BYTES));
    lag.reset();
    const start = performance.now();
    const parsed = await parsers.parse(bytes, { contentType: CONTENT_TYPE });
    const ms = performance.now() - start;
    slowest = Math.max(slowest, ms);
    const outcome = parsed.kind === 'feed' ? `${parsed.items.length} items` : parsed.reason;
    print(
      `hostile: ${name.padEnd(36)} ${ms.toFixed(0).padStart(5)} ms  lag ${lag.worst().toFixed(0).padStart(3)} ms  ${outcome}`,
    );
  }
  lag.stop();
  await parsers.close();
  print(`hostile: the slowest of ${hostileShapes.length} took ${slowest.toFixed(0)} ms`);
}

function watchLag() {
  let worst = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - last - LAG_EVERY_MS);
    last = now;
  }, LAG_EVERY_MS);
  return {
    reset() {
      worst = 0;
      last = performance.now();
    },
    worst: () => worst,
    stop: () => clearInterval(timer),
  };
}

/** A feed with many small elements, or one with long escaped texts in six scripts. */
function feed(items: number, of: Kind): string {
  const list = Array.from({ length: items }, (_, index) =>
    of === 'elements' ? ofElements(index) : ofText(index),
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>World</title><link>https://news.example/</link><description>d</description>${list.join('')}</channel></rss>`;
}

function ofElements(index: number): string {
  const tags = Array.from(
    { length: 9 },
    (_, tag) => `<category domain="https://news.example/tag/${tag}">Tag ${tag}</category>`,
  );
  const pictures = [140, 460].map(
    (width) =>
      `<media:content width="${width}" url="https://img.example/${index}-${width}.jpg"><media:credit scheme="urn:x">Photograph: Desk</media:credit></media:content>`,
  );
  return `${opening(index, sentences[0])}${tags.join('')}${pictures.join('')}<dc:date>2024-11-05T09:00:00Z</dc:date><description>${paragraphs(0, 7)}</description></item>`;
}

function ofText(index: number): string {
  const which = index % sentences.length;
  return `${opening(index, sentences[which])}<category>Asia</category><description>${paragraphs(which, 12)}</description></item>`;
}

function opening(index: number, title = ''): string {
  return `<item><title>${index} ${title.slice(0, 60)}</title><link>https://news.example/${index}</link><guid isPermaLink="false">n-${index}</guid><pubDate>Tue, 05 Nov 2024 09:00:00 GMT</pubDate><dc:creator>Desk</dc:creator>`;
}

function paragraphs(which: number, count: number): string {
  const paragraph = `<p>${sentences[which]} <a href="https://news.example/tag?a=1&amp;b=2">more</a> &ndash; ${sentences[which]}</p>`;
  return paragraph.repeat(count).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
