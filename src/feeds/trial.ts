import { decode } from './reading/decode.ts';
import { discoverFeeds } from './discover.ts';
import type { Answer, GuardedFetch } from './http.ts';
import type { About, Parsed } from './parse.ts';
import { ACCEPT } from './poll.ts';
import { wallIn } from './visits/walls.ts';
import { permanentAddress } from './web/redirects.ts';

/** What an address that somebody proposes turned out to be. */
export type Trial =
  | {
      readonly kind: 'feed';
      /** Where the feed is: after permanent redirects, or as the page at the proposed address names it. */
      readonly url: string;
      readonly title?: string;
      readonly language?: string;
      readonly items: number;
      /** When its newest item is dated; absent where none is. */
      readonly newest?: Date;
      /** Whether it can be asked "has it changed?", which spares both sides whole downloads. */
      readonly hasValidators: boolean;
      readonly parsed: Parsed & { readonly kind: 'feed' };
    }
  /** `reason` is a sentence without a full stop. */
  | { readonly kind: 'none'; readonly reason: string };

/** What it takes to try an address. */
export interface TrialWays {
  readonly fetch: GuardedFetch;
  readonly parse: (bytes: Uint8Array, about: About) => Promise<Parsed>;
}

/** So many of the feeds that a page names are tried. */
const MOST_TRIED = 3;
const headersFor = () => ({ accept: ACCEPT });

/** Tries an address once, as a person would who adds it: a feed, or a page that names its feed. Nothing is stored. */
export async function tryFeed(address: string, ways: TrialWays): Promise<Trial> {
  const first = await tryOne(address, ways);
  if (first.trial.kind === 'feed' || first.named.length === 0) return first.trial;
  for (const named of first.named.slice(0, MOST_TRIED)) {
    const { trial } = await tryOne(named, ways);
    if (trial.kind === 'feed') return trial;
  }
  return { kind: 'none', reason: 'a web page, and the feeds that it names cannot be read' };
}

interface Attempt {
  readonly trial: Trial;
  /** The feeds that the page names, when a page came. */
  readonly named: readonly string[];
}

async function tryOne(address: string, { fetch, parse }: TrialWays): Promise<Attempt> {
  const answer = await fetch(address, { headersFor });
  if (answer.kind === 'none') return { trial: answer, named: [] };
  const { status, bytes, url, headers } = answer;
  if (status !== 200) return { trial: none(`the server answered with status ${status}`), named: [] };
  const parsed = await parse(bytes, { contentType: headers['content-type'], url });
  if (parsed.kind === 'feed') return { trial: feedIn(parsed, answer, address), named: [] };
  const named = discoverFeeds(decode(bytes, headers['content-type']), url).map((found) => found.url);
  const isWalled = ['challenge', 'login'].includes(wallIn(answer) ?? '');
  return { trial: none(isWalled ? 'a login or a test for robots stands in the way' : parsed.reason), named };
}

function feedIn(parsed: Parsed & { kind: 'feed' }, { headers, hops }: Answer, address: string): Trial {
  const { feed, items } = parsed;
  const { title, language } = feed;
  const moments = items.map(({ published, updated }) => Date.parse(published ?? updated ?? ''));
  const newest = moments.reduce((a, b) => (b > a ? b : a), 0);
  return {
    kind: 'feed',
    url: permanentAddress(hops) ?? address,
    items: items.length,
    hasValidators: headers['etag'] !== undefined || headers['last-modified'] !== undefined,
    ...(title === undefined ? {} : { title }),
    ...(language === undefined ? {} : { language }),
    parsed,
    ...(newest === 0 ? {} : { newest: new Date(newest) }),
  };
}

function none(reason: string): Trial {
  return { kind: 'none', reason };
}
