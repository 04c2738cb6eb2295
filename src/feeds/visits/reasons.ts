import type { Answer } from '../http.ts';
import { wallIn, type Wall } from './walls.ts';

const COPY_STATUSES = new Set([200, 203, 226]);

const REASONS: Readonly<Record<number, string>> = {
  204: 'the server answered with nothing at all',
  304: 'the server says "not changed" although it was asked for everything',
  401: 'the server wants a password (401)',
  402: 'the server wants to be paid (402)',
  403: 'the server refuses us (403)',
  404: 'there is nothing at this address (404)',
  406: 'the server does not offer what we read (406)',
  429: 'the server says that we come too often (429)',
  451: 'the server may not show it, for legal reasons (451)',
  500: 'the server has a fault of its own (500)',
  502: 'the server behind the server does not answer (502)',
  503: 'the server is out of service for now (503)',
  504: 'the server behind the server is too slow (504)',
};

const WALL_REASONS: Readonly<Record<Wall, string>> = {
  challenge: 'a test for robots stands in the way',
  login: 'a login stands in the way',
  page: 'a web page came instead of a feed',
};

/** Says why an answer cannot be taken for the feed, and what stands in its way; `undefined` when it may be one. */
export function reasonAgainst(answer: Answer): { reason: string; wall?: Wall } | undefined {
  const { status, bytes, whole } = answer;
  const wall = wallIn(answer);
  if (!COPY_STATUSES.has(status)) {
    const reason = REASONS[status] ?? `the server answered with status ${status}`;
    return wall === undefined || wall === 'page'
      ? { reason }
      : { reason: `${reason}: ${WALL_REASONS[wall]}`, wall };
  }
  if (wall !== undefined) return { reason: WALL_REASONS[wall], wall };
  if (bytes.every((byte) => byte <= 0x20)) return { reason: 'the answer is empty' };
  return whole || endsWhole(bytes)
    ? undefined
    : { reason: `the answer broke off after ${bytes.length} bytes` };
}

/** Some servers announce more bytes than they have; what ends like a whole feed is one. */
function endsWhole(bytes: Uint8Array): boolean {
  const end = Buffer.from(bytes.subarray(-200)).toString('latin1').replaceAll('\0', '');
  return /(?:<\/(?:\w+:)?(?:rss|feed|rdf)\s*>|\})\s*$/i.test(end);
}
