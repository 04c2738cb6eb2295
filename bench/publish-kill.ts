/**
 * Kills a process with kill -9 at each point of publishing and lets another go on: `node bench/publish-kill.ts [platforms]
 * [engines]`, such as `node bench/publish-kill.ts slack,discord sqlite,postgres`. Prints each point at which not exactly one
 * copy stands in the channel, and the sum.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killAt, points } from '../test/killed-publishing.ts';
import { emptyPostgres } from '../test/database.ts';
import { sides } from '../test/doubles/sides.ts';
import { startPostgres } from '../test/postgres.ts';

const [platforms = sides.join(','), engines = 'sqlite,postgres'] = process.argv.slice(2);
const server = engines.includes('postgres') ? await startPostgres({ safe: true }) : undefined;
for (const engine of engines.split(',')) {
  for (const side of sides.filter((one) => platforms.includes(one))) {
    if (engine === 'postgres' && server === undefined) continue;
    let [once, others] = [0, 0];
    for (const point of points) {
      const directory = await mkdtemp(join(tmpdir(), 'tumen-killed-'));
      const location =
        server !== undefined && engine === 'postgres' ? { url: await emptyPostgres(server) } : { directory };
      const { copies, lines, isCurrent, violations } = await killAt(point, side, location);
      await rm(directory, { recursive: true, force: true });
      const isLine = point.what === 'line';
      const isOnce =
        copies === 1 && lines === (isLine ? 1 : 0) && isCurrent === isLine && violations.length === 0;
      if (isOnce) once += 1;
      else {
        others += 1;
        console.log({ engine, side, point, copies, lines, isCurrent, violations });
      }
    }
    console.log(
      `${engine}, ${side}: ${points.length} points, ${once} times exactly one copy, ${others} times not`,
    );
  }
}
await server?.stop();
