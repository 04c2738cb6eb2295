import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { scopes } from '../../../src/channels/slack/scopes.ts';
import { type Answered, type Call, methods } from './methods.ts';
import { brokenRules, nodesIn, type SlackMessage } from './rules.ts';
import { attendSocket, type Sent, send } from './sending.ts';
import {
  APP_TOKEN,
  type Fault,
  MEMBER,
  State,
  type StoredFile,
  type StoredMessage,
  type Told,
} from './state.ts';

/**
 * A stand-in for Slack on loopback: Web API, Socket Mode, signed requests, installing and answering addresses, strict about what
 * it is sent.
 */
export interface SlackDouble {
  readonly api: string;
  readonly authorizationUrl: string;
  /** Every message that stands in a channel: an exact count of copies. */
  readonly messages: readonly StoredMessage[];
  /** Answers, in order. */
  readonly told: readonly Told[];
  readonly views: State['views'];
  readonly files: readonly StoredFile[];
  /** Methods called, in order. */
  readonly calls: readonly string[];
  /** What Slack would have refused, or should never have been sent. */
  readonly violations: readonly string[];
  readonly faults: Fault[];
  /** Scopes that were not granted. */
  readonly withheld: Set<string>;
  /** Everything shown in channels, answers and views. */
  shown(): string;
  /** Sends signed requests to a port from now on, in place of messages over the socket. */
  reach(port: number | undefined): void;
  /** Sends what somebody did; resolves with its acknowledgement. */
  send(type: Sent, payload: object, user?: string): Promise<unknown>;
  /** Sends bytes over the socket as they are. */
  sendRaw(text: string): void;
  /** Moves the clock on by which parts of a message are told apart. */
  pass(ms: number): void;
  /** Cuts the connection. */
  cut(): void;
  close(): Promise<void>;
}

/** Answers that one address takes, and for how long (https://docs.slack.dev/interactivity/handling-user-interaction). */
const MOST_USES = 5;
const LONGEST_ANSWERED_MS = 30 * 60_000;

export async function startSlack(): Promise<SlackDouble> {
  const state = new State();
  const server = createServer((request, response) => void serve(state, request, response));
  const link = new WebSocketServer({ server, path: '/link/' });
  link.on('connection', (socket) => attendSocket(state, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  state.origin = `http://127.0.0.1:${port}`;
  return {
    messages: state.messages,
    told: state.told,
    views: state.views,
    files: state.files,
    calls: state.calls,
    violations: state.violations,
    faults: state.faults,
    withheld: state.withheld,
    api: `${state.origin}/api/`,
    authorizationUrl: `${state.origin}/oauth/v2/authorize`,
    shown: () =>
      [...state.messages, ...state.told, ...state.views.map(({ view }) => view)].map(textOf).join('\n'),
    reach: (to) => void (state.endpoint = `http://127.0.0.1:${to}/slack/events`),
    send: (type, payload, user = MEMBER) => send(state, type, payload, user),
    sendRaw: (text) => state.sockets.at(-1)?.send(text),
    pass: (ms) => void (state.now += ms),
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

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks).toString();
  const path = request.url ?? '/';
  if (path.startsWith('/answers/')) return reply(response, takeAnswer(state, path, JSON.parse(raw) as Told));
  if (path.startsWith('/upload/')) return takeUpload(state, path, raw, response);
  if (path.startsWith('/oauth/')) return agree(path, response);

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
  if (fault === 'hung') return;
  if (fault === 'lost') return void response.destroy();
  reply(response, answered, 200, { 'x-oauth-scopes': grantedIn(state).join(',') });
}

/** The scopes of the manifest that were not withheld. */
function grantedIn({ withheld }: State): string[] {
  return scopes.filter((scope) => !withheld.has(scope));
}

function takeAnswer(state: State, path: string, told: Told): Answered {
  const uses = (state.uses.get(path) ?? 0) + 1;
  state.uses.set(path, uses);
  if (uses > MOST_USES) state.violations.push(`${uses} answers at one address`);
  if (state.ageOf(path.replace('/answers/', '')) > LONGEST_ANSWERED_MS)
    state.violations.push('an answer after half an hour');
  state.violations.push(...brokenRules(told).map((fault) => `answer: ${fault}`));
  state.told.push(told);
  return { ok: true };
}

function takeUpload(state: State, path: string, raw: string, response: ServerResponse): void {
  const file = state.files.find(({ id }) => path.endsWith(`/${id}`));
  if (file !== undefined) file.text = raw;
  response.end('OK');
}

/** Somebody agrees that Tumen comes into their workspace. */
function agree(path: string, response: ServerResponse): void {
  const { searchParams } = new URL(path, 'http://slack.invalid');
  const back = new URL(searchParams.get('redirect_uri') ?? '');
  back.searchParams.set('code', 'agreed');
  back.searchParams.set('state', searchParams.get('state') ?? '');
  response.writeHead(302, { location: back.href });
  response.end();
}

/** Arguments come as a form, those that are no text as JSON. */
function callIn(raw: string): Call {
  const fields = [...new URLSearchParams(raw)].map(([name, value]) => [name, valueOf(name, value)] as const);
  return Object.fromEntries(fields);
}

const TEXTS = new Set([
  'channel',
  'channel_id',
  'text',
  'ts',
  'thread_ts',
  'oldest',
  'cursor',
  'user',
  'users',
  'user_id',
  'view_id',
  'trigger_id',
  'filename',
  'client_id',
  'client_secret',
  'code',
  'redirect_uri',
]);

function valueOf(name: string, value: string): unknown {
  return TEXTS.has(name) ? value : (JSON.parse(value) as unknown);
}

function carryOut(state: State, method: string, authorization: string | undefined, call: Call): Answered {
  const offered = methods[method];
  if (offered === undefined) {
    state.violations.push(`${method} is no method that Tumen is known to use`);
    return { ok: false, error: 'unknown_method' };
  }
  const token = authorization?.replace('Bearer ', '') ?? '';
  const team = state.tokens.get(token);
  const isKnown = offered.caller === 'app' ? token === APP_TOKEN : team !== undefined;
  if (!isKnown && offered.caller !== 'nobody') return { ok: false, error: 'invalid_auth' };
  if (offered.scope !== undefined && !grantedIn(state).includes(offered.scope)) {
    return { ok: false, error: 'missing_scope', needed: offered.scope };
  }
  const strange = Object.keys(call).filter((name) => !offered.takes.includes(name));
  if (strange.length > 0) state.violations.push(`${method} does not take ${strange.join(', ')}`);
  return offered.run(state, call, team ?? '');
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
