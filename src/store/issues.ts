import { createHash } from 'node:crypto';
import type { Delivery } from '../subscription.ts';
import type { Queries } from './database.ts';
import { type ClaimedDelivery, deliveryColumns, type DeliveryRow, named, toDelivery } from './deliveries.ts';
import { read, written } from './json.ts';
import { list, rows, sql, type Statement } from './engines/sql.ts';

/** Values in one statement, far below the limits of both engines. */
const MOST_AT_ONCE = 500;

/** Where the digests of a subscription have got to. */
export interface LastIssue {
  /** Until when the last digest that was posted knew. */
  readonly known: Date;
  /** Names what it was made from; absent for one of an earlier Tumen. */
  readonly issue?: string;
}

/** What a digest was made from as it is kept: equal ones are the same text. */
export function issueText(issue: unknown): string {
  return written(issue);
}

/** The name of an issue, made from its text: equal ones are kept once, however many channels got them. */
export function issueId(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** What digests were made from, by name; those that are not kept are missing. */
export async function findIssues(db: Queries, ids: readonly string[]): Promise<Map<string, unknown>> {
  const distinct = [...new Set(ids)];
  const found = new Map<string, unknown>();
  for (let start = 0; start < distinct.length; start += MOST_AT_ONCE) {
    const some = list(distinct.slice(start, start + MOST_AT_ONCE));
    const part = await db.query<{ id: string; value: string }>(
      sql`select id, value from issue where id in (${some})`,
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
  for (let start = 0; start < subscriptions.length; start += MOST_AT_ONCE) {
    const some = list(subscriptions.slice(start, start + MOST_AT_ONCE));
    const part = await db.query<{ subscription: string; known: number; issue: string | null }>(sql`
      select delivery.subscription, delivery.known, delivery.issue
      from (
        select subscription, max(known) as known
        from delivery
        where subscription in (${some}) and known > 0 and known < ${before.getTime()}
        group by subscription
      ) as latest
      join delivery on delivery.subscription = latest.subscription and delivery.known = latest.known
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
  /** By `issueText`. */
  readonly text: string;
  /** Whether it is posted, and so counts among the digests of its subscription. */
  readonly counts: boolean;
}

/**
 * Keeps what digests are made from and gives each that counts its number, the next of its subscription.
 *
 * @returns the numbers, in the order of the digests
 */
export async function numberIssues(
  db: Queries,
  prepared: readonly Prepared[],
): Promise<(number | undefined)[]> {
  const issues = new Map(prepared.map(({ text }) => [issueId(text), text]));
  return db.transaction(async (tx) => {
    await saveIssues(tx, issues);
    const numbers: (number | undefined)[] = [];
    for (const { claimed, text, counts } of prepared) {
      const number = counts ? await nextNumber(tx, claimed.subscription) : undefined;
      await tx.query(sql`
        update delivery
        set number = ${number ?? null}, issue = ${issueId(text)}
        where ${named(claimed)} and lease = ${claimed.lease}
      `);
      numbers.push(number);
    }
    return numbers;
  });
}

async function nextNumber(tx: Queries, subscription: string): Promise<number | undefined> {
  const [row] = await tx.query<{ digests: number }>(sql`
    update subscription
    set digests = digests + 1
    where id = ${subscription}
    returning digests
  `);
  return row?.digests;
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
 */
export async function forgetFuture(db: Queries, subscriptions: readonly string[], now: Date): Promise<void> {
  for (let start = 0; start < subscriptions.length; start += MOST_AT_ONCE) {
    await db.query(sql`
      update delivery
      set known = ${now.getTime()}
      where subscription in (${list(subscriptions.slice(start, start + MOST_AT_ONCE))}) and known > ${now.getTime()}
    `);
  }
}

async function saveIssues(db: Queries, issues: ReadonlyMap<string, string>): Promise<void> {
  const all = [...issues];
  for (let start = 0; start < all.length; start += MOST_AT_ONCE) {
    await db.query(sql`
      insert into issue (id, value)
      values ${rows(all.slice(start, start + MOST_AT_ONCE))}
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
