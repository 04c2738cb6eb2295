import { z } from 'zod';

import { parseFeedDate } from './feed-dates.ts';
import { present, type FeedDocument, type ItemEntry } from './feed-document.ts';
import { foldBlanks, htmlToLine, htmlToText } from './html-text.ts';
import { absoluteLink } from './links.ts';

/** Numbers stand for text in the wild; anything else in a field of text is passed over. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);
const author = z.object({ name: text }).optional().catch(undefined);

const JsonItem = z.object({
  id: text,
  url: text,
  external_url: text,
  title: text,
  summary: text,
  content_text: text,
  content_html: text,
  date_published: text,
  date_modified: text,
  author,
  authors: z.array(author).optional().catch(undefined),
});

const JsonFeed = z.object({
  version: text,
  title: text,
  home_page_url: text,
  description: text,
  language: text,
  items: z.array(z.unknown()).default([]),
});

/** Tells whether a text can only be JSON. */
export function isJson(source: string): boolean {
  return /^\s*\{/.test(source);
}

/**
 * Reads a JSON Feed 1.0 or 1.1. Items that are no objects are left out.
 *
 * @returns `undefined` when the text is no JSON, or other JSON than a feed
 */
export function readJsonFeed(source: string, base?: string): FeedDocument | undefined {
  const feed = JsonFeed.safeParse(jsonIn(source));
  if (!feed.success || !isFeed(feed.data)) return undefined;
  const { title, home_page_url: url, description, language, items } = feed.data;
  return {
    header: present({
      title: title && htmlToLine(title),
      url,
      description: description && htmlToText(description),
      language,
    }),
    hints: {},
    items: items.flatMap((item) => entryOf(item, url ?? base)),
  };
}

function isFeed({ version, items }: z.infer<typeof JsonFeed>): boolean {
  return version?.includes('jsonfeed.org') === true || items.length > 0;
}

function entryOf(value: unknown, base: string | undefined): ItemEntry[] {
  const item = JsonItem.safeParse(value);
  if (!item.success) return [];
  const { id, url, external_url: external, title, summary, authors, author: single } = item.data;
  const {
    content_text: plain,
    content_html: html,
    date_published: published,
    date_modified: updated,
  } = item.data;
  const link = url ?? external;
  return [
    present({
      guid: id,
      url: link === undefined ? undefined : absoluteLink(link, base),
      title: title === undefined ? undefined : htmlToLine(title),
      published: dateIn(published),
      updated: dateIn(updated),
      summary: summary === undefined ? undefined : foldBlanks(summary),
      content: html === undefined ? plain && foldBlanks(plain) : htmlToText(html),
      author: single?.name ?? authors?.[0]?.name,
    }),
  ];
}

function dateIn(value: string | undefined): string | undefined {
  return value === undefined ? undefined : parseFeedDate(value)?.toISOString();
}

function jsonIn(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
