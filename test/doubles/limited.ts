import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Side } from './sides.ts';

/** What a platform lets through. */
interface Limit {
  /** Requests a second over all channels. */
  readonly perSecond: number;
  /** Posts into one channel, and in how many milliseconds. */
  readonly inChannel: number;
  readonly withinMs: number;
}

/** As the platforms tell: see `paces` in src/jobs/publishing/round.ts. Slack's "several hundred a minute" are taken as 600. */
export const limits: Readonly<Record<Side, Limit>> = {
  discord: { perSecond: 50, inChannel: 5, withinMs: 5000 },
  slack: { perSecond: 10, inChannel: 1, withinMs: 1000 },
};

/** A stand-in with limits before it. */
export interface Limited {
  readonly api: string;
  /** Requests that were turned away. */
  readonly turnedAway: () => number;
  close(): Promise<void>;
}

/** Puts limits before a stand-in: what comes faster gets the answer 429, in the platform's words. */
export async function limited(side: Side, api: string): Promise<Limited> {
  const { origin, pathname } = new URL(api);
  const limit = limits[side];
  const all: number[] = [];
  const channels = new Map<string, number[]>();
  let turnedAway = 0;
  const server = createServer((request, response) => void serve(request, response));
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat(await request.toArray());
    const channel = channelOf(side, request.url ?? '', body.toString());
    const now = performance.now();
    const waitMs = Math.max(
      waitIn(all, now, { most: limit.perSecond, withinMs: 1000 }),
      channel === undefined
        ? 0
        : waitIn(channels.get(channel) ?? [], now, { most: limit.inChannel, withinMs: limit.withinMs }),
    );
    if (waitMs > 0 && channel !== undefined) {
      turnedAway += 1;
      return refuse(side, response, waitMs / 1000);
    }
    all.push(now);
    if (channel !== undefined) channels.set(channel, [...(channels.get(channel) ?? []), now].slice(-10));
    return pass(`${origin}${request.url ?? ''}`, { request, response, body });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    api: `http://127.0.0.1:${port}${pathname}`,
    turnedAway: () => turnedAway,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function channelOf(side: Side, url: string, body: string): string | undefined {
  if (side === 'discord') return /\/channels\/(\d+)\/messages$/.exec(url)?.[1];
  return url.endsWith('chat.postMessage') ? (new URLSearchParams(body).get('channel') ?? '') : undefined;
}

/** How long until one more fits into a window that moves with the time. */
function waitIn(
  moments: number[],
  now: number,
  { most, withinMs }: { most: number; withinMs: number },
): number {
  while ((moments[0] ?? Infinity) <= now - withinMs) moments.shift();
  const oldest = moments.at(-most);
  return oldest === undefined ? 0 : oldest + withinMs - now;
}

function refuse(side: Side, response: ServerResponse, seconds: number): void {
  const wait = side === 'slack' ? Math.ceil(seconds) : Number(seconds.toFixed(3));
  const body =
    side === 'slack'
      ? { ok: false, error: 'ratelimited' }
      : { message: 'You are being rate limited.', retry_after: wait, global: true };
  response.writeHead(429, {
    'content-type': 'application/json',
    'retry-after': String(wait),
    ...(side === 'discord' && { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' }),
  });
  response.end(JSON.stringify(body));
}

function pass(
  url: string,
  { request, response, body }: { request: IncomingMessage; response: ServerResponse; body: Buffer },
): void {
  const on = ask(
    url,
    { method: request.method, headers: { ...request.headers, host: new URL(url).host } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  on.on('error', () => response.destroy());
  on.end(body);
}
