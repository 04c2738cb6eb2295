import { App, type Logger, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import { ConfigError } from '../../errors.ts';
import type { Platform } from '../platform.ts';
import { makeSigner } from '../signer.ts';
import { LONGEST_VALUE } from './actions.ts';
import { isTokenError, postErrorOf } from './failures.ts';
import { attend } from './interactions.ts';
import { makePeople } from './people.ts';
import { makePosts } from './posts.ts';
import { renderSlack } from './render.ts';

export interface SlackOptions {
  /** The bot's token, `xoxb-…`: posts and answers. */
  readonly botToken: string;
  /** The app's token, `xapp-…`: opens the connection that brings what people do. */
  readonly appToken: string;
  /** Where Slack's API is; only tests say another. Ends in a slash. */
  readonly api?: string;
  /** Told of failures that no person waits for, such as an answer that came too late. */
  readonly onFault: (what: string, error: unknown) => void;
}

const TIMEOUT_MS = 10_000;
/** After each refresh of the connection, which Slack asks for now and then, the library waits as long before the next. */
const PING_TIMEOUT_MS = 500;
/** Opening the connection again is tried for ever, at least once a minute. */
const RECONNECTING = { forever: true, minTimeout: 1000, factor: 1.5, maxTimeout: 60_000 };

/**
 * Slack as a platform, in Socket Mode: no address of ours needs to be reachable. Posting goes through the Web API only; the
 * connection brings commands, presses and forms.
 *
 * `start` rejects with a `ConfigError` when Slack does not take a token.
 */
export function makeSlack({ botToken, appToken, api, onFault }: SlackOptions): Platform {
  const signer = makeSigner(botToken, LONGEST_VALUE);
  const logger = quietLogger(onFault);
  const place = api === undefined ? {} : { slackApiUrl: api };
  const once = { ...place, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: TIMEOUT_MS };
  const clientWith = (token: string) => new webApi.WebClient(token, { ...once, logger });
  const asking = clientWith(botToken);
  const posts = makePosts(clientWith(botToken));
  let receiver: SocketModeReceiver | undefined;

  return {
    name: 'slack',

    async start(forms, answer) {
      await checkTokens(asking, clientWith(appToken));
      receiver = receiverFor(appToken, place, logger);
      const app = new App({
        receiver,
        // Given as a function, the token is not tested by the library, whose failure nobody could catch.
        authorize: () => Promise.resolve({ botToken }),
        clientOptions: once,
        logger,
        convoStore: false,
        ignoreSelf: false,
      });
      app.error(async (error) => onFault('slack answer', error));
      attend(app, { forms, answer, signer, people: makePeople(asking, Date.now), client: asking });
      await app.start();
    },

    post: (channel, message, posting) => posts.post(renderSlack(message, signer), { ...posting, channel }),

    edit: (channel, posted, message) => {
      const names = posted.split(' ');
      return posts.edit(channel, names, renderSlack(message, signer, names.length));
    },

    find: (channel, key, since, thread) =>
      posts.find({ channel, ...(thread === undefined ? {} : { thread }) }, key, since),

    async stop() {
      // Whoever waits for a connection that is just being opened again would be told with a rejection that nobody can catch.
      receiver?.client.removeAllListeners('disconnected');
      await receiver?.stop();
      receiver = undefined;
    },
  };
}

function receiverFor(appToken: string, place: { slackApiUrl?: string }, logger: Logger): SocketModeReceiver {
  const clientOptions = { ...place, fetch: patientFetch, retryConfig: RECONNECTING, timeout: TIMEOUT_MS };
  return new SocketModeReceiver({
    appToken,
    logger,
    clientPingTimeout: PING_TIMEOUT_MS,
    installerOptions: { clientOptions },
  });
}

/**
 * Slack gives an address for a connection only to an app's token; it is not used.
 *
 * @throws {ConfigError} when Slack does not take a token
 */
async function checkTokens(bot: webApi.WebClient, app: webApi.WebClient): Promise<void> {
  const install = 'copy it again from OAuth & Permissions, after installing the app';
  await taken('SLACK_BOT_TOKEN', install, () => bot.auth.test());
  const generate = 'generate one with connections:write under Basic Information, App-Level Tokens';
  await taken('SLACK_APP_TOKEN', generate, () => app.apps.connections.open({}));
}

async function taken(setting: string, advice: string, ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!isTokenError(error)) throw postErrorOf(error);
    throw new ConfigError(`Slack does not take ${setting}: ${advice}`, { cause: error });
  }
}

/**
 * The library gives up for good, with a rejection that nobody can catch, when Slack refuses to open a connection again, as it
 * does while an app is being installed anew. A refusal told as an outage is tried again.
 */
async function patientFetch(...asked: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...asked);
  const said: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const isRefused = typeof said === 'object' && said !== null && 'ok' in said && said.ok === false;
  return isRefused && response.ok ? new Response(null, { status: 503 }) : response;
}

function silent(): void {}

/** Tells of errors only: what the library says beside them holds what people write. */
function quietLogger(onFault: SlackOptions['onFault']): Logger {
  return {
    debug: silent,
    info: silent,
    warn: silent,
    error: (...said: unknown[]) => onFault('slack connection', new Error(said.map(String).join(' '))),
    setLevel: silent,
    setName: silent,
    getLevel: () => LogLevel.ERROR,
  };
}
