import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../src/store/database.ts';
import { countItems, saveItems } from '../src/store/items.ts';
import { raw, sql } from '../src/store/engines/sql.ts';
import { openSqlite } from '../src/store/engines/sqlite.ts';
import { anItem } from './builders.ts';
import { emptyPostgres } from './database.ts';
import { startPostgres } from './postgres.ts';

test('on a full disk the failure is told, nothing is half-written, and writing goes on once there is room', async ({
  skip,
}) => {
  const folder = await temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return skip('This user cannot mount a small disk');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  const db = await openDatabase({ directory: folder });
  onTestFinished(() => db.close());
  const filler = join(folder, 'filler');
  await writeFile(filler, Buffer.alloc(1_000_000));
  const failure = await fillUp(db);
  const count = await countItems(db);

  expect(failure).toMatchObject({ name: 'StoreError', reason: 'full' });
  expect(count % 10).toBe(0);
  expect(await db.query(raw(`pragma integrity_check`))).toMatchObject([{ integrity_check: 'ok' }]);
  await rm(filler);
  await saveItems(db, tenItems());
  expect(await countItems(db)).toBe(count + 10);
});

test('an archive that another process keeps locked is told to be busy', async () => {
  const file = join(await temporaryFolder(), 'tumen.db');
  const [holder, other] = [await openSqlite(file), await openSqlite(file, { patienceMs: 100 })];
  onTestFinished(async () => {
    await holder.close();
    await other.close();
  });
  await holder.query(raw(`create table note (id text)`));
  await holder.transaction(async (tx) => {
    await tx.query(sql`insert into note (id) values ('a')`);
    await expect(other.query(sql`insert into note (id) values ('b')`)).rejects.toMatchObject({
      reason: 'busy',
    });
    expect(await other.query(sql`select id from note`)).toEqual([]);
  });
  await other.query(sql`insert into note (id) values ('c')`);
  expect(await holder.query(sql`select id from note`)).toHaveLength(2);
});

test('a folder that may not be written is told in a sentence', async ({ skip }) => {
  if (process.getuid?.() === 0) return skip('Root may write anywhere');
  const folder = await temporaryFolder();
  await chmod(folder, 0o500);
  await expect(openDatabase({ directory: folder })).rejects.toMatchObject({ name: 'StoreError' });
});

test('a lost connection to the server is told, and the next question is answered', async ({ skip }) => {
  const server = await startPostgres();
  if (server === undefined) return skip('No PostgreSQL server can be started here');
  onTestFinished(() => server.stop());
  const url = await emptyPostgres(server);
  const [db, killer] = [await openDatabase({ url }), await openDatabase({ url })];
  onTestFinished(async () => {
    await db.close();
    await killer.close();
  });
  const cut = () =>
    killer.query(sql`
      select pg_terminate_backend(pid) as done
      from pg_stat_activity
      where pid <> pg_backend_pid() and datname = current_database()
    `);
  const writing = db.transaction(async (tx) => {
    await tx.query(sql`insert into setting (key, value) values ('a', '1')`);
    await cut();
    await tx.query(sql`insert into setting (key, value) values ('b', '1')`);
  });

  await expect(writing).rejects.toMatchObject({ name: 'StoreError', reason: 'lost' });
  expect(await db.query(sql`select key from setting`)).toEqual([]);
});

async function fillUp(db: Awaited<ReturnType<typeof openDatabase>>): Promise<unknown> {
  try {
    for (let round = 0; round < 500; round += 1) await saveItems(db, tenItems());
    return undefined;
  } catch (error) {
    return error;
  }
}

function tenItems() {
  const text = Array.from({ length: 300 }, (_, number) => `word${number}`).join(' ');
  return Array.from({ length: 10 }, () => ({ item: anItem({ text }), keys: [] }));
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tumen-failures-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
