import { webAddress } from './address.ts';
import { Fault } from './faults.ts';

/** One redirect that was followed. */
export interface Hop {
  readonly status: number;
  readonly from: string;
  readonly to: string;
  /** The Retry-After header that came with it. */
  readonly retryAfter?: string;
}

const MOST_HOPS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PERMANENT = new Set([301, 308]);

/** Tells whether an answer sends the asker elsewhere. */
export function isRedirect(status: number, location: string | undefined): location is string {
  return REDIRECTS.has(status) && location !== undefined && location.trim() !== '';
}

/**
 * Decides where a redirect leads.
 *
 * @param hops - those followed so far
 * @throws {Fault} after five of them, on a loop, from https down to http, and to what is no web address
 */
export function nextAddress(
  from: URL,
  location: string,
  hops: readonly Hop[],
  options: { anyPort?: boolean } = {},
): URL {
  if (hops.length >= MOST_HOPS) throw new Fault('redirect', `more than ${MOST_HOPS} redirects in a row`);
  const to = webAddress(asUtf8(location), { ...options, base: from });
  to.hash = '';
  if (to.username !== '' || to.password !== '')
    throw new Fault('redirect', 'a redirect that carries a password');
  if (to.href === from.href || hops.some((hop) => hop.from === to.href)) {
    throw new Fault('redirect', 'redirects that run in a circle');
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new Fault('redirect', 'a redirect from https down to http');
  }
  return to;
}

/**
 * The address that a chain of redirects declares to be the new one: the end of its permanent beginning (301, 308).
 * The first passing redirect (302, 303, 307) ends that beginning. `undefined` when the chain does not start permanent.
 */
export function permanentAddress(hops: readonly Hop[]): string | undefined {
  const passing = hops.findIndex((hop) => !PERMANENT.has(hop.status));
  return hops.slice(0, passing === -1 ? hops.length : passing).at(-1)?.to;
}

/** Headers come as bytes, one letter each. Addresses with letters beyond ASCII are sent in UTF-8, or in Latin-1. */
function asUtf8(header: string): string {
  const text = Buffer.from(header, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? header : text;
}
