import { nextSlots } from '../digests/due.ts';
import { directionName, kindName } from '../digests/names.ts';
import type { Speech } from '../digests/speech.ts';
import { UserError } from '../src/errors.ts';
import { day, foreign, words, type Line } from '../src/message.ts';
import type { Status } from '../src/model.ts';
import type { Subscription, Wishes } from '../src/subscription.ts';
import { dayAt, timeAt } from '../src/time.ts';
import { countEvents } from '../src/store/events.ts';
import type { Context } from './command.ts';

const RUN_TIMES = 3;

/** A subscription as what was asked for, a line each. */
export function subscriptionFacts(
  subscription: Subscription,
  context: Context,
): { name: string; value: Line }[] {
  const { speech } = context;
  const { id, channel, language, paused, wishes = {} } = subscription;
  const facts: [string, Line][] = [
    ['id', [{ kind: 'id', text: id }]],
    ['channel', [foreign(channel.address)]],
    ['mode', wishes.mode === undefined ? [] : [words(speech.say(`mode.${wishes.mode}`))]],
    ['schedule', wishes.mode === 'instant' ? [] : [words(scheduleText(subscription, speech))]],
    ['language', [words(speech.languageName(language))]],
    ...filterFacts(wishes, context),
    ...mannerFacts(wishes, speech),
    ['paused', paused === undefined ? [] : [foreign(speech.words.refusals?.[paused] ?? paused)]],
  ];
  return facts.flatMap(([name, value]) =>
    value.length === 0 ? [] : [{ name: speech.say(`subscription.${name}`), value }],
  );
}

function scheduleText({ time, zone, wishes = {} }: Subscription, speech: Speech): string {
  const { schedule = 'daily', alsoAt = [] } = wishes;
  const when = schedule === 'hourly' ? `:${time.slice(3)}` : speech.list([time, ...alsoAt].toSorted());
  return `${speech.say(`schedule.${schedule}`)}, ${when} (${zone})`;
}

/** Which events are told. */
function filterFacts({ kinds, direction, leastStatus }: Wishes, context: Context): [string, Line][] {
  const { speech } = context;
  const named = kinds?.map((kind) => kindName(kind, context)) ?? [];
  return [
    ['kinds', kinds === undefined ? [] : [words(speech.list(named))]],
    ['direction', direction === undefined ? [] : [words(directionName(direction, context))]],
    ['leastStatus', leastStatus === undefined ? [] : [words(speech.say(`status.${leastStatus}`))]],
  ];
}

/** How they are told. */
function mannerFacts({ empty = 'say', quiet, thread, mention }: Wishes, speech: Speech): [string, Line][] {
  return [
    ['empty', empty === 'say' ? [] : [words(speech.say(`empty.${empty}`))]],
    ['quiet', quiet === undefined ? [] : [words(`${quiet.from}–${quiet.to}`)]],
    ['thread', thread === undefined ? [] : [foreign(thread)]],
    ['mention', mention === undefined ? [] : [foreign(mention)]],
  ];
}

/**
 * Makes sure that a subscription posts at some time.
 *
 * @throws {UserError} when its quiet hours leave none
 */
export function assertPosts(subscription: Subscription, { clock, speech }: Context): void {
  if (subscription.wishes?.mode === 'instant') return;
  if (nextSlots(subscription, clock(), 1).length === 0) throw new UserError(speech.say('error.allQuiet'));
}

/** The next moments at which a subscription posts, in its zone and in UTC. */
export function runTimes(
  subscription: Subscription,
  { speech, clock }: Context,
): { line: Line; details: [] }[] {
  const { zone, wishes } = subscription;
  if (wishes?.mode === 'instant') return [];
  return nextSlots(subscription, clock(), RUN_TIMES).map(({ at }) => ({
    line: [
      day(speech.fullDay(dayAt(at, zone))),
      words(`, ${timeAt(at, zone)} (${zone}) · ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`),
    ],
    details: [],
  }));
}

/** How well an event must be known to be told, and so which states fit. */
const fitting: Readonly<Record<NonNullable<Wishes['leastStatus']>, readonly (Status | undefined)[]>> = {
  claimed: [undefined],
  corroborated: ['corroborated', 'contested', 'confirmed'],
  confirmed: ['confirmed'],
};

/**
 * Makes sure that a subscription's filters fit something: what no event of the archive has ever been is a slip.
 *
 * @throws {UserError} when no event of an archive that holds some fits
 */
export async function assertFits(
  { topic, wishes = {} }: Subscription,
  { db, speech }: Context,
): Promise<void> {
  const { kinds, direction, leastStatus = 'claimed' } = wishes;
  if ((await countEvents(db, { topic })) === 0) return;
  for (const status of fitting[leastStatus]) {
    for (const way of direction === undefined ? [undefined] : [direction, 'both']) {
      const count = await countEvents(db, { topic, kinds, direction: way, status });
      if (count > 0) return;
    }
  }
  throw new UserError(speech.say('error.nothingFits'));
}
