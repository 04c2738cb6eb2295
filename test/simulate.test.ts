import { expect, test } from 'vitest';
import { simulateCommand } from '../src/cli/simulate.ts';
import { simulate } from '../src/cli/simulation/play.ts';
import { aTopic } from './topic.ts';

const calm = { subscriptions: 36, days: 20, kills: 0, outages: 0, jumps: 0, seed: 1 };
const rough = { subscriptions: 40, days: 30, kills: 50, outages: 5, jumps: 5 };
const whole = { doubled: 0, lost: 0, untold: 0, retold: 0 };

test.each([
  ['spring', '2024-03-09T00:00:00Z'],
  ['autumn', '2024-10-05T00:00:00Z'],
])('while clocks change in %s every slot in nine zones is posted once and in time', async (_, begin) => {
  const { due, posted, ...rest } = await simulate({ ...calm, begin: new Date(begin) }, aTopic());
  expect(due).toBeGreaterThan(36 * 15);
  expect(posted).toBe(due);
  expect(rest).toMatchObject({ ...whole, late: 0, merged: 0 });
});

test.each([2, 3])(
  'deaths, outages and wrong clocks lose nothing and double nothing (seed %s)',
  async (seed) => {
    const begin = new Date('2024-10-15T00:00:00Z');
    const tally = await simulate({ ...rough, begin, seed }, aTopic());
    expect(tally).toMatchObject({ ...whole, deaths: rough.kills });
    expect(tally.posted + tally.merged).toBe(tally.due);
    expect(tally.late).toBeGreaterThan(0);
    expect(tally.news).toBeGreaterThan(0);
  },
);

test('the command prints what became of the slots, and says what it takes', async () => {
  const lines: string[] = [];
  const days: string[] = [];
  const io = {
    print: (line: string) => void lines.push(line),
    progress: (day: string) => void days.push(day),
  } as never;
  const options = { days: '12', subscriptions: '9', kills: '1', outages: '0', jumps: '0', seed: '1' };
  await simulateCommand(options, io);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    days: 12,
    subscriptions: 9,
    deaths: 1,
    lost: 0,
    doubled: 0,
  });
  expect(days.length).toBeGreaterThanOrEqual(12);
  await expect(simulateCommand({ ...options, days: 'many' }, io)).rejects.toThrow(
    "--days takes a whole number from 12 to 100000, not 'many'.",
  );
});
