import { z } from 'zod';
import { UserError } from '../src/errors.ts';
import type { Choice } from '../src/form.ts';
import { type Action, aMessage, words, type Block, type Message } from '../src/message.ts';
import type { Subscription } from '../src/subscription.ts';
import { findSubscriptions, removeSubscription, saveSubscription } from '../src/store/subscriptions.ts';
import type { Command, Context, Group } from './command.ts';
import { upcoming } from './digest.ts';
import { announce } from './announcing.ts';
import { assertFits, assertPosts, runTimes, subscriptionFacts } from './subscription-facts.ts';
import { wishCompletions, wished, wishFields, wishLabels } from './wishes.ts';

const id = z.string().optional().describe('Which subscription; may be left out where there is only one');

/** `/subscription list`, `edit`, `pause`, `resume`, `test` and `remove`: the digests of this channel. */
export const subscription: Group = {
  name: 'subscription',
  description: 'The digests that are posted to this channel',
  commands: [list(), edit(), pause(), resume(), test(), remove()],
};

function list() {
  const input = z.object({});
  return {
    name: 'list',
    description: 'Which digests are posted here, when and how',
    input,
    async run(_, context) {
      const { db, asker, speech, zone } = context;
      const found = await findSubscriptions(db, asker.channel);
      const count =
        found.length === 0
          ? speech.say('subscription.none')
          : speech.say('subscription.title', { count: found.length });
      return aMessage({
        title: [words(count)],
        blocks: found.flatMap((one) => blocksOf(one, context)),
        actions: found.map((one) => settingsAction(one, found.length, context)),
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}

function edit() {
  const input = z.object({ id, ...wishFields });
  return {
    name: 'edit',
    description: 'Changes when and how a digest is posted here',
    input,
    managers: true,
    labels: wishLabels,
    completions: { ...wishCompletions, id: completeSubscription },
    async run({ id: asked, ...wish }, context) {
      const found = await subscriptionAsked(asked, context);
      const changed = wished(found, wish, context);
      assertPosts(changed, context);
      await assertFits(changed, context);
      const isMoved = changed.wishes?.thread !== found.wishes?.thread;
      if (isMoved) await announce(changed, 'subscription.movedHere', context);
      await saveSubscription(context.db, changed);
      return told('subscription.changedNow', changed, context);
    },
  } satisfies Command<typeof input>;
}

function test() {
  return onOne('test', 'Shows you the digest as it would be posted here now', upcoming);
}

function pause() {
  return onOne('pause', 'Posts nothing here until resumed', async (found, context) => {
    const paused = { ...found, paused: context.speech.say('subscription.byHand') };
    await saveSubscription(context.db, paused);
    return told('subscription.pausedNow', paused, context);
  });
}

function resume() {
  return onOne('resume', 'Posts again after a pause', async (found, context) => {
    const { paused: _, ...resumed } = found;
    await saveSubscription(context.db, resumed);
    return told('subscription.resumedNow', resumed, context);
  });
}

function remove() {
  return onOne('remove', 'Posts nothing here any more', async (found, context) => {
    await removeSubscription(context.db, found.id);
    return told('subscription.removedNow', found, context);
  });
}

/** A command that does one thing with one subscription. */
function onOne(
  name: string,
  description: string,
  run: (found: Subscription, context: Context) => Promise<Message>,
) {
  const input = z.object({ id });
  return {
    name,
    description,
    input,
    managers: true,
    completions: { id: completeSubscription },
    run: async (options, context) => run(await subscriptionAsked(options.id, context), context),
  } satisfies Command<typeof input>;
}

/** The subscription that somebody named, or the only one of the channel. Those of other channels do not exist for them. */
async function subscriptionAsked(
  asked: string | undefined,
  { db, asker, speech }: Context,
): Promise<Subscription> {
  const here = await findSubscriptions(db, asker.channel);
  const [first, second] = here;
  if (asked === undefined && first !== undefined && second === undefined) return first;
  const found = here.find((one) => one.id === asked?.trim());
  if (found !== undefined) return found;
  if (first === undefined) throw new UserError(speech.say('subscription.none'));
  const ids = here.map((one) => one.id).join(', ');
  throw new UserError(
    asked === undefined
      ? speech.say('error.subscription', { ids })
      : speech.say('error.subscriptionId', { value: asked.trim(), ids }),
  );
}

async function completeSubscription(typed: string, { db, asker, speech }: Context): Promise<Choice[]> {
  const here = await findSubscriptions(db, asker.channel);
  return here
    .filter((one) => one.id.startsWith(typed.trim()))
    .map(({ id: value, time, zone, wishes }) => ({
      value,
      label: `${value} · ${speech.say(`schedule.${wishes?.schedule ?? 'daily'}`)}, ${time} (${zone})`,
    }));
}

function told(phrase: string, about: Subscription, context: Context) {
  return aMessage({
    title: [words(context.speech.say(phrase))],
    blocks: [{ kind: 'facts', facts: subscriptionFacts(about, context) }],
    language: context.speech.language,
    zone: about.zone,
  });
}

/** The button that opens the form of a subscription, named where there are several. */
function settingsAction({ id: name }: Subscription, count: number, { speech }: Context): Action {
  const settings = speech.say('subscription.settings');
  return {
    kind: 'button',
    label: count === 1 ? settings : `${settings} · ${name}`,
    request: { command: 'subscription', subcommand: 'edit', options: { id: name } },
    effect: 'form',
  };
}

function blocksOf(one: Subscription, context: Context): Block[] {
  const facts: Block = { kind: 'facts', facts: subscriptionFacts(one, context) };
  if (one.paused !== undefined) return [facts];
  const entries = runTimes(one, context);
  const next: Block[] = [
    { kind: 'text', line: [words(context.speech.say('subscribe.next'))] },
    { kind: 'entries', entries },
  ];
  return [facts, ...(entries.length === 0 ? [] : next)];
}
