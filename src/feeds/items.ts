import type { Feed, Item, Source } from '../model.ts';
import { familyOf } from '../publisher.ts';
import type { Arrival } from './arrivals.ts';
import { cleanText } from './clean.ts';
import { isStrong, itemId, itemKeys, type ItemKey } from './identity.ts';
import type { Parsed } from './parse.ts';
import type { ItemEntry } from './reading/feed-document.ts';
import { safeLine } from './reading/safe-text.ts';

const LONGEST_TITLE = 512;
const LONGEST_TEXT = 65_536;
const MOST_ITEMS = 500;
const EARLIEST = Date.UTC(1990, 0, 1);
const MOST_AHEAD_MS = 48 * 3_600_000;

/** The items of a feed, newest first as far as they are dated, at most 500. Entries without title, text and address are left out. */
export function toItems(parsed: Parsed, feed: Feed, seen: Date): Item[] {
  return toArrivals(parsed, feed, seen).map(({ item }) => item);
}

/**
 * The same items with the keys under which they may be known.
 *
 * A guid or an address that stands at several different entries of the feed identifies none of them.
 */
export function toArrivals(parsed: Parsed, feed: Feed, seen: Date): Arrival[] {
  if (parsed.kind === 'failed') return [];
  const language = baseLanguage(feed.language) ?? baseLanguage(parsed.feed.language) ?? 'und';
  const drafts = parsed.items
    .map((entry) => draftOf(entry, { feed, seen, language }))
    .filter(({ item }) => item.title !== '' || item.text !== '' || item.url !== undefined)
    .toSorted((a, b) => (b.item.published?.getTime() ?? 0) - (a.item.published?.getTime() ?? 0))
    .slice(0, MOST_ITEMS);
  const shared = sharedKeys(drafts);
  return drafts.map(({ item, keys: all }) => {
    const keys = all.filter((key) => !shared.has(key));
    return { item: { id: itemId(keys), ...item }, keys };
  });
}

interface Draft {
  readonly item: Omit<Item, 'id'>;
  readonly keys: readonly ItemKey[];
}

function draftOf(entry: ItemEntry, about: { feed: Feed; seen: Date; language: string }): Draft {
  const { feed, seen, language } = about;
  const source = sourceOf(entry, feed);
  const title = titleOf(entry);
  const text = ownText(entry, feed, title);
  const published = publishedOf(entry.published ?? entry.updated, seen);
  const url = entry.url !== undefined && /^https?:\/\//i.test(entry.url) ? entry.url : undefined;
  const identifying = {
    feed: feed.id,
    family: source.family,
    guid: entry.guid,
    url,
    title,
    text,
    ...published,
  };
  return {
    keys: itemKeys(identifying),
    item: {
      feed: feed.id,
      source,
      ...(url === undefined ? {} : { url }),
      title,
      text,
      language,
      ...published,
      seen,
    },
  };
}

/** Keys that several different wordings bear. */
function sharedKeys(drafts: readonly Draft[]): Set<ItemKey> {
  const titles = new Map<ItemKey, string>();
  const shared = new Set<ItemKey>();
  for (const { item, keys } of drafts) {
    for (const key of keys.filter(isStrong)) {
      if ((titles.get(key) ?? item.title) !== item.title) shared.add(key);
      titles.set(key, item.title);
    }
  }
  return shared;
}

function titleOf({ title = '', origin }: ItemEntry): string {
  const line = safeLine(title);
  const ending = origin === undefined ? '' : ` - ${safeLine(origin.name)}`;
  const own = ending !== '' && line.endsWith(ending) ? line.slice(0, -ending.length) : line;
  return cut(own, LONGEST_TITLE);
}

/**
 * A feed whose items have their texts, cleaned. That is the costly part of making items, and so is done where the
 * feed is parsed, away from the main thread.
 */
export function withTexts(parsed: Parsed): Parsed {
  if (parsed.kind === 'failed') return parsed;
  return { ...parsed, items: parsed.items.map((entry) => ({ ...entry, text: textOf(entry) })) };
}

function textOf({ summary = '', content = '' }: ItemEntry): string {
  return cut(cleanText(content.length >= summary.length ? content : summary), LONGEST_TEXT);
}

/** Aggregators list headlines of several houses under one: such a list is no text of the item. */
function ownText(entry: ItemEntry, feed: Feed, title: string): string {
  const text = entry.text ?? textOf(entry);
  const isList = feed.source.kind === 'aggregator' && entry.origin !== undefined && text.startsWith(title);
  return isList ? '' : text;
}

/** The house that wrote it, where an aggregator names one. */
function sourceOf({ origin }: ItemEntry, { source }: Feed): Source {
  if (origin === undefined || source.kind !== 'aggregator') return source;
  const name = safeLine(origin.name);
  return { name, family: familyOf(origin.url) ?? name.toLowerCase(), kind: 'press' };
}

/** A date in the future cannot be right: shortly ahead it is the moment of the visit, far ahead or ages ago there is none. */
function publishedOf(text: string | undefined, seen: Date): Pick<Item, 'published' | 'publishedPrecision'> {
  const moment = Date.parse(text ?? '');
  if (Number.isNaN(moment) || moment < EARLIEST || moment > seen.getTime() + MOST_AHEAD_MS) return {};
  const published = new Date(Math.min(moment, seen.getTime()));
  return text?.endsWith('T00:00:00.000Z') ? { published, publishedPrecision: 'day' } : { published };
}

function baseLanguage(tag: string | undefined): string | undefined {
  const base = /^([a-z]{2,3})(?:-|$)/i.exec(tag?.trim() ?? '')?.[1]?.toLowerCase();
  return base === 'und' ? undefined : base;
}

/** At most so many UTF-16 units, without half a character at the end. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}
