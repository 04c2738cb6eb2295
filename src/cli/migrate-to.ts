import { existsSync } from 'node:fs';
import { UserError } from '../errors.ts';
import type { Config } from '../config.ts';
import { copyArchive } from '../store/upkeep/copying.ts';
import { openDatabase, type Location } from '../store/database.ts';
import type { Io } from './io.ts';
import { locationOf } from './location.ts';

/**
 * `tumen migrate-to PLACE`: copies the archive to another place, which must be empty, and checks every row of the
 * copy: from SQLite to `postgres://…`, or from a server to a folder.
 *
 * @param place - `postgres://…`, or a folder that has no archive yet
 */
export async function migrateToCommand(place: string, config: Config, io: Io): Promise<void> {
  const from = await openDatabase(locationOf(config));
  try {
    const to = await openDatabase(targetOf(place));
    try {
      const counts = await copyArchive(from, to, (table, count) => io.progress(`${table}: ${count}`));
      for (const [table, count] of counts) await io.print(`${table.padEnd(16)}${count}`);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
  const setting = place.includes('://') ? 'DATABASE_URL' : 'DATA_DIRECTORY (and leave DATABASE_URL empty)';
  await io.print(`Every row was copied and checked. Set ${setting} to the new place and start Tumen again.`);
}

function targetOf(place: string): Location {
  if (/^postgres(?:ql)?:\/\//.test(place)) return { url: place };
  if (place.includes('://'))
    throw new UserError('An archive can be kept in a folder or on a server: postgres://…');
  if (existsSync(`${place}/tumen.db`)) throw new UserError(`There is an archive in ${place} already.`);
  return { directory: place };
}
