import { hash } from 'node:crypto';
import { StoreError } from '../../errors.ts';
import type { Database, Queries } from '../database.ts';
import { reindexEvents } from '../event-writing.ts';
import { reindexItems } from '../items.ts';
import { joined, list, raw, rows, sql, type Statement, type Value } from '../engines/sql.ts';
import { tables } from './tables.ts';

type Row = Readonly<Record<string, Value>>;

/** Rows in one piece of work. */
const AT_ONCE = 200;

/**
 * Copies a whole archive, on whatever engine, into an empty one, as it is at one moment, and checks the copy row by
 * row. The words are indexed anew.
 *
 * @param progress - hears which table has how many rows by now
 * @returns how many rows each table has
 * @throws {StoreError} `in-use` when the other archive is not empty, `damaged` when the copy differs
 */
export async function copyArchive(
  from: Database,
  to: Database,
  progress: (table: string, count: number) => void = () => undefined,
): Promise<Map<string, number>> {
  await assertEmpty(to);
  return from.snapshot(async (frozen) => {
    const counts = new Map<string, number>();
    for (const table of Object.keys(tables)) {
      const sent = await eachPart(frozen, table, async (part, count) => {
        await to.transaction((tx) => insert(tx, table, part));
        progress(table, count);
      });
      const arrived = await eachPart(to, table, async () => undefined);
      if (sent.sum !== arrived.sum) {
        const message = `The copy of the table "${table}" is not equal to it: empty the other archive and try again`;
        throw new StoreError(message, { reason: 'damaged' });
      }
      counts.set(table, sent.count);
    }
    await reindex(to, progress);
    return counts;
  });
}

/** Makes the indexes of words anew. */
export async function reindex(
  db: Database,
  progress: (table: string, count: number) => void = () => undefined,
): Promise<void> {
  await reindexItems(db, (count) => progress('item_words', count));
  await reindexEvents(db, (count) => progress('event_words', count));
}

async function assertEmpty(db: Database): Promise<void> {
  for (const table of Object.keys(tables)) {
    const [row] = await db.query(sql`select 1 as one from ${raw(table)} limit 1`);
    if (row === undefined) continue;
    const message = `The other archive is not empty (its table "${table}" has rows): name an empty one`;
    throw new StoreError(message, { reason: 'in-use' });
  }
}

/** Reads a table in the order of its key. The sum stands for all that is in it. */
async function eachPart(
  db: Queries,
  table: string,
  work: (part: readonly Row[], count: number) => Promise<void>,
): Promise<{ count: number; sum: string }> {
  const key = tables[table] ?? [];
  const order = raw(key.join(', '));
  let after: Statement = sql``;
  let count = 0;
  let sum = '';
  for (;;) {
    const part = await db.query<Row>(
      sql`select * from ${raw(table)} ${after} order by ${order} limit ${AT_ONCE}`,
    );
    const last = part.at(-1);
    if (last === undefined) return { count, sum };
    count += part.length;
    sum = hash('sha256', `${sum}${JSON.stringify(part.map(sorted))}`);
    await work(part, count);
    const mark = list(key.map((column) => last[column] ?? null));
    after = key.length === 1 ? sql`where ${order} > ${mark}` : sql`where (${order}) > (${mark})`;
  }
}

async function insert(tx: Queries, table: string, part: readonly Row[]): Promise<void> {
  const columns = Object.keys(part[0] ?? {});
  await tx.query(sql`
    insert into ${raw(table)} (${joined(columns.map(raw), ', ')})
    values ${rows(part.map((row) => columns.map((column) => row[column] ?? null)))}
  `);
}

/** Engines name the columns of a row in their own order. */
function sorted(row: Row): readonly (readonly [string, Value])[] {
  return Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
