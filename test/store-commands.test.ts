import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backupCommand } from '../src/cli/backup.ts';
import { exportCommand } from '../src/cli/export.ts';
import type { Io } from '../src/cli/io.ts';
import { migrateToCommand } from '../src/cli/migrate-to.ts';
import { restoreCommand } from '../src/cli/restore.ts';
import { statsCommand } from '../src/cli/stats.ts';
import { readConfig } from '../src/config.ts';
import { openDatabase } from '../src/store/database.ts';
import { findEvents, saveEvents } from '../src/store/events.ts';
import { saveItems } from '../src/store/items.ts';
import { onDay, parseDay } from '../src/time.ts';
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
  expect(text).toMatch(/^2 {2}articles\n0 {2}articles on topic\n1 {2}events\n/);
  expect(text).toMatch(/Events by kind\n {2}arms transfer {10}1 █{40}\n/);
  expect(text).toMatch(/Events by source\n {2}The Daily Lighthouse {10}1 █/);
  expect(text).toMatch(/Articles by language\n {2}English {10}1 █{40}\n {2}French {11}1 █{40}/);
  expect(text).toMatch(/Articles by month\n {2}2024-10 {10}2 █{40}/);
});

test('months without anything have their line, and a bar is as long as its part to an eighth', async () => {
  const { directory, config, io } = await anArchive();
  const db = await openDatabase({ directory: join(directory, 'data') });
  const later = Array.from({ length: 16 }, () => anEvent({ when: onDay(parseDay('2025-01-15')) }));
  await saveEvents(db, later);
  await db.close();
  await statsCommand('dprk-russia', config, io);

  expect(io.printed.join('\n')).toContain(
    [
      'Events by month',
      '  2024-10          1 ██▌',
      '  2024-11          0',
      '  2024-12          0',
      `  2025-01         16 ${'█'.repeat(40)}`,
    ].join('\n'),
  );
});

test('what a look-up finds is handed over on the command line, on the screen or as a file', async () => {
  const { directory, config, io } = await anArchive();
  await exportCommand('jsonl', { options: ['kind:troops', 'text:Kim Yong Bok'] }, config, io);
  const kinds = io.printed.map((line) => (JSON.parse(line) as { kind: string }).kind);
  expect(new Set(kinds)).toEqual(new Set(['troops']));

  const out = join(directory, 'treaty.csv');
  await exportCommand('csv', { options: ['kind:treaty'], out }, config, io);
  expect(await readFile(out, 'utf8')).toContain('2024-06-19-treaty');
});

test('a format that there is not is refused with those that there are', async () => {
  const { config, io } = await anArchive();
  await expect(exportCommand('pdf', { options: [] }, config, io)).rejects.toThrow(/CSV, JSON/);
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
