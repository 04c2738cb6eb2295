import { setImmediate as pause } from 'node:timers/promises';
import type { Database, Queries } from '../database.ts';
import { reindexNumbers } from '../items.ts';
import { FOREVER } from '../schema.ts';
import { list, raw, sql } from '../engines/sql.ts';

/** Items in one piece of work. */
const AT_ONCE = 50;

/**
 * Forgets the texts of items fetched before a moment; titles, links, matches, claims and events are kept.
 *
 * @returns how many texts were forgotten
 */
export async function forgetTexts(db: Queries, before: Date): Promise<number> {
  let count = 0;
  for (;;) {
    const old = await db.query<{ number: number }>(sql`
      select number
      from item
      where seen < ${before.getTime()} and text <> ''
      limit ${AT_ONCE}
    `);
    if (old.length === 0) return count;
    const numbers = old.map(({ number }) => number);
    await db.transaction(async (tx) => {
      await tx.query(sql`update item set text = '' where number in (${list(numbers)})`);
      await reindexNumbers(tx, numbers);
    });
    count += old.length;
    await pause();
  }
}

/** What is wrong with an archive, in sentences; none when it is sound. Reads all of it. */
export async function findDamage(db: Queries): Promise<string[]> {
  const damage = db.dialect.name === 'sqlite' ? await findDamageOfFile(db) : [];
  const counts = await db.readSlowly<{ items: number; indexed: number; events: number; found: number }>(sql`
    select
      (select count(*) from item) as items,
      (select count(*) from item_words) as indexed,
      (select count(*) from event where until = ${FOREVER}) as events,
      (select count(*) from event_words) as found
  `);
  const [{ items, indexed, events, found } = { items: 0, indexed: 0, events: 0, found: 0 }] = counts;
  if (items !== indexed) damage.push(`Of ${items} items ${indexed} are in the index of words.`);
  if (events !== found) damage.push(`Of ${events} events ${found} are in the index of words.`);
  const [orphans] = await db.readSlowly<{ count: number }>(sql`
    select count(*) as count
    from claim
    where until = ${FOREVER} and not exists (
      select 1 from event where event.id = claim.event and event.until = ${FOREVER}
    )
  `);
  if ((orphans?.count ?? 0) > 0) damage.push(`${orphans?.count} claims have no event.`);
  return damage;
}

/** Gives back the room of what was deleted. Writers wait meanwhile; takes as much room again while it works. */
export async function compact(db: Database): Promise<void> {
  if (db.dialect.name === 'sqlite')
    await db.query(raw(`insert into item_words (item_words) values ('optimize')`));
  await db.query(raw(`vacuum`));
}

async function findDamageOfFile(db: Queries): Promise<string[]> {
  const found = await db.readSlowly<{ integrity_check: string }>(raw(`pragma integrity_check(10)`));
  return found
    .filter(({ integrity_check }) => integrity_check !== 'ok')
    .map(({ integrity_check }) => `The file is damaged: ${integrity_check}.`);
}
