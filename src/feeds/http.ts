import { request, type Dispatcher } from 'undici';
import { hostOf, portOf, webAddress } from './web/address.ts';
import { drop, readBody, readExplanation, type Body, type BodyLimits } from './web/body.ts';
import { makeConnections, type ConnectOptions, type Connections } from './web/connect.ts';
import { Fault, faultOf, type FaultCode } from './web/faults.ts';
import { isRedirect, nextAddress, type Hop } from './web/redirects.ts';

/** How the guarded client presents itself, and what it may reach. */
export interface FetchOptions extends ConnectOptions {
  /** Name and version: `Tumen/0.1.0`. */
  readonly userAgent: string;
  /** A web or mail address that publishers can turn to. */
  readonly contact?: string | undefined;
  /** How many subscriptions live on what is fetched; publishers count readers by it. */
  readonly subscribers?: (() => number) | undefined;
}

export interface Limits extends BodyLimits {
  /** For everything together: connections, redirects, headers, body. */
  readonly milliseconds: number;
}

export interface FetchRequest {
  /** Headers for the address that is asked now: what belongs to one address is not sent to the next. */
  readonly headersFor?: (address: string) => Readonly<Record<string, string>>;
  /** Posted as a form. Goes on to another address only where a redirect says that it should (307, 308). */
  readonly form?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
}

/** What came back, whatever its status. */
export interface Answer extends Body {
  readonly kind: 'answer';
  readonly status: number;
  /** Names in lower case; values of a repeated header joined with a comma. */
  readonly headers: Headers;
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly hops: readonly Hop[];
}

export type Headers = Readonly<Record<string, string>>;

export interface NoAnswer {
  readonly kind: 'none';
  readonly code: FaultCode;
  /** A sentence without a full stop. */
  readonly reason: string;
}

/**
 * Asks the web for one address. Never throws for what a server, a network or an address may do wrong.
 * No private network is reached, no body is unbounded, and it always ends in time.
 */
export interface GuardedFetch {
  (address: string, request?: FetchRequest): Promise<Answer | NoAnswer>;
  /** Lets go of all connections. */
  close(): Promise<void>;
}

const DEFAULT_LIMITS: Limits = {
  compressedBytes: 5 * 1024 * 1024,
  bytes: 15 * 1024 * 1024,
  patienceMs: 5000,
  milliseconds: 25_000,
};

/** Makes the one client through which everything from the web comes. */
export function makeGuardedFetch(options: FetchOptions): GuardedFetch {
  const connections = makeConnections(options);
  const fetch = async (address: string, asked: FetchRequest = {}): Promise<Answer | NoAnswer> => {
    const limits = { ...DEFAULT_LIMITS, ...asked.limits };
    const deadline = new AbortController();
    const late = new Fault('late', `no whole answer within ${limits.milliseconds / 1000} s`);
    const timer = setTimeout(() => deadline.abort(late), limits.milliseconds);
    const signals = asked.signal === undefined ? [deadline.signal] : [deadline.signal, asked.signal];
    const errand = { options, connections, limits, signal: AbortSignal.any(signals), form: asked.form };
    try {
      return await follow(address, errand, asked.headersFor);
    } catch (error) {
      const { code, message } = faultOf(error, URL.parse(address)?.host ?? 'the server');
      return { kind: 'none', code, reason: message };
    } finally {
      clearTimeout(timer);
    }
  };
  return Object.assign(fetch, { close: () => connections.dispatcher.destroy() });
}

/** The same client for a while: once `signal` is aborted, whatever is still asked for through it ends without an answer. */
export function stoppable(fetch: GuardedFetch, signal: AbortSignal): GuardedFetch {
  const asking = (address: string, asked: FetchRequest = {}) => fetch(address, { ...asked, signal });
  return Object.assign(asking, { close: () => fetch.close() });
}

interface Errand {
  readonly options: FetchOptions;
  readonly connections: Connections;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly form: FetchRequest['form'];
}

async function follow(
  address: string,
  errand: Errand,
  headersFor: FetchRequest['headersFor'],
): Promise<Answer> {
  const rules = { anyPort: errand.options.allowLoopback === true };
  const { start, credentials } = splitCredentials(webAddress(address, rules));
  const hops: Hop[] = [];
  let url = start;
  for (;;) {
    const secret = url.origin === start.origin ? credentials : {};
    const headers = { ...ownHeaders(errand.options), ...secret, ...headersFor?.(url.href) };
    const response = await ask(url, headers, errand);
    const { location, 'retry-after': retryAfter } = response.headers;
    if (!isRedirect(response.status, location) || (errand.form !== undefined && response.status < 307)) {
      const body = await bodyOf(response, errand.limits);
      return {
        kind: 'answer',
        status: response.status,
        headers: response.headers,
        url: url.href,
        hops,
        ...body,
      };
    }
    drop(response.stream);
    const next = nextAddress(url, location, hops, rules);
    const waits = retryAfter === undefined ? {} : { retryAfter };
    hops.push({ status: response.status, from: url.href, to: next.href, ...waits });
    url = next;
  }
}

/** Takes user and password out of an address and into the header that is made for them. */
function splitCredentials(address: URL): { start: URL; credentials: Headers } {
  const start = new URL(address);
  start.hash = '';
  start.username = '';
  start.password = '';
  if (address.username === '' && address.password === '') return { start, credentials: {} };
  const pair = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
  return { start, credentials: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}

function ownHeaders({ userAgent, contact, subscribers }: FetchOptions): Headers {
  const details = [
    ...(contact === undefined ? [] : [`+${contact}`]),
    ...(subscribers === undefined ? [] : [`${subscribers()} subscribers`]),
  ];
  return {
    'user-agent': details.length === 0 ? userAgent : `${userAgent} (${details.join('; ')})`,
    'accept-encoding': 'gzip, br, zstd',
  };
}

interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly stream: Dispatcher.ResponseData['body'];
}

async function ask(url: URL, headers: Headers, { connections, signal, form }: Errand): Promise<Response> {
  const shownHost = portOf(url) === 443 || portOf(url) === 80 ? hostOf(url) : url.host;
  try {
    await connections.vet(url);
    signal.throwIfAborted();
    const { dispatcher } = connections;
    const response = await request(url, { dispatcher, signal, ...posted(headers, form) });
    return { status: response.statusCode, headers: plain(response.headers), stream: response.body };
  } catch (error) {
    throw faultOf(error, shownHost);
  }
}

function posted(
  headers: Headers,
  form: FetchRequest['form'],
): Pick<Dispatcher.RequestOptions, 'method' | 'headers' | 'body'> {
  if (form === undefined) return { method: 'GET', headers };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', headers: { ...headers, ...type }, body: new URLSearchParams(form).toString() };
}

function plain(headers: Dispatcher.ResponseData['headers']): Headers {
  const entries = Object.entries(headers).map(([name, value]) => {
    return [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : (value ?? '')];
  });
  return Object.fromEntries(entries) as Headers;
}

async function bodyOf({ status, headers, stream }: Response, limits: Limits): Promise<Body> {
  const codings = headers['content-encoding'] ?? '';
  if (status !== 304 && status !== 204) {
    return status >= 200 && status < 300
      ? readBody(stream, codings, limits)
      : readExplanation(stream, codings, limits.patienceMs);
  }
  drop(stream);
  return { bytes: new Uint8Array(), wireBytes: 0, whole: true };
}
