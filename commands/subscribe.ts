import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { lastDays } from '../digests/period.ts';
import { UserError } from '../src/errors.ts';
import { aMessage, type Block, type Message, words } from '../src/message.ts';
import { type Channel, neighbourOf, type Subscription } from '../src/subscription.ts';
import type { Queries } from '../src/store/database.ts';
import { addDelivery } from '../src/store/deliveries.ts';
import { findSubscriptions, saveSubscription } from '../src/store/subscriptions.ts';
import { announce } from './announcing.ts';
import type { Command, Context } from './command.ts';
import { assertFits, assertPosts, runTimes, subscriptionFacts } from './subscription-facts.ts';
import { wishCompletions, wished, wishFields, wishLabels, type Wish } from './wishes.ts';

/** More subscriptions of one channel are a mistake. */
const MOST_SUBSCRIPTIONS = 10;
/** The first digest tells what became known in so many days. */
const STARTER_DAYS = 7;
const DEFAULT_TIME = '08:00';

const input = z.object({
  channel: z.string().optional().describe('Where to post; here if left out').meta({ draws: 'channel' }),
  ...wishFields,
});

/** `/subscribe` lets digests be posted to a channel. */
export const subscribe = {
  name: 'subscribe',
  description: 'Posts a digest to a channel at a time of your choice',
  input,
  managers: true,
  labels: wishLabels,
  completions: wishCompletions,

  async run({ channel, ...wish }, context) {
    const { db, speech } = context;
    const subscription = newSubscription(await channelFor(channel, context), wish, context);
    assertPosts(subscription, context);
    await assertFits(subscription, context);
    const others = await findSubscriptions(db, subscription.channel);
    if (others.length >= MOST_SUBSCRIPTIONS) {
      throw new UserError(speech.say('error.subscriptions', { most: MOST_SUBSCRIPTIONS }));
    }
    await announce(subscription, `subscribe.announced.${wish.mode ?? 'digest'}`, context);
    await db.transaction(async (tx) => {
      await saveSubscription(tx, subscription);
      await addStarter(tx, subscription);
    });
    return confirmation(subscription, context);
  },
} satisfies Command<typeof input>;

function confirmation(subscription: Subscription, context: Context): Message {
  const { speech } = context;
  const entries = runTimes(subscription, context);
  const next: Block[] = [
    { kind: 'heading', line: [words(speech.say('subscribe.next'))] },
    { kind: 'entries', entries },
  ];
  return aMessage({
    title: [words(speech.say('subscribe.title'))],
    blocks: [
      { kind: 'facts', facts: subscriptionFacts(subscription, context) },
      { kind: 'text', line: [words(speech.say('subscribe.starter', { count: STARTER_DAYS }))] },
      ...(entries.length === 0 ? [] : next),
    ],
    language: speech.language,
    zone: subscription.zone,
  });
}

/** One digest of the days before, so that nobody has to wait for the first, and no flood of single events. */
async function addStarter(tx: Queries, { id, zone, created }: Subscription): Promise<void> {
  const period = lastDays(STARTER_DAYS, created, zone);
  await addDelivery(tx, { subscription: id, period, slot: created.toISOString(), due: created });
}

/** Where to post: here, or to another channel that the asker manages too. */
async function channelFor(name: string | undefined, { asker, speech }: Context): Promise<Channel> {
  if (name === undefined) return asker.channel;
  const channel = neighbourOf(asker.channel, name);
  const isTheirs = channel.address === asker.channel.address || ((await asker.managesAt?.(channel)) ?? true);
  if (!isTheirs) throw new UserError(speech.say('error.right'));
  return channel;
}

function newSubscription(channel: Channel, wish: Wish, context: Context): Subscription {
  const { clock, speech, topic, zone } = context;
  const plain: Subscription = {
    id: randomBytes(4).toString('hex'),
    channel,
    topic: topic.id,
    time: DEFAULT_TIME,
    zone,
    language: speech.language,
    created: clock(),
  };
  return wished(plain, wish, context);
}
