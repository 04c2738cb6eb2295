import type { Day, Period } from '../model.ts';
import type { Delivery } from '../subscription.ts';
import { raw, sql, type Statement } from './engines/sql.ts';

/** What names a delivery. */
export type DeliveryName = Pick<Delivery, 'subscription' | 'slot'> & {
  readonly period: Pick<Period, 'from' | 'to'>;
};

/** The columns that name a delivery. */
export interface NamingRow {
  subscription: string;
  first_day: Day;
  last_day: Day;
  slot: string;
}

/** A row of the table. */
export interface DeliveryRow extends NamingRow {
  zone: string;
  kind: 'digest' | 'alert';
  root: string | null;
  number: number | null;
  issue: string | null;
  state: Delivery['state'];
  attempts: number;
  reason: string | null;
  gone_since: number | null;
  message: string | null;
}

const COLUMNS = [
  'subscription',
  'first_day',
  'last_day',
  'slot',
  'zone',
  'kind',
  'root',
  'number',
  'issue',
  'state',
  'attempts',
  'reason',
  'gone_since',
  'message',
];
/** What `toDelivery` reads. */
export const deliveryColumns = raw(COLUMNS.join(', '));
/** The same, where other tables are read along. */
export const joinedColumns = raw(COLUMNS.map((column) => `delivery.${column}`).join(', '));

/** What a row of the table says. */
export function toDelivery(row: DeliveryRow): Delivery {
  return {
    subscription: row.subscription,
    ...(row.kind === 'alert' && { kind: row.kind }),
    period: { from: row.first_day, to: row.last_day, zone: row.zone },
    ...(row.slot !== '' && { slot: row.slot }),
    ...(row.root !== null && { root: row.root }),
    ...(row.number !== null && { number: row.number }),
    ...(row.issue !== null && { issue: row.issue }),
    state: row.state,
    attempts: row.attempts,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.gone_since !== null && { goneSince: new Date(row.gone_since) }),
    ...(row.message !== null && { message: row.message }),
  };
}

/** The values of the columns that name a delivery: subscription, first and last day, slot. */
export function namingValues({
  subscription,
  period,
  slot = '',
}: DeliveryName): readonly [string, Day, Day, string] {
  return [subscription, period.from, period.to, slot];
}

/** True of the row of a delivery. */
export function named({ subscription, period, slot = '' }: DeliveryName): Statement {
  return sql`
    subscription = ${subscription} and first_day = ${period.from} and last_day = ${period.to} and slot = ${slot}
  `;
}
