import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  RESTJSONErrorCodes,
} from 'discord.js';
import { ConfigError } from '../../errors.ts';
import type { Form } from '../../form.ts';
import type { Platform } from '../platform.ts';
import { makeSigner } from '../signer.ts';
import { LONGEST_ID } from './rendering/actions.ts';
import { discordCommands } from './commands.ts';
import { makeCrossposter } from './posting/crosspost.ts';
import { isCode, postErrorOf } from './failures.ts';
import { findParts, foundIn } from './posting/finding.ts';
import { answerInteraction } from './interactions.ts';
import { edit, post, told } from './posting/post.ts';
import { offerCommands } from './registration.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Where Discord's API is; only tests say another. */
  readonly api?: string | undefined;
  /** Registers the commands in this server alone, where they change at once: for development. */
  readonly guild?: string | undefined;
  /** Told of failures that no person waits for, such as an answer that came too late. */
  readonly onFault: (what: string, error: unknown) => void;
  /** How long Discord may take to answer; only tests say another. */
  readonly timeoutMs?: number;
}

/** Discord waits this long for an answer of its API before it counts as none. */
const TIMEOUT_MS = 10_000;

/**
 * Discord as a platform. Posting goes through the REST API only; the gateway brings interactions.
 *
 * `start` rejects with a `ConfigError` when Discord does not take the token, with a `PostError` when it cannot be reached.
 */
export function makeDiscord(options: DiscordOptions): Platform {
  const { token, guild, onFault } = options;
  const signer = makeSigner(token, LONGEST_ID);
  const client = clientFor(options);
  guard(client, onFault);
  let forms: readonly Form[] = [];
  const crossposter = makeCrossposter(client, onFault);
  const desk = { client, token, signer, crossposter, onFault, forms: () => forms };
  /** Where parts of posts stand that have arrived in part, by key, so that `post` adds the rest. */
  const halves = new Map<string, ReadonlyMap<number, string>>();

  return {
    name: 'discord',

    async start(offered, answer) {
      forms = offered;
      const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
      client.on(Events.InteractionCreate, (interaction) => {
        answerInteraction(interaction, { forms, answer, signer }).catch((error: unknown) => {
          if (!isLate(error)) onFault('discord answer', error);
        });
      });
      await logIn(client, token);
      await ready;
      const application = client.application?.id ?? '';
      await offerCommands(client.rest, discordCommands(forms), { application, guild });
    },

    async post(address, message, posting) {
      const arrived = new Map(halves.get(posting.key));
      halves.delete(posting.key);
      try {
        return await post(desk, address, { message, posting, arrived });
      } catch (error) {
        if (arrived.size > 0) halves.set(posting.key, arrived);
        throw error;
      }
    },

    edit: (address, posted, message) => edit(desk, address, posted, message),

    async find(address, key, since, thread) {
      const arrived = await told(desk, () => findParts(client, { address, key, since, thread }));
      halves.delete(key);
      if (arrived !== undefined && !arrived.isWhole && arrived.parts.size > 0) halves.set(key, arrived.parts);
      return foundIn(arrived);
    },

    stop: () => client.destroy(),
  };
}

function clientFor({ api, onFault, timeoutMs = TIMEOUT_MS }: DiscordOptions): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest: {
      retries: 0,
      timeout: timeoutMs,
      // Posts are put off by whoever posts; whoever waits for an answer waits.
      rejectOnRateLimit: ({ route }) => route.startsWith('/channels'),
      ...(api === undefined ? {} : { api }),
    },
  });
  client.on(Events.Error, (error) => onFault('discord connection', error));
  client.on(Events.ShardError, (error) => onFault('discord connection', error));
  return client;
}

/** What the gateway sends. */
interface Packet {
  readonly t?: unknown;
  readonly d?: unknown;
}

/**
 * Keeps one packet that discord.js cannot read from ending the process: it throws while reading it, where nobody can
 * catch (an interaction without `data` in 14.28).
 */
function guard(client: Client, onFault: DiscordOptions['onFault']): void {
  const manager = client.ws as unknown as { handlePacket(packet?: Packet, shard?: unknown): boolean };
  const handle = manager.handlePacket.bind(manager);
  manager.handlePacket = (packet, shard) => {
    try {
      return handle(packet === undefined ? packet : completed(packet), shard);
    } catch (error) {
      onFault('discord packet', error);
      return false;
    }
  };
}

/** Interactions have been recorded that do not say who installed the app, which discord.js takes for granted. */
function completed({ t, d, ...packet }: Packet): Packet {
  const isInteraction = t === 'INTERACTION_CREATE' && typeof d === 'object';
  return { ...packet, t, d: isInteraction ? { authorizing_integration_owners: {}, ...d } : d };
}

/** An answer that comes too late, or twice: nobody can do anything about it. */
function isLate(error: unknown): boolean {
  return (
    isCode(error, RESTJSONErrorCodes.UnknownInteraction) ||
    isCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) ||
    isCode(error, RESTJSONErrorCodes.InvalidWebhookToken)
  );
}

/**
 * @throws {ConfigError} when Discord does not take the token
 * @throws {PostError} when it cannot be reached
 */
async function logIn(client: Client, token: string): Promise<void> {
  try {
    await client.login(token);
  } catch (error) {
    const isToken = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
    if (!isToken) throw postErrorOf(error);
    const advice = 'copy it again from the developer portal (Bot, Reset Token)';
    throw new ConfigError(`Discord does not take DISCORD_TOKEN: ${advice}`, { cause: error });
  }
}
