import { z } from 'zod';
import { compose, type Edition } from '../digests/compose.ts';
import { coverageOf } from '../digests/coverage.ts';
import { digestOf, type Issue, numbered, type StateOf, statesIn } from '../digests/issue.ts';
import { lastDays, momentOf } from '../digests/period.ts';
import { speechIn } from '../digests/speech.ts';
import { UserError } from '../src/errors.ts';
import type { Message } from '../src/message.ts';
import type { Period } from '../src/model.ts';
import type { Subscription, Wishes } from '../src/subscription.ts';
import { findChanges, findEvents } from '../src/store/events.ts';
import { findFeedStates } from '../src/store/feeds.ts';
import { findIssues, findLastIssues, findLatest, findNumbered } from '../src/store/issues.ts';
import { watchedFeeds } from '../src/store/own-feeds.ts';
import { findSubscriptions } from '../src/store/subscriptions.ts';
import { findStates, nameOfVersion } from '../src/store/versions.ts';
import { startOf } from '../src/time.ts';
import { daysAsked } from './asked.ts';
import type { Command, Context, Group } from './command.ts';
import { shareAction } from './paging.ts';
import type { Days } from './when.ts';

const DAY_MS = 86_400_000;
/** A look back goes through so many events at most. */
const MOST_EVENTS = 500;
/** More digests than a channel gets in a century. */
const MOST_NUMBER = 1_000_000;

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
    run: ({ window: asked }, context) => digestAsked(asked, context),
  } satisfies Command<typeof input>;
}

function preview() {
  const input = z.object({ window });
  return {
    name: 'preview',
    description: 'Shows a digest to you alone',
    input,
    async run({ window: asked }, context) {
      const message = await digestAsked(asked, context);
      return { ...message, actions: [...message.actions, shareAction(context.request, context.speech)] };
    },
  } satisfies Command<typeof input>;
}

function last() {
  const input = z.object({
    number: z.int().min(1).max(MOST_NUMBER).optional().describe('An earlier digest, by the number under it'),
  });
  return {
    name: 'last',
    description: 'The last digest of this channel, as it was known then',
    input,
    async run({ number }, context) {
      const { db, asker, speech, topic } = context;
      const subscriptions = await findSubscriptions(db, asker.channel);
      const found = await Promise.all(
        subscriptions.map(({ id }) =>
          number === undefined ? findLatest(db, id) : findNumbered(db, id, number),
        ),
      );
      const [latest] = found
        .flatMap((one) => one ?? [])
        .toSorted((one, other) => momentOf(other).getTime() - momentOf(one).getTime());
      const issue = latest?.issue === undefined ? undefined : await issueNamed(latest.issue, context);
      if (issue === undefined) throw new UserError(speech.say('error.noDigest'));
      const states = await findStates(db, statesIn(issue));
      const teller = { topic, speech: speechIn(issue.language) };
      const stateOf: StateOf = (event, version) => states.get(nameOfVersion({ event, version }));
      return numbered(digestOf(issue, stateOf, teller).message, latest?.number, teller);
    },
  } satisfies Command<typeof input>;
}

async function issueNamed(name: string, { db }: Context): Promise<Issue | undefined> {
  return (await findIssues(db, [name])).get(name) as Issue | undefined;
}

function digestAsked(asked: string | undefined, context: Context): Promise<Message> {
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
  const { id, zone, language, wishes = {} } = subscription;
  const until = clock();
  const period = lastDays(2, until, zone);
  const before = (await findLastIssues(db, [id], until)).get(id);
  const after = before?.known ?? startOf(period.from, zone);
  return news(period, { after, until }, { ...context, wishes, speech: speechIn(language) });
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

interface Window {
  readonly after: Date;
  readonly until: Date;
}
