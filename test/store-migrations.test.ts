import { afterAll, describe, expect, test } from 'vitest';
import type { Database } from '../src/store/database.ts';
import { openPostgres } from '../src/store/engines/postgres.ts';
import { joined, list, raw, sql, type Statement } from '../src/store/engines/sql.ts';
import { openSqlite } from '../src/store/engines/sqlite.ts';
import { migrate, versionOf } from '../src/store/migrate.ts';
import { migrations } from '../src/store/schema.ts';
import { emptyPostgres } from './database.ts';
import { startPostgres } from './postgres.ts';

const server = await startPostgres();
afterAll(() => server?.stop());

type Engines = [name: string, open: () => Promise<Database>][];

const engines: Engines = [
  ['SQLite', () => openSqlite(':memory:')],
  ...(server === undefined
    ? []
    : ([['PostgreSQL', async () => openPostgres(await emptyPostgres(server))]] satisfies Engines)),
];

const steps = migrations.slice(1).map((_, index) => index + 1);

/** A table and its columns, as far as rows can be written into it. */
interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

interface Column {
  readonly name: string;
  readonly type: string;
}

describe.each(engines)('on %s', (_, open) => {
  test.each(steps)('an archive of step %i keeps all its rows on the way to the newest', async (step) => {
    const db = await open();
    try {
      await migrate(db, migrations.slice(0, 1));
      await fillIndex(db);
      await migrate(db, migrations.slice(0, step));
      const tables = await tablesOf(db);
      for (const table of tables) await fill(db, table);
      const before = await contentsOf(db, tables);

      await migrate(db);

      expect(await versionOf(db)).toBe(migrations.length);
      expect(await contentsOf(db, tables)).toEqual(before);
      expect(tables.length).toBeGreaterThan(15);
      expect(await numbersWith(db, { words: ['rajin', 'port'], inTitle: true })).toEqual([7]);
      expect(await numbersWith(db, { words: ['ship'], inTitle: true })).toEqual([]);
      expect(await numbersWith(db, { words: ['ship'], inTitle: false })).toEqual([7]);
    } finally {
      await db.close();
    }
  });

  test('an archive of a newer Tumen is refused and left as it is', async () => {
    const db = await open();
    try {
      await migrate(db, [...migrations, () => [raw(`create table from_the_future (id text)`)]]);
      await expect(migrate(db)).rejects.toMatchObject({ name: 'StoreError', reason: 'newer' });
      expect(await versionOf(db)).toBe(migrations.length + 1);
    } finally {
      await db.close();
    }
  });
});

async function tablesOf(db: Database): Promise<Table[]> {
  const columns = await db.query<Column & { table: string }>(
    db.dialect.name === 'sqlite'
      ? sql`
          select sqlite_master.name as "table", info.name as name, info.type as type
          from sqlite_master
          join pragma_table_info(sqlite_master.name) as info
          where sqlite_master.type = 'table'
        `
      : sql`
          select table_name as "table", column_name as name, data_type as type
          from information_schema.columns
          where table_schema = current_schema()
        `,
  );
  const tables = [...Map.groupBy(columns, ({ table }) => table)].map(([name, own]) => ({
    name,
    columns: own,
  }));
  return tables.filter(({ name }) => name !== 'schema' && !/_words/.test(name));
}

async function fill(db: Database, { name, columns }: Table): Promise<void> {
  const values = columns.map(({ type }) => (/text/i.test(type) ? `"${name}"` : 7));
  await db.query(sql`
    insert into ${raw(name)} (${namesOf(columns)})
    values (${list(values)})
  `);
}

function namesOf(columns: readonly Column[]): Statement {
  return joined(
    columns.map(({ name }) => raw(name)),
    ', ',
  );
}

/** An item under the title "Rajin port" with "a ship" in its text, as the first step wrote it. */
async function fillIndex(db: Database): Promise<void> {
  await db.query(
    db.dialect.name === 'sqlite'
      ? raw(`insert into item_words (rowid, title, text) values (7, 'rajin port', 'a ship')`)
      : raw(`insert into item_words (number, words) values (7, 'rajin:1A port:2A a:4 ship:5')`),
  );
}

async function contentsOf(db: Database, tables: readonly Table[]): Promise<unknown[]> {
  const contents: unknown[] = [];
  for (const { name, columns } of tables) {
    contents.push({ name, rows: await db.query(sql`select ${namesOf(columns)} from ${raw(name)}`) });
  }
  return contents;
}

async function numbersWith(
  db: Database,
  { words, inTitle }: { words: readonly string[]; inTitle: boolean },
): Promise<number[]> {
  const rows = await db.query<{ number: number }>(
    db.dialect.newest(
      'item_words',
      { wanted: [{ spellings: [{ words, open: false }], inTitle }], unwanted: [] },
      { bounds: [], most: 10 },
    ),
  );
  return rows.map(({ number }) => number);
}
