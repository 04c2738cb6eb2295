import type { Queries } from '../database.ts';
import { FOREVER } from '../schema.ts';
import { raw, sql } from '../engines/sql.ts';

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

async function findDamageOfFile(db: Queries): Promise<string[]> {
  const found = await db.readSlowly<{ integrity_check: string }>(raw(`pragma integrity_check(10)`));
  return found
    .filter(({ integrity_check }) => integrity_check !== 'ok')
    .map(({ integrity_check }) => `The file is damaged: ${integrity_check}.`);
}
