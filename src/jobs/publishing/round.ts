import type { Platform } from '../../channels/platform.ts';
import {
  claimDeliveries,
  type ClaimedDelivery,
  extendLeases,
  findUndecided,
  markFailed,
  releaseDelivery,
} from '../../store/deliveries.ts';
import { findSubscriptionsById } from '../../store/subscriptions.ts';
import type { Subscription } from '../../subscription.ts';
import { postAlert } from './alert-posts.ts';
import { type Letter, prepareDigests, type Shared, sharedIn } from './digest-posts.ts';
import { type Lanes, makeLanes, type Pace } from './lanes.ts';
import { LEASE_MS, type Parcel, type Publish, send } from './outbox.ts';

/** One run of sending: what was claimed waits in lanes, one for each platform. */
export interface Round {
  /** Claims what is due and puts it into its lane; returns how many. */
  claim(): Promise<number>;
  waiting(): number;
  /** Whether nothing waits or is under way. */
  isOver(): boolean;
  /** Resolves when nothing waits or is under way, or after so long. */
  settled(atMostMs: number): Promise<void>;
  /** Gives back what was not tried, waits for what is under way, and throws what went wrong. */
  end(): Promise<void>;
}

/** Deliveries claimed, and composed, in one go. */
export const BATCH = 200;
const OTHERS_WAIT_MS = 60_000;
/** A digest waits so long for the one before it to be tried again; then it tells what that one was to tell. */
const LONGEST_TURN_MS = 30 * 60_000;

/**
 * How fast platforms let us post, with some room left for answers. Discord: 50 requests a second for a bot
 * (https://discord.com/developers/docs/topics/rate-limits). Slack: one message a second into a channel, and "several hundred a
 * minute" over a workspace (https://docs.slack.dev/apis/web-api/rate-limits).
 */
const paces: Readonly<Partial<Record<Platform['name'], Pace>>> = {
  discord: { perSecond: 47, betweenMs: 0 },
  slack: { perSecond: 10, betweenMs: 1000 },
};

/** Begins a run of sending. */
export function beginRound(publish: Publish): Round {
  const { db, clock } = publish;
  const lanes = new Map<string, Lanes>();
  const parcels = new Set<Parcel>();
  const untried = new Set<Parcel>();
  const errors: unknown[] = [];
  const shared = sharedIn(publish);
  let beat = clock().getTime();

  const all = () => [...lanes.values()];
  const settled = async (atMostMs: number) => {
    await Promise.all(all().map((lane) => lane.settled(atMostMs)));
  };
  const put = ({ parcel, post }: Letter) => {
    const { platform, subscription } = parcel;
    const lane = lanes.get(platform.name) ?? makeLanes((publish.paces ?? paces)[platform.name]);
    lanes.set(platform.name, lane);
    parcels.add(parcel);
    untried.add(parcel);
    const run = async () => {
      untried.delete(parcel);
      const waitMs = await send(publish, parcel, post).catch((error: unknown) => void errors.push(error));
      if (waitMs === undefined) parcels.delete(parcel);
      return waitMs;
    };
    lane.add({ ...placeOf(subscription), run });
  };

  return {
    async claim() {
      const now = clock();
      if (now.getTime() - beat > LEASE_MS / 3) {
        beat = now.getTime();
        await keepLeases(db, parcels, new Date(beat + LEASE_MS));
      }
      const claimed = await claimDeliveries(db, { now, leaseMs: LEASE_MS, limit: BATCH });
      const inHand = [...parcels].filter(isDigest).map(({ delivery }) => delivery.subscription);
      const free = await inTurn(publish, claimed, new Set(inHand));
      for (const letter of await lettersOf(publish, free, shared)) put(letter);
      return claimed.length;
    },
    waiting: () => all().reduce((sum, { waiting }) => sum + waiting, 0),
    isOver: () => parcels.size === 0,
    settled,
    async end() {
      for (const lane of all()) lane.clear();
      for (const { delivery } of untried) await releaseDelivery(db, delivery, clock());
      await settled(LEASE_MS);
      throwTogether(errors);
    },
  };
}

