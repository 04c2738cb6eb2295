import { createHash } from 'node:crypto';
import {
  ChannelType,
  Client,
  ComponentType,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  MessageFlags,
  roleMention,
  SnowflakeUtil,
} from 'discord.js';
import type { Channel as DiscordChannel, ForumChannel, Message as DiscordMessage } from 'discord.js';
import { ConfigError, PostError } from '../../errors.ts';
import type { Form } from '../../form.ts';
import type { Message } from '../../message.ts';
import type { Found, Platform, Posting } from '../platform.ts';
import { shorten } from '../shorten.ts';
import { makeSigner } from '../signer.ts';
import { LONGEST_ID } from './actions.ts';
import { discordCommands } from './commands.ts';
import { postErrorOf } from './failures.ts';
import { answerInteraction } from './interactions.ts';
import { renderDiscord, type Rendered } from './render.ts';
import { plainTitle } from './text.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Where Discord's API is; only tests say another. */
  readonly api?: string;
  /** Registers the commands in this server alone, where they change at once: for development. */
  readonly guild?: string;
  /** Told of failures that no person waits for, such as an answer that came too late. */
  readonly onFault: (what: string, error: unknown) => void;
}

/** Discord waits this long for an answer of its API before it counts as none. */
const TIMEOUT_MS = 10_000;
/** Longest nonce that Discord takes, by its API description. */
const NONCE_LENGTH = 25;
const LONGEST_THREAD_NAME = 100;
const MOST_LOOKED_BACK = 50;
const MOST_TAGS = 5;
/** Our clock and Discord's may differ by this much. */
const CLOCK_SLACK_MS = 60_000;

/**
 * Discord as a platform. Posting goes through the REST API only; the gateway brings interactions.
 *
 * `start` rejects with a `ConfigError` when Discord does not take the token.
 */
export function makeDiscord({ token, api, guild, onFault }: DiscordOptions): Platform {
  const signer = makeSigner(token, LONGEST_ID);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest: {
      retries: 0,
      timeout: TIMEOUT_MS,
      rejectOnRateLimit: () => true,
      ...(api === undefined ? {} : { api }),
    },
  });
  client.on(Events.Error, (error) => onFault('discord connection', error));

  return {
    name: 'discord',

    async start(forms, answer) {
      const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
      client.on(Events.InteractionCreate, (interaction) => {
        answerInteraction(interaction, { forms, answer, signer }).catch((error: unknown) =>
          onFault('discord answer', error),
        );
      });
      await logIn(client, token);
      await ready;
      await register(client, forms, guild);
    },

    post: async (address, message, posting) =>
      postParts(
        await channelAt(client, posting.thread ?? address),
        message,
        renderDiscord(message, signer),
        posting,
      ),

    edit: async (address, posted, message) =>
      rewriteParts(await channelAt(client, address), posted, renderDiscord(message, signer)),

    find: async (address, key, since, thread) =>
      findPosted(await channelAt(client, thread ?? address), key, since),

    stop: () => client.destroy(),
  };
}

/** @throws {ConfigError} when Discord does not take the token */
async function logIn(client: Client, token: string): Promise<void> {
  try {
    await client.login(token);
  } catch (error) {
    const isToken = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
    if (!isToken) throw error;
    const advice = 'copy it again from the developer portal (Bot, Reset Token)';
    throw new ConfigError(`Discord does not take DISCORD_TOKEN: ${advice}`, { cause: error });
  }
}

/** Offers our forms as commands. Discord counts changes, so nothing is sent when it has them already. */
async function register(client: Client, forms: readonly Form[], guild: string | undefined): Promise<void> {
  const commands = client.application?.commands;
  if (commands === undefined) return;
  const wanted = discordCommands(forms);
  const place = guild === undefined ? {} : { guildId: guild };
  const known = await commands.fetch({ withLocalizations: true, ...place });
  const isOffered = (body: (typeof wanted)[number]) =>
    known.some((command) => command.name === body.name && command.equals(body as never, true));
  if (wanted.length === known.size && wanted.every(isOffered)) return;
  await (guild === undefined ? commands.set(wanted) : commands.set(wanted, guild));
}

/** @throws {PostError} when the channel cannot be had */
async function channelAt(client: Client, address: string): Promise<DiscordChannel> {
  const channel = await told(client.channels.fetch(address));
  if (channel === null)
    throw new PostError('Discord does not know this channel any more', { reason: 'gone' });
  return channel;
}

