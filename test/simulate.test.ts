import { expect, test } from 'vitest';
import { simulate } from '../digests/simulate.ts';

const begin = new Date('2024-01-15T00:00:00Z');
const calm = { begin, days: 400, subscriptions: 18, kills: 0, outages: 0, jumps: 0, seed: 1 };

test('over a year in nine zones every slot is posted once and in time', () => {
  const { due, ...rest } = simulate(calm);
  expect(due).toBeGreaterThan(7_000);
  expect(rest).toEqual({ posted: due, late: 0, merged: 0, doubled: 0, lost: 0 });
});

test.each([2, 3])('deaths, outages and wrong clocks lose nothing and double nothing (%i)', (seed) => {
  const tally = simulate({ ...calm, days: 60, subscriptions: 90, kills: 50, outages: 8, jumps: 4, seed });
  expect(tally).toMatchObject({ doubled: 0, lost: 0 });
  expect(tally.posted + tally.merged).toBe(tally.due);
  expect(tally.late).toBeGreaterThan(0);
});
