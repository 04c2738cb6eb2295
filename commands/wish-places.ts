import { directionName } from '../digests/names.ts';
import { UserError } from '../src/errors.ts';
import type { Choice } from '../src/form.ts';
import type { Direction } from '../src/model.ts';
import type { Channel, Wishes } from '../src/subscription.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Context } from './command.ts';

/** How each platform names what a post goes into or calls; nothing else is handed on to it. */
interface Names {
  /** Reads a thread, given by its address or id. */
  readonly thread: (text: string) => string | undefined;
  /** Reads a role or group of people, given by its id or as the platform writes it. */
  readonly mention: (text: string) => string | undefined;
}

const names: Readonly<Record<Channel['platform'], Names>> = {
  discord: {
    // https://discord.com/channels/SERVER/THREAD, or the id alone.
    thread: (text) => /(?:^|\/)(\d{17,20})\/?$/.exec(text)?.[1],
    mention: (text) => /^(?:<@&)?(\d{17,20})>?$/.exec(text)?.[1],
  },
  slack: {
    // https://WORKSPACE.slack.com/archives/CHANNEL/p1700000000123456, or the time of the message that began it.
    thread: (text) => {
      const [, seconds, rest] = /(?:^|\/p)(\d{10})\.?(\d{6})(?:\?.*)?$/.exec(text) ?? [];
      return seconds === undefined ? undefined : `${seconds}.${rest}`;
    },
    mention: (text) => /^(?:<!subteam\^)?(S[A-Z0-9]{5,20})(?:\|[^>]*)?>?$/.exec(text)?.[1],
  },
  terminal: { thread: () => undefined, mention: () => undefined },
};

/**
 * Reads a thread, or `none`.
 *
 * @throws {UserError} when it is no thread of this platform
 */
export function threadWish(text: string | undefined, { asker, speech }: Context): Pick<Wishes, 'thread'> {
  if (text === undefined || isWord(text, 'none')) return {};
  const thread = names[asker.channel.platform].thread(text.trim());
  if (thread === undefined) throw new UserError(speech.say('error.thread', { value: text.trim() }));
  return { thread };
}

/**
 * Reads a role or group to call, or `none`. Everybody at once is no role.
 *
 * @throws {UserError} when it is none of this platform
 */
export function mentionWish(text: string | undefined, { asker, speech }: Context): Pick<Wishes, 'mention'> {
  if (text === undefined || isWord(text, 'none')) return {};
  const mention = names[asker.channel.platform].mention(text.trim());
  if (mention === undefined) throw new UserError(speech.say('error.mention', { value: text.trim() }));
  return { mention };
}

/**
 * Reads a direction, by id or by what it is called, or `any`.
 *
 * @throws {UserError} when the topic has none of that name
 */
export function directionWish(text: string | undefined, context: Context): Pick<Wishes, 'direction'> {
  if (text === undefined || isWord(text, 'any')) return {};
  const { topic, speech } = context;
  const wanted = folded(text);
  const direction = directionsOf(topic).find((one) =>
    [one, directionName(one, context)].some((name) => folded(name) === wanted),
  );
  if (direction !== undefined) return { direction };
  const choices = directionsOf(topic).map((one) => directionName(one, context));
  throw new UserError(
    speech.say('error.choice', { name: 'direction', value: text.trim(), choices: choices.join(', ') }),
  );
}

/** Proposes directions that hold what was typed. */
export async function completeDirection(typed: string, context: Context): Promise<Choice[]> {
  const wanted = folded(typed);
  return directionsOf(context.topic)
    .map((value) => ({ value, label: directionName(value, context) }))
    .filter(({ value, label }) => folded(value).includes(wanted) || folded(label).includes(wanted));
}

/** Every way between two parties of the topic. */
function directionsOf({ parties }: Topic): Direction[] {
  return parties.flatMap(({ id: from }) =>
    parties.filter(({ id }) => id !== from).map(({ id: to }): Direction => `${from}→${to}`),
  );
}

function isWord(text: string, word: string): boolean {
  return text.trim().toLowerCase() === word;
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\s*(?:->|=>|→|>)\s*/g, '→')
    .trim();
}
