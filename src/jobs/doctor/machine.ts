import { statfs } from 'node:fs/promises';
import type { Check } from '../../check.ts';

/** An archive grows by some hundred megabytes a year, and a backup needs as much again. */
const LEAST_FREE_BYTES = 500e6;
const area = 'machine';

/** Looks at the room that is left where the archive is kept. */
export async function diskCheck(directory: string): Promise<Check> {
  const what = 'disk';
  const found = await statfs(directory).catch(() => undefined);
  if (found === undefined)
    return { area, what, state: 'off', finding: `${directory} is not there yet: the first start makes it` };
  const free = found.bavail * found.bsize;
  const finding = `${(free / 1e9).toFixed(1)} GB free in ${directory}`;
  if (free >= LEAST_FREE_BYTES) return { area, what, state: 'sound', finding };
  return { area, what, state: 'broken', finding, advice: 'make room, or move DATA_DIRECTORY' };
}
