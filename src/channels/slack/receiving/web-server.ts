import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '../../../errors.ts';

/** Answers a request, now or later. */
export type Route = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface WebServer {
  readonly port: number;
  /** Takes no further requests; resolves when those under way have been answered. */
  close(): Promise<void>;
}

const MOST_CONNECTIONS = 256;
const PATIENCE_MS = 10_000;

/**
 * Listens on this machine, for a reverse proxy to pass on what is asked.
 *
 * @param port - 0 for any that is free
 * @param routes - by method and path: `GET /healthz`
 * @throws {ConfigError} when the port cannot be had
 */
export async function listen(port: number, routes: Readonly<Record<string, Route>>): Promise<WebServer> {
  const limits = { requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS };
  const server = createServer(limits, (request, response) => {
    const path = URL.parse(request.url ?? '', 'http://slack.invalid')?.pathname ?? '';
    const route = routes[`${request.method ?? ''} ${path}`];
    if (route === undefined) answer(response, 404);
    else route(request, response);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await opened(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const late = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
      server.closeIdleConnections();
      await closed;
      clearTimeout(late);
    },
  };
}

/** Answers in plain text, and listens no further to whoever still sends. */
export function answer(response: ServerResponse, status: number, text = ''): void {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  response.writeHead(status, response.req.complete ? headers : { ...headers, connection: 'close' });
  response.end(text);
}

async function opened(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    throw new ConfigError('SLACK_PORT: nothing can listen there; choose another port', { cause: error });
  }
}
