import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Answered, type Call, methods } from './methods.ts';
import { brokenRules, nodesIn, type SlackMessage } from './rules.ts';
import {
  APP_TOKEN,
  BOT_TOKEN,
  CHANNEL,
  type Fault,
  MEMBER,
  State,
  type StoredMessage,
  TEAM,
  type Told,
} from './state.ts';

/** A stand-in for Slack on loopback: Web API, Socket Mode and answering addresses, strict about what it is sent. */
export interface SlackDouble {
  readonly api: string;
  /** Every message that stands in the channel: an exact count of copies. */
  readonly messages: readonly StoredMessage[];
  /** Answers, in order. */
  readonly told: readonly Told[];
  readonly views: State['views'];
  /** Methods called, in order. */
  readonly calls: readonly string[];
  /** What Slack would have refused, or should never have been sent. */
  readonly violations: readonly string[];
  readonly faults: Fault[];
  /** Everything shown in the channel and in answers. */
  shown(): string;
  /** Sends what somebody did; resolves with its acknowledgement. */
  send(type: 'slash_commands' | 'interactive', payload: object, user?: string): Promise<unknown>;
  /** Cuts the connection. */
  cut(): void;
  close(): Promise<void>;
}

/** Answers that one address takes. */
const MOST_USES = 5;

export async function startSlack(): Promise<SlackDouble> {
  const state = new State();
  const server = createServer((request, response) => void serve(state, request, response));
  const link = new WebSocketServer({ server, path: '/link/' });
  link.on('connection', (socket) => attend(state, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  state.origin = `http://127.0.0.1:${port}`;
  return {
    api: `${state.origin}/api/`,
    messages: state.messages,
    told: state.told,
    views: state.views,
    calls: state.calls,
    violations: state.violations,
    faults: state.faults,
    shown: () => [...state.messages, ...state.told].map(textOf).join('\n'),
    send: (type, payload, user = MEMBER) => send(state, type, payload, user),
    cut: () => state.sockets.at(-1)?.terminate(),
    async close() {
      for (const socket of link.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** All text of a message as a reader sees it. */
export function textOf({ blocks }: SlackMessage): string {
  return nodesIn(blocks ?? [])
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('');
}

function attend(state: State, socket: WebSocket): void {
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

function send(state: State, type: string, payload: object, user: string): Promise<unknown> {
  const id = randomUUID();
  const answerTo = `${state.origin}/answers/${id}`;
  const who =
    type === 'slash_commands'
      ? { user_id: user, channel_id: CHANNEL, team_id: TEAM, command: '/tumen' }
      : {
          user: { id: user, name: 'ann' },
          channel: { id: CHANNEL, name: 'general' },
          team: { id: TEAM, domain: 'w' },
        };
  const whole = {
    ...who,
    response_url: answerTo,
    trigger_id: `1.2.${id}`,
    token: 'x',
    api_app_id: 'A1',
    ...payload,
  };
  const { promise, resolve } = Promise.withResolvers<unknown>();
  state.acknowledged.set(id, resolve);
  const envelope = { envelope_id: id, type, accepts_response_payload: true, payload: whole };
  state.sockets.at(-1)?.send(JSON.stringify(envelope));
  return promise;
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks).toString();
  const path = request.url ?? '/';
  if (path.startsWith('/answers/')) return reply(response, takeAnswer(state, path, JSON.parse(raw) as Told));

  const method = path.replace('/api/', '');
  state.calls.push(method);
  const fault = state.takeFault(method);
  if (fault === 'dropped') return void response.destroy();
  if (typeof fault === 'object' && 'error' in fault)
    return reply(response, { ok: false, error: fault.error });
  if (typeof fault === 'object') {
    const headers = fault.wait === undefined ? {} : { 'retry-after': String(fault.wait) };
    return reply(response, { ok: false, error: 'ratelimited' }, fault.status, headers);
  }
  const answered = carryOut(state, method, request.headers.authorization, callIn(raw));
  if (fault === 'lost') return void response.destroy();
  reply(response, answered);
}

function takeAnswer(state: State, path: string, told: Told): Answered {
  const uses = (state.uses.get(path) ?? 0) + 1;
  state.uses.set(path, uses);
  if (uses > MOST_USES) state.violations.push(`${uses} answers at one address`);
  state.violations.push(...brokenRules(told).map((fault) => `answer: ${fault}`));
  state.told.push(told);
  return { ok: true };
}

/** Arguments come as a form, those that are no text as JSON. */
function callIn(raw: string): Call {
  const fields = [...new URLSearchParams(raw)].map(([name, value]) => [name, valueOf(name, value)] as const);
  return Object.fromEntries(fields);
}

const TEXTS = new Set(['channel', 'text', 'ts', 'thread_ts', 'oldest', 'cursor', 'user', 'trigger_id']);

function valueOf(name: string, value: string): unknown {
  return TEXTS.has(name) ? value : (JSON.parse(value) as unknown);
}

function carryOut(state: State, method: string, authorization: string | undefined, call: Call): Answered {
  const offered = methods[method];
  if (offered === undefined) {
    state.violations.push(`${method} is no method that Tumen is known to use`);
    return { ok: false, error: 'unknown_method' };
  }
  const wanted = method === 'apps.connections.open' ? APP_TOKEN : BOT_TOKEN;
  if (authorization !== `Bearer ${wanted}`) return { ok: false, error: 'invalid_auth' };
  const strange = Object.keys(call).filter((name) => !offered.takes.includes(name));
  if (strange.length > 0) state.violations.push(`${method} does not take ${strange.join(', ')}`);
  return offered.run(state, call);
}

function reply(
  response: ServerResponse,
  body: Answered,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
