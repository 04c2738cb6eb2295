import { setImmediate as pause } from 'node:timers/promises';
import type { Item, ItemId } from '../model.ts';
import { indexed } from './search/analyse.ts';
import type { Queries } from './database.ts';
import type { IndexedWords } from './engines/dialect.ts';
import { ITEMS, toItem, type ItemRow } from './item-rows.ts';
import { findKnownItems } from './known.ts';
import { freeNumbers, fingerprint } from './numbers.ts';
import { list, rows, sql, type Statement } from './engines/sql.ts';
import { noteForms } from './search/words.ts';

/** An item to store, with the keys by which it is known again: its guid, its addresses, its wording. */
export interface NewItem {
  readonly item: Item;
  readonly keys: readonly string[];
  /** The item whose wording it repeats. */
  readonly copyOf?: ItemId;
}

/** An item with its number in the index. */
interface Numbered {
  readonly item: Item;
  readonly number: number;
}

/** Items in one transaction: each costs a wait for the disk, and the index writes less in larger pieces. */
const BATCH = 500;
/** Items written without a pause: more would hold up the rest of the program (9 ms at this size). */
const AT_ONCE = 50;
/** Ids in one statement, far below the limits of both engines. */
const MOST_IDS = 500;

/**
 * Stores items and puts their words into the index. An item that is stored already stays as it is; it only becomes
 * known under further keys. The keys of an item that is replaced lead to the newer version from then on.
 *
 * @returns the ids of those that were new
 */
export async function saveItems(db: Queries, items: readonly NewItem[]): Promise<Set<ItemId>> {
  const saved = new Set<ItemId>();
  for (const batch of inPartsOf(BATCH, distinct(items))) {
    await db.transaction(async (tx) => {
      const fresh: Numbered[] = [];
      for (const part of inPartsOf(AT_ONCE, batch)) {
        fresh.push(...(await savePart(tx, part)));
        await pause();
      }
      await insertWords(tx, fresh);
      // The end of a transaction waits for the disk.
      await pause();
      fresh.forEach(({ item }) => saved.add(item.id));
    });
  }
  return saved;
}

/** One item; `undefined` when there is none of that id. */
export async function findItem(db: Queries, id: ItemId): Promise<Item | undefined> {
  const [item] = await findItems(db, [id]);
  return item;
}

/** Items by their ids, in that order; those that are not stored are left out. */
export async function findItems(db: Queries, ids: readonly ItemId[]): Promise<Item[]> {
  const found = new Map<string, Item>();
  for (const part of inPartsOf(MOST_IDS, ids)) {
    const some = await db.query<ItemRow>(sql`${ITEMS} where item.id in (${list(part)})`);
    some.forEach((row) => found.set(row.id, toItem(row)));
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Items by their numbers in the index, in that order. */
export async function findItemsByNumbers(db: Queries, numbers: readonly number[]): Promise<Item[]> {
  if (numbers.length === 0) return [];
  const found = await db.query<ItemRow & { number: number }>(
    sql`${ITEMS} where item.number in (${list(numbers)})`,
  );
  const byNumber = new Map(found.map((row) => [row.number, toItem(row)]));
  return numbers.flatMap((number) => byNumber.get(number) ?? []);
}

/** The item known under the first of these keys that leads to one, in its newest version. */
export async function findItemByKeys(db: Queries, keys: readonly string[]): Promise<Item | undefined> {
  const known = await findKnownItems(db, keys);
  const [item] = keys.flatMap((key) => known.get(key) ?? []);
  return item === undefined ? undefined : findItem(db, item.id);
}

/** Makes a stored item known under further keys. */
export async function addItemKeys(db: Queries, item: ItemId, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db.query(sql`
    insert into item_key (key, item)
    values ${rows(keys.map((key) => [key, item]))}
    on conflict do nothing
  `);
}

/**
 * Makes the index of items anew.
 *
 * @param progress - hears how many are done
 */
export async function reindexItems(db: Queries, progress: (count: number) => void): Promise<void> {
  let [after, done] = [-1, 0];
  for (;;) {
    const part = await db.query<{ number: number }>(
      sql`select number from item where number > ${after} order by number limit ${AT_ONCE}`,
    );
    const numbers = part.map(({ number }) => number);
    const last = numbers.at(-1);
    if (last === undefined) return;
    await db.transaction((tx) => reindexNumbers(tx, numbers));
    after = last;
    done += numbers.length;
    progress(done);
    await pause();
  }
}

/** Puts items into the index as they are now, in the place of what was there. */
export async function reindexNumbers(tx: Queries, numbers: readonly number[]): Promise<void> {
  const items = await tx.query<ItemRow & { number: number }>(
    sql`${ITEMS} where item.number in (${list(numbers)})`,
  );
  await tx.query(tx.dialect.remove('item_words', numbers));
  await insertWords(
    tx,
    items.map((row) => ({ item: toItem(row), number: row.number })),
  );
}

/** Ids of the items whose wording repeats this one's. */
export async function findCopies(db: Queries, original: ItemId): Promise<ItemId[]> {
  const found = await db.query<{ item: ItemId }>(sql`
    select item
    from copy
    where original = ${original}
    order by item
  `);
  return found.map(({ item }) => item);
}

/** How many items are stored. */
export async function countItems(db: Queries): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`select count(*) as count from item`);
  return row?.count ?? 0;
}

