import { stat } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { backUp } from '../store/upkeep/backup.ts';
import { openDatabase } from '../store/database.ts';
import type { Io } from './io.ts';
import { locationOf } from './location.ts';

/** `tumen backup FILE`: writes the whole archive into one file; the bot may go on meanwhile. */
export async function backupCommand(file: string, config: Config, io: Io): Promise<void> {
  const db = await openDatabase(locationOf(config));
  try {
    io.progress(`writing ${file}`);
    await backUp(db, file);
  } finally {
    await db.close();
  }
  const { size } = await stat(file);
  await io.print(`${file}: the whole archive, ${(size / 1e6).toFixed(1)} MB`);
}
