import { setImmediate as pause } from 'node:timers/promises';
import { momentOf } from '../../../digests/period.ts';
import type { EventId } from '../../model.ts';
import { markAllPosted, markFailed, type Posted } from '../../store/deliveries.ts';
import { findToldByAlerts } from '../../store/alerts.ts';
import { findLastIssues, numberIssues } from '../../store/issues.ts';
import { gather } from './gathering.ts';
import { type Composed, type Desk, makeDesk, printed } from './issues.ts';
import { findEarlier, type Parcel, postOnce, type Publish } from './outbox.ts';

/** A post that is ready to be made. */
export interface Letter {
  readonly parcel: Parcel;
  readonly post: () => Promise<void>;
}

/** A digest, composed. */
interface Ready {
  readonly parcel: Parcel;
  readonly composed: Composed;
}

/** What the digests of a round have in common. */
export interface Shared {
  readonly desk: Desk;
  /** Records that a digest stands in its channel. */
  readonly confirm: (posted: Posted) => Promise<void>;
}

/** Composing goes on for so long before answers to people get their turn. */
const SLICE_MS = 20;
/** No digest tells what happened longer ago; see `slotsBetween`. */
const LONGEST_PERIOD_MS = 9 * 24 * 60 * 60_000;
/** Later than any digest. */
const FOREVER = 8_640_000_000_000_000;

/** Makes what the digests of one round have in common. */
export function sharedIn({ db, topic }: Publish): Shared {
  return {
    desk: makeDesk(db, topic),
    confirm: gather((posted: readonly Posted[]) => markAllPosted(db, posted)),
  };
}

/**
 * Composes digests, and records what each is made from before any is sent. Those with nothing to tell are passed over where
 * that is wished; one that an earlier attempt has composed stays as it was.
 */
export async function prepareDigests(
  publish: Publish,
  parcels: readonly Parcel[],
  shared: Shared,
): Promise<Letter[]> {
  const letters: Letter[] = [];
  const sameMoment = Map.groupBy(parcels, ({ delivery }) => momentOf(delivery).getTime());
  for (const some of sameMoment.values()) {
    const recorded = await record(publish, await composed(publish, some, shared.desk));
    const confirm = ended(publish, shared);
    const [silent, told] = [recorded.filter(isSilent), recorded.filter((one) => !isSilent(one))];
    await Promise.all(silent.map((one) => confirm(one, '')));
    letters.push(...told.map((one) => letterOf(publish, one, confirm)));
  }
  return letters;
}

async function composed(publish: Publish, parcels: readonly Parcel[], desk: Desk): Promise<Ready[]> {
  const { db, clock } = publish;
  const ids = parcels.map(({ subscription }) => subscription.id);
  const [first] = parcels;
  if (first === undefined) return [];
  const moment = momentOf(first.delivery);
  const last = await findLastIssues(db, ids, moment);
  const kept = await desk.issuesOf([
    ...parcels.flatMap(({ delivery: { issue } }) => issue ?? []),
    ...[...last.values()].flatMap(({ issue }) => issue ?? []),
  ]);
  const alerted = await toldByAlerts(publish, parcels);
  const ready: Ready[] = [];
  let begun = performance.now();
  for (const parcel of parcels) {
    const { delivery, subscription } = parcel;
    const issue = kept.get(delivery.issue ?? '');
    const before = last.get(subscription.id);
    const told = alerted.get(subscription.id) ?? new Map<EventId, number>();
    ready.push({
      parcel,
      composed:
        issue === undefined
          ? await desk.compose({ delivery, subscription, before, alerted: told, now: clock() })
          : await desk.again(issue),
    });
    if (performance.now() - begun < SLICE_MS) continue;
    await pause();
    begun = performance.now();
  }
  return ready;
}

/** What alerts have told channels that want both, since shortly before their last digest. */
function toldByAlerts(
  { db }: Publish,
  parcels: readonly Parcel[],
): Promise<Map<string, Map<EventId, number>>> {
  const both = parcels.filter(({ subscription: { wishes } }) => wishes?.mode === 'both');
  const [first] = both;
  if (first === undefined) return Promise.resolve(new Map());
  const ids = both.map(({ subscription }) => subscription.id);
  return findToldByAlerts(db, ids, new Date(momentOf(first.delivery).getTime() - LONGEST_PERIOD_MS));
}

/** Keeps what digests are made from; those that are posted get their number. */
async function record({ db }: Publish, ready: readonly Ready[]): Promise<Ready[]> {
  const fresh = ready.filter(({ parcel: { delivery } }) => delivery.issue === undefined);
  const numbers = await numberIssues(
    db,
    fresh.map((one) => ({
      claimed: one.parcel.delivery,
      issue: one.composed.kept,
      counts: !isSilent(one),
    })),
  );
  return ready.map((one) => {
    const number = numbers.get(one.parcel.subscription.id);
    if (number === undefined) return one;
    return { ...one, parcel: { ...one.parcel, delivery: { ...one.parcel.delivery, number } } };
  });
}

/** Whether nothing is posted. The digest that a channel begins with is awaited, whatever is in it. */
function isSilent({ parcel: { delivery, subscription }, composed: { isEmpty } }: Ready): boolean {
  if (!isEmpty || subscription.wishes?.empty !== 'skip') return false;
  return momentOf(delivery).getTime() !== subscription.created.getTime();
}

/** Records that a digest stands in its channel, or has been passed over where `message` is empty. */
type Confirm = (ready: Ready, message: string) => Promise<void>;

function letterOf(publish: Publish, ready: Ready, confirm: Confirm): Letter {
  const { parcel, composed: digest } = ready;
  const { delivery } = parcel;
  const place = { since: momentOf(delivery) };
  const post = async () => {
    if (delivery.attempts > 1 && (await isOvertaken(publish, parcel))) {
      const arrived = await findEarlier(parcel, place);
      if (arrived !== undefined) return confirm(ready, arrived);
      await markFailed(publish.db, delivery, { reason: 'a later digest has told what it was to tell' });
      return undefined;
    }
    const message = printed(digest, delivery.number, publish.topic);
    return confirm(ready, await postOnce(parcel, message, place));
  };
  return { parcel, post };
}

/** Whether a later digest of the subscription has been posted while this one was put off. */
async function isOvertaken({ db }: Publish, { delivery, subscription }: Parcel): Promise<boolean> {
  const last = await findLastIssues(db, [subscription.id], new Date(FOREVER));
  const known = last.get(subscription.id)?.known;
  return known !== undefined && known > momentOf(delivery);
}

function ended({ clock, log }: Publish, shared: Shared): Confirm {
  return async ({ parcel: { delivery, subscription }, composed: { issue } }, message) => {
    const events = issue.changes.map(({ event }) => event);
    await shared.confirm({ claimed: delivery, message, at: clock(), events, known: issue.cutOff });
    const fields = { subscription: subscription.id, slot: delivery.slot, attempt: delivery.attempts };
    log.info(fields, message === '' ? 'nothing new, nothing posted' : 'digest posted');
  };
}
