import type { Feed, Source } from '../model.ts';
import { domainOf } from '../publisher.ts';

/** Finds the house behind a page: by what the outlet is called, else by its domain. `undefined` where no feed of the topic is its. */
export type FindPublisher = (page: {
  readonly outlet: string;
  readonly url?: string | undefined;
}) => Source | undefined;

/** Knows the houses whose feeds a topic lists; what an aggregator passes on is not its own. */
export function publishersOf(feeds: readonly Feed[]): FindPublisher {
  const own = feeds.filter(({ source }) => source.kind !== 'aggregator').toReversed();
  const byName = new Map(own.map(({ source }) => [source.name.toLowerCase(), source]));
  const byDomain = new Map(own.map(({ url, source }) => [domainOf(url), source]));
  return ({ outlet, url }) =>
    byName.get(outlet.toLowerCase()) ?? (url === undefined ? undefined : byDomain.get(domainOf(url)));
}
