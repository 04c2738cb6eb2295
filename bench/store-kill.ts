import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../test/postgres.ts';
import { killRound } from '../test/store-kill.ts';

/** `node bench/store-kill.ts sqlite|postgres ROUNDS`: kills a writer, or the server, in mid-write, and looks what is left. */
const [engine = 'sqlite', rounds = '50'] = process.argv.slice(2);
const directory = await mkdtemp(join(tmpdir(), 'tumen-kill-'));
const server = engine === 'postgres' ? await startPostgres({ safe: true }) : undefined;
let [acknowledged, lost, torn, unsound] = [0, 0, 0, 0];
try {
  const location = server === undefined ? { directory } : { url: server.url('postgres') };
  for (let round = 0; round < Number(rounds); round += 1) {
    const afterMs = 20 + ((round * 67) % 400);
    const kill = server && (() => server.crash());
    const left = await killRound(location, `writer${round}x`, { afterMs, ...(kill && { kill }) });
    acknowledged += left.acknowledged;
    lost += left.lost;
    torn += left.torn;
    unsound += left.isSound ? 0 : 1;
  }
} finally {
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
}
process.stdout.write(
  `${engine}: ${rounds} rounds, ${acknowledged} transactions acknowledged, ${lost} lost, ${torn} rows torn, ${unsound} archives unsound\n`,
);
