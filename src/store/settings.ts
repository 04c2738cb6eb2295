import type { Queries } from './database.ts';
import { read, written } from './json.ts';
import { sql } from './engines/sql.ts';

/** A value kept under a name, equal to what was saved; `undefined` when there is none. */
export async function findSetting<Value>(db: Queries, key: string): Promise<Value | undefined> {
  const [row] = await db.query<{ value: string }>(sql`select value from setting where key = ${key}`);
  return row === undefined ? undefined : (read(row.value) as Value);
}

/** Keeps a value (JSON, and moments) under a name; what was there before is replaced. */
export async function saveSetting(db: Queries, key: string, value: unknown): Promise<void> {
  await db.query(sql`
    insert into setting (key, value)
    values (${key}, ${written(value)})
    on conflict (key) do update
    set value = excluded.value
  `);
}

/** Forgets what is kept under a name. */
export async function removeSetting(db: Queries, key: string): Promise<void> {
  await db.query(sql`delete from setting where key = ${key}`);
}
