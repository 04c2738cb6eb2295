import type { Citation, Claim, EventId, ItemId, NewsEvent, Signature } from '../model.ts';
import type { Queries } from './database.ts';
import { list, rows, sql } from './engines/sql.ts';
import { read, written } from './json.ts';
import { FOREVER } from './schema.ts';

/** What a person said of an article: whether it is about the topic. */
export interface Verdict {
  readonly id: string;
  readonly topic: string;
  /** The article, its copies and its earlier versions, as far as they were known then. */
  readonly items: readonly ItemId[];
  readonly label: 'relevant' | 'off';
  readonly at: Date;
  /** Who gave it, as the platform names them. */
  readonly by: string;
  readonly reason: string;
  /** What left which events when it was given. */
  readonly taken: readonly Taken[];
  /** When it was undone; absent while it holds. */
  readonly undone?: Date;
}

/** What an event had of some items. */
export interface Taken {
  readonly event: EventId;
  readonly claims: readonly Claim[];
  readonly citations: readonly Citation[];
  readonly signatures: readonly Signature[];
  /** The titles that the event would have without any verdict that held by then. */
  readonly titles?: NewsEvent['titles'];
}

/** Keys in one statement, far below the limits of both engines. */
const MOST_KEYS = 500;

/** Stores a verdict with the keys of the articles that it holds for. One of the same id gives way. */
export async function saveVerdict(db: Queries, verdict: Verdict, keys: readonly string[]): Promise<void> {
  const { id, topic, at, undone } = verdict;
  await db.query(sql`
    insert into verdict (id, topic, moment, undone, value)
    values (${id}, ${topic}, ${at.getTime()}, ${undone?.getTime() ?? null}, ${written(verdict)})
    on conflict (id) do update
    set undone = excluded.undone, value = excluded.value
  `);
  if (keys.length === 0) return;
  await db.query(sql`
    insert into verdict_key (key, verdict)
    values ${rows(keys.map((key) => [key, id]))}
    on conflict do nothing
  `);
}

/** A verdict by its id, whether it holds or was undone. */
export async function findVerdict(db: Queries, id: string): Promise<Verdict | undefined> {
  const [row] = await db.query<{ value: string }>(sql`select value from verdict where id = ${id}`);
  return row === undefined ? undefined : (read(row.value) as Verdict);
}

/** The verdicts on a topic that hold, the earliest first. */
export async function findVerdicts(db: Queries, topic: string): Promise<Verdict[]> {
  const found = await db.query<{ value: string }>(sql`
    select value
    from verdict
    where topic = ${topic} and undone is null
    order by moment, id
  `);
  return found.map(({ value }) => read(value) as Verdict);
}

/** The verdict that holds for each key; the latest where there are several. Keys without one are absent. */
export async function findVerdictsByKeys(
  db: Queries,
  topic: string,
  keys: readonly string[],
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (let start = 0; start < keys.length; start += MOST_KEYS) {
    const found = await db.query<{ key: string; value: string }>(sql`
      select key, value
      from verdict_key
      join verdict on verdict.id = verdict_key.verdict
      where key in (${list(keys.slice(start, start + MOST_KEYS))}) and topic = ${topic} and undone is null
      order by moment, id
    `);
    for (const { key, value } of found) verdicts.set(key, read(value) as Verdict);
  }
  return verdicts;
}

/** An item with its original, all copies of that, and their earlier and later versions; and the keys that lead to them. */
export async function findFamily(db: Queries, item: ItemId): Promise<{ items: ItemId[]; keys: string[] }> {
  const family = await db.query<{ id: ItemId }>(sql`
    with recursive family(id) as (
      select id from item where id = ${item}
      union
      select link.other
      from family
      join (
        select item as one, original as other from copy
        union all
        select original, item from copy
        union all
        select id, replaces from item where replaces is not null
        union all
        select replaces, id from item where replaces is not null
      ) as link on link.one = family.id
    )
    select id from family order by id
  `);
  const items = family.map(({ id }) => id);
  const keys = await db.query<{ key: string }>(
    sql`select distinct key from item_key where item in (${list(items)}) order by key`,
  );
  return { items, keys: [...keys.map(({ key }) => key), ...items.map(itemKey)] };
}

/** The ids of the events that cite any of some items, or hold claims of theirs. */
export async function findEventsOfItems(db: Queries, items: readonly ItemId[]): Promise<EventId[]> {
  const found = await db.query<{ event: EventId }>(sql`
    select event from citation where item in (${list(items)}) and until = ${FOREVER}
    union
    select event from claim where item in (${list(items)}) and until = ${FOREVER}
    order by event
  `);
  return found.map(({ event }) => event);
}

/** The key by which a verdict is found from an item, or from a copy of it. */
export function itemKey(item: ItemId): string {
  return `item:${item}`;
}
