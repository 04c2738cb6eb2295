import { randomUUID } from 'node:crypto';
import type { EventId } from '../model.ts';
import type { Delivery } from '../subscription.ts';
import { inBatches } from './batches.ts';
import type { Queries } from './database.ts';
import {
  type DeliveryName,
  deliveryColumns,
  type DeliveryRow,
  joinedColumns,
  named,
  type NamingRow,
  namingValues,
  toDelivery,
} from './delivery-rows.ts';
import { list, rows, sql } from './engines/sql.ts';

/** A delivery that this process alone may send, until the lease ends. */
export interface ClaimedDelivery extends Delivery {
  readonly lease: string;
}

/** A delivery to record. */
export type DueDelivery = Pick<Delivery, 'subscription' | 'period' | 'slot' | 'kind' | 'root'> & {
  /** When it may be sent. */
  readonly due: Date;
};

/**
 * Records that a post is due. A subscription has at most one delivery for a period and slot.
 *
 * @returns false when it was recorded before
 */
export async function addDelivery(db: Queries, delivery: DueDelivery): Promise<boolean> {
  return (await addDeliveries(db, [delivery])) === 1;
}

/** Records that many posts are due, and returns how many of them were not recorded before. */
export async function addDeliveries(db: Queries, deliveries: readonly DueDelivery[]): Promise<number> {
  let count = 0;
  for (const batch of inBatches(deliveries)) {
    const lines = batch.map(({ kind = 'digest', root = null, due, ...name }) => [
      ...namingValues(name),
      name.period.zone,
      kind,
      root,
      'due',
      0,
      due.getTime(),
      0,
    ]);
    const added = await db.query(sql`
      insert into delivery
        (subscription, first_day, last_day, slot, zone, kind, root, state, attempts, due, leased_until)
      values ${rows(lines)}
      on conflict do nothing
      returning subscription
    `);
    count += added.length;
  }
  return count;
}

/**
 * Claims deliveries that are due, the longest waiting first: their state becomes `sending` and their attempts one
 * more. One whose sender did not come back within its lease is claimed again; the channel may have it already, so it
 * must be sent with the same idempotency key.
 */
