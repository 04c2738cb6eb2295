import { createHmac, randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { CHANNEL, SIGNING_SECRET, type State, TEAM } from './state.ts';

/** What somebody did: typed the command, used a button, view or shortcut, or caused an event. */
export type Sent = 'slash_commands' | 'interactive' | 'events_api';

/** What is not acknowledged by then has failed for whoever did it, in milliseconds. */
export const PATIENCE_MS = 3000;

/** So long a test waits for an acknowledgement by its own clock, in milliseconds; one that comes at all comes far sooner. */
const LONGEST_WAIT_MS = 4000;

/** Greets a connection, and hears what is acknowledged over it. */
export function attendSocket(state: State, socket: WebSocket): void {
  state.sockets.push(socket);
  socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
  socket.on('message', (raw) => {
    const { envelope_id: id, payload } = JSON.parse((raw as Buffer).toString()) as {
      envelope_id: string;
      payload: unknown;
    };
    state.acknowledged.get(id)?.(payload);
  });
}

/**
 * Sends what somebody did, over the socket or as a signed request; resolves with what acknowledges it.
 *
 * @throws {Error} when nothing does, as where an answer is waited for first
 */
export function send(state: State, type: Sent, payload: object, user: string): Promise<unknown> {
  const acknowledgement = acknowledged(state, { type, user }, payload);
  // Who does not wait for it is not disturbed.
  acknowledgement.catch(() => undefined);
  return acknowledgement;
}

async function acknowledged(
  state: State,
  { type, user }: { type: Sent; user: string },
  payload: object,
): Promise<unknown> {
  const id = randomUUID();
  const whole = wholeOf(state, { id, type, user }, payload);
  state.sent.set(id, state.now);
  const acknowledgement = await inTime(deliver(state, { id, type }, whole), type);
  if (state.ageOf(id) > PATIENCE_MS) state.violations.push(`${type} acknowledged too late`);
  return acknowledgement;
}

async function inTime(acknowledgement: Promise<unknown>, type: Sent): Promise<unknown> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`${type} was not acknowledged: Slack tells whoever did it that it failed`)),
    LONGEST_WAIT_MS,
  );
  try {
    return await Promise.race([acknowledgement, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function deliver(
  state: State,
  { id, type }: { id: string; type: Sent },
  whole: Record<string, unknown>,
): Promise<unknown> {
  if (state.endpoint !== '') {
    const response = await fetch(state.endpoint, signedRequest(bodyOf(type, whole)));
    const text = await response.text();
    if (!response.ok) throw new Error(`${type} was answered with status ${response.status}`);
    return response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text;
  }
  const { promise, resolve } = Promise.withResolvers<unknown>();
  state.acknowledged.set(id, resolve);
  const envelope = { envelope_id: id, type, accepts_response_payload: true, payload: whole };
  state.sockets.at(-1)?.send(JSON.stringify(envelope));
  return promise;
}

interface Signing {
  readonly secret?: string;
  /** Milliseconds since 1970. */
  readonly at?: number;
  readonly type?: string;
}

/** A body as Slack sends it: a form, or JSON. */
export interface Body {
  readonly text: string;
  readonly type: string;
}

/** A request as Slack signs it (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
export function signedRequest(
  { text, type }: Body,
  { secret = SIGNING_SECRET, at = Date.now() }: Signing = {},
): RequestInit {
  const stamp = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${stamp}:${text}`).digest('hex');
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${signature}`,
  };
  return { method: 'POST', headers, body: text };
}

/** The body of what somebody did: a form, in which an interaction is one field, or JSON for events. */
export function bodyOf(type: Sent, payload: Readonly<Record<string, unknown>>): Body {
  if (type === 'events_api') return { text: JSON.stringify(payload), type: 'application/json' };
  const fields = Object.entries(payload).filter(([, value]) => value !== undefined) as [string, string][];
  const form = type === 'interactive' ? [['payload', JSON.stringify(payload)]] : fields;
  return { text: String(new URLSearchParams(form)), type: 'application/x-www-form-urlencoded' };
}

function wholeOf(
  { origin }: State,
  { id, type, user }: { id: string; type: Sent; user: string },
  payload: object,
): Record<string, unknown> {
  if (type === 'events_api') {
    return {
      type: 'event_callback',
      token: 'x',
      team_id: TEAM,
      api_app_id: 'A1',
      event_id: `Ev${id}`,
      ...payload,
    };
  }
  const who =
    type === 'slash_commands'
      ? { user_id: user, channel_id: CHANNEL, team_id: TEAM, command: '/tumen' }
      : {
          user: { id: user, name: 'ann' },
          channel: { id: CHANNEL, name: 'general' },
          team: { id: TEAM, domain: 'w' },
        };
  const common = {
    token: 'x',
    api_app_id: 'A1',
    trigger_id: `1.2.${id}`,
    response_url: `${origin}/answers/${id}`,
  };
  return { ...common, ...who, ...payload };
}
