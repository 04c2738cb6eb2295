import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { soundOf } from '../src/events/likeness/sound.ts';
import { wordsOf } from '../src/language/normalise.ts';

test.each([
  ['Komsomolsk', 'Комсомольске', 'Komsomolsku'],
  ['Lavrov', 'Лавров', 'Ławrow'],
  ['Nebenzia', 'Небензя', 'Nebenzya'],
  ['satellite', 'satelita', 'сателлит'],
  ['Gerasimov', 'Герасимов', 'Guérassimov'],
  ['Putin', 'Путин', 'पुतिन'],
])('%s, %s and %s are one name to the ear', (...spellings) => {
  const sounds = spellings.flatMap((word) => wordsOf(word).map(soundOf));
  expect(new Set(sounds).size).toBe(1);
  expect(sounds[0]).toBeDefined();
});

test('what is written by meaning, or is too short to hear, has no sound', () => {
  expect(soundOf('北朝鮮')).toBeUndefined();
  expect(soundOf('war')).toBeUndefined();
  expect(soundOf('2024')).toBeUndefined();
});

test('any word gives three to five letters or nothing', () => {
  const property = fc.property(fc.string({ unit: 'grapheme' }), (word) => {
    expect(soundOf(word) ?? 'none').toMatch(/^[a-z]{3,5}$/);
  });
  fc.assert(property);
});
