import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { TOKEN } from './fields.ts';
import { attend } from './gateway.ts';
import { type Reply, routes } from './routes.ts';
import { brokenCommandRules, brokenRules, type MessageBody } from './rules.ts';
import { judge } from './spec.ts';
import { type Fault, State, type StoredMessage } from './state.ts';

/** A stand-in for Discord on loopback: gateway and REST, strict about what it is sent and what it answers. */
export interface DiscordDouble extends Pick<
  State,
  | 'messages'
  | 'places'
  | 'commands'
  | 'callbacks'
  | 'violations'
  | 'faults'
  | 'pending'
  | 'crossposts'
  | 'emit'
> {
  readonly api: string;
  /** What can be changed while it runs: its token, how many shards it asks for, whether sessions go on, rights. */
  readonly state: State;
  /** Every request that came in, as `POST /channels/1/messages`. */
  readonly requests: string[];
  /** Everything shown in channels and answers. */
  shown(): string;
  /** Sends an interaction of a person; resolves when its answer stands. */
  interact(type: number, data: object, extra?: object): Promise<StoredMessage | undefined>;
  /** Cuts the gateway connection. */
  cut(code?: number): void;
  close(): Promise<void>;
}

/** @param clock - what time it is for Discord: tokens expire and acknowledgements come late by it */
export async function startDiscord(clock: () => Date = () => new Date()): Promise<DiscordDouble> {
  const state = new State(clock);
  state.token = TOKEN;
  const requests: string[] = [];
  const server = createServer((request, response) => void serve({ state, requests, request, response }));
  const gateway = new WebSocketServer({ server, path: '/gateway/' });
  gateway.on('connection', (socket) => attend(state, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  state.gatewayUrl = `ws://127.0.0.1:${port}/gateway/`;
  return {
    api: `http://127.0.0.1:${port}/api`,
    state,
    requests,
    messages: state.messages,
    places: state.places,
    commands: state.commands,
    callbacks: state.callbacks,
    violations: state.violations,
    faults: state.faults,
    pending: state.pending,
    crossposts: state.crossposts,
    emit: (name, data) => state.emit(name, data),
    shown: () => [...state.messages.values()].map((message) => textOf(message)).join('\n'),
    interact: (type, data, extra = {}) => state.interact(type, data, extra),
    cut: (code) => (code === undefined ? state.socket?.terminate() : state.socket?.close(code)),
    async close() {
      for (const socket of gateway.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** All text of a message as a reader sees it: escapes gone. */
export function textOf(message: MessageBody): string {
  const parts = JSON.stringify([message.components ?? [], message.embeds ?? []]);
  const texts = parts.matchAll(/"(?:content|title|description|text)":"((?:[^"\\]|\\.)*)"/g);
  return [...texts]
    .map(([, text = '']) => (JSON.parse(`"${text}"`) as string).replaceAll(/\\([^\w\s])/g, '$1'))
    .join('\n');
}

interface Exchange {
  readonly state: State;
  readonly requests: string[];
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function serve({ state, requests, request, response }: Exchange): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { pathname } = new URL(request.url ?? '/', 'http://discord');
  const path = pathname.replace('/api/v10', '').replace('%40', '@');
  const method = request.method ?? 'GET';
  requests.push(`${method} ${path}`);
  const body = bodyIn(Buffer.concat(chunks).toString(), request.headers['content-type'] ?? '');
  const needsToken = !/^\/(?:interactions|webhooks)\//.test(path);
  if (needsToken && request.headers.authorization !== `Bot ${state.token}`)
    return reply(response, [401, { message: '401: Unauthorized', code: 0 }], dateOf(state));

  const how = takeFault(state, method, path)?.how;
  if (typeof how === 'object')
    return reply(response, [how.status, how.body], { ...dateOf(state), ...how.headers });
  if (how === 'dropped') return void response.destroy();
  if (how === 'stuck') return;

  judgeRequest(state, { method, path, body });
  const answer = carryOut(state, method, path, body);
  if (how === 'lost') return void response.destroy();
  if (how === 'hung') return;
  judgeAnswer(state, { method, path, body: answer });
  reply(response, answer, dateOf(state));
}

function dateOf(state: State): Record<string, string> {
  return { date: state.clock().toUTCString() };
}

function bodyIn(raw: string, contentType: string): MessageBody {
  const json = contentType.startsWith('multipart/')
    ? (/\r\n\r\n(\{[^]*?\})\r\n--/.exec(raw)?.[1] ?? '{}')
    : raw;
  return json === '' ? {} : (JSON.parse(json) as MessageBody);
}

interface Asked<Body> {
  readonly method: string;
  readonly path: string;
  readonly body: Body;
}

function judgeRequest(state: State, { method, path, body }: Asked<MessageBody>): void {
  if (method === 'GET' || method === 'DELETE' || /^\/channels\/\d+$/.test(path)) return;
  const faults = [...judge.request(method, path, body), ...ownRules(method, path, body)];
  state.violations.push(...faults.map((fault) => `${method} ${path}: ${fault}`));
}

function ownRules(method: string, path: string, body: MessageBody): string[] {
  if (path.endsWith('/commands')) return brokenCommandRules(body as never);
  const { message } = body as { message?: MessageBody };
  if (message !== undefined) return brokenRules(message);
  if (!/\/messages(?:\/\d+)?$|original$|^\/webhooks\/\d+\/[^/]+$/.test(path)) return [];
  return brokenRules(method === 'PATCH' ? { allowed_mentions: { parse: [] }, ...body } : body);
}

function judgeAnswer(state: State, { method, path, body: [status, body] }: Asked<Reply>): void {
  const faults = judge.answer(method, path, status, body);
  state.violations.push(...faults.map((fault) => `the double's answer to ${method} ${path}: ${fault}`));
}

function takeFault(state: State, method: string, path: string): Fault | undefined {
  const index = state.faults.findIndex((fault) => fault.method === method && fault.path.test(path));
  const fault = state.faults[index];
  if (fault === undefined) return undefined;
  fault.after = (fault.after ?? 0) - 1;
  if (fault.after >= 0) return undefined;
  fault.times = (fault.times ?? 1) - 1;
  if (fault.times <= 0) state.faults.splice(index, 1);
  return fault;
}

function carryOut(state: State, method: string, path: string, body: MessageBody): Reply {
  for (const [wanted, form, answer] of routes) {
    const parts = wanted === method ? form.exec(path) : null;
    if (parts !== null) return answer(state, parts.slice(1), body);
  }
  return [404, { message: '404: Not Found', code: 0 }];
}

function reply(response: ServerResponse, [status, body]: Reply, headers: Record<string, string> = {}): void {
  const isText = typeof body === 'string';
  // An answer of status 204 must name no type, or the client reads it.
  const type = body === undefined ? {} : { 'content-type': isText ? 'text/html' : 'application/json' };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
}
