import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claimsCommand } from '../src/cli/claims.ts';
import type { Io } from '../src/cli/io.ts';

const now = new Date('2025-06-30T12:00:00Z');

/** Standard input, output and error in memory. */
function memoryIo(input: readonly string[] = []): Io & { printed: string[]; warned: string[] } {
  const printed: string[] = [];
  const warned: string[] = [];
  return {
    printed,
    warned,
    async *lines() {
      yield* input.map((text, index) => ({ number: index + 1, text }));
    },
    print: (line) => void printed.push(line),
    warn: (sentence) => void warned.push(sentence),
    progress: () => undefined,
  };
}

/** A file that is removed when the test ends. */
function fileOf(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'claims-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('a scraped article gives one line: language, day of publication, claims', async () => {
  const file = fileOf(
    'article.txt',
    'Publish date : 2024-12-17 09:00:00\nKiev a déclaré lundi qu’au moins 30 soldats nord-coréens avaient été tués à Koursk.',
  );
  const io = memoryIo();

  await claimsCommand([file], io, now);

  expect(io.printed).toHaveLength(1);
  const line: unknown = JSON.parse(io.printed[0] ?? '');
  expect(line).toMatchObject({
    file,
    lang: 'fr',
    published: { day: '2024-12-17', precision: 'day', how: 'label' },
    claims: [
      {
        kind: 'casualties',
        direction: 'DPRK→Russia',
        start: null,
        end: null,
        precision: null,
        said: { start: '2024-12-16' },
        claimants: [{ id: 'ukraine', name: 'Ukraine' }],
        stance: 'asserts',
        role: 'news',
        quantities: [{ value: 30, bound: 'at_least' }],
        places: ['kursk-region'],
      },
    ],
  });
});

test('an article as HTML is read as well', async () => {
  const file = fileOf(
    'article.html',
    '<html><body><p>South Korea said on 16 December 2024 that North Korea had sent shells to Russia.</p></body></html>',
  );
  const io = memoryIo();
  await claimsCommand([file], io, now);
  expect(JSON.parse(io.printed[0] ?? '')).toMatchObject({ lang: 'en', claims: [{ kind: 'transfer' }] });
});

test('items come from standard input where no file is named, and keep their ids', async () => {
  const item = {
    id: 'a1',
    title: 'Seoul says North Korea sent shells to Russia',
    lang: 'en',
    published: '2024-12-16',
  };
  const io = memoryIo([JSON.stringify(item), 'not JSON']);
  await claimsCommand([], io, now);
  expect(io.printed.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      id: 'a1',
      published: { day: '2024-12-16', precision: 'day', how: 'given' },
      claims: [{ kind: 'transfer' }],
    },
  ]);
  expect(io.warned).toEqual(['Line 2 is left out: it is not JSON.']);
});

test('a file that cannot be read is named and left out', async () => {
  const io = memoryIo();
  await claimsCommand(['/nowhere/article.txt'], io, now);
  expect(io.printed).toEqual([]);
  expect(io.warned).toEqual(['/nowhere/article.txt is left out: it cannot be read (ENOENT).']);
});
