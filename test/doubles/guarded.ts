import { makeGuardedFetch, type FetchOptions, type GuardedFetch } from '../../src/feeds/http.ts';
import type { Web } from './web.ts';

/** A client that may reach a web of ours, and counts what it asks there. */
export function guardedFor(web: Web, options: Partial<FetchOptions> = {}) {
  const before = web.seen.length;
  const { certificate: certificates } = web;
  const fetch = makeGuardedFetch({ userAgent: 'Tumen/test', allowLoopback: true, certificates, ...options });
  return { fetch, asked: () => web.seen.length - before };
}

/** The body as text; the reason where there is none. */
export function textOf(answer: Awaited<ReturnType<GuardedFetch>>): string {
  return answer.kind === 'answer' ? Buffer.from(answer.bytes).toString() : answer.reason;
}
