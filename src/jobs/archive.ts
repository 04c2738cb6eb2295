import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import { StoreError } from '../errors.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { renewStems } from '../store/search/renew-stems.ts';
import { loadTopic } from '../topics/topic.ts';
import { type Absorber, makeAbsorber } from './absorb.ts';

/** The archive with its history in it, and the way for items into it. */
export interface Archive {
  readonly db: Database;
  readonly absorber: Absorber;
}

/** Words given new stems at the opening: a tenth of a second of the processor; the rest is left to the upkeep. */
const MOST_WORDS = 2000;

const TOPIC = fileURLToPath(new URL('../topics/dprk-russia', import.meta.url));

/**
 * Opens the archive that the settings name; the first time, stores the past events that ship with the topic.
 *
 * @throws {StoreError} when the archive cannot be used
 */
export async function openArchive(
  config: Pick<Config, 'DATABASE_URL' | 'DATA_DIRECTORY'>,
  onProgress?: (done: number, total: number) => void,
): Promise<Archive> {
  const { DATABASE_URL: url, DATA_DIRECTORY: directory } = config;
  const absorber = makeAbsorber(loadTopic(TOPIC));
  const db = await openDatabase(url === undefined ? { directory } : { url });
  try {
    await renewSomeStems(db);
    await absorber.storeHistory(db, onProgress);
    return { db, absorber };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** What an archive that cannot be written now leaves undone, upkeep does later. */
async function renewSomeStems(db: Database): Promise<void> {
  try {
    await renewStems(db, MOST_WORDS);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
}

/**
 * An archive in memory, for commands that keep nothing.
 *
 * @param hasHistory - whether the past events that ship with the topic are in it
 */
export async function openPassingArchive(hasHistory: boolean): Promise<Archive> {
  const absorber = makeAbsorber(loadTopic(TOPIC));
  const db = await openDatabase('memory');
  if (hasHistory) await absorber.storeHistory(db);
  return { db, absorber };
}
