import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { foldCommand } from '../src/cli/fold.ts';
import type { Io } from '../src/cli/io.ts';

const folder = mkdtempSync(join(tmpdir(), 'tumen-fold-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(rows: readonly (object | string)[], options: { events?: string } = {}) {
  const printed: { id: string; event: string | null; events: string[] }[] = [];
  const warned: string[] = [];
  const io: Io = {
    async *lines() {
      for (const [index, row] of rows.entries()) {
        const text = typeof row === 'string' ? row : JSON.stringify(row);
        yield await Promise.resolve({ number: index + 1, text });
      }
    },
    print: (line) => void printed.push(JSON.parse(line)),
    warn: (sentence) => void warned.push(sentence),
    progress: () => undefined,
  };
  await foldCommand(options, io);
  return { printed, warned };
}

const published = '2027-03-10';
const rows = [
  { id: 'a', lang: 'en', title: 'North Korea sent 900 missiles to Russia, Seoul says', published },
  { id: 'b', lang: 'fr', title: 'La Corée du Nord a livré 900 missiles à la Russie, selon Séoul', published },
  { id: 'c', lang: 'en', title: 'A football match in Leeds ends without a goal', published },
];

test('each item gives its main event and all its events, in the order of the input', async () => {
  const { printed } = await run(rows);
  expect(printed.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(printed[0]?.event).toMatch(/^2027-03-10-/);
  expect(printed[1]?.event).toBe(printed[0]?.event);
  expect(printed[0]?.events[0]).toBe(printed[0]?.event);
});

test('an item that matches nothing is folded too, alone', async () => {
  const { printed } = await run(rows);
  expect(printed[2]?.event).not.toBe(printed[0]?.event);
});

test('the same input in another order gives the same events', async () => {
  const [first, second] = [await run(rows), await run(rows.toReversed())];
  const byId = ({ printed }: typeof first) => printed.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(second)).toEqual(byId(first));
});

test('the events are written at the end, each once, with their claims', async () => {
  const file = join(folder, 'events.jsonl');
  const { printed } = await run(rows, { events: file });
  const events = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; newsrooms: number; titles: Record<string, string> });
  const event = events.find(({ id }) => id === printed[0]?.event);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  expect(Object.keys(event?.titles ?? {})).toEqual(['en', 'fr']);
});

test('a bad line is named and left out', async () => {
  const { printed, warned } = await run(['no json', ...rows]);
  expect(warned).toEqual(['Line 1 is left out: it is not JSON.']);
  expect(printed).toHaveLength(3);
});