/** What Discord answers; its refusals become our own. */
async function told<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    throw postErrorOf(error);
  }
}

/** Posts all parts, first to last; the name of the whole holds the names of all. */
async function postParts(
  channel: DiscordChannel,
  message: Message,
  parts: readonly Rendered[],
  posting: Posting,
): Promise<string> {
  const posted: string[] = [];
  for (const [index, part] of parts.entries()) {
    posted.push(await told(send(channel, bodyOf(part, posting, index), message)));
  }
  return posted.join(' ');
}

async function rewriteParts(
  channel: DiscordChannel,
  posted: string,
  parts: readonly Rendered[],
): Promise<void> {
  for (const [index, id] of posted.split(' ').entries()) await told(rewrite(channel, id, parts[index]));
}

/** Posts one part: as a thread of its own in a forum, else as a message. */
async function send(channel: DiscordChannel, body: Body, message: Message): Promise<string> {
  if (channel.type === ChannelType.GuildForum) {
    const name = shorten(plainTitle(message), LONGEST_THREAD_NAME);
    const { nonce: _nonce, enforceNonce: _enforce, ...starter } = body;
    const thread = await channel.threads.create({
      name,
      message: starter,
      appliedTags: tagsOf(channel, message),
    });
    return thread.id;
  }
  if (!channel.isSendable())
    throw new PostError('This Discord channel takes no messages', { reason: 'gone' });
  const posted = await channel.send(body);
  return posted.id;
}

function tagsOf(channel: ForumChannel, { tags }: Message): string[] {
  const known = channel.availableTags.filter(({ name }) => tags.includes(name.toLowerCase()));
  return known.slice(0, MOST_TAGS).map(({ id }) => id);
}

/** Replaces one part; a part that the new text no longer needs goes. */
async function rewrite(channel: DiscordChannel, id: string, part: Rendered | undefined): Promise<void> {
  const place = channel.type === ChannelType.GuildForum ? await channel.threads.fetch(id) : channel;
  if (place === null || !place.isTextBased()) throw new PostError('This post is gone', { reason: 'refused' });
  const posted: DiscordMessage = await place.messages.fetch(id);
  if (part === undefined) await posted.delete();
  else await posted.edit({ components: part.components, flags: MessageFlags.IsComponentsV2 });
}

/** Looks through what we posted in a channel since a moment for the mark of a delivery. */
async function findPosted(channel: DiscordChannel, key: string, since: Date): Promise<Found> {
  if (!channel.isTextBased()) return { kind: 'unknown' };
  try {
    const after = SnowflakeUtil.generate({ timestamp: since.getTime() - CLOCK_SLACK_MS }).toString();
    const recent = await channel.messages.fetch({ after, limit: MOST_LOOKED_BACK });
    const ours = recent.filter(({ author, client }) => author.id === client.user.id);
    const found = [...ours.values()]
      .filter(({ components }) => components.some(({ id }) => id === markOf(key, 0).number))
      .map(({ id }) => id);
    const [posted] = found;
    return posted === undefined ? { kind: 'absent' } : { kind: 'arrived', posted };
  } catch (error) {
    const failure = postErrorOf(error);
    if (failure instanceof PostError && failure.reason === 'gone') return { kind: 'unknown' };
    throw failure;
  }
}

type Body = ReturnType<typeof bodyOf>;

function bodyOf(part: Rendered, posting: Posting, index: number) {
  const mark = markOf(posting.key, index);
  const [container, ...rows] = part.components;
  const mention = index === 0 ? posting.mention : undefined;
  const call =
    mention === undefined
      ? []
      : [{ type: ComponentType.TextDisplay as const, content: roleMention(mention) }];
  return {
    components: [...call, ...(container === undefined ? [] : [{ ...container, id: mark.number }]), ...rows],
    files: part.files.map((file) => ({ ...file })),
    flags: MessageFlags.IsComponentsV2 | (posting.silent === true ? MessageFlags.SuppressNotifications : 0),
    allowedMentions: { parse: [], roles: mention === undefined ? [] : [mention] },
    nonce: mark.nonce,
    enforceNonce: true,
  };
}

/** What marks a part of a post: a nonce, which Discord keeps for minutes, and a component's number, which stays. */
function markOf(key: string, index: number): { readonly nonce: string; readonly number: number } {
  const hash = createHash('sha256').update(`${key} ${index}`).digest();
  return { nonce: hash.toString('hex').slice(0, NONCE_LENGTH), number: hash.readUInt32BE(28) >>> 1 };
}
