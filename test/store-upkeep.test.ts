import { describe, expect, test } from 'vitest';
import { saveEvents } from '../src/store/events.ts';
import { countEventsBy, type Facet } from '../src/store/facets.ts';
import { findItem, saveItems } from '../src/store/items.ts';
import { searchItems } from '../src/store/searching.ts';
import { removeSetting, saveSetting } from '../src/store/settings.ts';
import { sql } from '../src/store/engines/sql.ts';
import { findDamage } from '../src/store/upkeep/damage.ts';
import { compact, forgetTexts, isWorthCompacting } from '../src/store/upkeep/room.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aCitation, aClaim, anEvent, anItem } from './builders.ts';
import { emptyDatabase, engines } from './database.ts';

describe.each(await engines())('on %s', (_, open) => {
  test('old texts are forgotten, with the words that lead to them; titles and newer texts stay', async () => {
    const db = await open();
    const old = anItem({ title: 'A lantern', text: 'An oar.', seen: new Date('2024-01-01T00:00:00Z') });
    const fresh = anItem({ title: 'A lantern', text: 'An oar.', seen: new Date('2024-06-01T00:00:00Z') });
    await saveItems(
      db,
      [old, fresh].map((item) => ({ item, keys: [] })),
    );
    expect(await forgetTexts(db, new Date('2024-05-01T00:00:00Z'))).toBe(1);
    await compact(db);

    expect(await findItem(db, old.id)).toEqual({ ...old, text: '' });
    expect(await searchItems(db, { text: 'oar', limit: 9 })).toMatchObject([{ item: { id: fresh.id } }]);
    expect(await searchItems(db, { text: 'lantern', limit: 9 })).toHaveLength(2);
    expect(await findDamage(db)).toEqual([]);
  });

  test('what is missing from an index is found', async () => {
    const db = await open();
    await saveItems(db, [{ item: anItem(), keys: [] }]);
    await saveEvents(db, [anEvent()]);
    const [row] = await db.query<{ number: number }>(sql`select number from item`);
    await db.query(db.dialect.remove('item_words', [row?.number ?? 0]));

    expect(await findDamage(db)).toEqual(['Of 1 items 0 are in the index of words.']);
  });

  test.each<[Facet, { name: string; count: number }[]]>([
    ['kind', [{ name: 'transfer', count: 2 }]],
    [
      'status',
      [
        { name: 'claimed', count: 1 },
        { name: 'confirmed', count: 1 },
      ],
    ],
    [
      'month',
      [
        { name: '2024-01', count: 1 },
        { name: '2024-10', count: 1 },
      ],
    ],
    [
      'language',
      [
        { name: 'en', count: 2 },
        { name: 'ko', count: 1 },
      ],
    ],
    [
      'place',
      [
        { name: 'rajin', count: 1 },
        { name: 'wonsan', count: 1 },
      ],
    ],
    ['claimant', [{ name: 'rok', count: 2 }]],
    [
      'source',
      [
        { name: 'The Daily Lighthouse', count: 2 },
        { name: 'Deungdae Ilbo', count: 1 },
      ],
    ],
  ])('events are counted by %s', async (facet, counts) => {
    const db = await open();
    const [first, second] = [
      anEvent({ claims: [aClaim(), aClaim()] }),
      anEvent({
        status: 'confirmed',
        when: onDay(parseDay('2024-01-02')),
        places: ['wonsan'],
        citations: [aCitation(), aCitation(), aCitation({ language: 'ko', outlet: 'Deungdae Ilbo' })],
      }),
    ];
    await saveEvents(db, [first, second, anEvent({ kind: 'visit' })]);

    const found = await countEventsBy(db, facet, { topic: 'dprk-russia', kind: 'transfer' });
    expect(found.map(({ name, count }) => ({ name, count }))).toEqual(counts);
  });
});

test('a file is written anew once much of it is empty, and not before', async () => {
  const db = await emptyDatabase();
  expect(await isWorthCompacting(db)).toBe(false);
  await saveSetting(db, 'large', 'x'.repeat(17_000_000));
  expect(await isWorthCompacting(db)).toBe(false);
  await removeSetting(db, 'large');
  expect(await isWorthCompacting(db)).toBe(true);
  await compact(db);

  expect(await isWorthCompacting(db)).toBe(false);
});
