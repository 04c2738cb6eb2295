import type { Period } from '../src/model.ts';
import type { Delivery } from '../src/subscription.ts';
import { addDays, dayAt, startOf } from '../src/time.ts';

/** The `count` days up to and including the one of `moment`. */
export function lastDays(count: number, moment: Date, zone: string): Period {
  const today = dayAt(moment, zone);
  return { from: addDays(today, 1 - count), to: today, zone };
}

/** The first moment after a period: where the next one begins. */
export function endOf({ to, zone }: Period): Date {
  return startOf(addDays(to, 1), zone);
}

/** The moment of a delivery, which its slot names; the end of its period where it has none. */
export function momentOf({ period, slot }: Pick<Delivery, 'period' | 'slot'>): Date {
  return slot === undefined ? endOf(period) : new Date(slot);
}
