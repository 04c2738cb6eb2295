import { expect, test } from 'vitest';
import { folded } from '../src/store/search/analyse.ts';
import { stemOf, withoutParticle } from '../src/store/search/inflection.ts';
import words from './fixtures/inflection/forms.json' with { type: 'json' };

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
