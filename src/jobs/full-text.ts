import type { ReadPage } from '../feeds/article.ts';
import { stoppable } from '../feeds/http.ts';
import { fetchPage, type PageWays } from '../feeds/page.ts';
import type { About } from '../feeds/parse.ts';
import type { Feed, Item, ItemId } from '../model.ts';
import type { Absorber } from './absorb.ts';

/** What it takes to read the pages of articles. */
export interface FullText extends PageWays {
  readonly readPage: (bytes: Uint8Array, about: About) => Promise<ReadPage>;
}

/** A text of fewer characters is a headline or a teaser. */
const TEASER = 300;
/** A visit brings few articles on the topic; more than these would keep its site busy with us. */
const MOST_PAGES = 10;
/** What follows is seldom about the topic, and is not ours to keep. */
const LONGEST_TEXT = 20_000;

/**
 * Finds the items that may be about the topic and of which the feed gives no more than a teaser: those whose pages are worth
 * a visit, at most ten. None where the feed is not to be completed, nor of aggregators: their links lead to themselves.
 */
export function teasersIn(items: readonly Item[], feed: Feed, { match }: Pick<Absorber, 'match'>): Item[] {
  if (feed.fullText === false || feed.source.kind === 'aggregator') return [];
  return items
    .filter(({ text, url }) => text.length < TEASER && url !== undefined)
    .filter((item) => match(item).match.zone !== 'miss')
    .slice(0, MOST_PAGES);
}

/** Fetches the texts of articles. What cannot be had, or says less than the feed, is left out. */
export async function fullTexts(
  items: readonly Item[],
  ways: FullText,
  signal: AbortSignal,
): Promise<Map<ItemId, string>> {
  const fetch = stoppable(ways.fetch, signal);
  const texts = new Map<ItemId, string>();
  for (const { id, url = '', text } of items) {
    if (signal.aborted) break;
    const whole = await textAt(url, { ...ways, fetch });
    if (whole.length > text.length) texts.set(id, whole);
  }
  return texts;
}

async function textAt(url: string, fullText: FullText): Promise<string> {
  const page = await fetchPage(url, fullText);
  if (page.kind === 'none') return '';
  const read = await fullText.readPage(page.body, { contentType: page.contentType, url: page.url });
  return read.kind === 'article' ? read.text.slice(0, LONGEST_TEXT) : '';
}
