import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Database, Location } from '../src/store/database.ts';
import { openDatabase } from '../src/store/database.ts';
import { raw, sql } from '../src/store/engines/sql.ts';

/** What a round of killing left behind. */
export interface Aftermath {
  /** Transactions whose writer was told that they are committed. */
  readonly acknowledged: number;
  /** Of these, how many are not there. */
  readonly lost: number;
  /** Transactions of which a part is there, and a part not. */
  readonly torn: number;
  readonly isSound: boolean;
}

const WRITER = fileURLToPath(new URL('store-writer.ts', import.meta.url));

/**
 * Kills a process in the middle of its writing while another goes on reading and writing.
 *
 * @param name - of this round's writer, not used before in the archive
 * @param options.afterMs - how long it writes before it is killed
 * @param options.kill - what to do in place of killing the writer, such as killing the server
 */
export async function killRound(
  location: Location,
  name: string,
  options: { readonly afterMs: number; readonly kill?: () => Promise<void> },
): Promise<Aftermath> {
  const child = spawn(process.execPath, [WRITER, JSON.stringify(location), name], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let acknowledged = -1;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => (acknowledged = Number(line)));
  const allRead = new Promise<void>((resolve) => lines.once('close', () => resolve()));
  await new Promise<void>((resolve) => lines.once('line', () => resolve()));
  await readAndWrite(location, { name, forMs: options.afterMs });
  await options.kill?.();
  child.kill('SIGKILL');
  await ended;
  await allRead;

  const db = await openDatabase(location);
  try {
    return await inspect(db, name, acknowledged);
  } finally {
    await db.close();
  }
}

async function readAndWrite(
  location: Location,
  { name, forMs }: { name: string; forMs: number },
): Promise<void> {
  const db = await openDatabase(location);
  const until = performance.now() + forMs;
  for (let number = 0; performance.now() < until; number += 1) {
    await db.query(sql`insert into setting (key, value) values (${`other-${name}-${number}`}, '1')`);
    await db.query(raw(`select count(*) from item`));
  }
  await db.close();
}

async function inspect(db: Database, name: string, acknowledged: number): Promise<Aftermath> {
  const like = `${name}-%`;
  const settings = await db.query<{ value: string }>(sql`select value from setting where key like ${like}`);
  const counts = async (table: string, column: string) => {
    const [row] = await db.query<{ count: number }>(
      sql`select count(*) as count from ${raw(table)} where ${raw(column)} like ${like}`,
    );
    return row?.count ?? 0;
  };
  const [items, keys, events] = [
    await counts('item', 'id'),
    await counts('item_key', 'item'),
    await counts('event', 'id'),
  ];
  const [indexed] = await db.query<{ count: number }>(sql`
    select count(*) as count
    from item
    where id like ${like} and number in (
      select number from (${db.dialect.matching('item_words', {
        wanted: [{ spellings: [{ words: [name], open: false }] }],
        unwanted: [],
      })}) as found
    )
  `);
  const whole = settings.length;
  const torn =
    Math.abs(items - 2 * whole) +
    Math.abs(keys - 2 * whole) +
    Math.abs(events - whole) +
    Math.abs((indexed?.count ?? 0) - items);
  const there = new Set(settings.map(({ value }) => Number(value)));
  const lost = Array.from({ length: acknowledged + 1 }, (_, number) => number).filter(
    (number) => !there.has(number),
  );
  return { acknowledged: acknowledged + 1, lost: lost.length, torn, isSound: await isSound(db) };
}

async function isSound(db: Database): Promise<boolean> {
  return db.dialect.name === 'postgres' ? isServerSound(db) : isFileSound(db);
}

async function isFileSound(db: Database): Promise<boolean> {
  const [row] = await db.query<{ integrity_check: string }>(raw(`pragma integrity_check`));
  await db.query(raw(`insert into item_words (item_words) values ('integrity-check')`));
  return row?.integrity_check === 'ok';
}

/** Walks through every ordered index and its table, where the server brings the means. */
async function isServerSound(db: Database): Promise<boolean> {
  const means = await db.query(sql`select 1 as one from pg_available_extensions where name = 'amcheck'`);
  if (means.length === 0) return true;
  await db.query(raw(`create extension if not exists amcheck`));
  const checked = await db.query(sql`
    select bt_index_check(pg_index.indexrelid, true) as done
    from pg_index
    join pg_class on pg_class.oid = pg_index.indexrelid
    join pg_am on pg_am.oid = pg_class.relam and amname = 'btree'
    where relnamespace = current_schema()::regnamespace
  `);
  return checked.length > 0;
}
