import type { PoliteQueue } from './due.ts';
import type { Answer, GuardedFetch } from './http.ts';
import type { RobotsCheck } from './visits/robots.ts';
import { quotable } from './web/faults.ts';

/** A web page as it came, or why there is none. */
export type Page =
  | {
      readonly kind: 'page';
      readonly body: Uint8Array;
      readonly contentType?: string;
      /** The address that answered. */
      readonly url: string;
    }
  /** `reason` is a sentence without a full stop; `again` tells whether a later try may go better. */
  | { readonly kind: 'none'; readonly reason: string; readonly again: boolean };

/** What it takes to fetch pages politely; the queue is shared with the visits to feeds. */
export interface PageWays {
  readonly fetch: GuardedFetch;
  readonly mayFetch: RobotsCheck;
  readonly queue: PoliteQueue;
}

const LIMITS = { compressedBytes: 2 * 1024 * 1024, bytes: 6 * 1024 * 1024, milliseconds: 20_000 };
const headersFor = () => ({ accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1' });
const PAGE_TYPE = /^\s*(?:text\/html|application\/xhtml\+xml|text\/plain|$)/i;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Fetches the page of an article: only where robots.txt allows it, in turn with all else that its site is asked for. */
export async function fetchPage(address: string, { fetch, mayFetch, queue }: PageWays): Promise<Page> {
  if (!(await mayFetch(address))) return none('robots.txt asks us not to read it');
  const answer = await queue.add(address, () => fetch(address, { headersFor, limits: LIMITS }));
  return answer.kind === 'none' ? { kind: 'none', reason: answer.reason, again: true } : pageIn(answer);
}

function pageIn(answer: Answer): Page {
  const { status, headers, bytes, url } = answer;
  const contentType = headers['content-type'];
  if (headers['cf-mitigated'] === 'challenge') return none('a test for robots stands in the way');
  if (status !== 200) return none(`the server answered with status ${status}`, PASSING.has(status));
  if (!PAGE_TYPE.test(contentType ?? '')) return none(`it is no page, but ${quotable(contentType ?? '')}`);
  return { kind: 'page', body: bytes, url, ...(contentType === undefined ? {} : { contentType }) };
}

function none(reason: string, again = false): Page {
  return { kind: 'none', reason, again };
}
