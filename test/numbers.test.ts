import { describe, expect, test } from 'vitest';
import { findQuantities } from '../src/language/numbers.ts';
import { quantityRows } from './quantity-rows.ts';

/** Each quantity as `bound value unit`; the bound is left out where it is exact. */
function counted(text: string, language: string): string[] {
  return findQuantities(text, language).map(({ value, bound, unit }) =>
    [bound === 'exact' ? '' : `${bound} `, value, ' ', unit].join(''),
  );
}

describe.each(Object.entries(quantityRows))('in %s', (language, table) => {
  test.each(rowsOf(table))('%s → %s', (text, expected) => {
    expect(counted(text, language).join(', ')).toBe(expected);
  });
});

function rowsOf(table: string): [string, string][] {
  return table
    .trim()
    .split('\n')
    .map((row) => {
      const [text = '', expected = ''] = row.split('→');
      return [text.trim(), expected.trim()];
    });
}

test.each([
  ['en', 'a range of about 900 km (550 miles)'],
  ['en', '152-mm artillery shells'],
  ['en', 'KN-23 missiles, S-300 missiles and the Hwasong-11 missile'],
  ['en', 'On December 30 missiles hit Kharkiv'],
  ['en', 'In 2024 soldiers were sent'],
  ['en', '22-year-old soldiers'],
  ['en', '30% of the shells'],
  ['en', 'the 11th corps soldiers'],
  ['fr', 'une ville de 335.000 âmes à 40 km'],
  ['fr', 'le 30 décembre des missiles'],
  ['de', '122-Millimeter-Raketen'],
  ['ru', '152-мм снаряды'],
  ['uk', 'о 15:30 ракети'],
])('in %s no quantity: %s', (language, text) => {
  expect(counted(text, language)).toEqual([]);
});

test('a unit ends where its word ends', () => {
  expect(counted('almeno 300 militari', 'it')).toEqual(['at_least 300 soldiers']);
  expect(counted('300 menores', 'es')).toEqual([]);
});

test('offsets lead to the number and its unit in the text as given', () => {
  const text = 'Selon Kiev, « au moins 10\u202f000 soldats » sont là';
  const [found] = findQuantities(text, 'fr');
  expect(text.slice(found?.start, found?.end)).toBe('10\u202f000 soldats');
});

test('nonsense gives nothing and no error', () => {
  for (const text of ['', '1.2.3.4,5', '\ud800 9', '9'.repeat(500), '万万万', '1,,,2', '$', '12,000,']) {
    for (const language of ['en', 'ja', 'ko', 'xx']) expect(counted(text, language)).toEqual([]);
  }
});
