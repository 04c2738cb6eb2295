import type { Found, Platform } from '../../channels/platform.ts';
import { PostError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Message } from '../../message.ts';
import type { Database } from '../../store/database.ts';
import { extendLease, markFailed, type ClaimedDelivery } from '../../store/deliveries.ts';
import { saveSubscription } from '../../store/subscriptions.ts';
import type { Delivery, Subscription } from '../../subscription.ts';
import type { Clock } from '../../time.ts';
import type { Topic } from '../../topics/topic.ts';
import type { Pace } from './lanes.ts';

/** What publishing needs. */
export interface Publish {
  readonly db: Database;
  readonly topic: Topic;
  readonly platforms: readonly Platform[];
  readonly clock: Clock;
  readonly log: Log;
  /** How fast each platform may be posted to, by its name; the platforms' own limits unless given. */
  readonly paces?: Readonly<Partial<Record<Platform['name'], Pace>>>;
  /** Ends it early: what is not yet under way is left to whoever comes next. */
  readonly signal?: AbortSignal | undefined;
}

/** A delivery that this process has claimed, and where it goes. */
export interface Parcel {
  readonly delivery: ClaimedDelivery;
  readonly subscription: Subscription;
  readonly platform: Platform;
  readonly claimed: Date;
}

/** So long a delivery belongs to the process that sends it. */
export const LEASE_MS = 5 * 60_000;
/** Waits before a post is tried again: five minutes, then doubled, at most four hours. */
const FIRST_WAIT_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 4 * 60 * 60_000;
const MOST_ATTEMPTS = 8;
/**
 * A subscription pauses when its channel has been said to be gone for so long, at each attempt: platforms have been seen to
 * say so for a while of channels that are there. It takes five attempts where the first said so.
 */
const GONE_MS = 75 * 60_000;
/** A platform that asks to wait no longer than this is asked again in the same run. */
const PATIENCE_MS = 30_000;
/** Longest key that a platform takes for a post. */
const LONGEST_KEY = 64;

/** Posts that a platform has turned away, by key: at which attempt. Nothing more of them has arrived since. */
const turnedAway = new WeakMap<Platform, Map<string, number>>();
const MOST_REMEMBERED = 10_000;

/** Names the post of a delivery for ever. */
export function keyOf({ subscription, slot, period }: Delivery): string {
  return `${subscription} ${slot ?? period.from}`.slice(0, LONGEST_KEY);
}

/** Where an earlier attempt may have arrived. */
interface Place {
  /** No attempt was made before. */
  readonly since: Date;
  /** The post under which it belongs; the subscription's own thread unless given. */
  readonly thread?: string;
}

/**
 * Posts, unless an earlier attempt whose end is not known has arrived.
 *
 * @returns the platform's name of the post
 * @throws {PostError} when the platform did not take it, or may have
 */
export async function postOnce(parcel: Parcel, message: Message, place: Place): Promise<string> {
  const { delivery, subscription, platform } = parcel;
  const { channel, wishes = {} } = subscription;
  const arrived = delivery.attempts > 1 ? await findEarlier(parcel, place) : undefined;
  if (arrived !== undefined) return arrived;
  const thread = place.thread ?? wishes.thread;
  const isOwnPost = place.thread === undefined;
  turnedAway.get(platform)?.delete(keyOf(delivery));
  try {
    return await platform.post(channel.address, message, {
      key: keyOf(delivery),
      ...(thread === undefined ? {} : { thread }),
      ...(isOwnPost && wishes.mention !== undefined ? { mention: wishes.mention } : {}),
    });
  } catch (error) {
    if (error instanceof PostError && error.reason !== 'unknown') noteTurnedAway(parcel);
    throw error;
  }
}

function noteTurnedAway({ delivery, platform }: Parcel): void {
  const attempts = turnedAway.get(platform) ?? new Map<string, number>();
  if (attempts.size >= MOST_REMEMBERED) attempts.clear();
  turnedAway.set(platform, attempts.set(keyOf(delivery), delivery.attempts));
}

/** Whether this process made the attempt before, or began this one, and was turned away. */
function wasTurnedAway({ delivery, platform }: Parcel): boolean {
  const attempt = turnedAway.get(platform)?.get(keyOf(delivery));
  return attempt !== undefined && attempt >= delivery.attempts - 1;
}

/**
 * Looks for what an earlier attempt has posted, unless the last one is known to have been turned away; `undefined` when
 * nothing has arrived.
 *
 * @throws {PostError} when that cannot be told
 */
export async function findEarlier(parcel: Parcel, { since, thread }: Place): Promise<string | undefined> {
  if (wasTurnedAway(parcel)) return undefined;
  const { delivery, platform } = parcel;
  const { channel, wishes = {} } = parcel.subscription;
  const place = thread ?? wishes.thread;
  const found = await platform
    .find(channel.address, keyOf(delivery), since, place)
    .catch((error: unknown): Found => {
      // A thread that is not there yet holds nothing.
      if (thread !== undefined && error instanceof PostError && error.reason === 'gone')
        return { kind: 'absent' };
      throw error;
    });
  if (found.kind === 'unknown') {
    throw new PostError('whether an earlier attempt arrived cannot be told', { reason: 'refused' });
  }
  return found.kind === 'arrived' ? found.posted : undefined;
}

/**
 * Sends a parcel; what the platform says against it is acted on, not thrown. One that waited for so long that another process
 * may have taken it over is looked at first.
 *
 * @returns how many milliseconds to wait before it is sent again; `undefined` when it is sent, for later, or given up
 */
export async function send(
  publish: Publish,
  parcel: Parcel,
  post: () => Promise<void>,
): Promise<number | undefined> {
  const { db, clock } = publish;
  const { delivery, claimed } = parcel;
  try {
    const now = clock().getTime();
    const isOld = now - claimed.getTime() > LEASE_MS / 2;
    if (isOld && !(await extendLease(db, delivery, new Date(now + LEASE_MS)))) return undefined;
    await post();
    return undefined;
  } catch (error) {
    if (!(error instanceof PostError)) throw error;
    return afterRefusal(publish, parcel, error);
  }
}

/**
 * Does what a refusal asks for: wait, try again later, give up, or leave the channel alone.
 *
 * @returns how many milliseconds to wait before trying again at once; `undefined` when it is for later, or for good
 */
async function afterRefusal(
  { db, clock, log }: Publish,
  { delivery, subscription }: Parcel,
  error: PostError,
): Promise<number | undefined> {
  const { message: reason, retryAfterSeconds } = error;
  const fields = { subscription: subscription.id, slot: delivery.slot, attempt: delivery.attempts };
  log.warn({ ...fields, reason: error.reason, why: reason }, 'not posted');
  const askedMs = retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1000;
  if (error.reason === 'busy' && askedMs !== undefined && askedMs <= PATIENCE_MS) return askedMs;
  const now = clock();
  const goneSince = error.reason === 'gone' ? (delivery.goneSince ?? now) : undefined;
  const isGone = goneSince !== undefined && now.getTime() - goneSince.getTime() >= GONE_MS;
  const mayWork = !isGone && error.reason !== 'refused' && delivery.attempts < MOST_ATTEMPTS;
  if (isGone) {
    await saveSubscription(db, { ...subscription, paused: reason });
    log.error({ subscription: subscription.id, why: reason }, 'subscription paused');
  }
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (delivery.attempts - 1), LONGEST_WAIT_MS);
  const retryAt = mayWork ? new Date(now.getTime() + (askedMs ?? wait)) : undefined;
  await markFailed(db, delivery, { reason, retryAt, goneSince });
  return undefined;
}
