import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backupCommand } from '../src/cli/backup.ts';
import type { Io } from '../src/cli/io.ts';
import { migrateToCommand } from '../src/cli/migrate-to.ts';
import { restoreCommand } from '../src/cli/restore.ts';
import { statsCommand } from '../src/cli/stats.ts';
import { readConfig } from '../src/config.ts';
import { openDatabase } from '../src/store/database.ts';
import { findEvents, saveEvents } from '../src/store/events.ts';
import { saveItems } from '../src/store/items.ts';
import { anEvent, anItem, aSource } from './builders.ts';

test('a backup can be written, and restored after the archive is lost', async () => {
  const { directory, config, io } = await anArchive();
  const file = join(directory, 'backup.db');
  await backupCommand(file, config, io);
  await rm(join(directory, 'data'), { recursive: true });
  await restoreCommand(file, config, io);

  const db = await openDatabase({ directory: join(directory, 'data') });
  expect(await findEvents(db, { topic: 'dprk-russia', limit: 9 })).toHaveLength(1);
  await db.close();
  expect(io.printed.join('\n')).toMatch(/the whole archive, \d+\.\d MB/);
});

test('restoring from a file that is not there is refused with a sentence', async () => {
  const { config, io } = await anArchive();
  await expect(restoreCommand('/nowhere.db', config, io)).rejects.toThrow('There is no file /nowhere.db.');
});

test('an archive is copied to another folder, with what was copied told', async () => {
  const { directory, config, io } = await anArchive();
  await migrateToCommand(join(directory, 'other'), config, io);

  expect(io.printed).toContain('item            2');
  expect(io.printed.at(-1)).toMatch(/Every row was copied and checked/);
  await expect(migrateToCommand(join(directory, 'other'), config, io)).rejects.toThrow(
    /archive in .* already/,
  );
  await expect(migrateToCommand('mysql://x', config, io)).rejects.toThrow(/postgres/);
});

test('the statistics tell what is stored, with bars', async () => {
  const { config, io } = await anArchive();
  await statsCommand('dprk-russia', config, io);

  const text = io.printed.join('\n');
  expect(text).toContain('        2 items\n');
  expect(text).toContain('        1 events\n');
  expect(text).toMatch(/Items by language\n {2}en {8}1 █{40}\n {2}fr {8}1 █{40}/);
  expect(text).toMatch(/Items by source\n {2}Le Phare +1 /);
  expect(text).toMatch(/Items by month\n {2}2024-10 {8}2/);
  expect(text).toMatch(/Events by month\n {2}2024-10/);
});

async function anArchive() {
  const directory = await mkdtemp(join(tmpdir(), 'tumen-commands-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const db = await openDatabase({ directory: join(directory, 'data') });
  const other = anItem({ language: 'fr', source: aSource({ name: 'Le Phare' }) });
  await saveItems(db, [
    { item: anItem(), keys: [] },
    { item: other, keys: [] },
  ]);
  await saveEvents(db, [anEvent()]);
  await db.close();
  return { directory, config: readConfig({ DATA_DIRECTORY: join(directory, 'data') }), io: aPaper() };
}

/** An `Io` that keeps what is printed. */
function aPaper(): Io & { readonly printed: string[] } {
  const printed: string[] = [];
  return {
    printed,
    async *lines() {},
    print: (line) => {
      printed.push(...line.split('\n'));
    },
    warn: () => undefined,
    progress: () => undefined,
  };
}
