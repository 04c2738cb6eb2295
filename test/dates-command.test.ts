import { expect, test } from 'vitest';
import { datesCommand } from '../src/cli/dates.ts';
import type { Io } from '../src/cli/io.ts';

async function run(...lines: readonly unknown[]) {
  const printed: unknown[] = [];
  const warned: string[] = [];
  const io: Io = {
    async *lines() {
      for (const [index, line] of lines.entries()) {
        yield await Promise.resolve({ number: index + 1, text: JSON.stringify(line) });
      }
    },
    print: (line) => void printed.push(JSON.parse(line)),
    warn: (sentence) => void warned.push(sentence),
    progress: () => undefined,
  };
  await datesCommand(io, () => new Date('2025-03-01T12:00:00Z'));
  return { printed, warned };
}

test('dates tells all dates of a text, and which one an expression means', async () => {
  const text = 'On Dec. 30 and last week; they met in November.';
  const line = { id: 'a', text, published: '2024-01-09T08:00:00Z', lang: 'en', expression: 'last week' };

  expect((await run(line)).printed).toEqual([
    {
      id: 'a',
      date: '2024-01-01/2024-01-07',
      precision: 'week',
      dates: [
        { expression: 'Dec. 30', offset: 3, start: '2023-12-30', end: '2023-12-30', precision: 'day' },
        { expression: 'last week', offset: 15, start: '2024-01-01', end: '2024-01-07', precision: 'week' },
        { expression: 'November', offset: 38, start: '2023-11-01', end: '2023-11-30', precision: 'month' },
      ],
    },
  ]);
});

test('dates answers with the first date where no expression is asked about, and null where there is none', async () => {
  const { printed } = await run(
    { id: 1, text: 'En 2023, puis en juin 2024', published: '2024-10-20' },
    { id: 2, text: 'nothing here', published: '2024-10-20' },
  );
  expect(printed).toMatchObject([
    { id: '1', date: '2023', precision: 'year' },
    { id: '2', date: null, precision: null, dates: [] },
  ]);
});

test('dates believes the language that a line declares', async () => {
  const { printed } = await run({ id: 1, text: '30日', published: '2024-10-20', lang: 'ja' });
  expect(printed).toMatchObject([{ date: '2024-09-30' }]);
});

test('dates takes the year from the weekday where no publication is known', async () => {
  const { printed } = await run({ id: 1, text: 'lundi 16 décembre', published: '', lang: 'fr' });
  expect(printed).toMatchObject([{ date: '2024-12-16', precision: 'day' }]);
});

test('dates names a bad line and goes on', async () => {
  const { printed, warned } = await run(
    { text: 'no id' },
    { id: 1, text: 'heute', published: '2024-10-20', lang: 'de' },
  );
  expect(warned).toHaveLength(1);
  expect(printed).toMatchObject([{ id: '1', date: '2024-10-20' }]);
});
