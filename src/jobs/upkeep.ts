import type { Config } from '../config.ts';
import { StoreError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import { renewStems } from '../store/search/renew-stems.ts';
import { findSetting, saveSetting } from '../store/settings.ts';
import { backUpByDay, latestBackup } from '../store/upkeep/backup.ts';
import { compact, forgetTexts, isWorthCompacting } from '../store/upkeep/room.ts';
import { addDays, type Clock, dayAt, startOf } from '../time.ts';
import type { Job } from './schedule.ts';

/** What looking after the archive takes. */
export interface Upkeep {
  readonly db: Database;
  readonly config: Pick<Config, 'ZONE' | 'BACKUP_DIRECTORY' | 'BACKUP_KEEP' | 'KEEP_TEXTS_DAYS'>;
  readonly clock: Clock;
  readonly log: Log;
}

const EVERY_MINUTES = 15;
/** Words given new stems in one go: so many that stopping waits for seconds at most. */
const WORDS_AT_ONCE = 200_000;
const FORGOTTEN = 'texts forgotten';

/** Looks after the archive, most of it once a day, in the first quarters of an hour of a day in the zone of the settings. */
export function upkeepJob(upkeep: Upkeep): Job {
  return { name: 'upkeep', everyMinutes: EVERY_MINUTES, run: () => lookAfter(upkeep) };
}

/**
 * Backs the archive up and forgets old texts, as far as the settings wish it and today has not seen it yet. What cannot
 * be done now is tried again the next time.
 */
export async function lookAfter(upkeep: Upkeep): Promise<void> {
  // The backup comes first: what is forgotten today is in it for as long as it is kept.
  await orLater(upkeep, 'archive not backed up', backUpToday);
  await orLater(upkeep, 'texts not forgotten', forgetOldTexts);
  await orLater(upkeep, 'stems not renewed', renewOldStems);
}

/** A full disk or a busy archive may pass; everything else is a defect. */
async function orLater(
  upkeep: Upkeep,
  failure: string,
  work: (upkeep: Upkeep) => Promise<void>,
): Promise<void> {
  try {
    await work(upkeep);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    upkeep.log.error({ reason: error.reason, err: error }, failure);
  }
}

async function backUpToday({ db, config, clock, log }: Upkeep): Promise<void> {
  const { BACKUP_DIRECTORY: folder, BACKUP_KEEP: keep, ZONE: zone } = config;
  if (folder === undefined || (await latestBackup(folder)) === dayAt(clock(), zone)) return;
  const begun = clock();
  const file = await backUpByDay(db, { folder, keep, now: begun, zone });
  log.info({ file, ms: clock().getTime() - begun.getTime() }, 'archive backed up');
}

async function forgetOldTexts({ db, config, clock, log }: Upkeep): Promise<void> {
  const { KEEP_TEXTS_DAYS: days, ZONE: zone } = config;
  const today = dayAt(clock(), zone);
  if (days === undefined || (await findSetting(db, FORGOTTEN)) === today) return;
  const begun = clock();
  const texts = await forgetTexts(db, startOf(addDays(today, -days), zone));
  const isCompacted = texts > 0 && (await isWorthCompacting(db));
  if (isCompacted) await compact(db);
  await saveSetting(db, FORGOTTEN, today);
  log.info({ texts, isCompacted, ms: clock().getTime() - begun.getTime() }, 'old texts forgotten');
}

async function renewOldStems({ db, clock, log }: Upkeep): Promise<void> {
  const begun = clock();
  const words = await renewStems(db, WORDS_AT_ONCE);
  if (words > 0) log.info({ words, ms: clock().getTime() - begun.getTime() }, 'stems renewed');
}
