import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { APPLICATION, botUser, GUILD, guildFields, TOKEN } from './fields.ts';
import { type Reply, routes } from './routes.ts';
import { brokenRules, type MessageBody } from './rules.ts';
import { faultsOfRequest } from './spec.ts';
import { type Fault, State, type StoredMessage } from './state.ts';

/** A stand-in for Discord on loopback: gateway and REST, strict about what it is sent. */
export interface DiscordDouble {
  readonly api: string;
  readonly messages: Map<string, StoredMessage>;
  /** The commands as registered last, and how often they were. */
  readonly commands: { list: Record<string, unknown>[]; registrations: number };
  /** Acknowledgements of interactions, in order. */
  readonly callbacks: Record<string, unknown>[];
  /** What Discord would have refused, or should never have been sent. */
  readonly violations: string[];
  readonly faults: Fault[];
  /** Everything shown in channels and answers. */
  shown(): string;
  /** Sends an interaction of a person; resolves when its answer stands. */
  interact(type: number, data: object, extra?: object): Promise<StoredMessage | undefined>;
  /** Cuts the gateway connection. */
  cut(code?: number): void;
  close(): Promise<void>;
}

export async function startDiscord(): Promise<DiscordDouble> {
  const state = new State();
  const server = createServer((request, response) => void serve(state, request, response));
  const gateway = new WebSocketServer({ server, path: '/gateway/' });
  gateway.on('connection', (socket) => attend(state, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  state.gatewayUrl = `ws://127.0.0.1:${port}/gateway/`;
  return {
    api: `http://127.0.0.1:${port}/api`,
    messages: state.messages,
    commands: state.commands,
    callbacks: state.callbacks,
    violations: state.violations,
    faults: state.faults,
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
  const texts = JSON.stringify(message.components ?? []).matchAll(/"content":"((?:[^"\\]|\\.)*)"/g);
  return [...texts]
    .map(([, text = '']) => (JSON.parse(`"${text}"`) as string).replaceAll(/\\([^\w\s])/g, '$1'))
    .join('\n');
}

function attend(state: State, socket: WebSocket): void {
  socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
  socket.on('message', (raw) => {
    const { op, d } = JSON.parse((raw as Buffer).toString()) as {
      op: number;
      d: { token?: string; seq?: number; intents?: number };
    };
    if (op === 1) socket.send(JSON.stringify({ op: 11 }));
    if (op === 2) identify(state, socket, d);
    if (op === 6) {
      state.socket = socket;
      for (const { s, packet } of state.sent) if (s > (d.seq ?? 0)) socket.send(packet);
      state.emit('RESUMED', {});
    }
  });
}

function identify(
  state: State,
  socket: WebSocket,
  { token, intents }: { token?: string; intents?: number },
): void {
  if (token !== TOKEN) return socket.close(4004, 'Authentication failed.');
  if (intents !== 1) state.violations.push(`intents ${String(intents)}: only Guilds is wanted`);
  state.socket = socket;
  state.emit('READY', {
    v: 10,
    user: botUser,
    guilds: [{ id: GUILD, unavailable: true }],
    session_id: 'session',
    resume_gateway_url: state.gatewayUrl,
    shard: [0, 1],
    application: { id: APPLICATION, flags: 0 },
  });
  state.emit('GUILD_CREATE', guildFields());
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const path = new URL(request.url ?? '/', 'http://discord').pathname.replace('/api/v10', '');
  const method = request.method ?? 'GET';
  const body = bodyIn(Buffer.concat(chunks).toString(), request.headers['content-type'] ?? '');
  const needsToken = !/^\/(?:interactions|webhooks)\//.test(path);
  if (needsToken && request.headers.authorization !== `Bot ${TOKEN}`)
    return reply(response, [401, { message: '401: Unauthorized', code: 0 }]);

  const fault = takeFault(state, method, path);
  if (fault !== undefined && typeof fault.how === 'object')
    return reply(response, [fault.how.status, fault.how.body], fault.how.headers);
  if (fault?.how === 'dropped') return void response.destroy();

  judge(state, method, path, body);
  const answer = carryOut(state, method, path, body);
  if (fault?.how === 'lost') return void response.destroy();
  reply(response, answer);
}

function bodyIn(raw: string, contentType: string): MessageBody {
  const json = contentType.startsWith('multipart/')
    ? (/\r\n\r\n(\{[^]*?\})\r\n--/.exec(raw)?.[1] ?? '{}')
    : raw;
  return json === '' ? {} : (JSON.parse(json) as MessageBody);
}

function judge(state: State, method: string, path: string, body: MessageBody): void {
  if (method === 'GET' || method === 'DELETE') return;
  const isMessage = /\/messages(?:\/\d+)?$|original$/.test(path);
  const faults = [
    ...faultsOfRequest(method, path.replace('%40', '@'), body).filter(
      (fault) => !fault.includes('default_member_permissions'),
    ),
    ...(isMessage
      ? brokenRules(method === 'PATCH' ? { allowed_mentions: { parse: [] }, ...body } : body)
      : []),
  ];
  state.violations.push(...faults.map((fault) => `${method} ${path}: ${fault}`));
}

function takeFault(state: State, method: string, path: string): Fault | undefined {
  const index = state.faults.findIndex((fault) => fault.method === method && fault.path.test(path));
  const fault = state.faults[index];
  if (fault === undefined) return undefined;
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
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
