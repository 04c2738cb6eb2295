import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { UserError } from '../errors.ts';
import { restore } from '../store/upkeep/backup.ts';
import type { Io } from './io.ts';
import { locationOf } from './location.ts';

/**
 * `tumen restore FILE`: puts a backup in the place of the archive. The archive that was there is kept beside it; on a
 * server the database must be empty. Refused while the bot runs.
 */
export async function restoreCommand(file: string, config: Config, io: Io): Promise<void> {
  if (!existsSync(file)) throw new UserError(`There is no file ${file}.`);
  await restore(file, locationOf(config));
  await io.print(`The archive is that of ${file} now.`);
}
