import { z } from 'zod';
import { kindName } from '../digests/names.ts';
import { spoken, type Speech } from '../digests/speech.ts';
import { UserError } from '../src/errors.ts';
import type { Choice } from '../src/form.ts';
import { modes, schedules, type Subscription, type Wishes } from '../src/subscription.ts';
import { isZone } from '../src/time.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Context } from './command.ts';
import { completeDirection, directionWish, mentionWish, threadWish } from './wish-places.ts';

const MOST_TIMES = 6;
const MOST_CHOICES = 25;

const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];

/** What can be wished of a subscription, as options of a form. */
export const wishFields = {
  mode: z
    .enum(modes)
    .optional()
    .describe('A digest at set times, events of weight at once, or both; a digest if left out'),
  schedule: z.enum(schedules).optional().describe('How often; daily if left out'),
  time: z.string().optional().describe('Time of day, such as 08:00; several are parted by commas'),
  zone: z.string().optional().describe('Time zone, such as Europe/Paris'),
  language: z.enum(spoken).optional().describe('Language of the digest'),
  kinds: z.string().optional().describe('Only these kinds of event, parted by commas; all for every kind'),
  direction: z
    .string()
    .optional()
    .describe('Only events that go this way, such as DPRK→Russia; any for both ways'),
  'least-status': z
    .enum(['claimed', 'corroborated', 'confirmed'])
    .optional()
    .describe('Leaves out what is known less well'),
  empty: z.enum(['say', 'skip']).optional().describe('Whether a time without news is said or passed over'),
  quiet: z.string().optional().describe('Hours without posts, such as 22:00-07:00; none for no quiet hours'),
  weekday: z.int().min(1).max(7).optional().describe('Day of a weekly digest: 1 is Monday, 7 is Sunday'),
  thread: z.string().optional().describe('Thread to post into, by its link; none for the channel itself'),
  mention: z.string().optional().describe('Role or group to call').meta({ draws: 'role' }),
};

export type Wish = z.output<z.ZodObject<typeof wishFields>>;

/** What the fixed choices among the fields are called. */
export const wishLabels = {
  mode: (value: string, speech: Speech) => speech.say(`mode.${value}`),
  schedule: (value: string, speech: Speech) => speech.say(`schedule.${value}`),
  language: (value: string, speech: Speech) => speech.languageName(value),
  'least-status': (value: string, speech: Speech) => speech.say(`status.${value}`),
  empty: (value: string, speech: Speech) => speech.say(`empty.${value}`),
};

export const wishCompletions = { zone: completeZone, kinds: completeKinds, direction: completeDirection };

/**
 * A subscription with what somebody wishes of it; what they left out stays as it was.
 *
 * @throws {UserError} for the first wish that cannot be read
 */
export function wished(subscription: Subscription, wish: Wish, context: Context): Subscription {
  const { topic, speech } = context;
  const { alsoAt: _, ...old } = subscription.wishes ?? {};
  const [time, ...alsoAt] =
    wish.time === undefined
      ? [subscription.time, ...(subscription.wishes?.alsoAt ?? [])]
      : timesIn(wish.time, speech);
  return {
    ...subscription,
    time,
    ...(wish.zone !== undefined && { zone: zoneIn(wish.zone, speech) }),
    ...(wish.language !== undefined && { language: wish.language }),
    wishes: {
      ...withoutCleared(old, wish),
      ...(alsoAt.length > 0 && { alsoAt }),
      ...(wish.mode !== undefined && { mode: wish.mode }),
      ...(wish.schedule !== undefined && { schedule: wish.schedule }),
      ...(wish.weekday !== undefined && { weekday: wish.weekday }),
      ...(wish['least-status'] !== undefined && { leastStatus: wish['least-status'] }),
      ...(wish.empty !== undefined && { empty: wish.empty }),
      ...directionWish(wish.direction, context),
      ...threadWish(wish.thread, context),
      ...mentionWish(wish.mention, context),
      ...kindsWish(wish.kinds, topic, speech),
      ...quietWish(wish.quiet, speech),
    },
  };
}

