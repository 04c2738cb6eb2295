import { expect, test } from 'vitest';
import type { ItemId } from '../src/model.ts';
import { saveItems } from '../src/store/items.ts';
import { folded } from '../src/store/search/analyse.ts';
import { stemOf, stemsOf, withoutEndingSetOff } from '../src/store/search/inflection.ts';
import { stretchesOf } from '../src/store/search/unspaced.ts';
import { searchItems } from '../src/store/searching.ts';
import { anItem } from './builders.ts';
import { emptyDatabase } from './database.ts';
import words from './fixtures/inflection/forms.json' with { type: 'json' };
import hardWords from './fixtures/inflection/hard.json' with { type: 'json' };
import unlikeWords from './fixtures/inflection/unlike.json' with { type: 'json' };

/** Items that hold one word each, every line of words under a mark of its own, so that lines do not find each other. */
async function archiveOf(language: string, lines: readonly string[]) {
  const db = await emptyDatabase();
  const rows = lines.map((line, row) => ({
    mark: `row${row}x`,
    forms: line.split(' ').map((form) => form.replaceAll('_', ' ')),
  }));
  const items = rows.flatMap(({ mark, forms }) =>
    forms.map((form) =>
      anItem({ id: `${mark} ${form}` as ItemId, language, title: '', text: `${mark} ${form} ${mark}` }),
    ),
  );
  await saveItems(
    db,
    items.map((item) => ({ item, keys: [] })),
  );
  const found = async (form: string, mark: string) => {
    const holding = await searchItems(db, { text: `${form} ${mark}`, limit: 50 });
    return new Set(holding.map(({ item }) => item.id.slice(mark.length + 1)));
  };
  return { db, rows, found };
}

const languages = 'fr en de es it pt pl uk ru ko ja zh ar tr vi'.split(' ').toSorted();
const tables = Object.entries({ forms: words, hard: hardWords });

test.each(
  tables.flatMap(([table, byLanguage]) =>
    Object.entries(byLanguage).map((entry) => [table, ...entry] as const),
  ),
)('of %s in %s a search for the first finds at least 95 of 100 others', async (_, language, lines) => {
  const { db, rows, found } = await archiveOf(language, lines);
  const [missed, sought]: [string[], string[]] = [[], []];
  for (const { mark, forms } of rows) {
    const [first = '', ...others] = forms;
    const ids = await found(first, mark);
    sought.push(...others);
    missed.push(...others.filter((form) => !ids.has(form)));
  }
  await db.close();
  expect(missed.length, `not found: ${missed.join(' ')}`).toBeLessThanOrEqual(sought.length * 0.05);
});

test.each(Object.entries(unlikeWords))(
  'in %s words that only look alike do not find each other',
  async (language, lines) => {
    const { db, rows, found } = await archiveOf(language, lines);
    const wrong: string[] = [];
    for (const { mark, forms } of rows) {
      for (const form of forms) {
        const others = [...(await found(form, mark))].filter((other) => other !== form);
        if (others.length > 0) wrong.push(`${form} finds ${others.join(' ')}`);
      }
    }
    await db.close();
    expect(wrong).toEqual([]);
  },
);

test('the tables of forms, and of words that only look alike, hold fifteen languages', () => {
  expect(Object.keys(words).toSorted()).toEqual(languages);
  expect(Object.keys(hardWords).toSorted()).toEqual(languages);
  expect(Object.keys(unlikeWords).toSorted()).toEqual(languages);
  for (const lines of Object.values(words)) expect(lines.join(' ').split(' ').length).toBeGreaterThan(55);
  for (const lines of Object.values(unlikeWords)) expect(lines.length).toBeGreaterThanOrEqual(15);
});

test.each([
  ['미사일을', ['미사일']],
  ['북한에서', ['북한']],
  ['파견했다', ['파견']],
  ['포탄', ['포탄']],
  ['派遣された', ['派遣']],
  ['ミサイルを', ['ミサイル']],
  ['北朝鮮', ['北朝鮮', '北朝鲜']],
  ['导弹的', ['导弹', '導彈']],
])('%s, of a script without blanks, is looked for as %j', (run, stretches) => {
  expect(stretchesOf(run).map(({ text }) => text)).toEqual(stretches);
});

test.each([
  ['de', 'Geschossen', 'geschos', 'schies'],
  ['de', 'abgeschossen', 'abgeschos', 'abschies'],
  ['es', 'niega', 'nieg', 'neg'],
  ['ar', 'ضباط', 'ضباط', 'ضابط'],
])('in %s %s may be a form of two words, %s and %s', (language, word, one, other) => {
  expect(stemsOf(folded(word), language)).toEqual(expect.arrayContaining([one, other]));
});

test('a word of a language that is not known, or with a digit, stays as it is', () => {
  expect(stemOf('missiles', 'xx')).toBe('missiles');
  expect(stemOf('m1s', 'en')).toBe('m1s');
});

test.each([
  ["Moskova'da", 'Moskova'],
  ['Moskova’nın', 'Moskova'],
  ["Kim's", 'Kim'],
  ["Sin'uiju", "Sin'uiju"],
  ["Namp'o", "Namp'o"],
  ["Xi'an", "Xi'an"],
])('an apostrophe sets off an ending, and no part of a name: %s', (written, word) => {
  expect(withoutEndingSetOff(written)).toBe(word);
});
