/**
 * How fast many digests that are due at one minute are composed and posted: `node bench/publish.ts [compose|slack|discord]
 * [COUNT]`; 10,000 to a platform that takes whatever comes, or 1,000 channels of a strict stand-in with the platform's limits
 * before it. Prints one JSON line each.
 */
import { fileURLToPath } from 'node:url';
import type { Found, Platform } from '../src/channels/platform.ts';
import { publishDue, type Publish } from '../src/jobs/publish.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { saveEvents } from '../src/store/events.ts';
import { saveSubscription } from '../src/store/subscriptions.ts';
import type { Channel } from '../src/subscription.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { aCitation, aClaim, anEvent, aSubscription } from '../test/builders.ts';
import { limited, limits } from '../test/doubles/limited.ts';
import { platformAt, type Side, startSide } from '../test/doubles/sides.ts';
import { silentLog } from '../test/newsroom.ts';

const [what = 'compose', count] = process.argv.slice(2);
const topic = {
  ...loadTopic(fileURLToPath(new URL('../src/topics/dprk-russia', import.meta.url))),
  feeds: [],
};
const EVENTS = 12;
const DAY_MS = 86_400_000;
const languages = ['en', 'fr', 'de', 'es', 'uk', 'ko', 'ja'];
const db = await openDatabase('memory');

/** Digests of the same dozen events in seven languages, half of them of some kinds alone, all due at `at`. */
async function fill(addresses: readonly string[], platform: Channel['platform'], at: Date): Promise<void> {
  const known = new Date(at.getTime() - DAY_MS / 4);
  const events = Array.from({ length: EVENTS }, (_, index) =>
    anEvent({
      id: `2024-10-23-e${index}` as never,
      claims: [aClaim(), aClaim()],
      citations: [aCitation(), aCitation()],
      firstSeen: known,
      changed: known,
    }),
  );
  await saveEvents(db, events);
  for (const [index, address] of addresses.entries()) {
    await saveSubscription(
      db,
      aSubscription({
        channel: { platform, address },
        time: at.toISOString().slice(11, 16),
        zone: 'UTC',
        language: languages[index % languages.length] ?? 'en',
        created: new Date(at.getTime() - DAY_MS / 2),
        ...(index % 2 === 0 && { wishes: { kinds: ['transfer', 'troops'] } }),
      }),
    );
  }
}

async function timed(
  publish: Omit<Publish, 'topic' | 'db' | 'log'>,
): Promise<{ seconds: number; cpu: number }> {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  await publishDue({ ...publish, db: db as Database, topic, log: silentLog });
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - begun) / 1000, cpu: (user + system) / 1e6 };
}

async function compose(digests: number): Promise<object> {
  const at = new Date('2024-10-24T06:00:00Z');
  let posts = 0;
  const platform: Platform = {
    name: 'discord',
    start: () => Promise.resolve(),
    post: (_, __, { key }) => Promise.resolve(`${(posts += 1)} ${key}`),
    edit: () => Promise.resolve(),
    find: (): Promise<Found> => Promise.resolve({ kind: 'absent' }),
    stop: () => Promise.resolve(),
  };
  const addresses = Array.from({ length: digests }, (_, index) => `c${index}`);
  await fill(addresses, 'discord', at);
  const { seconds, cpu } = await timed({ platforms: [platform], clock: () => at, paces: {} });
  return { digests, posts, seconds: rounded(seconds), cpuSeconds: rounded(cpu) };
}

async function post(side: Side, channels: number): Promise<object> {
  const double = await startSide(side);
  const before = await limited(side, double.api);
  const at = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  await fill(double.channels(channels), side, at);
  const platform = await platformAt(side, before.api, db);
  const { seconds, cpu } = await timed({ platforms: [platform], clock: () => new Date() });
  const posts = double.texts().length;
  await platform.stop();
  await before.close();
  await double.close();
  // A long digest takes several posts.
  const perSecond = posts / seconds;
  return {
    side,
    channels,
    posts,
    seconds: rounded(seconds),
    cpuSeconds: rounded(cpu),
    perSecond: rounded(perSecond),
    ofAllowed: rounded(perSecond / limits[side].perSecond),
    turnedAway: before.turnedAway(),
    violations: double.violations.length,
  };
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}

const result =
  what === 'slack' || what === 'discord'
    ? await post(what, Number(count ?? 1000))
    : await compose(Number(count ?? 10_000));
process.stdout.write(`${JSON.stringify(result)}\n`);
await db.close();