/** Wishes that a word such as `none` takes back. */
const clearable = ['kinds', 'quiet', 'direction', 'thread', 'mention'] as const;

/** Old wishes without those of which something new is said. */
function withoutCleared(old: Wishes, wish: Wish): Wishes {
  const said = new Set<string>(clearable.filter((name) => wish[name] !== undefined));
  return Object.fromEntries(Object.entries(old).filter(([name]) => !said.has(name)));
}

/** Reads times of day, the earliest first: `8:00, 17:30`. */
function timesIn(text: string, speech: Speech): [string, ...string[]] {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  const [first, ...others] = [...new Set(parts.map((part) => timeIn(part, speech)))].toSorted();
  if (first === undefined || others.length >= MOST_TIMES) {
    throw new UserError(speech.say('error.times', { value: text, most: MOST_TIMES }));
  }
  return [first, ...others];
}

function timeIn(text: string, speech: Speech): string {
  const [, hours, minutes] = /^(\d{1,2})[:.h](\d{2})$/.exec(text.trim()) ?? [];
  const isTime = hours !== undefined && Number(hours) < 24 && Number(minutes) < 60;
  if (!isTime) throw new UserError(speech.say('error.time', { value: text.trim() }));
  return `${hours.padStart(2, '0')}:${minutes}`;
}

function zoneIn(text: string, speech: Speech): string {
  const zone = text.trim();
  if (isZone(zone)) return zone;
  throw new UserError(speech.say('error.zone', { value: zone }));
}

/** Reads a span of hours, `22:00-07:00`, or `none`. */
function quietWish(text: string | undefined, speech: Speech): Pick<Wishes, 'quiet'> {
  if (text === undefined || text.trim().toLowerCase() === 'none') return {};
  const [from, to, ...others] = text.split(/\s*(?:-|–|\.\.)\s*/);
  if (from === undefined || to === undefined || others.length > 0) {
    throw new UserError(speech.say('error.quiet', { value: text }));
  }
  const quiet = { from: timeIn(from, speech), to: timeIn(to, speech) };
  if (quiet.from === quiet.to) throw new UserError(speech.say('error.quiet', { value: text }));
  return { quiet };
}

/** Reads kinds of event, by id or by what they are called, or `all`. */
function kindsWish(text: string | undefined, topic: Topic, speech: Speech): Pick<Wishes, 'kinds'> {
  if (text === undefined || text.trim().toLowerCase() === 'all') return {};
  const parts = text.split(',').map((part) => part.trim());
  const kinds = parts.filter((part) => part !== '').map((part) => kindIn(part, topic, speech));
  if (kinds.length === 0) throw new UserError(noKind(text, topic, speech));
  return { kinds };
}

function kindIn(text: string, topic: Topic, speech: Speech): string {
  const wanted = text.toLowerCase();
  const isCalled = (id: string) => kindName(id, { topic, speech }).toLowerCase() === wanted;
  const kind = topic.kinds.find((id) => id === wanted || isCalled(id));
  if (kind === undefined) throw new UserError(noKind(text, topic, speech));
  return kind;
}

function noKind(value: string, topic: Topic, speech: Speech): string {
  const choices = topic.kinds.map((kind) => kindName(kind, { topic, speech }));
  return speech.say('error.choice', { name: 'kind', value, choices: choices.join(', ') });
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
  const name = (kind: string) => kindName(kind, { topic, speech });
  return topic.kinds
    .filter((kind) => !chosen.includes(kind))
    .filter((kind) => kind.startsWith(wanted) || name(kind).toLowerCase().startsWith(wanted))
    .map((kind) => ({ value: [...chosen, kind].join(','), label: [...chosen, kind].map(name).join(', ') }));
}
