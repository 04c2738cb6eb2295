import type { Channel, Subscription } from '../subscription.ts';
import { inBatches } from './batches.ts';
import type { Queries } from './database.ts';
import { read, written } from './json.ts';
import { list, rows, sql } from './engines/sql.ts';

/** Stores a subscription; one of the same id gives way. It is looked at anew for what is due. */
export async function saveSubscription(db: Queries, subscription: Subscription): Promise<void> {
  const { id, channel, topic, paused = null, created, wishes = {} } = subscription;
  const alerts = wishes.mode === 'instant' || wishes.mode === 'both' ? 1 : 0;
  await db.query(sql`
    insert into subscription (id, platform, address, topic, paused, created, alerts, value)
    values (
      ${id}, ${channel.platform}, ${channel.address}, ${topic}, ${paused}, ${created.getTime()}, ${alerts},
      ${written(subscription)}
    )
    on conflict (id) do update
    set platform = excluded.platform, address = excluded.address, topic = excluded.topic, paused = excluded.paused,
      created = excluded.created, alerts = excluded.alerts, value = excluded.value, look_at = 0
  `);
}

/** A subscription that is to be looked at. */
export interface Look {
  readonly subscription: Subscription;
  /** Whether the clock was ahead when it was looked at last. */
  readonly wasAhead: boolean;
}

/**
 * Takes subscriptions that are to be looked at for what is due, those that wait longest first; those that are paused are left
 * out. Call it in the transaction that also notes when to look again: nobody else gets them meanwhile.
 *
 * A clock that was ahead and has been put right makes them all be looked at.
 */
export async function takeForLook(
  tx: Queries,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<Look[]> {
  const found = await tx.query<{ value: string; looked: number }>(sql`
    select value, looked
    from subscription
    where id in (
      select id from subscription where paused is null and look_at <= ${now.getTime()}
      union all
      select id from subscription where paused is null and looked > ${now.getTime()}
    )
    order by look_at, id
    limit ${limit}
    ${tx.dialect.skipLocked}
  `);
  return found.map(({ value, looked }) => ({
    subscription: read(value) as Subscription,
    wasAhead: looked > now.getTime(),
  }));
}

/** Notes that subscriptions were looked at, and when each is to be looked at again. */
export async function noteLooks(
  tx: Queries,
  { now, looks }: { readonly now: Date; readonly looks: ReadonlyMap<string, Date> },
): Promise<void> {
  for (const some of inBatches([...looks])) {
    await tx.query(sql`
      with given (id, look_at) as (values ${rows(some.map(([id, at]) => [id, at.getTime()]))})
      update subscription
      set look_at = cast(given.look_at as bigint), looked = ${now.getTime()}
      from given
      where subscription.id = given.id
    `);
  }
}

/** The subscriptions that want single events told at once and are not paused. */
export async function findAlertSubscriptions(db: Queries): Promise<Subscription[]> {
  const found = await db.query<{ value: string }>(
    sql`select value from subscription where alerts = 1 and paused is null order by created, id`,
  );
  return found.map(({ value }) => read(value) as Subscription);
}

/** Subscriptions by their ids; those that are gone are missing. */
export async function findSubscriptionsById(
  db: Queries,
  ids: readonly string[],
): Promise<Map<string, Subscription>> {
  const all = new Map<string, Subscription>();
  for (const some of inBatches([...new Set(ids)])) {
    const found = await db.query<{ id: string; value: string }>(sql`
      select id, value from subscription where id in (${list(some)})
    `);
    for (const { id, value } of found) all.set(id, read(value) as Subscription);
  }
  return all;
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
