import { setTimeout as wait } from 'node:timers/promises';
import { type Logger, LogLevel } from '@slack/bolt';
import { ConfigError, PostError } from '../../errors.ts';
import type { Platform } from '../platform.ts';
import { makeSigner } from '../signer.ts';
import { LONGEST_VALUE } from './rendering/actions.ts';
import { spotOf } from './address.ts';
import { makeClients } from './clients.ts';
import { type Connection, connect } from './receiving/connection.ts';
import { isTokenError } from './failures.ts';
import type { SlackOptions, WebOptions } from './options.ts';
import type { Workspaces } from './workspaces.ts';
import { makePeople } from './answering/people.ts';
import { makePosts } from './posts.ts';
import { renderSlack } from './rendering/render.ts';

export interface Slack extends Platform {
  /** The port that is listened on; `undefined` where none is. */
  port(): number | undefined;
}

const TIMEOUT_MS = 10_000;

/**
 * Slack as a platform. What people do comes over a connection that Tumen opens (Socket Mode) or as signed requests (HTTP mode);
 * posting goes through the Web API only.
 *
 * `start` rejects with a `ConfigError` when Slack does not take a token, or the port cannot be had.
 *
 * @throws {ConfigError} when there is neither a token nor a way for workspaces to install Tumen
 */
export function makeSlack(options: SlackOptions): Slack {
  const { botToken, sharing, workspaces, managers = [], onWarning } = options;
  const key = botToken ?? sharing?.clientSecret;
  if (key === undefined) throw new ConfigError('SLACK_BOT_TOKEN: is missing');
  const signer = makeSigner(key, LONGEST_VALUE);
  const web = webOptions(options);
  // Whoever waits for an answer does not queue behind digests.
  const asking = makeClients(web, { botToken, workspaces });
  const posts = makePosts(makeClients(web, { botToken, workspaces }), options.pause ?? wait);
  const minding = mindingLoss(workspaces);
  let connection: Connection | undefined;

  return {
    name: 'slack',

    async start(forms, answer) {
      const people = makePeople(Date.now, managers);
      const desk = {
        forms,
        answer,
        signer,
        people,
        workspaces,
        onWarning,
        clientOf: (token: string) => asking.of(token),
      };
      connection = await connect({ ...options, web }, desk);
    },

    post: (address, message, posting) =>
      minding(address, posts.post(renderSlack(message, signer), { ...posting, address })),

    edit(address, posted, message) {
      const names = posted.split(' ');
      return minding(address, posts.edit(address, names, renderSlack(message, signer, names.length)));
    },

    find: (address, name, since, thread) => minding(address, posts.find({ address, thread }, name, since)),

    port: () => connection?.port,

    async stop() {
      await connection?.close();
      connection = undefined;
    },
  };
}

/** Retries are ours: the library's would double posts. */
function webOptions({ api, timeoutMs = TIMEOUT_MS, onWarning }: SlackOptions): WebOptions {
  return {
    ...(api === undefined ? {} : { slackApiUrl: api }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    logger: loggerTo(onWarning),
  };
}

type Minding = <Result>(address: string, work: Promise<Result>) => Promise<Result>;

/** Does something in a channel; where Slack says that its workspace let Tumen go, that is remembered. */
function mindingLoss(workspaces: Workspaces): Minding {
  return async (address, work) => {
    try {
      return await work;
    } catch (error) {
      const { team } = spotOf(address);
      if (team !== undefined && error instanceof PostError && isTokenError(error.cause)) {
        await workspaces.leave(team, error.message);
      }
      throw error;
    }
  };
}

function silent(): void {}

/** Tells of trouble only: what the libraries say beside it holds what people write. What they call an error, they try again. */
function loggerTo(onWarning: SlackOptions['onWarning']): Logger {
  return {
    debug: silent,
    info: silent,
    warn: silent,
    error: (...said: unknown[]) => onWarning('slack connection', new Error(said.map(String).join(' '))),
    setLevel: silent,
    setName: silent,
    getLevel: () => LogLevel.ERROR,
  };
}
