import type { Day, EventId } from '../model.ts';
import type { Delivery } from '../subscription.ts';
import { inBatches } from './batches.ts';
import type { Queries } from './database.ts';
import { addDelivery, type DueDelivery } from './deliveries.ts';
import { type DeliveryName, named } from './delivery-rows.ts';
import { list, rows, sql } from './engines/sql.ts';
import type { Version } from './versions.ts';

/** How the slot of a post begins that leads from an event to the one it was merged into. */
export const MERGER = 'alert merged ';

/** That a channel was told of an event at once, or will be: in which state, and under which post. */
export interface Telling extends Version {
  readonly subscription: string;
  /** Names the alert; with its period. */
  readonly slot: string;
  readonly from: Day;
  readonly to: Day;
  /** The slot of the alert whose post it continues; absent for the one that made the post. */
  readonly root?: string;
  readonly state: Delivery['state'];
  readonly attempts: number;
  /** The platform's name of the post, or of the line under it. */
  readonly message?: string;
}

interface TellingRow extends Version {
  subscription: string;
  slot: string;
  first_day: Day;
  last_day: Day;
  root: string | null;
  state: Delivery['state'];
  attempts: number;
  message: string | null;
}

const tellings = sql`
  select delivery.subscription, delivery.slot, delivery.first_day, delivery.last_day, root, state, attempts, message,
    event, version
  from delivery
  join delivered_event on delivered_event.subscription = delivery.subscription
    and delivered_event.first_day = delivery.first_day and delivered_event.last_day = delivery.last_day
    and delivered_event.slot = delivery.slot
`;

/** Records an alert and the states of events that it is to tell; of one that was recorded before, only what is new is added. */
export async function addAlert(
  db: Queries,
  delivery: DueDelivery & { readonly slot: string },
  events: readonly Version[],
): Promise<void> {
  await db.transaction(async (tx) => {
    await addDelivery(tx, { ...delivery, kind: 'alert' });
    const { subscription, period, slot } = delivery;
    const lines = events.map(({ event, version }) => [
      event,
      subscription,
      period.from,
      period.to,
      slot,
      version,
    ]);
    await tx.query(sql`
      insert into delivered_event (event, subscription, first_day, last_day, slot, version)
      values ${rows(lines)}
      on conflict (event, subscription, first_day, last_day, slot) do update
      set version = excluded.version
      where delivered_event.version < excluded.version
    `);
  });
}

/** What channels have been told, or will be, of some events at once; what failed is left out. */
export async function findTellings(db: Queries, events: readonly EventId[]): Promise<Telling[]> {
  if (events.length === 0) return [];
  const found = await db.query<TellingRow>(sql`
    ${tellings}
    where event in (${list(events)}) and kind = 'alert' and state <> 'failed'
    order by version
  `);
  return found.map(toTelling);
}

/** An alert and all that continues its post, in the order of the states that they tell. */
export async function findThread(db: Queries, subscription: string, root: string): Promise<Telling[]> {
  const found = await db.query<TellingRow>(sql`
    ${tellings}
    where delivery.subscription = ${subscription} and kind = 'alert' and (delivery.slot = ${root} or root = ${root})
    order by version
  `);
  return found.map(toTelling);
}

/** The states of events that an alert is to tell. */
export async function findAlertStates(db: Queries, alert: DeliveryName): Promise<Version[]> {
  return db.query<Version>(sql`
    select event, version from delivered_event where ${named(alert)} order by event
  `);
}

/**
 * The states in which alerts that were posted since a moment have told events, by subscription and event.
 */
export async function findToldByAlerts(
  db: Queries,
  subscriptions: readonly string[],
  since: Date,
): Promise<Map<string, Map<EventId, number>>> {
  const told = new Map<string, Map<EventId, number>>();
  for (const some of inBatches(subscriptions)) {
    const found = await db.query<TellingRow>(sql`
      ${tellings}
      where delivery.subscription in (${list(some)}) and kind = 'alert' and posted > ${since.getTime()} and state = 'posted'
      order by version
    `);
    for (const { subscription, event, version } of found) {
      told.set(subscription, (told.get(subscription) ?? new Map()).set(event, version));
    }
  }
  return told;
}

/** How many posts of alerts were recorded for each channel since a moment, as `platform address`. */
export async function countAlerts(db: Queries, since: Date): Promise<Map<string, number>> {
  const found = await db.query<{ platform: string; address: string; count: number }>(sql`
    select platform, address, count(*) as count
    from delivery
    join subscription on subscription.id = delivery.subscription
    where delivery.kind = 'alert' and root is null and (state in ('due', 'sending') or posted > ${since.getTime()})
    group by platform, address
  `);
  return new Map(found.map(({ platform, address, count }) => [`${platform} ${address}`, count]));
}

/** The events that were merged into some others, with the ones they were merged into. */
export async function findMerged(db: Queries, into: readonly EventId[]): Promise<Map<EventId, EventId>> {
  if (into.length === 0) return new Map();
  const found = await db.query<{ id: EventId; event: EventId }>(
    sql`select id, event from alias where event in (${list(into)})`,
  );
  return new Map(found.map(({ id, event }) => [id, event]));
}

function toTelling({ first_day, last_day, root, message, ...row }: TellingRow): Telling {
  return {
    ...row,
    from: first_day,
    to: last_day,
    ...(root !== null && { root }),
    ...(message !== null && { message }),
  };
}
