import { expect, test } from 'vitest';
import { normalise, wordsOf } from '../src/language/normalise.ts';

test.each([
  ['lowers case and takes accents off Latin letters', 'CORÉE Płn. Đồng Hới', 'coree pln. dong hoi'],
  ['keeps the marks that make another letter in Cyrillic', 'Йосип Їжак', 'йосип їжак'],
  ['reads ё as е and drops stress marks', 'ещё за\u0301мок', 'еще замок'],
  ['joins letters typed apart', 'и\u0306 \u1112\u1161\u11ab e\u0301', 'й 한 e'],
  ['unifies width', 'ＫＮ－２３　ﾐｻｲﾙ', 'kn-23 ミサイル'],
  ['knows one apostrophe and one dash', 'l’armée d´Ukraine – 2023—24', "l'armee d'ukraine - 2023-24"],
  ['knows one space and keeps line breaks', 'a\u00a0\u202f b\tc\r\nd', 'a b c \nd'],
  ['drops what cannot be seen', 'Ko\u00adrea\u200b كـوريا', 'korea كوريا'],
  ['takes vowel signs and hamza off Arabic', 'أُوكْرانيا', 'اوكرانيا'],
  ['keeps kana voicing and Hindi vowels', 'ガギ हिन्दी', 'ガギ हिन्दी'],
  ['writes out ß, œ, …', 'Straße, manœuvre…', 'strasse, manoeuvre...'],
  ['reads the dotless and the dotted Turkish i alike', 'İstanbul ısı', 'istanbul isi'],
])('%s', (_, text, expected) => {
  expect(normalise(text).text).toBe(expected);
});

test('tells where each character came from', () => {
  const text = 'Straße: l’e\u0301té…\u00a0 fin';
  const { text: normal, at } = normalise(text);
  const from = normal.indexOf('fin');

  expect(text.slice(at(from), at(from + 3))).toBe('fin');
  expect(text.slice(at(normal.indexOf('ete')), at(normal.indexOf('ete') + 3))).toBe('e\u0301té');
  expect(at(normal.length)).toBe(text.length);
});

test('plain text maps to itself', () => {
  const { text, at } = normalise('Plain ASCII text.');
  expect([text, at(6), at(17)]).toEqual(['plain ascii text.', 6, 17]);
});

test('lone surrogates and control characters pass', () => {
  expect(normalise('a\ud800b\udfff\u0000c').text).toBe('a\ud800b\udfff\u0000c');
});

test('a text of nothing but marks is quickly done', () => {
  expect(normalise('\u0301'.repeat(100_000)).text.length).toBeLessThan(2);
});

test('words are lowered and bare; in scripts without spaces each character is one', () => {
  expect(wordsOf('L’armée nord-coréenne, 335.000 hommes')).toEqual([
    'l',
    'armee',
    'nord',
    'coreenne',
    '335',
    '000',
    'hommes',
  ]);
  expect(wordsOf('п’ятниця')).toEqual(["п'ятниця"]);
  expect(wordsOf('北朝鮮の兵士 KN-23')).toEqual(['北', '朝', '鮮', 'の', '兵', '士', 'kn', '23']);
  expect(wordsOf('북한 포탄')).toEqual(['북한', '포탄']);
});
