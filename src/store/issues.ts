import { createHash } from 'node:crypto';
import type { Delivery } from '../subscription.ts';
import { inBatches } from './batches.ts';
import type { Queries } from './database.ts';
import type { ClaimedDelivery } from './deliveries.ts';
import { deliveryColumns, type DeliveryRow, namingValues, toDelivery } from './delivery-rows.ts';
import { read, written } from './json.ts';
import { list, rows, sql, type Statement } from './engines/sql.ts';

/** Where the digests of a subscription have got to. */
export interface LastIssue {
  /** Until when the last digest that was posted knew. */
  readonly known: Date;
  /** Names what it was made from; absent for one of an earlier Tumen. */
  readonly issue?: string;
}

/** What a digest was made from as it is kept: equal ones are kept once, however many channels got them. */
export interface KeptIssue {
  /** Its name, made from its text. */
  readonly id: string;
  readonly text: string;
}

/** What a digest was made from as it is to be kept. */
export function keptIssue(issue: unknown): KeptIssue {
  const text = written(issue);
  return { id: createHash('sha256').update(text).digest('base64url').slice(0, 22), text };
}

/** What digests were made from, by name; those that are not kept are missing. */
export async function findIssues(db: Queries, ids: readonly string[]): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const some of inBatches([...new Set(ids)])) {
    const part = await db.query<{ id: string; value: string }>(
      sql`select id, value from issue where id in (${list(some)})`,
    );
    for (const { id, value } of part) found.set(id, read(value));
  }
  return found;
}

/** The last digest of each subscription that knew less than until a moment, and was posted; by subscription. */
export async function findLastIssues(
  db: Queries,
  subscriptions: readonly string[],
  before: Date,
): Promise<Map<string, LastIssue>> {
  const found = new Map<string, LastIssue>();
  for (const some of inBatches(subscriptions)) {
    const part = await db.query<{ subscription: string; known: number; issue: string | null }>(sql`
      with given (subscription) as (values ${rows(some.map((one) => [one]))})
      select delivery.subscription, delivery.known, delivery.issue
      from given
      join delivery on delivery.subscription = given.subscription and delivery.known > 0 and delivery.known = (
        select max(earlier.known)
        from delivery as earlier
        where earlier.subscription = given.subscription and earlier.known > 0 and earlier.known < ${before.getTime()}
      )
    `);
    for (const { subscription, known, issue } of part) {
      found.set(subscription, { known: new Date(known), ...(issue !== null && { issue }) });
    }
  }
  return found;
}

/** A digest that is about to be sent for the first time, and what it is made from. */
export interface Prepared {
  readonly claimed: ClaimedDelivery;
  readonly issue: KeptIssue;
  /** Whether it is posted, and so counts among the digests of its subscription. */
  readonly counts: boolean;
}

/**
 * Keeps what digests are made from and gives each that counts its number, the next of its subscription.
 *
 * @param prepared - at most one of each subscription
 * @returns the numbers by subscription; those that do not count have none
 */
export async function numberIssues(db: Queries, prepared: readonly Prepared[]): Promise<Map<string, number>> {
  const issues = new Map(prepared.map(({ issue: { id, text } }) => [id, text]));
  return db.transaction(async (tx) => {
    await saveIssues(tx, issues);
    const numbers = new Map<string, number>();
    const counted = prepared.filter(({ counts }) => counts).map(({ claimed }) => claimed.subscription);
    for (const some of inBatches(counted)) {
      for (const [id, number] of await nextNumbers(tx, some)) numbers.set(id, number);
    }
    for (const some of inBatches(prepared)) await noteIssues(tx, some, numbers);
    return numbers;
  });
}

async function nextNumbers(tx: Queries, subscriptions: readonly string[]): Promise<[string, number][]> {
  const found = await tx.query<{ id: string; digests: number }>(sql`
    update subscription
    set digests = digests + 1
    where id in (${list(subscriptions)})
    returning id, digests
  `);
  return found.map(({ id, digests }) => [id, digests]);
}

async function noteIssues(
  tx: Queries,
  prepared: readonly Prepared[],
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  const lines = prepared.map(({ claimed, issue, counts }) => [
    ...namingValues(claimed),
    claimed.lease,
    issue.id,
    counts ? String(numbers.get(claimed.subscription) ?? '') : '',
  ]);
  await tx.query(sql`
    with given (subscription, first_day, last_day, slot, lease, issue, number) as (values ${rows(lines)})
    update delivery
    set issue = given.issue, number = cast(nullif(given.number, '') as bigint)
    from given
    where delivery.subscription = given.subscription and delivery.first_day = given.first_day
      and delivery.last_day = given.last_day and delivery.slot = given.slot and delivery.lease = given.lease
  `);
}

/** The last digest of a subscription that was posted; `undefined` when none was. */
export async function findLatest(db: Queries, subscription: string): Promise<Delivery | undefined> {
  const [latest] = await findPosted(db, sql`subscription = ${subscription} and number is not null`);
  return latest;
}

/** The digest of a subscription by its number; `undefined` when none of that number was posted. */
export async function findNumbered(
  db: Queries,
  subscription: string,
  number: number,
): Promise<Delivery | undefined> {
  const [found] = await findPosted(db, sql`subscription = ${subscription} and number = ${number}`);
  return found;
}

/**
 * Lets the digests of some subscriptions that say they knew more than can be known yet have known until now: a clock that was
 * ahead has been put right.
 *
 * @returns the subscriptions that had such digests: they have been told all that is known
 */
export async function forgetFuture(
  db: Queries,
  subscriptions: readonly string[],
  now: Date,
): Promise<Set<string>> {
  const told = new Set<string>();
  for (const some of inBatches(subscriptions)) {
    const changed = await db.query<{ subscription: string }>(sql`
      update delivery
      set known = ${now.getTime()}
      where subscription in (${list(some)}) and known > 0 and known > ${now.getTime()}
      returning subscription
    `);
    for (const { subscription } of changed) told.add(subscription);
  }
  return told;
}

async function saveIssues(db: Queries, issues: ReadonlyMap<string, string>): Promise<void> {
  for (const some of inBatches([...issues])) {
    await db.query(sql`
      insert into issue (id, value)
      values ${rows(some)}
      on conflict do nothing
    `);
  }
}

async function findPosted(db: Queries, which: Statement): Promise<Delivery[]> {
  const found = await db.query<DeliveryRow>(sql`
    select ${deliveryColumns}
    from delivery
    where ${which} and state = 'posted'
    order by number desc
    limit 1
  `);
  return found.map(toDelivery);
}
