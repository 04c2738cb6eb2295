import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseWhen } from '../commands/when.ts';
import { speechIn } from '../digests/speech.ts';
import { parseDay } from '../src/time.ts';

/** A Wednesday in a leap year. */
const today = parseDay('2024-02-28');

test.each([
  ['2024', '2024-01-01', '2024-12-31'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2024-01-02', '2024-01-02', '2024-01-02'],
  ['2024-01-01..2024-02-10', '2024-01-01', '2024-02-10'],
  ['2024-01..2024-02', '2024-01-01', '2024-02-29'],
  ['2024-01-01/2024-02-10', '2024-01-01', '2024-02-10'],
  ['2024-01 .. 2024-02', '2024-01-01', '2024-02-29'],
  ['2024-01..', '2024-01-01', '9999-12-31'],
  ['..2024-01', '0001-01-01', '2024-01-31'],
  ['P7D', '2024-02-22', '2024-02-28'],
  ['P1W', '2024-02-22', '2024-02-28'],
  ['p2m', '2023-12-29', '2024-02-28'],
  ['P1Y', '2023-03-01', '2024-02-28'],
  ['24h', '2024-02-27', '2024-02-28'],
  ['48h', '2024-02-26', '2024-02-28'],
  ['1d', '2024-02-28', '2024-02-28'],
  ['7d', '2024-02-22', '2024-02-28'],
  ['today', '2024-02-28', '2024-02-28'],
  ['  Yesterday ', '2024-02-27', '2024-02-27'],
  ['this week', '2024-02-26', '2024-03-03'],
  ['last  week', '2024-02-19', '2024-02-25'],
  ['this month', '2024-02-01', '2024-02-29'],
  ['last month', '2024-01-01', '2024-01-31'],
  ['this year', '2024-01-01', '2024-12-31'],
  ['last year', '2023-01-01', '2023-12-31'],
])("'%s' is %s to %s", (text, from, to) => {
  expect(parseWhen(text, today)).toEqual({ from, to });
});

test.each([
  '',
  ' ',
  '2024-13',
  '2024-02-30',
  '24',
  '0000',
  '2024-02..2024-01',
  '..',
  '0d',
  '99999d',
  '99999y',
  'P',
  'soon',
  '2024-1-2',
  'toString',
])("'%s' is no time", (text) => {
  expect(parseWhen(text, today)).toBeUndefined();
});

test('months that look back from the end of a long one end on a day that exists', () => {
  expect(parseWhen('1m', parseDay('2024-03-31'))).toEqual({ from: '2024-03-01', to: '2024-03-31' });
});

test.each([
  ['hier', '2024-02-27', '2024-02-27'],
  ['aujourd’hui', '2024-02-28', '2024-02-28'],
  ['le mois dernier', '2024-01-01', '2024-01-31'],
  ['today', '2024-02-28', '2024-02-28'],
])("in French '%s' is understood too", (text, from, to) => {
  expect(parseWhen(text, today, speechIn('fr').words.days)).toEqual({ from, to });
});

test('whatever is typed, it is read as days in order or not at all', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^[pP]?\d{0,6}[dwmyh.\-/ ]{0,3}\d{0,4}$/)),
      (text) => {
        const days = parseWhen(text, today);
        expect(days === undefined || days.from <= days.to).toBe(true);
      },
    ),
  );
});
