import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { lookAfter, type Upkeep } from '../src/jobs/upkeep.ts';
import { openDatabase } from '../src/store/database.ts';
import { findItem, saveItems } from '../src/store/items.ts';
import { renewStems } from '../src/store/search/renew-stems.ts';
import { removeSetting } from '../src/store/settings.ts';
import { anItem } from './builders.ts';

test('the archive is backed up once a day of the zone, and only so many backups are kept', async () => {
  const { upkeep, folder, logged } = await anUpkeep({ BACKUP_KEEP: '2', ZONE: 'Asia/Seoul' });
  for (const moment of ['01T14:00', '01T14:30', '01T15:30', '02T14:00', '02T15:00', '02T20:00']) {
    await lookAfter({ ...upkeep, clock: () => new Date(`2024-10-${moment}:00Z`) });
  }

  expect((await readdir(folder)).toSorted()).toEqual(['tumen-2024-10-02.db', 'tumen-2024-10-03.db']);
  expect(logged.info.filter((message) => message === 'archive backed up')).toHaveLength(3);
});

test('a backup holds the texts that are forgotten the same day', async () => {
  const { upkeep, folder } = await anUpkeep({ KEEP_TEXTS_DAYS: '30' });
  const [old, young] = [anItem({ seen: new Date('2024-08-31T12:00:00Z') }), anItem()];
  await saveItems(
    upkeep.db,
    [old, young].map((item) => ({ item, keys: [] })),
  );
  await lookAfter(upkeep);

  expect(await findItem(upkeep.db, old.id)).toEqual({ ...old, text: '' });
  expect(await findItem(upkeep.db, young.id)).toEqual(young);
  const backup = await openDatabase({ file: join(folder, 'tumen-2024-10-01.db') });
  onTestFinished(() => backup.close());
  expect(await findItem(backup, old.id)).toEqual(old);
});

test('without settings nothing is written and nothing forgotten', async () => {
  const { upkeep, folder, logged } = await anUpkeep({ BACKUP_DIRECTORY: '' });
  const old = anItem({ seen: new Date('1999-01-01T00:00:00Z') });
  await saveItems(upkeep.db, [{ item: old, keys: [] }]);
  await lookAfter(upkeep);

  expect(await findItem(upkeep.db, old.id)).toEqual(old);
  expect(await readdir(folder)).toEqual([]);
  expect(logged).toEqual({ info: [], error: [] });
});

test('a backup that cannot be written is told, does not keep the rest from being done, and is tried again', async () => {
  const { upkeep, folder, logged } = await anUpkeep({ KEEP_TEXTS_DAYS: '30' });
  await rm(folder, { recursive: true });
  await writeFile(folder, 'in the way');
  await lookAfter(upkeep);
  expect(logged).toEqual({ info: ['old texts forgotten'], error: ['archive not backed up'] });

  await rm(folder);
  await lookAfter(upkeep);
  expect(await readdir(folder)).toEqual(['tumen-2024-10-01.db']);
});

test('words that an earlier Tumen noted get their stems, once', async () => {
  const { upkeep, logged } = await anUpkeep({ BACKUP_DIRECTORY: '' });
  await saveItems(upkeep.db, [{ item: anItem({ language: 'en', text: 'missiles' }), keys: [] }]);
  await removeSetting(upkeep.db, 'stems of words');
  await lookAfter(upkeep);
  await lookAfter(upkeep);

  expect(logged).toEqual({ info: ['stems renewed'], error: [] });
});

test('other files in the folder of backups are left alone', async () => {
  const { upkeep, folder } = await anUpkeep({ BACKUP_KEEP: '1' });
  for (const name of ['tumen-1999-01-01.db', 'tumen-1999-01-01.db.txt', 'mine.db']) {
    await writeFile(join(folder, name), '');
  }
  await lookAfter(upkeep);

  expect((await readdir(folder)).toSorted()).toEqual([
    'mine.db',
    'tumen-1999-01-01.db.txt',
    'tumen-2024-10-01.db',
  ]);
});

async function anUpkeep(settings: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'tumen-upkeep-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const db = await openDatabase('memory');
  onTestFinished(() => db.close());
  await renewStems(db, Infinity);
  const logged = { info: [] as string[], error: [] as string[] };
  const heard = (level: 'info' | 'error') => (_: object, message: string) => void logged[level].push(message);
  const log = { info: heard('info'), error: heard('error') } as unknown as Upkeep['log'];
  const config = readConfig({ BACKUP_DIRECTORY: folder, ...settings });
  const upkeep: Upkeep = { db, config, clock: () => new Date('2024-10-01T00:10:00Z'), log };
  return { upkeep, folder, logged };
}
