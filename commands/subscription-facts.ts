import { nextSlots } from '../digests/due.ts';
import { kindName } from '../digests/names.ts';
import { UserError } from '../src/errors.ts';
import { day, foreign, words, type Line } from '../src/message.ts';
import type { Subscription } from '../src/subscription.ts';
import { dayAt, timeAt } from '../src/time.ts';
import type { Context } from './command.ts';

const RUN_TIMES = 3;

/** A subscription as what was asked for, a line each. */
export function subscriptionFacts(
  subscription: Subscription,
  { speech, topic }: Context,
): { name: string; value: Line }[] {
  const { id, channel, time, zone, language, paused, wishes = {} } = subscription;
  const {
    schedule = 'daily',
    alsoAt = [],

    kinds,
    leastStatus,
    empty = 'say',
    quiet,
  } = wishes;
  const times = [time, ...alsoAt].toSorted();
  const when = schedule === 'hourly' ? `:${time.slice(3)}` : speech.list(times);
  const facts: [string, Line][] = [
    ['id', [{ kind: 'id', text: id }]],
    ['channel', [foreign(channel.address)]],
    ['schedule', [words(`${speech.say(`schedule.${schedule}`)}, ${when} (${zone})`)]],
    ['language', [words(speech.languageName(language))]],
    [
      'kinds',
      kinds === undefined ? [] : [words(speech.list(kinds.map((kind) => kindName(kind, { speech, topic }))))],
    ],
    ['leastStatus', leastStatus === undefined ? [] : [words(speech.say(`status.${leastStatus}`))]],
    ['empty', empty === 'say' ? [] : [words(speech.say(`empty.${empty}`))]],
    ['quiet', quiet === undefined ? [] : [words(`${quiet.from}–${quiet.to}`)]],
    ['paused', paused === undefined ? [] : [foreign(paused)]],
  ];
  return facts.flatMap(([name, value]) =>
    value.length === 0 ? [] : [{ name: speech.say(`subscription.${name}`), value }],
  );
}

/**
 * Makes sure that a subscription posts at some time.
 *
 * @throws {UserError} when its quiet hours leave none
 */
export function assertPosts(subscription: Subscription, { clock, speech }: Context): void {
  if (nextSlots(subscription, clock(), 1).length === 0) throw new UserError(speech.say('error.allQuiet'));
}

/** The next moments at which a subscription posts, in its zone and in UTC. */
export function runTimes(
  subscription: Subscription,
  { speech, clock }: Context,
): { line: Line; details: [] }[] {
  const { zone } = subscription;
  return nextSlots(subscription, clock(), RUN_TIMES).map(({ at }) => ({
    line: [
      day(speech.fullDay(dayAt(at, zone))),
      words(`, ${timeAt(at, zone)} (${zone}) · ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`),
    ],
    details: [],
  }));
}
