import { escapeXml } from './escape.ts';
import type { FeedDocument, ItemEntry } from './feed-document.ts';

/** No field is longer, in UTF-16 units: what follows is left out. */
const LONGEST_FIELD = 65_536;

/**
 * Writes a feed as plain RSS 2.0, of which nothing has to be guessed: absolute links, ISO dates, text without
 * markup. What RSS has no element for stands in elements named `updated`, `text` and `origin`.
 */
export function toRss({ header, items }: FeedDocument): string {
  const channel = [
    element('title', header.title),
    element('link', header.url),
    element('description', header.description),
    element('language', header.language),
    element('lastBuildDate', header.updated),
    ...items.map(itemElement),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>${channel.join('')}</channel></rss>`;
}

function itemElement(item: ItemEntry): string {
  const fields = [
    element('title', item.title),
    element('link', item.url),
    element('guid', item.guid),
    element('pubDate', item.published),
    element('author', item.author),
    element('summary', item.summary),
    element('updated', item.updated),
    element('text', item.content),
    element('origin', item.origin?.name),
    element('originUrl', item.origin?.url),
  ];
  return `<item>${fields.join('')}</item>`;
}

function element(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<${name}>${escapeXml(text.slice(0, LONGEST_FIELD))}</${name}>`;
}
