import { expect, test } from 'vitest';
import { conflictsOver, countsOf, votesOn, whenOf } from '../src/events/consensus.ts';
import type { When } from '../src/model.ts';
import { monthOf, onDay, parseDay } from '../src/time.ts';
import { aCitation, aClaim, aClaimant } from './builders.ts';

const second = onDay(parseDay('2024-01-02'));
const fourth = onDay(parseDay('2024-01-04'));

/** An event as several houses tell it, each with its own answer. */
function told(...answers: readonly (readonly [family: string, when: When, extra?: object])[]) {
  const claims = answers.map(([, when, extra]) => aClaim({ when, ...extra }));
  const citations = answers.map(([family], index) => {
    const item = claims[index]?.item;
    return aCitation({ family, ...(item !== undefined && { item }) });
  });
  return { claims, citations };
}

test('the day that most newsrooms give wins', () => {
  expect(whenOf(told(['a', second], ['b', fourth], ['c', second]))).toEqual(second);
});

test('a newsroom has one vote, however often it prints the day', () => {
  expect(whenOf(told(['a', fourth], ['a', fourth], ['a', fourth], ['b', second], ['c', second]))).toEqual(
    second,
  );
});

test('reprints of one dispatch have one vote', () => {
  const event = told(['a', fourth], ['b', fourth], ['c', second], ['d', second]);
  const citations = event.citations.map((citation, index) =>
    index < 2 ? { ...citation, wire: 'afp' } : citation,
  );
  expect(whenOf({ ...event, citations })).toEqual(second);
});

test('a month that contains the day backs it, and the finer answer wins', () => {
  const january = monthOf(2024, 1);
  expect(whenOf(told(['a', january], ['b', second]))).toEqual(second);
});

test('a day that lost is kept and can be shown', () => {
  const event = told(['a', second], ['b', second], ['c', onDay(parseDay('2024-04-04'))]);
  expect(conflictsOver(event)).toEqual([{ when: onDay(parseDay('2024-04-04')), newsrooms: ['c'] }]);
});

test('two months that disagree are a conflict', () => {
  const event = told(['a', monthOf(2024, 6)], ['b', monthOf(2024, 12)]);
  expect(votesOn(event)).toHaveLength(2);
  expect(conflictsOver(event)).toHaveLength(1);
});

test('what is only expected does not vote', () => {
  expect(
    whenOf(told(['a', second], ['b', fourth, { stance: 'expects' }], ['c', fourth, { stance: 'expects' }])),
  ).toEqual(second);
});

test('nobody knows the day while no claim tells', () => {
  expect(whenOf({ claims: [aClaim({ stance: 'expects' })], citations: [] })).toBeUndefined();
});

test('numbers are kept per claimant, from least to most', () => {
  expect(countsOf([killed('hur', 30), killed('nis', 100), killed('hur', 50)])).toEqual([
    { claimant: { id: 'hur', name: 'hur' }, unit: 'killed', least: 30, most: 50, bound: 'at_least' },
    { claimant: { id: 'nis', name: 'nis' }, unit: 'killed', least: 100, most: 100, bound: 'at_least' },
  ]);
});

function killed(id: string, value: number) {
  return aClaim({
    claimants: [aClaimant({ id, name: id })],
    quantities: [{ value, bound: 'at_least', unit: 'killed' }],
  });
}
