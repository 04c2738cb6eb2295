import type { Config } from '../config.ts';
import { makePoliteQueue, type PoliteQueue } from '../feeds/due.ts';
import { type GuardedFetch, makeGuardedFetch, stoppable } from '../feeds/http.ts';
import type { About, Parsed } from '../feeds/parse.ts';
import { makeParsers } from '../feeds/parsers.ts';
import { makeRobotsCheck } from '../feeds/visits/robots.ts';
import type { SourceTools } from '../source-tools.ts';
import type { Clock } from '../time.ts';
import type { FullText } from './full-text.ts';
import { makeSourceTools } from './sources.ts';

const AGENT = 'Tumen';
const VERSION = '0.1.0';

/** The web as the settings let us use it. */
export interface Web {
  readonly fetch: GuardedFetch;
  readonly queue: PoliteQueue;
  readonly parse: (bytes: Uint8Array, about?: About) => Promise<Parsed>;
  /** Absent where the pages of articles are left alone. */
  readonly fullText?: FullText;
  readonly tools: SourceTools;
  /** Lets go of all connections, and stops what is being read. */
  close(): Promise<void>;
}

export type WebConfig = Pick<Config, 'CONTACT' | 'FULL_TEXT' | 'FEEDS_PROXY' | 'FEEDS_ALLOW_LOOPBACK'>;

/**
 * Opens the way to the web.
 *
 * @param ways.subscribers - how many subscriptions live on what is fetched, told to publishers
 * @param ways.signal - once aborted, whatever is still being fetched ends without an answer
 */
export function openWeb(
  config: WebConfig,
  ways: { readonly clock: Clock; readonly subscribers?: () => number; readonly signal?: AbortSignal },
): Web {
  const guarded = makeGuardedFetch({
    userAgent: `${AGENT}/${VERSION}`,
    contact: config.CONTACT,
    subscribers: ways.subscribers,
    proxy: config.FEEDS_PROXY,
    allowLoopback: config.FEEDS_ALLOW_LOOPBACK === 'on',
  });
  const fetch = ways.signal === undefined ? guarded : stoppable(guarded, ways.signal);
  const queue = makePoliteQueue();
  const parsers = makeParsers();
  const parse: Web['parse'] = (bytes, about) => parsers.parse(bytes, about);
  const readPage: FullText['readPage'] = (bytes, about) => parsers.readPage(bytes, about);
  const mayFetch = makeRobotsCheck(AGENT, { fetch, queue }, ways.clock);
  return {
    fetch,
    queue,
    parse,
    ...(config.FULL_TEXT === 'on' ? { fullText: { fetch, queue, mayFetch, readPage } } : {}),
    tools: makeSourceTools({ fetch, parse }, ways.clock),
    async close() {
      await fetch.close();
      await parsers.close();
    },
  };
}
