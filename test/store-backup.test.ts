import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Format, formats, writeSheet } from '../commands/export-formats.ts';
import { speechIn } from '../digests/speech.ts';
import { addAlias } from '../src/store/aliases.ts';
import { backUp, backUpByDay, restore } from '../src/store/upkeep/backup.ts';
import { copyArchive } from '../src/store/upkeep/copying.ts';
import { openDatabase, type Database, type Location } from '../src/store/database.ts';
import { addDelivery } from '../src/store/deliveries.ts';
import { findEvents, saveEvents } from '../src/store/events.ts';
import { saveEventKeys } from '../src/store/folding.ts';
import { saveItems } from '../src/store/items.ts';
import { saveMatches } from '../src/store/matches.ts';
import { searchItems } from '../src/store/searching.ts';
import { saveSetting } from '../src/store/settings.ts';
import { sql, raw } from '../src/store/engines/sql.ts';
import { saveSubscription } from '../src/store/subscriptions.ts';
import { tables } from '../src/store/upkeep/tables.ts';
import { aClaim, aDelivery, anEvent, anItem, aMatch, aSubscription } from './builders.ts';
import { emptyDatabase, engines } from './database.ts';
import { aTopic } from './topic.ts';

const all = { topic: 'dprk-russia', limit: 100 };

describe.each(await engines({ fresh: true }))('on %s', (_, open) => {
  test('the list of tables is complete', async () => {
    const db = await open();
    const names = await db.query<{ name: string }>(
      db.dialect.name === 'sqlite'
        ? raw(`select name from sqlite_master where type = 'table' and name not like 'sqlite%'`)
        : raw(`select tablename as name from pg_tables where schemaname = current_schema()`),
    );
    const real = names
      .map(({ name }) => name)
      .filter((name) => !/^(?:schema|(?:item|event)_words.*|word_form)$/.test(name));

    expect(Object.keys(tables).toSorted()).toEqual(real.toSorted());
  });

  test('an archive copied to another engine and back is equal, and is searched the same', async () => {
    const [first, other, back] = [await emptyDatabase(), await open(), await emptyDatabase()];
    await fill(first);
    await copyArchive(first, other);
    await copyArchive(other, back);

    expect(await contentOf(other)).toEqual(await contentOf(first));
    expect(await contentOf(back)).toEqual(await contentOf(first));
    for (const db of [other, back]) {
      expect(await findEvents(db, { ...all, text: 'containers' })).toEqual(
        await findEvents(first, { ...all, text: 'containers' }),
      );
      expect(await searchItems(db, { text: 'freighter', limit: 99 })).toHaveLength(60);
      for (const format of formats) expect(await exported(db, format)).toBe(await exported(first, format));
    }
  });

  test('an archive is not copied into one that has something in it', async () => {
    const [from, to] = [await emptyDatabase(), await open()];
    await saveSetting(to, 'a', 1);
    await expect(copyArchive(from, to)).rejects.toMatchObject({ name: 'StoreError', reason: 'in-use' });
  });

  test('a snapshot does not see what is written after it', async () => {
    const db = await open();
    if (db.dialect.name === 'sqlite') return;
    await saveSetting(db, 'before', 1);
    const seen = await db.snapshot(async (frozen) => {
      const early = await frozen.query(sql`select key from setting`);
      await saveSetting(db, 'after', 1);
      return [early, await frozen.query(sql`select key from setting`)];
    });
    expect(seen).toMatchObject([[{ key: 'before' }], [{ key: 'before' }]]);
  });

  test('a backup is one file that can be restored elsewhere', async () => {
    const [db, folder] = [await open(), await temporaryFolder()];
    await fill(db);
    const file = join(folder, 'backups', 'today.db');
    await backUp(db, file);
    await backUp(db, file);
    await restore(file, { directory: join(folder, 'new') });
    const restored = await opened({ directory: join(folder, 'new') });

    expect(await contentOf(restored)).toEqual(await contentOf(db));
    expect(await readdir(join(folder, 'backups'))).toEqual(['today.db']);
  });
});

