import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The part of a callback's address that tells callbacks apart. */
export interface Callback {
  readonly feed: string;
  readonly token: string;
}

/** What to answer. */
export interface Reply {
  readonly status: number;
  readonly body?: string;
}

/** What hubs may do here. */
export interface Callbacks<Known> {
  /** The subscription that a callback belongs to; `undefined` for an address that was never given out. */
  find(callback: Callback): Promise<Known | undefined>;
  /** Answers a question (GET). */
  answer(known: Known, query: URLSearchParams): Promise<Reply>;
  /** Takes a body (POST) of at most 5 MB. */
  take(known: Known, body: Uint8Array, headers: IncomingHttpHeaders): Promise<Reply>;
  /** Hears of what went wrong inside. */
  onFault(error: unknown): void;
}

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

const LARGEST_BODY = 5 * 1024 * 1024;
const MOST_CONNECTIONS = 64;
const PATIENCE_MS = 30_000;
const NOT_FOUND: Reply = { status: 404 };
const TOO_LARGE: Reply = { status: 413 };
/** Packed bodies are not taken: nobody asked for them. */
const UNKNOWN_CODING: Reply = { status: 415 };

/** The address of a callback under the one at which this machine is reached. */
export function callbackAddress(base: string, { feed, token }: Callback): string {
  return `${base.replace(/\/+$/, '')}/${Buffer.from(feed).toString('base64url')}/${token}`;
}

/**
 * Listens on this machine, for a reverse proxy to pass on what hubs send.
 *
 * @param port - 0 for any that is free
 */
export async function listen<Known>(port: number, callbacks: Callbacks<Known>): Promise<Listener> {
  const underWay = new Set<Promise<void>>();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const reply = await handle(request, callbacks).catch((error: unknown) => {
      callbacks.onFault(error);
      return { status: 500 };
    });
    send(response, reply);
  };
  const limits = { requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS };
  const server = createServer(limits, (request, response) => {
    const served = serve(request, response).finally(() => underWay.delete(served));
    underWay.add(served);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await Promise.all(underWay);
    },
  };
}

async function handle<Known>(request: IncomingMessage, callbacks: Callbacks<Known>): Promise<Reply> {
  const url = URL.parse(request.url ?? '', 'http://callback.invalid');
  const [name, token] = url?.pathname.split('/').slice(-2) ?? [];
  if (url === null || name === undefined || token === undefined) return NOT_FOUND;
  const feed = Buffer.from(name, 'base64url').toString();
  if (/\p{Cc}|\ufffd/u.test(feed)) return NOT_FOUND;
  const known = await callbacks.find({ feed, token });
  if (known === undefined) return NOT_FOUND;
  if (request.method === 'GET') return callbacks.answer(known, url.searchParams);
  if (request.method !== 'POST') return { status: 405 };
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return UNKNOWN_CODING;
  const body = await bodyOf(request);
  return body === undefined ? TOO_LARGE : callbacks.take(known, body, request.headers);
}

/** The whole body; `undefined` as soon as it is too large, or breaks off. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) return undefined;
  const { promise, resolve } = Promise.withResolvers<Uint8Array | undefined>();
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
    else {
      request.pause();
      resolve(undefined);
    }
  });
  request.on('end', () => resolve(Buffer.concat(chunks)));
  request.on('error', () => resolve(undefined));
  return promise;
}

/** Whoever still sends when it has its answer is not listened to. */
function send(response: ServerResponse, { status, body = '' }: Reply): void {
  const isOver = response.req.complete;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    ...(isOver ? {} : { connection: 'close' }),
  });
  response.end(body, () => (isOver ? undefined : response.req.destroy()));
}
