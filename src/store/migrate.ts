import { StoreError } from '../errors.ts';
import type { Database, Queries } from './database.ts';
import { migrations } from './schema.ts';
import { raw, sql } from './engines/sql.ts';

/**
 * Brings the tables up to date, in one transaction that only one process at a time can be in.
 *
 * @param steps - the list to follow; the shipped one unless a test says otherwise
 * @throws {StoreError} when the tables were made by a newer Tumen
 */
export async function migrate(db: Database, steps = migrations): Promise<void> {
  if ((await versionOf(db)) === steps.length) return;
  await db.transaction(async (tx) => {
    await tx.query(tx.dialect.lockMigration);
    await tx.query(raw(`create table if not exists schema (version bigint not null)`));
    const version = await versionOf(tx);
    if (version > steps.length) throw newer(version, steps.length);
    for (const step of steps.slice(version)) {
      for (const statement of step(tx.dialect)) await tx.query(statement);
    }
    await tx.query(sql`delete from schema`);
    await tx.query(sql`insert into schema (version) values (${steps.length})`);
  });
}

/** How many steps the tables have behind them; 0 for an empty database. */
export async function versionOf(db: Queries): Promise<number> {
  const [table] = await db.query(db.dialect.schemaTable);
  if (table === undefined) return 0;
  const [row] = await db.query<{ version: number }>(sql`select version from schema`);
  return row?.version ?? 0;
}

function newer(found: number, known: number): StoreError {
  return new StoreError(
    `The archive was written by a newer Tumen (its tables are at step ${found}, this one knows ${known}): update Tumen, or point it to another archive`,
    { reason: 'newer' },
  );
}
