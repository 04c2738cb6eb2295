import { expect, test } from 'vitest';
import { simulate } from './simulation.ts';

const calm = { subscriptions: 45, kills: 0, outages: 0, jumps: 0, seed: 1 };

test.each([
  ['spring', '2024-03-09T00:00:00Z'],
  ['autumn', '2024-10-05T00:00:00Z'],
])('while clocks change in %s every slot in nine zones is posted once and in time', (_, begin) => {
  const { due, ...rest } = simulate({ ...calm, begin: new Date(begin), days: 30 });
  expect(due).toBeGreaterThan(45 * 30);
  expect(rest).toEqual({ posted: due, late: 0, merged: 0, doubled: 0, lost: 0 });
});

test('deaths, outages and wrong clocks lose nothing and double nothing', () => {
  const begin = new Date('2024-10-15T00:00:00Z');
  const tally = simulate({ begin, days: 20, subscriptions: 90, kills: 50, outages: 4, jumps: 2, seed: 2 });
  expect(tally).toMatchObject({ doubled: 0, lost: 0 });
  expect(tally.posted + tally.merged).toBe(tally.due);
  expect(tally.late).toBeGreaterThan(0);
});
