import type { Config } from '../config.ts';
import type { Location } from '../store/database.ts';

/** Where the settings say that the archive is. */
export function locationOf({
  DATABASE_URL: url,
  DATA_DIRECTORY: directory,
}: Pick<Config, 'DATABASE_URL' | 'DATA_DIRECTORY'>): Exclude<Location, 'memory'> {
  return url === undefined ? { directory } : { url };
}
