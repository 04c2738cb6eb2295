import { createHash } from 'node:crypto';
import type { FeedState, Validators } from '../feed-state.ts';
import type { Feed } from '../model.ts';
import type { Clock } from '../time.ts';
import type { Answer, GuardedFetch, Headers, NoAnswer } from './http.ts';
import { freshSeconds, retryAfterSeconds } from './visits/freshness.ts';
import { reasonAgainst } from './visits/reasons.ts';
import { wantsWholeCopy } from './visits/rhythm.ts';
import type { Wall } from './visits/walls.ts';
import type { FaultCode } from './web/faults.ts';
import { permanentAddress } from './web/redirects.ts';
import { type HubLinks, hubLinks } from './websub/links.ts';

/** What every visit tells, however it ended. */
interface Visited {
  /** Absent when no answer came. */
  readonly status?: number;
  readonly wireBytes: number;
  readonly milliseconds: number;
  /** What the server asks us to wait at least, from 0 to a day. */
  readonly retryAfterSeconds?: number;
}

/** What every visit tells in which the feed was there. */
interface Found extends Visited {
  readonly status: number;
  /** The address that answered. */
  readonly finalUrl: string;
  /** The address that permanent redirects declare to be the feed's new one. */
  readonly permanentUrl?: string;
  /** To be sent back next time; absent when the server gave none. */
  readonly validators?: Validators;
  /** How long the server declares its answer to be fresh; absent when it does not. */
  readonly freshSeconds?: number;
}

/** A body to be read. */
export interface Copy extends Found {
  readonly kind: 'new';
  readonly body: Uint8Array;
  readonly contentType?: string;
  readonly contentLanguage?: string;
  /** What relative links are relative to. */
  readonly baseUrl: string;
  /** SHA-256 of the body, in hexadecimal. */
  readonly bodyHash: string;
  /** Whether these are only the items that are new since last time (RFC 3229, status 226). */
  readonly partial: boolean;
  /** What the server itself says of a hub, which counts more than what the body says. */
  readonly hubLinks?: HubLinks;
  /** Whether a hub sent it, unasked: nothing was learnt of the publisher's server. */
  readonly pushed?: true;
}

export interface Unchanged extends Found {
  readonly kind: 'unchanged';
  /** Said so (304), or sent the same bytes again. */
  readonly how: 'not-modified' | 'same-body';
}

/** The publisher says that the feed will not come back. */
export interface Gone extends Visited {
  readonly kind: 'gone';
}

export interface Failed extends Visited {
  readonly kind: 'failed';
  /** A sentence without a full stop. */
  readonly reason: string;
  readonly wall?: Wall;
  /** Absent when an answer came. */
  readonly code?: FaultCode;
}

export type Fetched = Copy | Unchanged | Gone | Failed;

/** What we ask for: feeds, and else anything. */
export const ACCEPT = [
  'application/atom+xml, application/rss+xml, application/feed+json',
  'application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.8',
  '*/*;q=0.1',
].join(', ');

/** The address at which a feed is visited: its own, or the one that a proven permanent redirect gave. */
export function addressOf(feed: Feed, state: FeedState): string {
  return state.moved?.from === feed.url ? state.moved.to : feed.url;
}

/**
 * Downloads a feed unless its publisher says that it has not changed.
 *
 * A feed that cannot be had is an everyday matter, so it is returned, not thrown. `afterVisit` draws the conclusions.
 */
export async function fetchFeed(
  feed: Feed,
  state: FeedState,
  fetch: GuardedFetch,
  clock: Clock,
): Promise<Fetched> {
  const start = clock();
  const known = wantsWholeCopy(state, start) ? undefined : state.validators;
  const answer = await fetch(addressOf(feed, state), { headersFor: (url) => headersFor(url, known) });
  const received = clock();
  const milliseconds = received.getTime() - start.getTime();
  return answer.kind === 'none'
    ? noAnswer(answer, milliseconds)
    : judge(answer, { state, received, milliseconds });
}

