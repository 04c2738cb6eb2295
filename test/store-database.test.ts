import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../src/store/database.ts';
import { migrate, versionOf } from '../src/store/migrate.ts';
import { migrations } from '../src/store/schema.ts';
import { joined, list, raw, rows, sql } from '../src/store/engines/sql.ts';
import { engines } from './database.ts';

describe.each(await engines({ fresh: true }))('on %s', (_, open) => {
  test('values travel apart from the text and come back as they went', async () => {
    const db = await open();
    await db.query(raw(`create table note (id bigint, words text)`));
    await db.query(
      sql`insert into note (id, words) values ${rows([
        [1, "it's; drop table note"],
        [9_007_199_254_740_991, null],
      ])}`,
    );

    const found = await db.query(
      sql`select id, words from note where id in (${list([1, 9_007_199_254_740_991])}) order by id`,
    );

    expect(found).toMatchObject([
      { id: 1, words: "it's; drop table note" },
      { id: 9_007_199_254_740_991, words: null },
    ]);
  });

  test('a list of nothing is nothing', async () => {
    const db = await open();
    expect(await db.query(sql`select 1 as one ${joined([], ' and ')}`)).toMatchObject([{ one: 1 }]);
  });

  test('a transaction that fails leaves nothing behind', async () => {
    const db = await open();
    const failing = db.transaction(async (tx) => {
      await tx.query(sql`insert into setting (key, value) values ('a', '1')`);
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(await db.query(sql`select key from setting`)).toEqual([]);
  });

  test('a part of a transaction can fail alone', async () => {
    const db = await open();
    await db.transaction(async (tx) => {
      await tx.query(sql`insert into setting (key, value) values ('outer', '1')`);
      const part = tx.transaction(async (inner) => {
        await inner.query(sql`insert into setting (key, value) values ('inner', '1')`);
        throw new Error('no');
      });
      await expect(part).rejects.toThrow('no');
    });

    expect(await db.query(sql`select key from setting`)).toMatchObject([{ key: 'outer' }]);
  });

  test('flows that run side by side do not get into each other’s transactions', async () => {
    const db = await open();
    const flows = Array.from({ length: 60 }, async (_unused, number) => {
      if (number % 3 === 0) {
        return db.query(sql`insert into setting (key, value) values (${`plain-${number}`}, '')`);
      }
      return db.transaction(async (tx) => {
        await tx.query(sql`insert into setting (key, value) values (${`tx-${number}`}, '')`);
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (number % 3 === 1) throw new Error('rolled back');
        return [];
      });
    });
    const results = await Promise.allSettled(flows);

    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    expect(await db.query(sql`select key from setting`)).toHaveLength(40);
  });

  test('the outer handle cannot be used inside its own transaction', async () => {
    const db = await open();
    await expect(db.transaction(async () => db.query(sql`select 1`))).rejects.toThrow(/only the handle/);
  });

  test('migrating again changes nothing', async () => {
    const db = await open();
    await migrate(db);
    expect(await versionOf(db)).toBe(migrations.length);
  });

  test('a migration that fails half-way leaves the tables as they were', async () => {
    const db = await open();
    const broken = [
      ...migrations,
      () => [raw(`create table half (id text)`), raw(`create table half (id text)`)],
    ];

    await expect(migrate(db, broken)).rejects.toThrow(/half/);
    expect(await versionOf(db)).toBe(migrations.length);
    await expect(db.query(raw(`select id from half`))).rejects.toThrow(/half/);
  });

  test('tables made by a newer Tumen are refused with a sentence', async () => {
    const db = await open();
    await db.query(sql`update schema set version = 99`);
    await expect(migrate(db)).rejects.toMatchObject({
      name: 'StoreError',
      reason: 'newer',
      message: expect.stringMatching(/written by a newer Tumen.*step 99/),
    });
  });

  test('two processes that migrate at once do it once', async () => {
    const db = await open();
    const more = [...migrations, () => [raw(`create table once (id text)`)]];
    await Promise.all([migrate(db, more), migrate(db, more)]);
    expect(await versionOf(db)).toBe(more.length);
  });
});

test('an archive in a folder is there again after it was closed', async () => {
  const directory = await temporaryFolder();
  const first = await openDatabase({ directory: join(directory, 'made', 'on', 'the', 'way') });
  await first.query(sql`insert into setting (key, value) values ('kept', 'yes')`);
  await first.close();

  const second = await openDatabase({ directory: join(directory, 'made', 'on', 'the', 'way') });
  onTestFinished(() => second.close());

  expect(await second.query(sql`select value from setting`)).toMatchObject([{ value: 'yes' }]);
});

test('two handles on one file read and write side by side', async () => {
  const directory = await temporaryFolder();
  const [bot, tool] = [await openDatabase({ directory }), await openDatabase({ directory })];
  onTestFinished(async () => {
    await bot.close();
    await tool.close();
  });
  const write = (db: typeof bot, name: string) =>
    Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        db.transaction(async (tx) => {
          await tx.query(sql`insert into setting (key, value) values (${`${name}-${number}`}, '')`);
          await new Promise((resolve) => setTimeout(resolve, 1));
        }),
      ),
    );
  await Promise.all([write(bot, 'bot'), write(tool, 'tool')]);

  expect(await tool.query(sql`select key from setting`)).toHaveLength(100);
});

test('a slow reading holds nothing up and sees what is committed', async () => {
  const db = await openDatabase({ directory: await temporaryFolder() });
  onTestFinished(() => db.close());
  await db.query(sql`insert into setting (key, value) values ('a', '1')`);
  const slow = db.readSlowly<{ count: number }>(sql`
    with recursive up (number) as (select 1 union all select number + 1 from up where number < 2000000)
    select count(*) + (select count(*) from setting) as count
    from up
  `);
  const quick = db.query(sql`select key from setting`).then(() => 'quick');

  expect(await Promise.race([slow, quick])).toBe('quick');
  expect(await slow).toEqual([{ count: 2_000_001 }]);
  await expect(db.readSlowly(sql`insert into setting (key, value) values ('b', '')`)).rejects.toMatchObject({
    reason: 'read-only',
  });
});

test('a folder that cannot be made is refused with a sentence', async () => {
  const directory = join(await temporaryFolder(), 'file', 'folder');
  await writeFile(dirname(directory), 'in the way');
  await expect(openDatabase({ directory })).rejects.toMatchObject({
    name: 'StoreError',
    reason: 'unreachable',
  });
});

test('a server that does not answer is named without its address', async () => {
  const url = 'postgres://someone:secret@127.0.0.1:1/nothing';
  const error = await openDatabase({ url }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'StoreError', reason: 'unreachable' });
  expect(String(error)).not.toContain('secret');
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tumen-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
