import { compose, hasNews, type Edition } from '../../digests/compose.ts';
import { coverageOf } from '../../digests/coverage.ts';
import { dueSlot } from '../../digests/due.ts';
import { momentOf, windowOf } from '../../digests/period.ts';
import { speechIn } from '../../digests/speech.ts';
import type { Platform } from '../channels/platform.ts';
import { PostError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Message } from '../message.ts';
import type { Subscription } from '../subscription.ts';
import type { Database } from '../store/database.ts';
import {
  addDelivery,
  claimDeliveries,
  type ClaimedDelivery,
  findDeliveries,
  markFailed,
  markPosted,
} from '../store/deliveries.ts';
import { findChanges } from '../store/events.ts';
import { findFeedStates } from '../store/feeds.ts';
import { watchedFeeds } from '../store/own-feeds.ts';
import { findSubscription, findSubscriptions, saveSubscription } from '../store/subscriptions.ts';
import type { Clock } from '../time.ts';
import type { Topic } from '../topics/topic.ts';

/** What publishing needs. */
export interface Publish {
  readonly db: Database;
  readonly topic: Topic;
  readonly platforms: readonly Platform[];
  readonly clock: Clock;
  readonly log: Log;
}

/** A digest that was missed goes out this long after its slot; later the next one tells what it would have told. */
const LATEST_MS = 20 * 60 * 60_000;
/** So long a delivery belongs to the process that sends it. */
const LEASE_MS = 5 * 60_000;
const BATCH = 20;
/** Waits before a post is tried again: five minutes, then doubled, at most four hours. */
const FIRST_WAIT_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 4 * 60 * 60_000;
const MOST_ATTEMPTS = 8;
const OTHERS_WAIT_MS = 60_000;
/** Deliveries looked through for the last one that was posted. */
const LOOKED_BACK = 20;

/**
 * Posts every digest that is due. Each is recorded before it is sent and confirmed after, so that a crash in between
 * neither loses nor doubles it.
 */
export async function publishDue(publish: Publish): Promise<void> {
  const { db, clock, platforms } = publish;
  const connected = new Set(platforms.map(({ name }) => name));
  for (const subscription of await findSubscriptions(db)) {
    if (!connected.has(subscription.channel.platform)) continue;
    const slot = subscription.paused === undefined ? dueSlot(subscription, clock(), LATEST_MS) : undefined;
    if (slot === undefined) continue;
    await addDelivery(db, {
      subscription: subscription.id,
      period: slot.period,
      slot: slot.slot,
      due: slot.at,
    });
  }
  for (;;) {
    const claimed = await claimDeliveries(db, { now: clock(), leaseMs: LEASE_MS, limit: BATCH });
    if (claimed.length === 0) return;
    for (const delivery of claimed) await deliver(publish, delivery);
  }
}

async function deliver(publish: Publish, delivery: ClaimedDelivery): Promise<void> {
  const { db, platforms, log } = publish;
  const subscription = await findSubscription(db, delivery.subscription);
  const platform = platforms.find(({ name }) => name === subscription?.channel.platform);
  if (subscription === undefined) {
    await markFailed(db, delivery, { reason: 'the subscription has been removed' });
    return;
  }
  if (platform === undefined) {
    // Another process is connected to that platform, and will find it due again.
    const retryAt = new Date(publish.clock().getTime() + OTHERS_WAIT_MS);
    await markFailed(db, delivery, { reason: 'left to another process', retryAt });
    return;
  }
  if (subscription.paused !== undefined) {
    await markFailed(db, delivery, { reason: subscription.paused });
    return;
  }
  const fields = { subscription: subscription.id, slot: delivery.slot, attempt: delivery.attempts };
  try {
    const edition = await editionFor(publish, subscription, delivery);
    const events = edition.events.map(({ id }) => id);
    if (subscription.wishes?.empty === 'skip' && !hasNews(edition, publish.topic)) {
      await markPosted(db, delivery, { message: '', at: publish.clock(), events });
      log.info(fields, 'nothing new, nothing posted');
      return;
    }
    const message = compose(edition, { topic: publish.topic, speech: speechIn(subscription.language) });
    const posted = await post(platform, subscription, message, delivery);
    await markPosted(db, delivery, { message: posted, at: publish.clock(), events });
    log.info(fields, 'digest posted');
  } catch (error) {
    if (!(error instanceof PostError)) throw error;
    await afterRefusal(publish, subscription, delivery, error);
    log.warn({ ...fields, reason: error.reason, why: error.message }, 'digest not posted');
  }
}

/** What a digest is made from: what changed since the digest of the subscription that was posted before. */
async function editionFor(
  { db, topic, clock }: Publish,
  subscription: Subscription,
  delivery: ClaimedDelivery,
): Promise<Edition> {
  const earlier = await findDeliveries(db, subscription.id, LOOKED_BACK);
  const before = earlier.find((one) => one.state === 'posted' && momentOf(one) < momentOf(delivery));
  const { after, until } = windowOf(delivery, before);
  const changes = await findChanges(db, { topic: topic.id, from: after, to: until });
  const told = changes.flatMap((change) => (change.before === undefined ? [] : [change.before]));
  const isLate = clock().getTime() - momentOf(delivery).getTime() > LEASE_MS * 2;
  return {
    period: delivery.period,
    cutOff: until,
    events: changes.map((change) => change.after),
    told: new Map(told.map((event) => [event.id, event])),
    coverage: coverageOf(await watchedFeeds(db, topic.feeds), await findFeedStates(db)),
    wishes: subscription.wishes ?? {},
    ...(isLate ? { dueAt: momentOf(delivery) } : {}),
  };
}

/** Posts, unless an earlier attempt whose end is not known has arrived. */
async function post(
  platform: Platform,
  { id, channel, wishes = {} }: Subscription,
  message: Message,
  delivery: ClaimedDelivery,
): Promise<string> {
  const key = `${id} ${delivery.slot ?? delivery.period.from}`;
  if (delivery.attempts > 1) {
    const found = await platform.find(channel.address, key, momentOf(delivery), wishes.thread);
    if (found.kind === 'arrived') return found.posted;
    if (found.kind === 'unknown') {
      throw new PostError('whether an earlier attempt arrived cannot be told', { reason: 'refused' });
    }
  }
  return platform.post(channel.address, message, {
    key,
    ...(wishes.thread === undefined ? {} : { thread: wishes.thread }),
    ...(wishes.mention === undefined ? {} : { mention: wishes.mention }),
  });
}

async function afterRefusal(
  { db, clock }: Publish,
  subscription: Subscription,
  delivery: ClaimedDelivery,
  error: PostError,
): Promise<void> {
  const { message: reason } = error;
  if (error.reason === 'gone') await saveSubscription(db, { ...subscription, paused: reason });
  const mayWork =
    (error.reason === 'busy' || error.reason === 'unknown') && delivery.attempts < MOST_ATTEMPTS;
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (delivery.attempts - 1), LONGEST_WAIT_MS);
  const waitMs = error.retryAfterSeconds === undefined ? wait : error.retryAfterSeconds * 1000;
  const retryAt = mayWork ? new Date(clock().getTime() + waitMs) : undefined;
  await markFailed(db, delivery, { reason, ...(retryAt === undefined ? {} : { retryAt }) });
}
