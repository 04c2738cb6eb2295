import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPostgres } from './postgres.ts';
import { killRound } from './store-kill.ts';

const WHOLE = { lost: 0, torn: 0, isSound: true };
/** `KILL_ROUNDS=50 npx vitest run test/store-kill.test.ts` is what docs/reliability.md tells of. */
const ROUNDS = 2;

test('a writer killed in mid-write loses nothing that it was told is stored, on SQLite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tumen-kill-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  for (let round = 0; round < ROUNDS; round += 1) {
    expect(await killRound({ directory }, `writer${round}`, { afterMs: 50 + 37 * round })).toMatchObject(
      WHOLE,
    );
  }
}, 120_000);

test('a server killed in mid-write loses nothing that it said is stored', async ({ skip }) => {
  const server = await startPostgres({ safe: true });
  if (server === undefined) return skip('No PostgreSQL server can be started here');
  onTestFinished(() => server.stop());
  const location = { url: server.url('postgres') };
  for (let round = 0; round < ROUNDS; round += 1) {
    const kill = () => server.crash();
    expect(await killRound(location, `writer${round}`, { afterMs: 50 + 37 * round, kill })).toMatchObject(
      WHOLE,
    );
  }
}, 120_000);
