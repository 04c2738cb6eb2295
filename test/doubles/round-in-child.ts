/** One round of visits in a process of its own, which a test may kill: directory, address of the web, feeds, hours since the start. */
import { makePoliteQueue } from '../../src/feeds/due.ts';
import { makeGuardedFetch } from '../../src/feeds/http.ts';
import { parseFeed } from '../../src/feeds/parse.ts';
import { makeAbsorber } from '../../src/jobs/absorb.ts';
import { ingestRound } from '../../src/jobs/ingest.ts';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { loadTopic } from '../../src/topics/topic.ts';
import { aFeed } from '../builders.ts';

const [directory = '', base = '', count = '0', hours = '0'] = process.argv.slice(2);
const now = new Date(Date.UTC(2024, 9, 23, 12) + Number(hours) * 3_600_000);

const db = await openDatabase({ directory });
const fetch = makeGuardedFetch({ userAgent: 'Tumen/test', allowLoopback: true });
const feeds = Array.from({ length: Number(count) }, (_, index) =>
  aFeed({ id: `feed-${index}`, url: `${base}/${index}` }),
);
const topic = new URL('../../src/topics/dprk-russia', import.meta.url).pathname;
const report = await ingestRound({
  db,
  absorber: makeAbsorber(loadTopic(topic)),
  feeds,
  fetch,
  parse: parseFeed,
  queue: makePoliteQueue({ spacingMs: 0 }),
  clock: () => now,
  log: makeLog(readConfig({ LOG_LEVEL: 'silent' })),
  random: () => 0,
});
process.stdout.write(JSON.stringify({ due: report.due, visited: report.visited, newItems: report.newItems }));
await fetch.close();
await db.close();
