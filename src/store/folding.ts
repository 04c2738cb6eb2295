import { randomUUID } from 'node:crypto';
import type { EventId, ItemId, NewsEvent } from '../model.ts';
import type { Queries } from './database.ts';
import { toEvents, type EventRow } from './event-rows.ts';
import { FOREVER } from './schema.ts';
import { joined, list, rows, sql, type Statement } from './engines/sql.ts';
import { written } from './json.ts';
import { findSetting, saveSetting } from './settings.ts';

/** Keys in one statement, far below the limits of both engines. */
const MOST_KEYS = 500;

/** Notes items that are about a topic and have yet to be folded into events. Belongs in the transaction that stores them. */
export async function addPendingItems(db: Queries, topic: string, items: readonly ItemId[]): Promise<void> {
  if (items.length === 0) return;
  await db.query(sql`
    insert into pending_item (topic, item)
    values ${rows(items.map((item) => [topic, item]))}
    on conflict do nothing
  `);
}

/** Items that have yet to be folded, in the order of their publication; those without a date last. */
export async function findPendingItems(db: Queries, topic: string, limit: number): Promise<ItemId[]> {
  const found = await db.query<{ item: ItemId }>(sql`
    select pending_item.item
    from pending_item
    join item on item.id = pending_item.item
    where topic = ${topic}
    order by coalesce(published, ${FOREVER}), pending_item.item
    limit ${limit}
  `);
  return found.map(({ item }) => item);
}

/**
 * Takes items off the list to fold them, in the transaction that stores what comes of it. Until that transaction ends,
 * nobody else folds items of the topic: two processes could make one event twice.
 *
 * @returns those that nobody else has folded meanwhile
 */
export async function takePendingItems(
  tx: Queries,
  topic: string,
  items: readonly ItemId[],
): Promise<Set<ItemId>> {
  await lockFolding(tx, topic);
  const taken = await tx.query<{ item: ItemId }>(sql`
    delete from pending_item
    where topic = ${topic} and item in (${list(items)})
    returning item
  `);
  return new Set(taken.map(({ item }) => item));
}

/**
 * Keeps everybody else from changing the events of a topic until the transaction ends, and marks that they may have changed
 * in it: see `foldingMark`.
 */
export async function lockFolding(tx: Queries, topic: string): Promise<void> {
  await saveSetting(tx, foldingKey(topic), randomUUID());
}

/** A text that is another one after every transaction that locked the folding of a topic; `undefined` before the first. */
export async function foldingMark(db: Queries, topic: string): Promise<string | undefined> {
  return findSetting<string>(db, foldingKey(topic));
}

/**
 * As `lockFolding`, but only where nobody has changed the events of the topic since the mark was read.
 *
 * @returns whether that is so
 */
export async function lockUnchanged(tx: Queries, topic: string, mark: string | undefined): Promise<boolean> {
  const key = foldingKey(topic);
  const next = written(randomUUID());
  const [row] =
    mark === undefined
      ? await tx.query(sql`
          insert into setting (key, value)
          values (${key}, ${next})
          on conflict (key) do nothing
          returning key
        `)
      : await tx.query(sql`
          update setting
          set value = ${next}
          where key = ${key} and value = ${written(mark)}
          returning key
        `);
  return row !== undefined;
}

function foldingKey(topic: string): string {
  return `folding ${topic}`;
}

/** Sets the keys under which an event is found again as a candidate for folding. */
export async function saveEventKeys(db: Queries, event: EventId, keys: readonly string[]): Promise<void> {
  const known = await db.query<{ key: string }>(sql`select key from event_key where event = ${event}`);
  const [before, now] = [new Set(known.map(({ key }) => key)), new Set(keys)];
  const gone = [...before.difference(now)];
  const fresh = [...now.difference(before)];
  for (const part of inParts(gone)) {
    await db.query(sql`delete from event_key where event = ${event} and key in (${list(part)})`);
  }
  for (const part of inParts(fresh)) {
    await db.query(sql`
      insert into event_key (key, event)
      values ${rows(part.map((key) => [key, event]))}
      on conflict do nothing
    `);
  }
}

/** Which events of a topic are looked for by their keys. */
export interface ClueSearch {
  readonly topic: string;
  /** All events with one of the `keys`, and those with most of the `pairs` of each. */
  readonly clues: readonly { readonly keys: readonly string[]; readonly pairs: readonly string[] }[];
  /** Of the events with one pair the `ofPair` with the latest ids are looked at, and `inAll` of these found for each clue. */
  readonly reach: { readonly ofPair: number; readonly inAll: number };
}

/** The events that some clues lead to, as they are now; oldest id first. */
export async function findEventsByClues(
  db: Queries,
  { topic, clues, reach }: ClueSearch,
): Promise<NewsEvent[]> {
  const ids = new Set<EventId>();
  const note = (found: readonly { event: EventId }[]) => found.forEach(({ event }) => ids.add(event));
  for (const part of inParts([...new Set(clues.flatMap(({ keys }) => keys))])) {
    note(await db.query(sql`select distinct event from event_key where key in (${list(part)})`));
  }
  for (const { pairs } of clues) if (pairs.length > 0) note(await db.query(closest(pairs, reach)));
  const events: NewsEvent[] = [];
  for (const part of inParts([...ids].toSorted())) {
    const found = await db.query<EventRow>(sql`
      select id, value
      from event
      where topic = ${topic} and until = ${FOREVER} and id in (${list(part)})
      order by id
    `);
    events.push(...(await toEvents(db, found, { current: true })));
  }
  return events;
}

/** Reads no more of each pair than can matter: some pairs of facts are shared by half of what is stored. */
function closest(pairs: readonly string[], { ofPair, inAll }: ClueSearch['reach']): Statement {
  const latest = pairs.map(
    (pair) => sql`
      select event
      from (select event from event_key where key = ${pair} order by event desc limit ${ofPair}) as of_pair
    `,
  );
  return sql`
    select event
    from (${joined(latest, ' union all ')}) as shared
    group by event
    order by count(*) desc, event
    limit ${inAll}
  `;
}

function inParts<Value>(values: readonly Value[]): Value[][] {
  return Array.from({ length: Math.ceil(values.length / MOST_KEYS) }, (_, index) =>
    values.slice(index * MOST_KEYS, (index + 1) * MOST_KEYS),
  );
}
