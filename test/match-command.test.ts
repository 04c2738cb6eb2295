import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Io } from '../src/cli/io.ts';
import { compareCommand, matchCommand } from '../src/cli/match.ts';

/** A command line whose input is these lines; keeps what is printed and warned. */
function session(...input: readonly string[]) {
  const printed: unknown[] = [];
  const warnings: string[] = [];
  const io: Io = {
    async *lines() {
      yield* input.map((text, index) => ({ number: index + 1, text }));
    },
    print: (line) => void printed.push(JSON.parse(line)),
    warn: (sentence) => void warnings.push(sentence),
    progress: () => undefined,
  };
  return { io, printed, warnings };
}

const troops = JSON.stringify({
  id: 'a',
  title: 'North Korean soldiers seen in Kursk',
  summary: 'Kyiv says so.',
});
const rain = JSON.stringify({ id: 'b', title: 'Pluie sur Lisbonne', lang: 'fr' });

test('match prints one line an item, with its reasons', async () => {
  const { io, printed } = session(troops, rain);
  await matchCommand(io);
  expect(printed).toMatchObject([
    { id: 'a', match: true, zone: 'hit', lang: 'en', passages: [[0, 35]] },
    { id: 'b', match: false, zone: 'miss', score: 0, lang: 'fr', evidence: [], passages: [] },
  ]);
  expect(printed[0]).toHaveProperty(
    'evidence',
    expect.arrayContaining([{ term: 'kursk*', concept: 'kursk-region', lang: 'und', start: 30, end: 35 }]),
  );
});

test('match names a bad line and goes on', async () => {
  const { io, printed, warnings } = session('{', troops);
  await matchCommand(io);
  expect(warnings).toEqual(['Line 1 is left out: it is not JSON.']);
  expect(printed).toHaveLength(1);
});

test('match judges by another topic when asked', async () => {
  const { io, printed } = session(troops);
  await matchCommand(io, 'src/topics/iran-russia');
  expect(printed).toMatchObject([{ id: 'a', match: false }]);
});

test('compare lists the items whose zone a change alters', async () => {
  const changed = mkdtempSync(join(tmpdir(), 'topic-'));
  onTestFinished(() => rmSync(changed, { recursive: true }));
  cpSync('src/topics/dprk-russia', changed, { recursive: true });
  const file = join(changed, 'topic.json');
  const topic = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...topic, combinations: [] }));

  const { io, printed } = session(troops, rain);
  await compareCommand('src/topics/dprk-russia', changed, io);
  expect(printed).toEqual([
    {
      id: 'a',
      title: 'North Korean soldiers seen in Kursk',
      before: { zone: 'hit', score: expect.any(Number) },
      after: { zone: 'miss', score: 0 },
    },
  ]);
});
