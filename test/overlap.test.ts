import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlap } from '../src/events/overlap.ts';
import { wordsOf } from '../src/language/normalise.ts';

const dispatch = wordsOf(
  'Seoul said on Friday that three freighters left the port of Rajin for Vostochny with arms.',
);
const rewritten = wordsOf(
  'Three ships carrying weapons sailed from Rajin to Russia, according to South Korea.',
);

test('the same text shares all its wording', () => {
  expect(overlap(dispatch, dispatch)).toBe(1);
});

test('fresh writing about the same news shares almost none', () => {
  expect(overlap(dispatch, rewritten)).toBeLessThan(0.1);
});

test('a text shorter than one run shares nothing', () => {
  expect(overlap(['arms'], ['arms'])).toBe(0);
});

test('a run needs a whole number of words', () => {
  expect(() => overlap(dispatch, dispatch, 0)).toThrow(
    "Cannot compare texts: 'runLength' must be a whole number >= 1, is 0",
  );
});

test('it does not matter which text comes first', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
  fc.assert(fc.property(words, words, (some, others) => overlap(some, others) === overlap(others, some)));
});
