import {
  type Channel,
  ChannelType,
  type Client,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import { PostError } from '../../../errors.ts';
import type { Form } from '../../../form.ts';
import { type Message, plainText } from '../../../message.ts';
import { shorten } from '../../shorten.ts';
import { isCode } from '../failures.ts';

const LONGEST_THREAD_NAME = 100;
const MOST_TAGS = 5;

/** Channels whose every post is a thread with a title. */
const forums = new Set<ChannelType>([ChannelType.GuildForum, ChannelType.GuildMedia]);

/** Whether every post in a channel is a thread of its own. */
export function isForum({ type }: Channel): boolean {
  return forums.has(type);
}

/**
 * A channel by its id, from what the gateway told or else from Discord itself.
 *
 * @throws what Discord answers when it cannot be had
 */
export async function channelOf(client: Client, id: string): Promise<Channel> {
  const channel = await client.channels.fetch(id, { allowUnknownGuild: true });
  if (channel !== null) return channel;
  throw new PostError('This channel takes no messages: choose another', { reason: 'gone' });
}

/**
 * Where a message goes: the channel, or a thread in it.
 *
 * @param thread - the id of a thread, or of a message under which there is one, or will be
 */
export async function placeOf(
  client: Client,
  address: string,
  thread: string | undefined,
  message: Message,
): Promise<Channel> {
  if (thread === undefined) return channelOf(client, address);
  const id = firstPlace(thread);
  try {
    return await channelOf(client, id);
  } catch (error) {
    if (!isCode(error, RESTJSONErrorCodes.UnknownChannel)) throw error;
    await openThread(client, { address, under: id, name: titleOf(message) }).catch((failure: unknown) => {
      throw isCode(failure, RESTJSONErrorCodes.UnknownMessage) ? error : failure;
    });
    return channelOf(client, id);
  }
}

/** Opens a thread under a message; it gets the message's id. */
async function openThread(
  { rest }: Client,
  { address, under, name }: { readonly address: string; readonly under: string; readonly name: string },
): Promise<void> {
  await rest.post(Routes.threads(address, under), { body: { name } });
}

/**
 * The name of a posted message: `place:message`, or `message` alone where its place is the address. In a forum a post
 * bears the name of its thread, and so does the message that opened it.
 */
export function nameOf(address: string, place: string, message: string): string {
  return place === address ? message : `${place}:${message}`;
}

/** A message's title as the name of a thread; never empty. */
export function titleOf(message: Message): string {
  const title = plainText(message.title, (at) => at.toISOString().slice(0, 10)).trim();
  return shorten(title, LONGEST_THREAD_NAME) || 'Tumen';
}

/** Tags of a forum for what a message is about. Where the forum takes no post without one, any that members may use. */
export function tagsFor(channel: Channel, { tags }: Message, forms: readonly Form[]): string[] {
  if (!('availableTags' in channel)) return [];
  const usable = channel.availableTags.filter(({ moderated }) => !moderated);
  const wanted = new Set(tags.flatMap((tag) => namesOf(tag, forms)));
  const fitting = usable.filter(({ name }) => wanted.has(bare(name)));
  const isRequired = channel.flags.has('RequireTag');
  const chosen = fitting.length === 0 && isRequired ? usable.slice(0, 1) : fitting;
  return chosen.slice(0, MOST_TAGS).map(({ id }) => id);
}

/** Whether we may read what was posted before. True where the gateway told nothing about it. */
export function mayReadHistory(channel: Channel): boolean {
  if (!('permissionsFor' in channel) || channel.guild === undefined) return true;
  const rights = channel.permissionsFor(channel.client.user);
  return rights?.has(PermissionFlagsBits.ReadMessageHistory) !== false;
}

/** Where the first part of a post stands, by the name that `post` gave: its thread, or the message itself. */
export function firstPlace(posted: string): string {
  return posted.split(' ')[0]?.split(':')[0] ?? '';
}

/** What a kind may be called, in every language in which our forms offer it. */
function namesOf(tag: string, forms: readonly Form[]): string[] {
  const choices = forms.flatMap(({ options }) => options).flatMap((option) => option.choices);
  const labels = choices
    .filter(({ value }) => value === tag)
    .flatMap((choice) => [choice.label, ...Object.values(choice.labels ?? {})]);
  return [tag, ...labels].map(bare);
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
