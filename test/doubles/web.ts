import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { makeCertificate } from './web-certificate.ts';

/** One request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
}

/** Answers one request; `number` counts the requests for that path from 1. */
export type Play = (response: ServerResponse, request: IncomingMessage, number: number) => void;

/** What a path answers: a play, or status, headers and body. */
export type Scene = Play | { status?: number; headers?: Record<string, string>; body?: string | Uint8Array };

/** A web server on this machine that plays publishers, well-behaved and other. */
export interface Web {
  /** Address without a closing slash, `http://127.0.0.1:1234`; the host can be chosen. */
  http(host?: string): string;
  https(host?: string): string;
  /** PEM of the certificate that its https side shows. */
  readonly certificate: string;
  readonly seen: readonly Seen[];
  /** Adds or replaces what a path answers. */
  play(path: string, scene: Scene): void;
  close(): Promise<void>;
}

/** Starts it. Paths without a scene answer 404. */
export async function startWeb(
  scenes: Readonly<Record<string, Scene>> = {},
  certificate = makeCertificate(['localhost', '127.0.0.1', 'news.test', 'other.test']),
): Promise<Web> {
  const stage = new Map(Object.entries(scenes));
  const seen: Seen[] = [];
  const listener: RequestListener = (request, response) => {
    const { method = '', url: path = '', headers } = request;
    seen.push({ method, path, headers, at: performance.now() });
    act(stage.get(path), response, request, seen.filter((other) => other.path === path).length);
  };
  const plain = await listening(createServer(listener));
  const secure = await listening(createSecureServer(certificate, listener));
  return {
    http: (host = '127.0.0.1') => `http://${host}:${portOf(plain)}`,
    https: (host = 'localhost') => `https://${host}:${portOf(secure)}`,
    certificate: certificate.cert,
    seen,
    play: (path, scene) => void stage.set(path, scene),
    close: async () => {
      plain.closeAllConnections();
      secure.closeAllConnections();
      await Promise.all([closed(plain), closed(secure)]);
    },
  };
}

function act(
  scene: Scene | undefined,
  response: ServerResponse,
  request: IncomingMessage,
  number: number,
): void {
  if (scene === undefined) response.writeHead(404).end('nothing here');
  else if (typeof scene === 'function') scene(response, request, number);
  else response.writeHead(scene.status ?? 200, scene.headers).end(scene.body ?? '');
}

async function listening<S extends Server>(server: S): Promise<S> {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