export async function claimDeliveries(
  db: Queries,
  wish: { readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<ClaimedDelivery[]> {
  const [now, lease] = [wish.now.getTime(), randomUUID()];
  const claimed = await db.query<DeliveryRow>(sql`
    update delivery
    set state = 'sending', attempts = attempts + 1, lease = ${lease}, leased_until = ${now + wish.leaseMs}
    where (subscription, first_day, last_day, slot) in (
      select subscription, first_day, last_day, slot
      from delivery
      where state in ('due', 'sending') and due <= ${now} and leased_until <= ${now}
      order by due, subscription, first_day, slot
      limit ${wish.limit}
      ${db.dialect.skipLocked}
    )
    returning ${deliveryColumns}
  `);
  return claimed.map((row) => ({ ...toDelivery(row), lease })).toSorted(byPeriod);
}

/** What became of a delivery that stands in its channel. */
export interface Posted {
  readonly claimed: ClaimedDelivery;
  /** The platform's name of the post. */
  readonly message: string;
  readonly at: Date;
  /** Which events it told of. */
  readonly events: readonly EventId[];
  /** Until when it knew, for a digest: where the next one begins. */
  readonly known?: Date;
}

/**
 * Records that a delivery was posted.
 *
 * @returns false, with nothing changed, when another process took the delivery over
 */
export async function markPosted(db: Queries, posted: Posted): Promise<boolean> {
  return (await markAllPosted(db, [posted])) === 1;
}

/** Records that deliveries were posted, and returns how many; those that another process took over stay as they are. */
export async function markAllPosted(db: Queries, posted: readonly Posted[]): Promise<number> {
  return db.transaction(async (tx) => {
    const ours = new Set<string>();
    for (const some of inBatches(posted)) for (const name of await recordPosts(tx, some)) ours.add(name);
    const lines = posted
      .map(({ claimed, events }) => ({ naming: namingValues(claimed), events }))
      .filter(({ naming }) => ours.has(naming.join(' ')))
      .flatMap(({ naming, events }) => events.map((event) => [event, ...naming]));
    for (const some of inBatches(lines)) {
      await tx.query(sql`
        insert into delivered_event (event, subscription, first_day, last_day, slot)
        values ${rows(some)}
        on conflict do nothing
      `);
    }
    return ours.size;
  });
}

/** Returns the names of those that were still ours. */
async function recordPosts(tx: Queries, posted: readonly Posted[]): Promise<string[]> {
  const lines = posted.map(({ claimed, message, at, known }) => [
    ...namingValues(claimed),
    claimed.lease,
    message,
    String(at.getTime()),
    String(known?.getTime() ?? 0),
  ]);
  const changed = await tx.query<NamingRow>(sql`
    with given (subscription, first_day, last_day, slot, lease, message, posted, known) as (values ${rows(lines)})
    update delivery
    set state = 'posted', message = given.message, posted = cast(given.posted as bigint),
      known = cast(given.known as bigint), reason = null, lease = null, leased_until = 0
    from given
    where delivery.subscription = given.subscription and delivery.first_day = given.first_day
      and delivery.last_day = given.last_day and delivery.slot = given.slot and delivery.lease = given.lease
    returning delivery.subscription, delivery.first_day, delivery.last_day, delivery.slot
  `);
  return changed.map(({ subscription, first_day, last_day, slot }) =>
    [subscription, first_day, last_day, slot].join(' '),
  );
}

/**
 * Records that a delivery could not be posted.
 *
 * @param failure.retryAt - when to try again; it stays failed when absent
 * @param failure.goneSince - since when its channel has been said to be gone, at each attempt
 * @returns false, with nothing changed, when another process took the delivery over
 */
export async function markFailed(
  db: Queries,
  claimed: ClaimedDelivery,
  failure: {
    readonly reason: string;
    readonly retryAt?: Date | undefined;
    readonly goneSince?: Date | undefined;
  },
): Promise<boolean> {
  const state = failure.retryAt === undefined ? 'failed' : 'due';
  const changed = await db.query(sql`
    update delivery
    set state = ${state}, reason = ${failure.reason}, due = ${failure.retryAt?.getTime() ?? 0},
      gone_since = ${failure.goneSince?.getTime() ?? null}, lease = null, leased_until = 0
    where ${named(claimed)} and lease = ${claimed.lease}
    returning subscription
  `);
  return changed.length === 1;
}

/**
 * Gives back a delivery that was claimed and not tried: whoever claims it next has all attempts left.
 *
 * @param due - from when on it may be claimed again
 */
export async function releaseDelivery(db: Queries, claimed: ClaimedDelivery, due: Date): Promise<void> {
  await db.query(sql`
    update delivery
    set state = 'due', attempts = attempts - 1, due = ${due.getTime()}, lease = null, leased_until = 0
    where ${named(claimed)} and lease = ${claimed.lease}
  `);
}

/** Keeps a claim on a delivery for longer. False when another process took it over. */
export async function extendLease(db: Queries, claimed: ClaimedDelivery, until: Date): Promise<boolean> {
  const changed = await db.query(sql`
    update delivery
    set leased_until = ${until.getTime()}
    where ${named(claimed)} and lease = ${claimed.lease}
    returning subscription
  `);
  return changed.length === 1;
}

/** Keeps all that was claimed together for longer, apart from what another process took over. */
export async function extendLeases(db: Queries, leases: readonly string[], until: Date): Promise<void> {
  if (leases.length === 0) return;
  await db.query(sql`
    update delivery
    set leased_until = ${until.getTime()}
    where state in ('due', 'sending') and lease in (${list(leases)})
  `);
}

/** The digests of a subscription, the latest period first. */
export async function findDeliveries(db: Queries, subscription: string, limit: number): Promise<Delivery[]> {
  const found = await db.query<DeliveryRow>(sql`
    select ${deliveryColumns}
    from delivery
    where subscription = ${subscription} and kind = 'digest'
    order by last_day desc, first_day desc, slot desc
    limit ${limit}
  `);
  return found.map(toDelivery);
}

/**
 * The first digest of each subscription that has been tried, or is being tried, and may stand in its channel: its slot by
 * subscription. One that is tried again later than `until` is left out.
 */
export async function findUndecided(
  db: Queries,
  subscriptions: readonly string[],
  until: Date,
): Promise<Map<string, string>> {
  const undecided = new Map<string, string>();
  for (const some of inBatches(subscriptions)) {
    const found = await db.query<{ subscription: string; slot: string }>(sql`
      select subscription, min(slot) as slot
      from delivery
      where subscription in (${list(some)}) and state in ('due', 'sending') and kind = 'digest'
        and attempts > 0 and (state = 'sending' or due <= ${until.getTime()})
      group by subscription
    `);
    for (const { subscription, slot } of found) undecided.set(subscription, slot);
  }
  return undecided;
}

/** One delivery; `undefined` when none of that name is recorded. */
export async function findDelivery(db: Queries, name: DeliveryName): Promise<Delivery | undefined> {
  const [row] = await db.query<DeliveryRow>(
    sql`select ${deliveryColumns} from delivery where ${named(name)}`,
  );
  return row === undefined ? undefined : toDelivery(row);
}

/** The posted deliveries that told of an event, the latest first. */
export async function findDeliveriesOf(db: Queries, event: EventId): Promise<Delivery[]> {
  const found = await db.query<DeliveryRow>(sql`
    select ${joinedColumns}
    from delivered_event
    join delivery on delivery.subscription = delivered_event.subscription
      and delivery.first_day = delivered_event.first_day and delivery.last_day = delivered_event.last_day
      and delivery.slot = delivered_event.slot
    where event = ${event} and state = 'posted'
    order by delivery.last_day desc, delivery.subscription
  `);
  return found.map(toDelivery);
}

/** The events that a delivery told of. */
export async function findDeliveredEvents(db: Queries, delivery: DeliveryName): Promise<EventId[]> {
  const found = await db.query<{ event: EventId }>(sql`
    select event
    from delivered_event
    where ${named(delivery)}
    order by event
  `);
  return found.map(({ event }) => event);
}

function byPeriod({ period: one, slot }: Delivery, { period: other, slot: otherSlot }: Delivery): number {
  if (one.from !== other.from) return one.from < other.from ? -1 : 1;
  return (slot ?? '') < (otherSlot ?? '') ? -1 : 1;
}
