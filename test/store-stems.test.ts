import { describe, expect, test } from 'vitest';
import type { Queries } from '../src/store/database.ts';
import { raw } from '../src/store/engines/sql.ts';
import { saveItems } from '../src/store/items.ts';
import { renewStems } from '../src/store/search/renew-stems.ts';
import { searchItems } from '../src/store/searching.ts';
import { anItem } from './builders.ts';
import { engines } from './database.ts';

const PART = 500;

describe.each(await engines())('on %s', (_, open) => {
  test('an archive filled under other stems finds all forms once its stems are renewed', async () => {
    const db = await open();
    await fill(db, 'Die Granaten wurden geliefert.');
    await forgetStems(db);
    expect(await searchItems(db, { text: 'liefern', limit: 5 })).toHaveLength(0);

    await renewStems(db, Infinity);

    expect(await searchItems(db, { text: 'liefern', limit: 5 })).toHaveLength(1);
    expect(await searchItems(db, { text: 'Granate', limit: 5 })).toHaveLength(1);
  });

  test('stems are renewed piece by piece, and each word once', async () => {
    const db = await open();
    await renewStems(db, Infinity);
    await fill(db, Array.from({ length: 1200 }, (_word, index) => `wort${letters(index)}ungen`).join(' '));
    await forgetStems(db);
    const [row] = await db.query<{ count: number }>(raw('select count(*) as count from word_form'));

    expect(await renewStems(db, PART)).toBe(PART);
    let read = PART;
    for (let part = PART; part > 0; read += part) part = await renewStems(db, PART);

    // New stems that come later in the order are met once more.
    expect(read).toBeGreaterThanOrEqual(row?.count ?? Infinity);
    expect(await renewStems(db, Infinity)).toBe(0);
    expect(await searchItems(db, { text: `wort${letters(1199)}ung`, limit: 5 })).toHaveLength(1);
  });

  test('a new archive has nothing to renew', async () => {
    const db = await open();
    await db.query(raw('delete from word_form'));
    expect(await renewStems(db, Infinity)).toBe(0);
    await fill(db, 'Raketen');
    expect(await renewStems(db, Infinity)).toBe(0);
  });
});

async function fill(db: Queries, text: string): Promise<void> {
  await saveItems(db, [{ item: anItem({ language: 'de', title: '', text }), keys: [] }]);
}

/** Leaves the archive as a Tumen would have that knows no endings. */
async function forgetStems(db: Queries): Promise<void> {
  const words = await db.query<{ language: string; word: string }>(
    raw('select distinct language, word from word_form'),
  );
  await db.query(raw('delete from word_form'));
  for (const { language, word } of words) {
    await db.query({
      parts: ['insert into word_form (stem, language, word) values (', ', ', ', ', ')'],
      values: [word, language, word],
    });
  }
  await db.query(raw(`delete from setting`));
}

/** A number in letters, as a word with a digit does not bend. */
function letters(number: number): string {
  return Array.from(String(number), (digit) => 'abcdefghij'[Number(digit)]).join('');
}
