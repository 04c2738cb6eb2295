import { parseFeed, type Parsed } from '../src/feeds/parse.ts';

export type FeedRead = Extract<Parsed, { kind: 'feed' }>;

/** An item as `parseFeed` gives it. */
export type Entry = FeedRead['items'][number];

/** The moment at which all of these were published. */
export const DATE = '2024-11-05T09:00:00.000Z';
/** An RSS item: title A, link http://e.example/a, guid g1. */
export const ITEM =
  '<item><title>A</title><link>http://e.example/a</link><guid>g1</guid><pubDate>Tue, 05 Nov 2024 09:00:00 GMT</pubDate><description>d</description></item>';
/** An Atom entry of the same article: id urn:a. */
export const ENTRY =
  '<entry><title>A</title><id>urn:a</id><link href="http://e.example/a"/><updated>2024-11-05T09:00:00Z</updated><summary>s</summary></entry>';

/** An RSS 2.0 feed as a well-behaved publisher writes it. */
export function rss(items: string, attributes = '', doctype = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${doctype}<rss version="2.0" ${attributes}><channel><title>T</title><link>http://e.example/</link><description>d</description>${items}</channel></rss>`;
}

/** An Atom 1.0 feed, likewise. */
export function atom(entries: string, attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>T</title><id>urn:x</id><updated>2024-11-05T09:00:00Z</updated><link href="http://e.example/"/>${entries}</feed>`;
}

/** Reads a feed that can be read. */
export async function read(text: string, url?: string): Promise<FeedRead> {
  const parsed = await parseFeed(Buffer.from(text), { contentType: 'application/xml; charset=utf-8', url });
  if (parsed.kind === 'failed') throw new Error(parsed.reason);
  return parsed;
}

/** Its first item. */
export async function firstItem(text: string, url?: string): Promise<Entry> {
  const { items } = await read(text, url);
  return items[0] ?? {};
}
