import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publishDue } from '../src/jobs/publish.ts';
import { openDatabase } from '../src/store/database.ts';
import { findDeliveries } from '../src/store/deliveries.ts';
import { saveSubscription } from '../src/store/subscriptions.ts';
import { daily, FIRST_SLOT, silentLog, topic } from './doubles/discord/days.ts';
import { seatedAtDiscord } from './doubles/discord/seated.ts';

const TIMES = 20;
const PATIENCE = { timeout: 60_000 };
const script = new URL('doubles/discord/publish-in-child.ts', import.meta.url).pathname;
const posts = { method: 'POST', path: /messages$/ };

test(
  'a process that is killed between sending and recording leaves exactly one copy, twenty times',
  { timeout: 300_000 },
  async () => {
    for (let time = 0; time < TIMES; time += 1) {
      expect(await copiesAfterKill(time % 2 === 0 ? 'hung' : 'stuck')).toBe(1);
    }
  },
);

/**
 * Kills a process while it waits for the answer to its post, which Discord has carried out (`hung`) or not (`stuck`). Another
 * goes on once Discord has forgotten the nonce.
 */
async function copiesAfterKill(how: 'hung' | 'stuck'): Promise<number> {
  let now = FIRST_SLOT;
  let copies = 0;
  const directory = await mkdtemp(join(tmpdir(), 'tumen-killed-'));
  const db = await openDatabase({ directory });
  await saveSubscription(db, daily);
  try {
    await seatedAtDiscord(
      async ({ double, platform }) => {
        double.faults.push({ ...posts, how });
        // Compiled once, the processes start in a third of the time.
        const env = { NODE_COMPILE_CACHE: join(tmpdir(), 'tumen-compiled') };
        const child = fork(script, [directory, double.api, now.toISOString()], { silent: true, env });
        const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
        const isAsked = () => double.requests.some((request) => /^POST .*messages$/.test(request));
        await expect.poll(isAsked, PATIENCE).toBe(true);
        child.kill('SIGKILL');
        expect(await ended).toBe('SIGKILL');
        expect(double.messages.size).toBe(how === 'hung' ? 1 : 0);
        now = new Date(now.getTime() + 10 * 60_000);
        await publishDue({ db, topic, platforms: [platform], clock: () => now, log: silentLog });
        copies = double.messages.size;
        const [last] = await findDeliveries(db, daily.id, 1);
        expect(last).toMatchObject({ state: 'posted', attempts: 2 });
      },
      { clock: () => now },
    );
    return copies;
  } finally {
    await db.close();
    await rm(directory, { recursive: true });
  }
}
