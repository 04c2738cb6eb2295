import { SocketModeReceiver } from '@slack/bolt';
import type { WebOptions } from '../options.ts';

export interface SocketOptions {
  /** The app's token, `xapp-…`: opens the connection that brings what people do. */
  readonly appToken: string;
  readonly web: WebOptions;
  readonly onFault: (what: string, error: unknown) => void;
}

/** A connection that is silent for longer is taken for lost. */
const PING_TIMEOUT_MS = 5000;
/** How long the library waits after a connection has ended, as part of that time; it would be all of it. */
const FIRST_WAIT = 0.1;
/** Opening the connection again is tried for ever, at least once a minute. */
const RECONNECTING = { forever: true, minTimeout: 1000, factor: 1.5, maxTimeout: 60_000 };

/** Receives over a connection that Tumen opens (Socket Mode): no address of ours needs to be reachable. */
export function makeSocket({ appToken, web, onFault }: SocketOptions): SocketModeReceiver {
  const { logger } = web;
  const clientOptions = {
    ...web,
    rejectRateLimitedCalls: false,
    fetch: patientFetch,
    retryConfig: RECONNECTING,
  };
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    clientPingTimeout: PING_TIMEOUT_MS,
    installerOptions: { clientOptions },
    processEventErrorHandler({ error }) {
      onFault('slack request', error);
      return Promise.resolve(false);
    },
  });
  hastenReconnecting(receiver);
  guardMessages(receiver, onFault);
  return receiver;
}

/** Ends the connection. */
export async function closeSocket(receiver: SocketModeReceiver): Promise<void> {
  // Whoever waits for a connection that is just being opened again would be told with a rejection that nobody can catch.
  receiver.client.removeAllListeners('disconnected');
  await receiver.stop();
}

/**
 * Slack ends connections now and then so that they are opened anew; until then nobody is answered. The library waits as long
 * as it waits for a sign of life, times the failures in a row, counting this as one.
 */
function hastenReconnecting({ client }: SocketModeReceiver): void {
  client.on('connected', () => {
    Reflect.set(client, 'numOfConsecutiveReconnectionFailures', FIRST_WAIT - 1);
  });
}

/** The library reads messages in a promise that nobody waits for: one that is not as it expects would end the process. */
function guardMessages({ client }: SocketModeReceiver, onFault: SocketOptions['onFault']): void {
  for (const listener of client.listeners('ws_message')) {
    client.removeListener('ws_message', listener as () => void);
    client.on('ws_message', (...given: unknown[]) => {
      const read = listener as (...given: unknown[]) => unknown;
      Promise.resolve(read(...given)).catch((error: unknown) => onFault('slack message', error));
    });
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