test('a backup taken while another process writes holds what was written by some moment', async () => {
  const folder = await temporaryFolder();
  const [bot, tool] = [await opened({ directory: folder }), await opened({ directory: folder })];
  const done = new AbortController();
  const writing = (async () => {
    for (let number = 0; !done.signal.aborted; number += 1) {
      await bot.transaction(async (tx) => {
        await saveSetting(tx, `first-${number}`, number);
        await saveSetting(tx, `second-${number}`, number);
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await backUp(tool, join(folder, 'copy.db'));
  done.abort();
  await writing;
  const copy = await opened({ file: join(folder, 'copy.db') });
  const counts = await copy.query<{ begins: string; count: number }>(
    sql`select substr(key, 1, 5) as begins, count(*) as count from setting group by 1`,
  );

  expect(new Set(counts.map(({ count }) => count)).size).toBeLessThanOrEqual(1);
  expect(await copy.query(raw(`pragma integrity_check`))).toMatchObject([{ integrity_check: 'ok' }]);
});

test('a snapshot of a file does not see what is written after it', async () => {
  const db = await opened({ directory: await temporaryFolder() });
  await saveSetting(db, 'before', 1);
  const seen = await db.snapshot(async (frozen) => {
    const early = await frozen.query(sql`select key from setting`);
    await saveSetting(db, 'after', 1);
    return [early, await frozen.query(sql`select key from setting`)];
  });
  expect(seen).toMatchObject([[{ key: 'before' }], [{ key: 'before' }]]);
});

test('restoring over an archive that is open is refused, and nothing changes', async () => {
  const folder = await temporaryFolder();
  const bot = await opened({ directory: join(folder, 'data') });
  await saveSetting(bot, 'kept', 1);
  await backUp(bot, join(folder, 'backup.db'));
  await saveSetting(bot, 'since', 1);

  await expect(restore(join(folder, 'backup.db'), { directory: join(folder, 'data') })).rejects.toMatchObject(
    {
      name: 'StoreError',
      reason: 'in-use',
      message: expect.stringMatching(/stop Tumen/),
    },
  );
  expect(await bot.query(sql`select key from setting order by key`)).toHaveLength(2);
});

test('restoring keeps the archive that was there beside it', async () => {
  const folder = await temporaryFolder();
  const before = await openDatabase({ directory: folder });
  await backUp(before, join(folder, 'backup.db'));
  await saveSetting(before, 'since', 1);
  await before.close();
  await restore(join(folder, 'backup.db'), { directory: folder });

  const [now, then] = [
    await opened({ directory: folder }),
    await opened({ file: join(folder, 'tumen.db.before-restore') }),
  ];
  expect(await now.query(sql`select key from setting`)).toEqual([]);
  expect(await then.query(sql`select key from setting`)).toHaveLength(1);
});

test.each([
  ['no archive at all', 'just words, '.repeat(1000)],
  ['an empty file of another sort', 'x'],
])('%s is refused as a backup, and nothing changes', async (_what, content) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'backup.db'), content);
  await expect(restore(join(folder, 'backup.db'), { directory: join(folder, 'data') })).rejects.toMatchObject(
    {
      name: 'StoreError',
      reason: 'damaged',
    },
  );
  expect(existsSync(join(folder, 'data', 'tumen.db'))).toBe(false);
});

test('a backup with a torn page is refused, and the archive stays', async () => {
  const folder = await temporaryFolder();
  const db = await openDatabase({ directory: join(folder, 'data') });
  await fill(db);
  await backUp(db, join(folder, 'backup.db'));
  await db.close();
  const bytes = await readFile(join(folder, 'backup.db'));
  bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 9000);
  await writeFile(join(folder, 'backup.db'), bytes);

  await expect(restore(join(folder, 'backup.db'), { directory: join(folder, 'data') })).rejects.toMatchObject(
    { reason: 'damaged', message: expect.stringMatching(/take another one/) },
  );
  expect(await readdir(join(folder, 'data'))).toEqual(['tumen.db']);
});

test.each([
  ['a folder', (folder: string) => join(folder, 'taken'), /what has this name is a folder; name a file/],
  ['a file as a folder', (folder: string) => join(folder, 'file', 'a.db'), /a part of its path is a file/],
  ['a device', () => '/dev/null', /what has this name is no file but a device/],
  ['a folder that takes no files', () => '/proc/a.db', /no file can be made there/],
  ['a folder that takes no folders', () => '/proc/a/b/a.db', /no file can be made there/],
  ['a name that is too long', (folder: string) => join(folder, 'a'.repeat(300)), /its name is too long/],
])('a backup to %s is refused with a sentence and leaves nothing behind', async (_, fileIn, sentence) => {
  const [db, folder] = [await emptyDatabase(), await temporaryFolder()];
  await mkdir(join(folder, 'taken'));
  await writeFile(join(folder, 'file'), '');
  await expect(backUp(db, fileIn(folder))).rejects.toMatchObject({
    name: 'StoreError',
    message: expect.stringMatching(new RegExp(`cannot be written: ${sentence.source}.*Nothing was changed$`)),
  });
  expect(await readdir(folder)).toEqual(['file', 'taken']);
});

test('a backup to where this user may not write is refused with a sentence', async ({ skip }) => {
  if (process.getuid?.() === 0) return skip('root may write everywhere');
  const [db, folder] = [await emptyDatabase(), await temporaryFolder()];
  await chmod(folder, 0o500);
  const failure = { reason: 'read-only', message: expect.stringMatching(/this user may not write there/) };
  await expect(backUp(db, join(folder, 'a.db'))).rejects.toMatchObject(failure);
});

test('a backup onto the archive itself is refused, and the archive stays', async () => {
  const folder = await temporaryFolder();
  const db = await opened({ directory: folder });
  await saveSetting(db, 'kept', 1);
  await symlink(join(folder, 'tumen.db'), join(folder, 'link.db'));
  for (const name of ['tumen.db', 'link.db']) {
    await expect(backUp(db, join(folder, name))).rejects.toMatchObject({ reason: 'in-use' });
  }
  expect(await db.query(sql`select key from setting`)).toHaveLength(1);
});

test('an archive in a folder that takes no folders is refused with a sentence', async () => {
  await expect(openDatabase({ directory: '/proc/a/b' })).rejects.toMatchObject({
    name: 'StoreError',
    reason: 'unreachable',
  });
});

test('on a full disk no backup is written, and the one that was there stays', async ({ skip }) => {
  const [db, folder] = [await emptyDatabase(), await temporaryFolder()];
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return skip('This user cannot mount a small disk');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  await backUp(db, join(folder, 'backup.db'));
  const { size } = await stat(join(folder, 'backup.db'));
  await saveSetting(db, 'large', 'x'.repeat(2_000_000));

  await expect(backUp(db, join(folder, 'backup.db'))).rejects.toMatchObject({ reason: 'full' });
  expect(await readdir(folder)).toEqual(['backup.db']);
  expect((await stat(join(folder, 'backup.db'))).size).toBe(size);
});

test('an archive that is damaged can be replaced by a backup', async () => {
  const folder = await temporaryFolder();
  const good = await openDatabase({ directory: folder });
  await saveSetting(good, 'kept', 1);
  await backUp(good, join(folder, 'backup.db'));
  await good.close();
  await writeFile(join(folder, 'tumen.db'), 'not a database, '.repeat(1000));
  await expect(openDatabase({ directory: folder })).rejects.toMatchObject({ reason: 'damaged' });
  await restore(join(folder, 'backup.db'), { directory: folder });

  expect(await (await opened({ directory: folder })).query(sql`select key from setting`)).toHaveLength(1);
});

test('of the daily backups the latest are kept, and other files are left alone', async () => {
  const [db, folder] = [await emptyDatabase(), await temporaryFolder()];
  await writeFile(join(folder, 'mine.db'), '');
  for (const day of ['01', '02', '02', '03', '04']) {
    await backUpByDay(db, { folder, keep: 2, now: new Date(`2024-10-${day}T23:30:00Z`), zone: 'Asia/Seoul' });
  }
  expect((await readdir(folder)).toSorted()).toEqual([
    'mine.db',
    'tumen-2024-10-04.db',
    'tumen-2024-10-05.db',
  ]);
});

async function fill(db: Database): Promise<void> {
  const items = Array.from({ length: 60 }, () => anItem({ feed: 'feed-1' }));
  await saveItems(
    db,
    items.map((item) => ({ item, keys: [`url:${item.url ?? ''}`] })),
  );
  await saveMatches(
    db,
    items.map(({ id }) => ({ item: id, match: aMatch({ score: 1 / 3 }) })),
  );
  const [event, merged] = [anEvent({ titles: { en: 'Ten containers' } }), anEvent()];
  await saveEvents(db, [event, merged]);
  await saveEvents(db, [{ ...event, claims: [aClaim()], changed: new Date('2024-12-01T00:00:00Z') }]);
  await addAlias(db, { id: merged.id, event: event.id, moment: new Date('2024-12-02T00:00:00Z') });
  await saveEventKeys(db, event.id, ['place:rajin']);
  await saveSubscription(db, aSubscription());
  await addDelivery(db, { ...aDelivery(), due: new Date(0) });
  await saveSetting(db, 'nothing', null);
}

async function contentOf(db: Database): Promise<unknown> {
  const content: Record<string, unknown> = {};
  for (const [table, key] of Object.entries(tables)) {
    content[table] = await db.query(raw(`select * from ${table} order by ${key.join(', ')}`));
  }
  return JSON.parse(JSON.stringify(content, (_, value: unknown) => sortedKeys(value)));
}

function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function exported(db: Database, format: Format): Promise<string> {
  const events = await findEvents(db, all);
  const sheet = { of: 'events', told: events.map((event) => ({ event, claims: event.claims })) } as const;
  const writer = { topic: aTopic(), speech: speechIn('en'), now: new Date(0) };
  return (await writeSheet(format, sheet, writer)).text;
}

async function opened(location: Location): Promise<Database> {
  const db = await openDatabase(location);
  onTestFinished(() => db.close());
  return db;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tumen-backup-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
