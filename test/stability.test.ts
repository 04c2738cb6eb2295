import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addAlias } from '../src/store/aliases.ts';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import type { Item, ItemId } from '../src/model.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { raw } from '../src/store/engines/sql.ts';
import { findEvent, findEvents } from '../src/store/events.ts';
import { addPendingItems, findPendingItems } from '../src/store/folding.ts';
import { absorber, report, reports, stateOf, topic } from './correction-desk.ts';
import { emptyDatabase, engines } from './database.ts';
import { drawFrom } from './random.ts';

/** More of the same happenings, in other languages and on other days; more than one batch of folding. */
const stream: readonly Item[] = [
  ...reports,
  ...['a', 'b', 'c', 'd', 'e'].flatMap((paper, index) => [
    told(`obus-${paper}`, `2024-10-23T1${index}`, 'fr', [
      'Séoul : la Corée du Nord a livré des obus à la Russie',
      'La Corée du Nord a envoyé mardi 200 conteneurs d’obus d’artillerie à la Russie, selon les services de renseignement sud-coréens.',
    ]),
    told(`kursk-${paper}`, `2024-10-28T1${index}`, 'uk', [
      'ГУР: у Курській області загинули 40 північнокорейських солдатів',
      'У Курській області в неділю загинули 40 військових КНДР, повідомило Головне управління розвідки України.',
    ]),
    told(`vertrag-${paper}`, `2024-11-12T1${index}`, 'de', [
      'Nordkorea ratifiziert Vertrag mit Russland',
      'Nordkorea hat am Montag den Vertrag über die strategische Partnerschaft mit Russland ratifiziert, meldete KCNA.',
    ]),
    told(`later-${paper}`, `2024-11-2${index}`, 'en', [
      'North Korea sends more troops to Russia, Seoul says',
      `North Korea sent ${index + 1},000 more soldiers to Russia on Monday, the South Korean spy agency said.`,
    ]),
  ]),
];

function told(id: string, day: string, language: string, [title = '', text = '']: readonly string[]): Item {
  return { ...report(id, day, title, text), language };
}

/** Stores items as one round of visits brings them. */
async function receive(db: Database, items: readonly Item[]): Promise<void> {
  const given = items.map((item) => ({ item, keys: [`url:${item.url}`] }));
  await db.transaction((tx) => absorber.receive(tx, given));
}

function shuffled(items: readonly Item[], seed: number): Item[] {
  const draw = drawFrom(seed);
  return items
    .map((item) => ({ item, place: draw(1_000_000) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

async function eventsOf(items: readonly Item[], db: Promise<Database> = emptyDatabase()) {
  const opened = await db;
  await receive(opened, items);
  await absorber.foldPending(opened);
  return { db: opened, state: await stateOf(opened) };
}

describe.each(await engines())('on %s', (_, open) => {
  test('the items of a round make the same events in whatever order they come', async () => {
    const { state } = await eventsOf(stream, open());
    expect(state.events.length).toBeGreaterThan(4);
    expect(state.events.some(({ citations }) => citations.length > 5)).toBe(true);
    for (const seed of [1, 2, 3]) {
      const db = await open();
      expect((await eventsOf(shuffled(stream, seed), Promise.resolve(db))).state).toEqual(state);
    }
  });

  test('the same items again change nothing, not even the past', async () => {
    const { db, state } = await eventsOf(stream, open());
    const before = await findEvents(db, { topic: topic.id, limit: 100 });
    await receive(db, shuffled(stream, 4));
    expect(await findPendingItems(db, topic.id, 1)).toEqual([]);
    await absorber.foldPending(db);
    expect(await stateOf(db)).toEqual(state);
    expect(await findEvents(db, { topic: topic.id, limit: 100 })).toEqual(before);
  });

  test('a process that dies between two batches is followed by one that ends with the same events', async () => {
    const { state } = await eventsOf(stream);
    const db = await open();
    await receive(db, stream);
    let batches = 0;
    const dying: Database = {
      ...db,
      async transaction(work) {
        if ((batches += 1) > 1) throw new Error('killed');
        return db.transaction(work);
      },
    };
    await expect(absorber.foldPending(dying)).rejects.toThrow('killed');
    expect((await findPendingItems(db, topic.id, 100)).length).toBeGreaterThan(0);
    await makeAbsorber(topic).foldPending(db);
    expect(await stateOf(db)).toEqual(state);
  });
});

test('a batch that dies in the middle leaves nothing of itself', async () => {
  const db = await emptyDatabase();
  await receive(db, stream);
  const before = await findPendingItems(db, topic.id, 100);
  const dying: Database = {
    ...db,
    transaction: (work) =>
      db.transaction(async (tx) => {
        await work(tx);
        throw new Error('killed');
      }),
  };
  await expect(absorber.foldPending(dying)).rejects.toThrow('killed');
  expect(await findPendingItems(db, topic.id, 100)).toEqual(before);
  expect(await findEvents(db, { topic: topic.id, limit: 1 })).toEqual([]);
});

test('stopping and starting between rounds makes the same events as going on', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tumen-rounds-'));
  const byMonth = [...Map.groupBy(stream, ({ seen }) => seen.toISOString().slice(0, 7))].toSorted(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  const whole = await emptyDatabase();
  for (const [, items] of byMonth) {
    await receive(whole, items);
    await absorber.foldPending(whole);
    const db = await openDatabase({ directory });
    await receive(db, shuffled(items, 5));
    await absorber.foldPending(db);
    await db.close();
  }
  const db = await openDatabase({ directory });
  expect(await stateOf(db)).toEqual(await stateOf(whole));
  await db.close();
  await rm(directory, { recursive: true });
});

test('an id that leads to another event is never given to a new one', async () => {
  const { db, state } = await eventsOf(reports.slice(0, 1));
  const id = state.events[0]?.id ?? never();
  const other = await eventsOf(reports.slice(4, 5), Promise.resolve(db));
  const into = other.state.events.find((event) => event.id !== id)?.id ?? never();
  await addAlias(db, { id, event: into, moment: new Date('2024-12-01') });
  await db.query(raw('delete from event_key'));
  await addPendingItems(db, topic.id, ['lantern' as ItemId]);
  await absorber.foldPending(db);
  const made = (await findEvents(db, { topic: topic.id, limit: 10 })).find((event) => event.id !== into);
  expect(made?.citations.map(({ item }) => item)).toEqual(['lantern']);
  expect(made?.id).not.toBe(id);
  expect((await findEvent(db, id))?.id).toBe(into);
});

function never(): never {
  throw new Error('The test is wrong');
}
