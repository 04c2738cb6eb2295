import { setImmediate as pause } from 'node:timers/promises';
import type { Day, Item, NewsEvent } from '../model.ts';
import { addDays, startOf } from '../time.ts';
import type { Queries } from './database.ts';
import type { Sought } from './engines/dialect.ts';
import { conditionsBesideWords, type EventFilter } from './event-filter.ts';
import { toEvents, type EventRow } from './event-rows.ts';
import { findEvents } from './events.ts';
import { findItemsByNumbers } from './items.ts';
import type { NameLookup } from './search/names.ts';
import { firstNumberAt } from './numbers.ts';
import { sift } from './search/sift.ts';
import { snippetOf, type Snippet } from './search/snippet.ts';
import { sql, type Statement } from './engines/sql.ts';

/** The most characters of a snippet. */
const SNIPPET_ROOM = 240;

/** Snippets made without a pause. */
const SNIPPETS_AT_ONCE = 5;

/** Beyond this many, items are not counted. */
const MOST_COUNTED = 1000;

export interface FoundEvent {
  readonly event: NewsEvent;
  /** From its titles or sentences; absent when only its names fit, or nothing was looked for. */
  readonly snippet?: Snippet;
}

export interface FoundItem {
  readonly item: Item;
  readonly snippet: Snippet;
}

/** Which items to find. What is absent does not narrow the search. */
export interface ItemSearch {
  readonly text: string;
  readonly names?: NameLookup | undefined;
  /** First day of publication, or of fetching where the item has no date; UTC. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly language?: string | undefined;
  readonly limit: number;
  readonly skip?: number | undefined;
}

/** Finds events like `findEvents`, those first whose words fit best, each with the sentence that shows why. */
export async function searchEvents(
  db: Queries,
  filter: EventFilter & { readonly skip?: number | undefined },
): Promise<FoundEvent[]> {
  const { wanted, unwanted } = await sift(db, filter.text ?? '', filter.names);
  if (wanted.length === 0) return unranked(db, filter);
  // Kept apart and first (SQLite takes a cross join in the order written), the index is asked once and not for
  // every event of the stretch.
  const found = await db.query<EventRow>(sql`
    with fitting as materialized (${db.dialect.matching('event_words', { wanted, unwanted })})
    select event.id, event.value
    from (
      select event.id, event.since, score
      from fitting
      cross join event
      where event.number = fitting.number and ${conditionsBesideWords({ ...filter, after: undefined })}
      order by score desc, first_day desc, event.id desc
      limit ${filter.limit}
      offset ${filter.skip ?? 0}
    ) as found
    join event on event.id = found.id and event.since = found.since
    order by found.score desc, event.first_day desc, event.id desc
  `);
  const events = await toEvents(db, found, { current: filter.asOf === undefined });
  return events.map((event) => withSnippet(event, wanted));
}

/** Without words to rank by, the latest come first. */
async function unranked(
  db: Queries,
  { skip = 0, ...filter }: EventFilter & { readonly skip?: number | undefined },
): Promise<FoundEvent[]> {
  const found = await findEvents(db, { ...filter, limit: skip + filter.limit });
  return found.slice(skip).map((event) => ({ event }));
}

/**
 * Finds items by their words, newest first: those that have them in the title, then the others.
 *
 * A large archive is searched without holding up anything else.
 */
export async function searchItems(db: Queries, search: ItemSearch): Promise<FoundItem[]> {
  const { wanted, unwanted, isEmpty } = await sift(db, search.text, search.names);
  if (isEmpty || wanted.length === 0) return [];
  const inTitle = wanted.map((sought) => ({ ...sought, inTitle: true }));
  const most = search.limit + (search.skip ?? 0);
  const first = await newest(db, search, { wanted: inTitle, unwanted, most });
  const others = first.length >= most ? [] : await newest(db, search, { wanted, unwanted, most });
  const numbers = [...new Set([...first, ...others])].slice(search.skip ?? 0, most);
  const items = await findItemsByNumbers(db, numbers);
  const found: FoundItem[] = [];
  for (const item of items) {
    found.push({ item, snippet: snippetOf(item.text === '' ? item.title : item.text, wanted, SNIPPET_ROOM) });
    // Half a millisecond each: a page of them would hold up the rest of the program.
    if (found.length % SNIPPETS_AT_ONCE === 0) await pause();
  }
  return found;
}

/** How many items a search finds, counted as far as 1,000. */
export async function countFoundItems(
  db: Queries,
  search: Omit<ItemSearch, 'limit' | 'skip'>,
): Promise<{ count: number; isMore: boolean }> {
  const { wanted, unwanted } = await sift(db, search.text, search.names);
  if (wanted.length === 0) return { count: 0, isMore: false };
  const numbers = await newest(db, search, { wanted, unwanted, most: MOST_COUNTED + 1 });
  return { count: Math.min(numbers.length, MOST_COUNTED), isMore: numbers.length > MOST_COUNTED };
}

/** Numbers of items grow with their dates, so that the index itself keeps the newest first. */
async function newest(
  db: Queries,
  { from, to, language }: Omit<ItemSearch, 'limit' | 'text'>,
  sifting: { wanted: readonly Sought[]; unwanted: readonly Sought[]; most: number },
): Promise<number[]> {
  const bounds: Statement[] = [
    from === undefined
      ? sql``
      : sql`and found.${db.dialect.numberOfIndex} >= ${firstNumberAt(startOf(from, 'UTC'))}`,
    to === undefined
      ? sql``
      : sql`and found.${db.dialect.numberOfIndex} < ${firstNumberAt(startOf(addDays(to, 1), 'UTC'))}`,
    language === undefined
      ? sql``
      : sql`and exists (select 1 from item where item.number = found.${db.dialect.numberOfIndex} and language = ${language})`,
  ];
  const found = await db.readSlowly<{ number: number }>(
    db.dialect.newest('item_words', sifting, { bounds, most: sifting.most }),
  );
  return found.map(({ number }) => number);
}

function withSnippet(event: NewsEvent, wanted: readonly Sought[]): FoundEvent {
  if (wanted.length === 0) return { event };
  const texts = [
    ...event.claims.map(({ sentence }) => sentence),
    ...event.citations.map(({ title }) => title ?? ''),
    ...Object.values(event.titles),
  ];
  const snippets = texts.map((text) => snippetOf(text, wanted, SNIPPET_ROOM));
  const best = snippets.reduce<Snippet | undefined>(
    (most, one) => (one.marks.length > (most?.marks.length ?? 0) ? one : most),
    undefined,
  );
  return best === undefined ? { event } : { event, snippet: best };
}
