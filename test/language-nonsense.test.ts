import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { findDates } from '../src/language/dates.ts';
import { dateLanguages } from '../src/language/dates/words.ts';
import { detectLanguage } from '../src/language/detect.ts';
import { normalise } from '../src/language/normalise.ts';
import { findQuantities } from '../src/language/numbers.ts';
import { sentencesOf } from '../src/language/sentences.ts';
import { parseDay } from '../src/time.ts';
import { dateRows } from './date-rows.ts';
import { quantityRows } from './quantity-rows.ts';

const published = parseDay('2024-02-29');

/** Words, numbers and marks of our own phrases, thrown together anyhow. */
const shreds = [...Object.values(dateRows), ...Object.values(quantityRows)].join(' ').split(/\s+/);
const jumble = array(oneof(constantFrom(...shreds), string({ unit: 'binary', maxLength: 4 })), {
  maxLength: 40,
}).chain((words) => constantFrom(' ', '', ', ', '-', '\n').map((mark) => words.join(mark)));
const language = constantFrom(...dateLanguages);

test('whatever the words, dates stand where they say, in order, apart, and end no earlier than they start', () => {
  assert(
    property(jumble, language, (text, code) => {
      let end = 0;
      for (const mention of findDates(text, { language: code, published })) {
        expect(mention.start).toBeGreaterThanOrEqual(end);
        expect(mention.expression).toBe(text.slice(mention.start, mention.end).normalize('NFC'));
        expect(mention.when.start <= mention.when.end).toBe(true);
        end = mention.end;
      }
    }),
    { numRuns: 400 },
  );
});

test('whatever the words, quantities are finite and stand in order', () => {
  assert(
    property(jumble, language, (text, code) => {
      let start = 0;
      for (const found of findQuantities(text, code)) {
        expect(Number.isFinite(found.value) && found.value >= 0).toBe(true);
        expect(found.start).toBeGreaterThanOrEqual(start);
        expect(found.end).toBeLessThanOrEqual(text.length);
        start = found.start;
      }
    }),
    { numRuns: 400 },
  );
});

test('whatever the words, sentences hold all that is not white space', () => {
  assert(
    property(jumble, (text) => {
      const held = sentencesOf(text).map((sentence) => sentence.text);
      expect(held.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
    { numRuns: 400 },
  );
});

test('whatever the words, normalising again changes nothing and every character leads back into the text', () => {
  assert(
    property(jumble, (text) => {
      const once = normalise(text);
      expect(normalise(once.text).text).toBe(once.text);
      for (let index = 0; index < once.text.length; index++) {
        expect(once.at(index + 1)).toBeGreaterThanOrEqual(once.at(index));
      }
      expect(once.at(once.text.length)).toBe(text.length);
    }),
    { numRuns: 400 },
  );
});

/** Were any step quadratic in its input, these would take minutes. */
test.each([
  ['prepositions without end', 'in '.repeat(30_000) + 'Monday'],
  ['dates without end', '1.1.2020 '.repeat(10_000)],
  ['groups of digits without end', '111 '.repeat(50_000)],
  ['digits without end', '1'.repeat(200_000)],
  ['full stops without end', 'a. '.repeat(30_000)],
  ['marks without end', `e${'\u0301'.repeat(200_000)}`],
  ['weekdays without end', 'on Monday and '.repeat(7_000)],
])('%s are read to their end', (_, text) => {
  expect(normalise(text).at(text.length)).toBe(text.length);
  expect(sentencesOf(text).at(-1)?.end).toBe(text.trimEnd().length);
  expect(findDates(text, { language: 'en', published })).toBeInstanceOf(Array);
  expect(findQuantities(text, 'en')).toBeInstanceOf(Array);
  expect(detectLanguage(text)).toHaveLength(text.startsWith('1') ? 3 : 2);
});
