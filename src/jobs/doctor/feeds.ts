import { coverageOf } from '../../../digests/coverage.ts';
import type { Check } from '../../check.ts';
import type { Feed } from '../../model.ts';
import type { SourceTools } from '../../source-tools.ts';
import type { Database } from '../../store/database.ts';
import { findFeedStates } from '../../store/feeds.ts';
import { watchedFeeds } from '../../store/own-feeds.ts';

/** So many feeds are tried now. */
const TRIED = 3;
/** Some publishers always fail; more than this part of them is no accident. */
const MOST_FAILING = 0.25;
const MOST_NAMED = 10;
const area = 'feeds';

/** Looks at how the last visits to feeds went, and tries a few. */
export async function* examineFeeds(
  db: Database,
  shipped: readonly Feed[],
  web: SourceTools,
): AsyncGenerator<Check> {
  const feeds = await watchedFeeds(db, shipped);
  const states = await findFeedStates(db);
  yield visitsCheck(coverageOf(feeds, states));
  const tried = feeds.filter(({ id, enabled }) => enabled && states.get(id)?.paused === undefined);
  for (const feed of spread(ofDifferentHosts(tried), TRIED)) yield await trialCheck(feed, web);
}

function visitsCheck({ read, failing }: ReturnType<typeof coverageOf>): Check {
  const what = 'last visits';
  if (read + failing.length === 0)
    return { area, what, state: 'off', finding: 'no feed has been visited yet: start Tumen' };
  const named = failing.slice(0, MOST_NAMED).join(', ') + (failing.length > MOST_NAMED ? ' …' : '');
  const finding = `${read} sources read, ${failing.length} failing${named === '' ? '' : `: ${named}`}`;
  if (failing.length <= (read + failing.length) * MOST_FAILING)
    return { area, what, state: 'sound', finding };
  return { area, what, state: 'broken', finding, advice: 'see /sources health for the reasons' };
}

async function trialCheck(feed: Feed, web: SourceTools): Promise<Check> {
  const tried = await web.tryAddress(feed.url, {});
  const what = feed.id;
  if (tried.kind === 'feed')
    return { area, what, state: 'sound', finding: `answers with ${tried.items} items` };
  const advice = 'see whether this machine reaches the web (FEEDS_PROXY); one feed alone may fail by itself';
  return { area, what, state: 'broken', finding: tried.reason, advice };
}

/** So many of a list, from all along it. */
function spread<Thing>(things: readonly Thing[], count: number): Thing[] {
  const step = Math.max(1, things.length / count);
  return things
    .filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step))
    .slice(0, count);
}

function ofDifferentHosts(feeds: readonly Feed[]): Feed[] {
  const byHost = Map.groupBy(feeds, ({ url }) => URL.parse(url)?.host);
  return [...byHost.values()].flatMap(([first]) => first ?? []);
}
