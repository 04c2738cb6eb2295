import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { kindName } from '../digests/names.ts';
import { spoken } from '../digests/speech.ts';
import { UserError } from '../src/errors.ts';
import type { Choice } from '../src/form.ts';
import { aMessage, words } from '../src/message.ts';
import { schedules, type Subscription, type Wishes } from '../src/model.ts';
import { findSubscriptions, saveSubscription } from '../src/store/subscriptions.ts';
import type { Command, Context } from './command.ts';
import { runTimes, subscriptionFacts } from './subscription-facts.ts';
import { kindsIn, quietIn, timesIn, zoneIn } from './wishes.ts';

const MOST_CHOICES = 25;
/** More subscriptions of one channel are a mistake. */
const MOST_SUBSCRIPTIONS = 10;

const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];

const input = z.object({
  channel: z.string().optional().describe('Where to post; here if left out').meta({ draws: 'channel' }),
  schedule: z.enum(schedules).default('daily').describe('How often'),
  time: z.string().default('08:00').describe('Time of day, such as 08:00; several are parted by commas'),
  zone: z.string().optional().describe('Time zone, such as Europe/Paris'),
  language: z.enum(spoken).optional().describe('Language of the digest'),
  mode: z.enum(['digest', 'instant', 'both']).default('digest').describe('Digests, alerts at once, or both'),
  kinds: z.string().optional().describe('Only these kinds of event, parted by commas'),
  'least-status': z
    .enum(['claimed', 'corroborated', 'confirmed'])
    .default('claimed')
    .describe('Leaves out what is known less well'),
  empty: z
    .enum(['say', 'skip'])
    .default('say')
    .describe('Whether a time without news is said or passed over'),
  quiet: z.string().optional().describe('Hours without posts, such as 22:00-07:00'),
  weekday: z.int().min(1).max(7).default(1).describe('Day of a weekly digest: 1 is Monday, 7 is Sunday'),
  mention: z.string().optional().describe('Role or group to call').meta({ draws: 'role' }),
});

type Wish = z.output<typeof input>;

/** `/subscribe` lets digests be posted to a channel. */
export const subscribe = {
  name: 'subscribe',
  description: 'Posts a digest to a channel at a time of your choice',
  input,
  managers: true,
  labels: {
    schedule: (value, speech) => speech.say(`schedule.${value}`),
    mode: (value, speech) => speech.say(`mode.${value}`),
    'least-status': (value, speech) => speech.say(`status.${value}`),
    empty: (value, speech) => speech.say(`empty.${value}`),
  },
  completions: { zone: completeZone, kinds: completeKinds },

  async run(wish, context) {
    const { db, speech } = context;
    const subscription = subscriptionOf(wish, context);
    const others = await findSubscriptions(db, subscription.channel);
    if (others.length >= MOST_SUBSCRIPTIONS) {
      throw new UserError(speech.say('error.subscriptions', { most: MOST_SUBSCRIPTIONS }));
    }
    await saveSubscription(db, subscription);
    return aMessage({
      title: [words(speech.say('subscribe.title'))],
      blocks: [
        { kind: 'facts', facts: subscriptionFacts(subscription, context) },
        { kind: 'heading', line: [words(speech.say('subscribe.next'))] },
        { kind: 'entries', entries: runTimes(subscription, context) },
      ],
      language: speech.language,
      zone: subscription.zone,
    });
  },
} satisfies Command<typeof input>;

function subscriptionOf(wish: Wish, context: Context): Subscription {
  const { asker, clock, speech, topic, zone } = context;
  const [time, ...alsoAt] = timesIn(wish.time, speech);
  return {
    id: randomBytes(4).toString('hex'),
    channel: { platform: asker.channel.platform, address: wish.channel ?? asker.channel.address },
    topic: topic.id,
    time,
    zone: wish.zone === undefined ? zone : zoneIn(wish.zone, speech),
    language: wish.language ?? speech.language,
    created: clock(),
    wishes: wishesOf(wish, alsoAt, context),
  };
}

/** Only what differs from the defaults is kept. */
function wishesOf(wish: Wish, alsoAt: readonly string[], { topic, speech }: Context): Wishes {
  const { schedule, weekday, mode, empty, kinds, quiet, mention, 'least-status': leastStatus } = wish;
  return {
    ...(schedule !== 'daily' && { schedule }),
    ...(alsoAt.length > 0 && { alsoAt }),
    ...(schedule === 'weekly' && { weekday }),
    ...(mode !== 'digest' && { mode }),
    ...(kinds !== undefined && { kinds: kindsIn(kinds, topic, speech) }),
    ...(leastStatus !== 'claimed' && { leastStatus }),
    ...(empty !== 'say' && { empty }),
    ...(quiet !== undefined && { quiet: quietIn(quiet, speech) }),
    ...(mention !== undefined && { mention }),
  };
}

/** Proposes zones whose name holds what was typed; a city is enough. */
async function completeZone(typed: string): Promise<Choice[]> {
  const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
  const found = zones.filter((zone) => zone.toLowerCase().includes(wanted));
  return found.slice(0, MOST_CHOICES).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}

/** Proposes one more kind after those that are typed already. */
async function completeKinds(typed: string, { topic, speech }: Context): Promise<Choice[]> {
  const parts = typed.split(',').map((part) => part.trim());
  const chosen = parts.slice(0, -1);
  const wanted = parts.at(-1)?.toLowerCase() ?? '';
  return topic.kinds
    .filter((kind) => !chosen.includes(kind))
    .map((kind) => ({ kind, name: kindName(kind, { topic, speech }) }))
    .filter(({ kind, name }) => kind.startsWith(wanted) || name.toLowerCase().startsWith(wanted))
    .map(({ kind, name }) => ({
      value: [...chosen, kind].join(','),
      label: [...chosen.map((one) => kindName(one, { topic, speech })), name].join(', '),
    }));
}
