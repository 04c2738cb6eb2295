import { dueSlot, nextLook } from '../../../digests/due.ts';
import { addDeliveries, type DueDelivery } from '../../store/deliveries.ts';
import { forgetFuture } from '../../store/issues.ts';
import { noteLooks, takeForLook } from '../../store/subscriptions.ts';
import type { Subscription } from '../../subscription.ts';
import type { Publish } from './outbox.ts';

/** A digest that was missed goes out this long after its slot; later the next one tells what it would have told. */
const LATEST_MS = 20 * 60 * 60_000;
/** Subscriptions looked at in one transaction. */
const BATCH = 1000;

/**
 * Records every digest that is due, once, however often and by however many processes it is called. Only the subscriptions
 * that may have something due are looked at.
 */
export async function planDigests({ db, clock, signal }: Publish): Promise<void> {
  for (;;) {
    const now = clock();
    const looked = await db.transaction(async (tx) => {
      const looks = await takeForLook(tx, { now, limit: BATCH });
      const some = looks.map(({ subscription }) => subscription);
      const ahead = looks.filter(({ wasAhead }) => wasAhead).map(({ subscription: { id } }) => id);
      // A slot that the clock has jumped over before it was put right has nothing left to tell.
      const told = await forgetFuture(tx, ahead, now);
      const due = some.filter(({ id }) => !told.has(id)).flatMap((one) => dueOf(one, now));
      await addDeliveries(tx, due);
      await noteLooks(tx, { now, looks: new Map(some.map((one) => [one.id, nextLook(one, now)])) });
      return some.length;
    });
    if (looked < BATCH || signal?.aborted === true) return;
  }
}

function dueOf(subscription: Subscription, now: Date): DueDelivery[] {
  if (subscription.wishes?.mode === 'instant') return [];
  const slot = dueSlot(subscription, now, LATEST_MS);
  if (slot === undefined) return [];
  return [{ subscription: subscription.id, period: slot.period, slot: slot.slot, due: slot.at }];
}
