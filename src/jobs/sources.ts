import type { GuardedFetch } from '../feeds/http.ts';
import { toItems } from '../feeds/items.ts';
import { familyOf } from '../publisher.ts';
import type { Outline } from '../feeds/opml.ts';
import { resumed } from '../feeds/politeness.ts';
import { tryFeed, type TrialWays } from '../feeds/trial.ts';
import type { Feed } from '../model.ts';
import type { SourceTools, SourceWish, Tried } from '../source-tools.ts';
import type { Clock } from '../time.ts';

const SAMPLES = 3;
const LONGEST_ID = 48;

/** Makes the tools with which commands try addresses. */
export function makeSourceTools(
  ways: TrialWays & { readonly fetch: GuardedFetch },
  clock: Clock,
): SourceTools {
  return { tryAddress: (address, wish) => tryAddress(address, wish, { ways, clock }), resumed };
}

async function tryAddress(
  address: string,
  wish: SourceWish,
  { ways, clock }: { readonly ways: TrialWays; readonly clock: Clock },
): Promise<Tried> {
  const trial = await tryFeed(withScheme(address), ways);
  if (trial.kind === 'none') return trial;
  const { parsed, hasValidators, url } = trial;
  const { title, language } = parsed.feed;
  const feed = ownFeed(url, {
    name: wish.name ?? title,
    language: wish.language ?? language?.slice(0, 2).toLowerCase(),
  });
  return {
    kind: 'feed',
    feed,
    items: parsed.items.length,
    withIds: parsed.items.filter(({ guid }) => guid !== undefined).length,
    withDates: parsed.items.filter(({ published, updated }) => (published ?? updated) !== undefined).length,
    hasValidators,
    samples: toItems(parsed, feed, clock()).slice(0, SAMPLES),
  };
}

function withScheme(address: string): string {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`;
}

/** A feed of a list that somebody brings along. */
export function outlinedFeed({ url, title, language }: Outline): Feed {
  return ownFeed(url, { name: title, language: language?.slice(0, 2).toLowerCase() });
}

/** A feed that is in no topic's list: nothing is known of its publisher but its name and its address. */
function ownFeed(url: string, { name, language = 'und' }: SourceWish): Feed {
  const host = new URL(url).hostname.replace(/^www\./, '');
  return {
    id: idOf(url),
    url,
    source: { name: name ?? host, family: familyOf(url) ?? host, kind: 'press' },
    language,
    enabled: true,
    republishes: [],
  };
}

/** The words of an address: `lighthouse-example-world` of `https://www.lighthouse.example/world.xml?key=1`, without what may be secret. */
function idOf(url: string): string {
  const { hostname, pathname } = new URL(url);
  const path = pathname.replace(/\.(?:xml|rss|atom|rdf|json)$/i, '');
  const words = `${hostname.replace(/^www\./, '')}${path}`.toLowerCase().split(/[^\p{L}\d]+/u);
  return words.filter(Boolean).join('-').slice(0, LONGEST_ID).replace(/-$/, '');
}
