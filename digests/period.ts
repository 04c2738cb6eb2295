import type { Period } from '../src/model.ts';
import type { Delivery } from '../src/subscription.ts';
import { addDays, dayAt, startOf } from '../src/time.ts';

/** The days that a digest posted at `moment` looks back on: the day before, in the zone of its readers. */
export function dayBefore(moment: Date, zone: string): Period {
  const yesterday = addDays(dayAt(moment, zone), -1);
  return { from: yesterday, to: yesterday, zone };
}

/** The `count` days up to and including the one of `moment`. */
export function lastDays(count: number, moment: Date, zone: string): Period {
  const today = dayAt(moment, zone);
  return { from: addDays(today, 1 - count), to: today, zone };
}

/** The first moment after a period: where the next one begins. */
export function endOf({ to, zone }: Period): Date {
  return startOf(addDays(to, 1), zone);
}

/**
 * Between which moments something must have become known for a delivery to tell it: after the delivery before it that was
 * posted, up to its own moment. So nothing is told twice and nothing is left out, however late or often it is sent.
 *
 * @param before - the last delivery of the subscription that was posted; absent for the first, which begins with its period
 */
export function windowOf(
  delivery: Pick<Delivery, 'period' | 'slot'>,
  before?: Pick<Delivery, 'period' | 'slot'>,
): { readonly after: Date; readonly until: Date } {
  const { period } = delivery;
  return {
    after: before === undefined ? startOf(period.from, period.zone) : momentOf(before),
    until: momentOf(delivery),
  };
}

/** The moment of a delivery, which its slot names; the end of its period where it has none. */
export function momentOf({ period, slot }: Pick<Delivery, 'period' | 'slot'>): Date {
  return slot === undefined ? endOf(period) : new Date(slot);
}
