import { expect, test } from 'vitest';
import type { ItemId } from '../src/model.ts';
import { saveItems } from '../src/store/items.ts';
import { folded } from '../src/store/search/analyse.ts';
import { stemOf, withoutParticle } from '../src/store/search/inflection.ts';
import { searchItems } from '../src/store/searching.ts';
import { anItem } from './builders.ts';
import { emptyDatabase } from './database.ts';
import words from './fixtures/inflection/forms.json' with { type: 'json' };
import hardWords from './fixtures/inflection/hard.json' with { type: 'json' };

test.each(Object.entries(words))(
  'in %s at least 95 of 100 forms are found from the first',
  (language, lines) => {
    const pairs = lines.flatMap((line) => {
      const [first = '', ...others] = line.split(' ').map(folded);
      return others.map((other) => [first, other] as const);
    });
    const missed = pairs.filter(([first, other]) => stemOf(first, language) !== stemOf(other, language));

    expect(missed.length, `not found: ${missed.join(' ')}`).toBeLessThanOrEqual(pairs.length * 0.05);
  },
);

test.each(Object.entries(hardWords))(
  'in %s a search finds 9 of 10 forms that change much, or are written otherwise',
  async (language, lines) => {
    const db = await emptyDatabase();
    const missed: string[] = [];
    let count = 0;
    for (const [row, line] of lines.entries()) {
      // A line under one word of its own, so that forms of one row are not found by another.
      const mark = `row${row}x`;
      const [first = '', ...others] = line.split(' ').map((form) => form.replaceAll('_', ' '));
      const items = others.map((form) =>
        anItem({ id: `${mark} ${form}` as ItemId, language, title: '', text: `${mark} ${form} ${mark}` }),
      );
      await saveItems(
        db,
        items.map((item) => ({ item, keys: [] })),
      );
      const found = await searchItems(db, { text: `${first} ${mark}`, limit: 50 });
      const ids = new Set<string>(found.map(({ item }) => item.id));
      missed.push(...items.map(({ id }) => id).filter((id) => !ids.has(id)));
      count += others.length;
    }
    await db.close();
    expect(missed.length, `not found: ${missed.join(', ')}`).toBeLessThanOrEqual(count * 0.1);
  },
);

test.each([
  ['en', 'missile', 'mission'],
  ['en', 'train', 'traitor'],
  ['fr', 'arme', 'armoire'],
  ['fr', 'missile', 'mission'],
  ['de', 'Waffe', 'Waffel'],
  ['ru', 'ракета', 'ракурс'],
  ['ru', 'завод', 'вода'],
  ['uk', 'зброя', 'збір'],
  ['pl', 'wojna', 'wojsko'],
  ['tr', 'silah', 'sinema'],
  ['ar', 'صاروخ', 'سلاح'],
  ['ar', 'بحر', 'حرب'],
  ['fr', 'vendre', 'vent'],
  ['fr', 'essai', 'essence'],
  ['es', 'enviar', 'envidia'],
  ['ru', 'поставить', 'постель'],
  ['uk', 'солдат', 'соль'],
  ['en', 'lie', 'line'],
])('in %s, %s does not find %s', (language, word, other) => {
  expect(stemOf(folded(word), language)).not.toBe(stemOf(folded(other), language));
});

test.each([
  ['미사일을', '미사일'],
  ['북한에서', '북한'],
  ['러시아의', '러시아'],
  ['포탄', '포탄'],
  ['화성', '화성'],
])('the Korean word %s is looked for as %s', (word, stem) => {
  expect(withoutParticle(word)).toBe(stem);
});

test('a word of a language that is not known, or with a digit, stays as it is', () => {
  expect(stemOf('missiles', 'xx')).toBe('missiles');
  expect(stemOf('m1s', 'en')).toBe('m1s');
});