/** Stores items beside their words; those that were not stored before come back. */
async function savePart(tx: Queries, batch: readonly NewItem[]): Promise<Numbered[]> {
  const known = await tx.query<{ id: string }>(
    sql`select id from item where id in (${list(batch.map(({ item }) => item.id))})`,
  );
  const knownIds = new Set(known.map(({ id }) => id));
  const fresh = batch.filter(({ item }) => !knownIds.has(item.id));
  if (fresh.length === 0) return [];

  const numbers = await freeNumbers(
    tx,
    'item',
    fresh.map(({ item }) => ({ id: item.id, moment: item.published ?? item.seen })),
  );
  const numbered = fresh.map((one, index) => ({ ...one, number: numbers[index] ?? 0 }));
  await insertSources(tx, fresh);
  const inserted = await tx.query<{ id: ItemId }>(insertion(numbered));
  const insertedIds = new Set(inserted.map(({ id }) => id));
  const saved = numbered.filter(({ item }) => insertedIds.has(item.id));
  await passOnKeys(tx, saved);
  await insertKeys(tx, batch);
  await insertCopies(tx, saved);
  return saved;
}

async function insertSources(tx: Queries, fresh: readonly NewItem[]): Promise<void> {
  const values = [...new Set(fresh.map(({ item }) => JSON.stringify(item.source)))].toSorted();
  await tx.query(sql`
    insert into source (number, value)
    values ${rows(values.map((value) => [fingerprint(value), value]))}
    on conflict do nothing
  `);
}

function insertion(numbered: readonly (NewItem & { readonly number: number })[]): Statement {
  const lines = numbered.map(({ item, number }) => [
    item.id,
    number,
    item.feed ?? null,
    fingerprint(JSON.stringify(item.source)),
    item.url ?? null,
    item.title,
    item.text,
    item.language,
    item.published?.getTime() ?? null,
    item.publishedPrecision ?? null,
    item.seen.getTime(),
    item.replaces ?? null,
  ]);
  return sql`
    insert into item
      (id, number, feed, source, url, title, text, language, published, published_precision, seen, replaces)
    values ${rows(lines)}
    on conflict (id) do nothing
    returning id
  `;
}

/** Makes the keys of older versions lead to the newer one. */
async function passOnKeys(tx: Queries, saved: readonly NewItem[]): Promise<void> {
  for (const { item } of saved) {
    if (item.replaces === undefined) continue;
    await tx.query(sql`
      insert into item_key (key, item)
      select key, ${item.id}
      from item_key
      where item = ${item.replaces}
      on conflict do nothing
    `);
    await tx.query(sql`delete from item_key where item = ${item.replaces}`);
  }
}

async function insertKeys(tx: Queries, saved: readonly NewItem[]): Promise<void> {
  const lines = saved.flatMap(({ item, keys }) => keys.map((key) => [key, item.id]));
  for (const part of inPartsOf(MOST_IDS, lines)) {
    await tx.query(sql`insert into item_key (key, item) values ${rows(part)} on conflict do nothing`);
  }
}

async function insertCopies(tx: Queries, saved: readonly NewItem[]): Promise<void> {
  const lines = saved.flatMap(({ item, copyOf }) => (copyOf === undefined ? [] : [[item.id, copyOf]]));
  if (lines.length === 0) return;
  await tx.query(sql`insert into copy (item, original) values ${rows(lines)} on conflict do nothing`);
}

/** Puts the words of items into the index: all in one go, without other writing between, so that it grows by one piece. */
async function insertWords(tx: Queries, items: readonly Numbered[]): Promise<void> {
  const texts: { readonly language: string; readonly words: string }[] = [];
  let writing = Promise.resolve();
  for (const part of inPartsOf(
    AT_ONCE,
    items.toSorted((a, b) => a.number - b.number),
  )) {
    const words = part.map(({ item, number }) => ({
      language: item.language,
      number,
      title: indexed(item.title),
      text: indexed(item.text),
    }));
    await writing;
    // A server works on these while the next are made ready.
    writing = putWords(tx, words);
    writing.catch(() => undefined);
    texts.push(...words.map(({ language, title, text }) => ({ language, words: `${title} ${text}`.trim() })));
    await pause();
  }
  await writing;
  await tx.archive.noteIndexed(texts.reduce((sum, { words }) => sum + words.length, 0));
  await noteForms(tx, texts);
}

async function putWords(tx: Queries, words: readonly IndexedWords[]): Promise<void> {
  for (const statement of tx.dialect.put('item_words', words)) await tx.query(statement);
}

function distinct(items: readonly NewItem[]): NewItem[] {
  return [...new Map(items.toReversed().map((one) => [one.item.id, one])).values()].toReversed();
}

function inPartsOf<Value>(size: number, values: readonly Value[]): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
