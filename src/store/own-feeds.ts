import type { Feed } from '../model.ts';
import type { Queries } from './database.ts';
import { read } from './json.ts';
import { sql } from './engines/sql.ts';
import { removeSetting, saveSetting } from './settings.ts';

/** Who did something, and when. */
export interface Deed {
  /** A person, as their platform names them: `discord 1234`. */
  readonly by: string;
  readonly at: Date;
}

/** A feed that somebody added to those of the topic. */
export interface OwnFeed extends Deed {
  readonly feed: Feed;
}

/** A feed that somebody has switched off. */
export interface MutedFeed extends Deed {
  readonly feed: string;
}

const OWN = 'own feed ';
const MUTED = 'muted feed ';

/** The feeds that people added, by id. */
export async function findOwnFeeds(db: Queries): Promise<Map<string, OwnFeed>> {
  const found = await startingWith<OwnFeed>(db, OWN);
  return new Map(found.map((own) => [own.feed.id, own]));
}

/** Adds a feed; one of the same id gives way. */
export async function saveOwnFeed(db: Queries, own: OwnFeed): Promise<void> {
  await saveSetting(db, OWN + own.feed.id, own);
}

/** Takes a feed that was added away again. Its items stay. */
export async function removeOwnFeed(db: Queries, feed: string): Promise<void> {
  await removeSetting(db, OWN + feed);
  await removeSetting(db, MUTED + feed);
}

/** The feeds that are switched off, by id. */
export async function findMutedFeeds(db: Queries): Promise<Map<string, MutedFeed>> {
  const found = await startingWith<MutedFeed>(db, MUTED);
  return new Map(found.map((muted) => [muted.feed, muted]));
}

/** Switches a feed off: it is visited no more. */
export async function muteFeed(db: Queries, muted: MutedFeed): Promise<void> {
  await saveSetting(db, MUTED + muted.feed, muted);
}

/** Switches a feed on again. */
export async function unmuteFeed(db: Queries, feed: string): Promise<void> {
  await removeSetting(db, MUTED + feed);
}

/** The feeds of a topic and those that people added; what is muted is not enabled. */
export async function watchedFeeds(db: Queries, shipped: readonly Feed[]): Promise<Feed[]> {
  const [own, muted] = [await findOwnFeeds(db), await findMutedFeeds(db)];
  const all = [...shipped, ...[...own.values()].map(({ feed }) => feed)];
  return all.map((feed) => (muted.has(feed.id) ? { ...feed, enabled: false } : feed));
}

async function startingWith<Value>(db: Queries, start: string): Promise<Value[]> {
  const found = await db.query<{ value: string }>(
    sql`select value from setting where substr(key, 1, ${start.length}) = ${start} order by key`,
  );
  return found.map(({ value }) => read(value) as Value);
}
