import { z } from 'zod';
import { compose, type Edition } from '../digests/compose.ts';
import { coverageOf } from '../digests/coverage.ts';
import { lastDays, momentOf, windowOf } from '../digests/period.ts';
import { speechIn } from '../digests/speech.ts';
import { UserError } from '../src/errors.ts';
import type { Message } from '../src/message.ts';
import type { Period } from '../src/model.ts';
import type { Subscription, Wishes } from '../src/subscription.ts';
import { findDeliveries } from '../src/store/deliveries.ts';
import { findChanges, findEvents } from '../src/store/events.ts';
import { findFeedStates } from '../src/store/feeds.ts';
import { watchedFeeds } from '../src/store/own-feeds.ts';
import { findSubscriptions } from '../src/store/subscriptions.ts';
import { daysAsked } from './asked.ts';
import type { Command, Context, Group } from './command.ts';
import { shareAction } from './paging.ts';
import type { Days } from './when.ts';

const DAY_MS = 86_400_000;
/** A look back goes through so many events at most. */
const MOST_EVENTS = 500;
/** So many deliveries are looked through for one that was posted. */
const MOST_DELIVERIES = 20;

const window = z
  .string()
  .optional()
  .describe('A look back on these days, such as 2024-01 or last week; the last 24 hours if left out');

/** `/digest now`, `/digest preview` and `/digest last`. */
export const digest: Group = {
  name: 'digest',
  description: 'What is new, as a digest',
  commands: [now(), preview(), last()],
};

function now() {
  const input = z.object({ window });
  return {
    name: 'now',
    description: 'Posts a digest here, for everybody to read',
    input,
    audience: 'channel',
    managers: true,
    run: ({ window: asked }, context) => digestOf(asked, context),
  } satisfies Command<typeof input>;
}

function preview() {
  const input = z.object({ window });
  return {
    name: 'preview',
    description: 'Shows a digest to you alone',
    input,
    async run({ window: asked }, context) {
      const message = await digestOf(asked, context);
      return { ...message, actions: [...message.actions, shareAction(context.request, context.speech)] };
    },
  } satisfies Command<typeof input>;
}

function last() {
  const input = z.object({});
  return {
    name: 'last',
    description: 'The last digest of this channel, as it was known then',
    input,
    async run(_, context) {
      const { db, asker, speech } = context;
      const subscriptions = await findSubscriptions(db, asker.channel);
      const found = await Promise.all(subscriptions.map(({ id }) => findDeliveries(db, id, MOST_DELIVERIES)));
      const posted = found.flat().filter(({ state }) => state === 'posted');
      const [latest, ...others] = posted.toSorted(
        (one, other) => momentOf(other).getTime() - momentOf(one).getTime(),
      );
      if (latest === undefined) throw new UserError(speech.say('error.noDigest'));
      const before = others.find(({ subscription }) => subscription === latest.subscription);
      return news(latest.period, windowOf(latest, before), context);
    },
  } satisfies Command<typeof input>;
}

function digestOf(asked: string | undefined, context: Context): Promise<Message> {
  const days = daysAsked(asked, context);
  if (days !== undefined) return review(days, context);
  const until = context.clock();
  return news(
    lastDays(2, until, context.zone),
    { after: new Date(until.getTime() - DAY_MS), until },
    context,
  );
}

/** The digest that a subscription would get now: what became known since its last. */
export async function upcoming(subscription: Subscription, context: Context): Promise<Message> {
  const { db, clock } = context;
  const until = clock();
  const deliveries = await findDeliveries(db, subscription.id, MOST_DELIVERIES);
  const before = deliveries.find(({ state }) => state === 'posted');
  const delivery = { period: lastDays(2, until, subscription.zone), slot: until.toISOString() };
  const { wishes = {}, language } = subscription;
  return news(delivery.period, windowOf(delivery, before), {
    ...context,
    wishes,
    speech: speechIn(language),
  });
}

/** What became known in a stretch of time. */
async function news(
  period: Period,
  { after, until }: Window,
  context: Context & { readonly wishes?: Wishes },
): Promise<Message> {
  const { db, topic, wishes = {} } = context;
  const changes = await findChanges(db, { topic: topic.id, from: after, to: until });
  const events = changes.map((change) => change.after);
  const told = new Map(changes.flatMap(({ before }) => (before === undefined ? [] : [[before.id, before]])));
  return composed({ period, cutOff: until, events, told, wishes }, context);
}

/** What happened on some days, as it is known now. */
async function review(days: Days, context: Context): Promise<Message> {
  const { db, topic, zone, clock } = context;
  const events = await findEvents(db, { topic: topic.id, ...days, limit: MOST_EVENTS });
  return composed({ period: { ...days, zone }, cutOff: clock(), events, told: 'review' }, context);
}

async function composed(edition: Omit<Edition, 'coverage'>, context: Context): Promise<Message> {
  const { db, topic } = context;
  const coverage = coverageOf(await watchedFeeds(db, topic.feeds), await findFeedStates(db));
  return compose({ ...edition, coverage }, context);
}

type Window = ReturnType<typeof windowOf>;
