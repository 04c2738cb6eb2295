import { describe, expect, test } from 'vitest';
import { findDates } from '../src/language/dates.ts';
import type { DateMention } from '../src/language/dates.ts';
import { parseDay } from '../src/time.ts';
import { dateRows } from './date-rows.ts';

function shown({ when: { start, end, precision }, planned, role }: DateMention): string {
  const date = {
    day: start,
    range: `${start}..${end}`,
    week: `week ${start}`,
    month: `month ${start.slice(0, 7)}`,
    year: `year ${start.slice(0, 4)}`,
  }[precision];
  return `${date}${planned ? '!' : ''}${role === 'said' ? '?' : ''}`;
}

function rowsOf(table: string): [string, string, string][] {
  return table
    .trim()
    .split('\n')
    .map((row) => {
      const [published = '', text = '', expected = ''] = row.split('|').map((cell) => cell.trim());
      return [published, text, expected];
    });
}

describe.each(Object.entries(dateRows))('in %s', (language, table) => {
  test.each(rowsOf(table))('on %s: %s → %s', (published, text, expected) => {
    const found = findDates(text, { language, published: parseDay(published) });
    expect(found.map(shown).join(' ')).toBe(expected);
  });
});

test('offsets lead to the words in the text as given', () => {
  const text = 'Les allie\u0301s,\u00a0le 30\u202fde\u0301cembre, ont…';
  const [mention] = findDates(text, { language: 'fr', published: parseDay('2024-01-05') });

  expect(text.slice(mention?.start, mention?.end)).toBe('30\u202fde\u0301cembre');
  expect(mention?.when).toEqual({ start: '2023-12-30', end: '2023-12-30', precision: 'day' });
});

test.each([
  ['The pact of 19 June 2024 took effect on 4 December.', '2024-12-04'],
  ['After the pact of 19 June 2024 troops came on 8 November.', '2025-11-08'],
  ['The war began on 24 February 2022.\nOn 3 May they met.', '2025-05-03'],
])('a date follows the year of the one before it, unless its own time is nearer: %s', (text, day) => {
  const found = findDates(text, { language: 'en', published: parseDay('2025-11-20') });
  expect(found.at(-1)?.when.start).toBe(day);
});

describe('without a day of publication', () => {
  test('only what needs none is found', () => {
    const text = 'On Tuesday, as last week and on 3 May, the pact of 19 June 2024 was praised.';
    const found = findDates(text, { language: 'en' });
    expect(found.map(({ expression }) => expression)).toEqual(['19 June 2024']);
  });

  test('a weekday tells the year of its date', () => {
    const notAfter = parseDay('2025-03-01');
    const [monday] = findDates('publiée lundi 16 décembre', { language: 'fr', notAfter });
    expect(monday?.when.start).toBe('2024-12-16');
  });
});

test.each([
  '',
  '\ud800',
  '32/12/2024',
  '31.02.2024',
  '0日',
  '99月99日',
  '((((2024-',
  '99999999 days ago',
  'the last 88888888 years',
  '999999日前',
  'le 1er',
  'in in in of of the',
])('nonsense like %j gives no date and no error', (text) => {
  for (const language of ['en', 'fr', 'ja', 'ko', 'vi', 'xx']) {
    expect(findDates(text, { language, published: parseDay('2024-01-05') })).toEqual([]);
  }
});
