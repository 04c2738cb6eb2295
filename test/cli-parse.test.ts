import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { parseCommand } from '../src/cli/parse.ts';
import type { Io } from '../src/cli/io.ts';
import { UserError } from '../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'tumen-parse-'));
afterAll(() => rmSync(folder, { recursive: true }));

const feed =
  '<rss version="2.0"><channel><title>T</title><item><title>Séoul</title><link>/a</link></item></channel></rss>';
writeFileSync(join(folder, 'latin.xml'), Buffer.from(feed, 'latin1'));
writeFileSync(join(folder, 'page.html'), '<!doctype html><html><body>hi</body></html>');

function anIo(input: readonly string[] = []) {
  const printed: unknown[] = [];
  const warned: string[] = [];
  const io: Io = {
    async *lines() {
      for (const [index, text] of input.entries()) yield await Promise.resolve({ number: index + 1, text });
    },
    print: (line) => void printed.push(JSON.parse(line)),
    warn: (sentence) => void warned.push(sentence),
    progress: () => undefined,
  };
  return { io, printed, warned };
}

test('each file gives one line, in order, whatever is wrong with it', async () => {
  const { io, printed } = anIo();
  await parseCommand({ files: ['latin.xml', 'page.html', 'none.xml'], root: folder }, io);

  expect(printed).toEqual([
    { file: 'latin.xml', feed: { title: 'T' }, items: [{ title: 'Séoul', url: '/a' }] },
    { file: 'page.html', error: 'an HTML page, not a feed' },
    { file: 'none.xml', error: 'the file cannot be read' },
  ]);
});

test('a manifest says what the server said, and where from', async () => {
  const line = {
    file: 'latin.xml',
    contentType: 'text/xml; charset=iso-8859-1',
    url: 'http://e.example/feed',
  };
  const { io, printed, warned } = anIo([JSON.stringify(line), 'no JSON']);
  await parseCommand({ files: [], manifest: true, root: folder }, io);

  expect(printed).toMatchObject([{ items: [{ title: 'Séoul', url: 'http://e.example/a' }] }]);
  expect(warned).toHaveLength(1);
});

test('without files it says what it needs', async () => {
  await expect(parseCommand({ files: [] }, anIo().io)).rejects.toThrow(UserError);
});
