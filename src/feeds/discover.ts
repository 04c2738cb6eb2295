import { Parser } from 'htmlparser2';

import { htmlToLine } from './reading/html-text.ts';
import { resolveUrl } from './reading/links.ts';

/** A feed that a web page names. */
export interface DiscoveredFeed {
  readonly url: string;
  readonly title?: string;
  /** Whether the page declares it as its feed, or only links to something that looks like one. */
  readonly declared: boolean;
}

const FEED_TYPE = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)$|^application\/json$/i;
const FEED_ADDRESS =
  /(?:[/.](?:rss|atom|feed|feeds)(?:\d|\.xml|\.php|\.json)?\/?|\.rdf|\/index\.xml)(?:\?.*)?$/i;
const MOST_FEEDS = 20;

/**
 * Finds the feeds of a web page: those that it declares, then links that look like feeds.
 *
 * @param address - where the page came from
 * @returns at most 20, declared ones first, none twice
 */
export function discoverFeeds(html: string, address: string): DiscoveredFeed[] {
  const found = new Map<string, DiscoveredFeed>();
  let base = address;
  const add = (href: string, declared: boolean, title?: string) => {
    const url = resolveUrl(href, base);
    if (!/^https?:/.test(url) || (found.has(url) && !declared)) return;
    found.set(url, { url, declared, ...(title ? { title: htmlToLine(title) } : {}) });
  };
  const parser = new Parser({
    onopentag(name, { href, rel = '', type = '', title }) {
      if (href === undefined) return;
      if (name === 'base') base = resolveUrl(href, address);
      else if (name === 'link' && /\balternate\b/i.test(rel) && FEED_TYPE.test(type)) add(href, true, title);
      else if (name === 'a' && FEED_ADDRESS.test(href)) add(href, false, title);
    },
  });
  parser.end(html);
  return [...found.values()].toSorted((a, b) => Number(b.declared) - Number(a.declared)).slice(0, MOST_FEEDS);
}
