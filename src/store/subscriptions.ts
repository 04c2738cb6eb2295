import type { Channel, Subscription } from '../subscription.ts';
import type { Queries } from './database.ts';
import { read, written } from './json.ts';
import { sql } from './engines/sql.ts';

/** Stores a subscription; one of the same id gives way. */
export async function saveSubscription(db: Queries, subscription: Subscription): Promise<void> {
  const { id, channel, topic, paused = null, created } = subscription;
  await db.query(sql`
    insert into subscription (id, platform, address, topic, paused, created, value)
    values (
      ${id}, ${channel.platform}, ${channel.address}, ${topic}, ${paused}, ${created.getTime()}, ${written(subscription)}
    )
    on conflict (id) do update
    set platform = excluded.platform, address = excluded.address, topic = excluded.topic,
      paused = excluded.paused, created = excluded.created, value = excluded.value
  `);
}

/** Finds subscriptions, the oldest first: those of one channel, or all. */
export async function findSubscriptions(db: Queries, channel?: Channel): Promise<Subscription[]> {
  const ofChannel =
    channel === undefined
      ? sql``
      : sql`where platform = ${channel.platform} and address = ${channel.address}`;
  const found = await db.query<{ value: string }>(
    sql`select value from subscription ${ofChannel} order by created, id`,
  );
  return found.map(({ value }) => read(value) as Subscription);
}

/** One subscription; `undefined` when there is none of that id. */
export async function findSubscription(db: Queries, id: string): Promise<Subscription | undefined> {
  const [row] = await db.query<{ value: string }>(sql`select value from subscription where id = ${id}`);
  return row === undefined ? undefined : (read(row.value) as Subscription);
}

/**
 * Ends a subscription, together with its deliveries that were not posted yet.
 *
 * @returns false when there was none of that id
 */
export async function removeSubscription(db: Queries, id: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const removed = await tx.query(sql`delete from subscription where id = ${id} returning id`);
    await tx.query(sql`delete from delivery where subscription = ${id} and state in ('due', 'sending')`);
    return removed.length === 1;
  });
}