/** Validators go only to the address that issued them, and as they came; an empty one would mean "none matches". */
function headersFor(url: string, known: Validators | undefined): Headers {
  if (known?.url !== url) return { accept: ACCEPT };
  return {
    accept: ACCEPT,
    ...(known.etag === undefined ? {} : { 'if-none-match': known.etag, 'a-im': 'feed' }),
    ...(known.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified }),
  };
}

function noAnswer({ code, reason }: NoAnswer, milliseconds: number): Failed {
  return { kind: 'failed', code, reason, wireBytes: 0, milliseconds };
}

interface Circumstances {
  readonly state: FeedState;
  readonly received: Date;
  readonly milliseconds: number;
}

function judge(answer: Answer, circumstances: Circumstances): Fetched {
  const { status } = answer;
  const visited = visitedIn(answer, circumstances);
  if (status === 410) return { kind: 'gone', ...visited };
  const found = { ...visited, ...foundIn(answer, circumstances) };
  if (status === 304 && circumstances.state.validators !== undefined) {
    return { kind: 'unchanged', how: 'not-modified', ...found };
  }
  const reason = reasonAgainst(answer);
  if (reason !== undefined) return { kind: 'failed', ...visited, ...reason };
  const bodyHash = createHash('sha256').update(answer.bytes).digest('hex');
  if (bodyHash === circumstances.state.bodyHash) return { kind: 'unchanged', how: 'same-body', ...found };
  return { kind: 'new', ...found, ...copyIn(answer), bodyHash };
}

function visitedIn(answer: Answer, { received, milliseconds }: Circumstances) {
  const { status, wireBytes, headers, hops } = answer;
  const waits = [headers['retry-after'], ...hops.map((hop) => hop.retryAfter)].flatMap((header) => {
    return retryAfterSeconds(header, headers, received) ?? [];
  });
  const wait = waits.length === 0 ? {} : { retryAfterSeconds: Math.max(...waits) };
  return { status, wireBytes, milliseconds, ...wait };
}

function foundIn(answer: Answer, { state, received }: Circumstances) {
  const fresh = freshSeconds(answer.headers, received);
  const permanentUrl = permanentAddress(answer.hops);
  const validators = validatorsIn(answer, state.validators);
  return {
    finalUrl: answer.url,
    ...(permanentUrl === undefined ? {} : { permanentUrl }),
    ...(fresh === undefined ? {} : { freshSeconds: fresh }),
    ...(validators === undefined ? {} : { validators }),
  };
}

/** A 304 brings the old ones up to date (RFC 9111 section 3.2); a body that broke off has none. */
function validatorsIn(answer: Answer, known: Validators | undefined): Validators | undefined {
  const { etag, 'last-modified': lastModified } = answer.headers;
  const given = {
    ...(answer.status === 304 && known?.url === answer.url ? known : {}),
    ...(etag === undefined || etag === '' ? {} : { etag }),
    ...(lastModified === undefined || lastModified === '' ? {} : { lastModified }),
  };
  if (!answer.whole || Object.keys(given).length === 0) return undefined;
  return { ...given, url: answer.url };
}

function copyIn({ headers, url, bytes, status }: Answer) {
  const { 'content-type': contentType, 'content-language': contentLanguage } = headers;
  return {
    body: bytes,
    baseUrl: baseOf(url, headers['content-location']),
    partial: status === 226,
    hubLinks: hubLinks(headers.link, url),
    ...(contentType === undefined ? {} : { contentType }),
    ...(contentLanguage === undefined ? {} : { contentLanguage }),
  };
}

/** Content-Location names the address of what was sent (RFC 9110 section 8.7); believed within one host only. */
function baseOf(url: string, contentLocation: string | undefined): string {
  const location = contentLocation === undefined ? null : URL.parse(contentLocation, url);
  return location !== null && location.origin === new URL(url).origin ? location.href : url;
}
