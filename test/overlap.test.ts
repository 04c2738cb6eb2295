import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { copiedBy, shareOf } from '../src/events/overlap.ts';
import { aSignature } from './signatures.ts';

const dispatch =
  'Seoul said on Friday that three freighters had left the port of Rajin for Vostochny with artillery shells and rockets on board';
const reprint = `${dispatch}, a newspaper reports`;
const rewritten =
  'Three ships carrying weapons sailed from North Korea to the Russian Far East this week, according to South Korean officials who tracked them';

test('a reprint names the item whose words it repeats', () => {
  const first = aSignature({ text: dispatch });
  expect(copiedBy(aSignature({ text: reprint }), [aSignature({ text: rewritten }), first])).toBe(first.item);
});

test('fresh writing about the same news is no copy', () => {
  expect(copiedBy(aSignature({ text: rewritten }), [aSignature({ text: dispatch })])).toBeUndefined();
});

test('two desks that find the same short headline do not copy each other', () => {
  const headline = 'Kim Jong Un arrives in Russia';
  expect(copiedBy(aSignature({ text: headline }), [aSignature({ text: headline })])).toBeUndefined();
});

test('the same words in another language are no copy', () => {
  const spanish = aSignature({ text: dispatch, language: 'es' });
  expect(copiedBy(spanish, [aSignature({ text: dispatch })])).toBeUndefined();
});

test('an item is no copy of itself', () => {
  const first = aSignature({ text: dispatch });
  expect(copiedBy(first, [first])).toBeUndefined();
});

test('the share is between 0 and 1, whichever set comes first', () => {
  const sets = fc.array(fc.constantFrom('a', 'b', 'c', 'd')).map((words) => new Set(words));
  const property = fc.property(sets, sets, (some, others) => {
    const share = shareOf(some, others);
    expect(share).toBeGreaterThanOrEqual(0);
    expect(share).toBeLessThanOrEqual(1);
    expect(shareOf(others, some)).toBe(share);
  });
  fc.assert(property);
});
