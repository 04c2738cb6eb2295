import RssParser from 'rss-parser';

import type { FeedHints } from '../feed-state.ts';
import { readFeed } from './reading/canonical.ts';
import { allowedInXml } from './reading/escape.ts';
import { decode } from './reading/decode.ts';
import { present, type FeedDocument, type FeedHeader, type ItemEntry } from './reading/feed-document.ts';
import { isJson, readJsonFeed } from './reading/json-feed.ts';
import { toRss } from './reading/rss.ts';

/** What came of reading a feed. */
export type Parsed =
  | {
      readonly kind: 'feed';
      readonly feed: FeedHeader;
      readonly hints: FeedHints;
      readonly items: readonly ItemEntry[];
    }
  | { readonly kind: 'failed'; readonly reason: string };

/** What is known of a document besides its bytes: the header of the server, and where it came from in the end. */
export interface About {
  readonly contentType?: string | undefined;
  readonly contentLanguage?: string | undefined;
  readonly url?: string | undefined;
}

/** How rss-parser hands over what the canonical document says. */
interface Read {
  readonly title?: string;
  readonly link?: string;
  readonly guid?: string;
  readonly pubDate?: string;
  readonly author?: string;
  readonly summary?: string;
  readonly updated?: string;
  readonly text?: string;
  readonly origin?: string;
  readonly originUrl?: string;
}

const JUNK_WITHIN = 65_536;
const BINARY_WITHIN = 1024;
const BINARY_SHARE = 0.02;
const FEED_STARTS = /<(?:\?xml|rss[\s>]|(?:[\w.-]{1,32}:)?(?:rdf|feed)[\s>]|channel[\s>])/i;

/**
 * Reads any feed: RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0, CDF, JSON Feed, in any charset, however damaged.
 *
 * Links come out absolute, texts plain (paragraphs on lines of their own), dates in UTC or not at all. All items
 * are given, in the order of the feed.
 *
 * @returns `failed` with a reason meant for people when there is no feed in the bytes; nothing is thrown
 */
export async function parseFeed(bytes: Uint8Array, about: About = {}): Promise<Parsed> {
  if (bytes.length === 0) return failed('the document is empty');
  const source = allowedInXml(withoutJunk(decode(bytes, about.contentType)));
  const document = isJson(source) ? readJsonFeed(source, about.url) : readFeed(source, about.url);
  if (document === undefined) return failed(whatElse(source, bytes));
  const language = document.header.language ?? about.contentLanguage;
  return throughRssParser({ ...document, header: present({ ...document.header, language }) });
}

/** Cuts off what a broken server printed before the feed, such as a warning. */
function withoutJunk(source: string): string {
  const start = source.slice(0, JUNK_WITHIN).search(FEED_STARTS);
  const before = source.slice(0, Math.max(0, start));
  return /^\s*(?:<[!?]|$)/.test(before) || /<html|<!doctype/i.test(before) ? source : source.slice(start);
}

async function throughRssParser(document: FeedDocument): Promise<Parsed> {
  const parser = new RssParser<Pick<FeedHeader, 'language'> & { readonly lastBuildDate?: string }, Read>({
    customFields: { item: ['updated', 'text', 'origin', 'originUrl'] },
  });
  const { title, link, description, language, lastBuildDate, items } = await parser.parseString(
    toRss(document),
  );
  return {
    kind: 'feed',
    feed: present({ title, url: link, language, description, updated: lastBuildDate }),
    hints: document.hints,
    items: items.map(toEntry),
  };
}

function toEntry(item: Read): ItemEntry {
  const { guid, link: url, title, pubDate: published, updated, summary, text: content, author } = item;
  const origin = item.origin ? present({ name: item.origin, url: item.originUrl }) : undefined;
  return present({ guid, url, title, published, updated, summary, content, author, origin });
}

function whatElse(source: string, bytes: Uint8Array): string {
  if (source.trim() === '') return 'the document is empty';
  if (/<html[\s>]|<!doctype html/i.test(source.slice(0, JUNK_WITHIN))) return 'an HTML page, not a feed';
  if (isJson(source)) return 'JSON, but not a JSON Feed';
  if (isBinary(bytes)) return 'a picture or other binary data, not a feed';
  return source.includes('<') ? 'XML, but not a feed' : 'not a feed';
}

/** Tells bytes that hold no text in any encoding of one byte or more a letter by their controls. */
function isBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, BINARY_WITHIN);
  const controls = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length;
  return controls > head.length * BINARY_SHARE;
}

function failed(reason: string): Parsed {
  return { kind: 'failed', reason };
}