/** Throws what went wrong; posts that are confirmed together fail together, with one error. */
function throwTogether(all: readonly unknown[]): void {
  if (all.length === 1) throw all[0];
  if (all.length > 1)
    throw new AggregateError(new Set(all), `${all.length} posts could not be made or recorded`);
}

/** What waits for a slow platform stays ours. */
async function keepLeases(db: Publish['db'], parcels: ReadonlySet<Parcel>, until: Date): Promise<void> {
  const leases = new Set([...parcels].map(({ delivery }) => delivery.lease));
  await extendLeases(db, [...leases], until);
}

/** The workspace of a channel is part of its address where a platform has several; see `Channel`. */
function placeOf({ channel: { address } }: Subscription): { workspace: string; channel: string } {
  const slash = address.lastIndexOf('/');
  return { workspace: slash < 0 ? address : address.slice(0, slash), channel: address };
}

/**
 * The deliveries whose turn it is: a digest waits for the one before it of its subscription, from which it goes on, while it is
 * under way here or elsewhere, or is about to be tried again.
 *
 * @param inHand - subscriptions of which a digest is under way
 */
async function inTurn(
  { db, clock }: Publish,
  claimed: readonly ClaimedDelivery[],
  inHand: Set<string>,
): Promise<ClaimedDelivery[]> {
  const now = clock().getTime();
  const ids = claimed.filter(({ kind }) => kind !== 'alert').map(({ subscription }) => subscription);
  const undecided = await findUndecided(db, ids, new Date(now + LONGEST_TURN_MS));
  const free: ClaimedDelivery[] = [];
  for (const delivery of claimed) {
    const { kind, subscription, slot = '' } = delivery;
    const waits = inHand.has(subscription) || (undecided.get(subscription) ?? slot) < slot;
    if (kind !== 'alert' && waits) {
      await releaseDelivery(db, delivery, new Date(now + OTHERS_WAIT_MS));
      continue;
    }
    if (kind !== 'alert') inHand.add(subscription);
    free.push(delivery);
  }
  return free;
}

function isDigest({ delivery }: Parcel): boolean {
  return delivery.kind !== 'alert';
}

/** What was claimed, composed; alerts first. */
async function lettersOf(
  publish: Publish,
  claimed: readonly ClaimedDelivery[],
  shared: Shared,
): Promise<Letter[]> {
  const ids = claimed.map(({ subscription }) => subscription);
  const subscriptions = await findSubscriptionsById(publish.db, ids);
  const parcels: Parcel[] = [];
  for (const delivery of claimed) {
    const parcel = await parcelOf(publish, delivery, subscriptions.get(delivery.subscription));
    if (parcel !== undefined) parcels.push(parcel);
  }
  const [alerts, digests] = [
    parcels.filter(({ delivery }) => delivery.kind === 'alert'),
    parcels.filter(({ delivery }) => delivery.kind !== 'alert'),
  ];
  return [
    ...alerts.map((parcel) => ({ parcel, post: () => postAlert(publish, parcel) })),
    ...(await prepareDigests(publish, digests, shared)),
  ];
}

/** A delivery with where it goes; `undefined` for one that goes nowhere, which is noted. */
async function parcelOf(
  { db, clock, platforms }: Publish,
  delivery: ClaimedDelivery,
  subscription: Subscription | undefined,
): Promise<Parcel | undefined> {
  const platform = platforms.find(({ name }) => name === subscription?.channel.platform);
  if (subscription === undefined) {
    await markFailed(db, delivery, { reason: 'the subscription has been removed' });
  } else if (subscription.paused !== undefined) {
    await markFailed(db, delivery, { reason: subscription.paused });
  } else if (platform === undefined) {
    // Another process is connected to that platform, and will find it due again.
    await releaseDelivery(db, delivery, new Date(clock().getTime() + OTHERS_WAIT_MS));
  } else return { delivery, subscription, platform, claimed: clock() };
  return undefined;
}
