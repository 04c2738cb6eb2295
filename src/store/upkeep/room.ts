import { setImmediate as pause } from 'node:timers/promises';
import type { Database, Queries } from '../database.ts';
import { list, raw, sql } from '../engines/sql.ts';
import { reindexNumbers } from '../items.ts';

/** Items in one piece of work. */
const AT_ONCE = 50;

/** Part of a file that must be empty, and how many bytes of it, before it is worth being written anew. */
const WORTHWHILE_PART = 0.25;
const WORTHWHILE_BYTES = 16_000_000;

/**
 * Forgets the texts of items fetched before a moment; titles, links, matches, claims and events are kept. Looks at every
 * item once, a few at a time, and holds up nothing else.
 *
 * @returns how many texts were forgotten
 */
export async function forgetTexts(db: Queries, before: Date): Promise<number> {
  let count = 0;
  let after = -1;
  for (;;) {
    const old = await db.readSlowly<{ number: number }>(sql`
      select number
      from item
      where number > ${after} and seen < ${before.getTime()} and text <> ''
      order by number
      limit ${AT_ONCE}
    `);
    const numbers = old.map(({ number }) => number);
    const last = numbers.at(-1);
    if (last === undefined) return count;
    await db.transaction(async (tx) => {
      await tx.query(sql`update item set text = '' where number in (${list(numbers)})`);
      await reindexNumbers(tx, numbers);
    });
    count += numbers.length;
    after = last;
    await pause();
  }
}

/**
 * Tells whether much of an archive's file is empty after deletions. A server looks after that by itself.
 */
export async function isWorthCompacting(db: Queries): Promise<boolean> {
  if (db.dialect.name !== 'sqlite') return false;
  const [room] = await db.query<{ empty: number; pages: number; size: number }>(sql`
    select freelist_count as empty, page_count as pages, page_size as size
    from pragma_freelist_count, pragma_page_count, pragma_page_size
  `);
  if (room === undefined) return false;
  return room.empty * room.size >= WORTHWHILE_BYTES && room.empty >= room.pages * WORTHWHILE_PART;
}

/** Gives back the room of what was deleted. Everything else waits meanwhile; takes as much room again while it works. */
export async function compact(db: Database): Promise<void> {
  if (db.dialect.name === 'sqlite') {
    await db.query(raw(`insert into item_words (item_words) values ('optimize')`));
  }
  await db.query(raw(`vacuum`));
}
