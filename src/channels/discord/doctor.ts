import {
  type APIApplication,
  type APIChannel,
  type APIGatewayBotInfo,
  type APIOverwrite,
  type APIUser,
  ChannelType,
  DiscordAPIError,
  PermissionFlagsBits,
  REST,
  Routes,
} from 'discord.js';
import { type Check, clockCheck } from '../../check.ts';
import { PostError } from '../../errors.ts';
import type { Form } from '../../form.ts';
import { discordCommands } from './commands.ts';
import { isUnauthorised, NO_TOKEN, postErrorOf } from './failures.ts';
import { hasSame, offeredCommands } from './registration.ts';
import { rightsOf, type Standing } from './rights.ts';

/** What is looked at. */
export interface DiscordPatient {
  readonly token: string;
  /** Where Discord's API is; only tests say another. */
  readonly api?: string | undefined;
  /** The server in which alone the commands are offered. */
  readonly guild?: string | undefined;
  readonly forms: readonly Form[];
  /** Addresses of the channels that are subscribed. */
  readonly addresses: readonly string[];
  readonly clock: () => Date;
}

interface Visit extends DiscordPatient {
  readonly rest: REST;
  readonly bot: APIUser;
  readonly standings: Map<string, Promise<Omit<Standing, 'overwrites'>>>;
}

const TIMEOUT_MS = 10_000;
const area = 'discord';

const { ViewChannel, SendMessages, SendMessagesInThreads, ReadMessageHistory, EmbedLinks } =
  PermissionFlagsBits;
/** What a channel must let us do, and what it is called there. */
const rights: readonly (readonly [right: bigint, name: string])[] = [
  [ViewChannel, 'View Channel'],
  [ReadMessageHistory, 'Read Message History'],
  [EmbedLinks, 'Embed Links'],
];
const threads = new Set<ChannelType>([
  ChannelType.PublicThread,
  ChannelType.AnnouncementThread,
  ChannelType.PrivateThread,
]);

/** Looks at Discord as a bot sees it, without connecting to the gateway and without posting anything. */
export async function* examineDiscord(patient: DiscordPatient): AsyncGenerator<Check> {
  const { token, api, clock } = patient;
  const rest = new REST({ retries: 1, timeout: TIMEOUT_MS, ...(api === undefined ? {} : { api }) });
  rest.setToken(token);
  let date: string | null = null;
  rest.on('response', (_, { headers }) => (date = headers.get('date')));
  const bot = await tokenOf(rest);
  if ('area' in bot) return yield bot;
  yield sound('token', `taken; the bot is called ${bot.username}`);
  yield clockCheck(area, date, clock());
  const visit = { ...patient, rest, bot, standings: new Map() };
  yield await attempted('sessions', () => sessionsCheck(visit));
  yield await attempted('commands', () => commandsCheck(visit));
  for (const address of patient.addresses)
    yield await attempted(`channel ${address}`, () => channelCheck(visit, address));
}

async function tokenOf(rest: REST): Promise<APIUser | Check> {
  try {
    return (await rest.get(Routes.user())) as APIUser;
  } catch (error) {
    if (isUnauthorised(error)) return broken('token', 'Discord does not take it', NO_TOKEN);
    return unreachable('token', error);
  }
}

/** The Guilds intent is free to all; what can run out is how often a bot may connect in a day. */
async function sessionsCheck({ rest }: Visit): Promise<Check> {
  const { session_start_limit: limit, shards } = (await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo;
  const finding = `${limit.remaining} of ${limit.total} connections left today, ${shards} needed; no privileged intent is used`;
  return limit.remaining >= shards
    ? sound('sessions', finding)
    : broken('sessions', finding, 'wait until tomorrow, and see why Tumen starts so often');
}

async function commandsCheck({ rest, forms, guild }: Visit): Promise<Check> {
  const { id: application } = (await rest.get(Routes.currentApplication())) as APIApplication;
  const wanted = discordCommands(forms);
  const known = await offeredCommands(rest, { application, guild });
  if (hasSame(known, wanted)) return sound('commands', `all ${wanted.length} are registered`);
  const finding = `${known.length} are registered, and not as this version has them`;
  return broken('commands', finding, 'start Tumen, which registers them');
}

async function channelCheck(visit: Visit, address: string): Promise<Check> {
  const what = `channel ${address}`;
  const channel = (await visit.rest.get(Routes.channel(address))) as APIChannel;
  if (!('guild_id' in channel) || channel.guild_id === undefined)
    return sound(what, 'a conversation with one person');
  const isThread = threads.has(channel.type);
  const parent = 'parent_id' in channel ? channel.parent_id : undefined;
  const home =
    isThread && typeof parent === 'string' ? await visit.rest.get(Routes.channel(parent)) : channel;
  const { permission_overwrites: overwrites = [] } = home as { permission_overwrites?: APIOverwrite[] };
  const granted = rightsOf({ ...(await standingIn(visit, channel.guild_id)), overwrites });
  const writing = isThread
    ? ([SendMessagesInThreads, 'Send Messages in Threads'] as const)
    : ([SendMessages, 'Send Messages'] as const);
  const missing = [...rights, writing].filter(([right]) => (granted & right) === 0n).map(([, name]) => name);
  const name = channel.name ?? '';
  if (missing.length > 0)
    return broken(what, `${name} does not give Tumen ${missing.join(', ')}`, 'give it, under Permissions');
  const isLocked = 'thread_metadata' in channel && channel.thread_metadata?.locked;
  return isLocked ? broken(what, `${name} is locked`, 'unlock it') : sound(what, `${name} can be written to`);
}

/** The server and what we are there, asked once for all its channels. */
function standingIn({ rest, bot, standings }: Visit, guild: string): Promise<Omit<Standing, 'overwrites'>> {
  const known = standings.get(guild) ?? ask();
  standings.set(guild, known);
  return known;

  async function ask() {
    const server = await rest.get(Routes.guild(guild));
    const member = await rest.get(Routes.guildMember(guild, bot.id));
    return { guild: server, member } as Omit<Standing, 'overwrites'>;
  }
}

/** A check, or what its failure means. */
async function attempted(what: string, check: () => Promise<Check>): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    const failure = postErrorOf(error);
    if (!(failure instanceof PostError)) throw failure;
    if (!(error instanceof DiscordAPIError)) return unreachable(what, error);
    return broken(what, failure.message, 'pause or remove its subscription, or mend the channel');
  }
}

function unreachable(what: string, error: unknown): Check {
  const failure = postErrorOf(error);
  if (!(failure instanceof PostError)) throw failure;
  return broken(what, failure.message, 'see whether this machine reaches discord.com, and discordstatus.com');
}

function sound(what: string, finding: string): Check {
  return { area, what, state: 'sound', finding };
}

function broken(what: string, finding: string, advice: string): Check {
  return { area, what, state: 'broken', finding, advice };
}
