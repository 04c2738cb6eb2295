import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const guide = readFileSync('docs/feeds.md', 'utf8');
const rows = [...guide.matchAll(/^\| (\d+) +\| (.+?) +\| (.*?) *\|$/gm)].map(([, number, promise, files]) => {
  return { number: Number(number), promise: promise ?? '', files: (files ?? '').split(', ').filter(Boolean) };
});
const titles = new Map(
  globSync('test/*.test.ts').map((file) => [file, titlesIn(readFileSync(file, 'utf8'))]),
);

test.each(rows.filter(({ promise }) => !promise.startsWith('Not applicable')))(
  'row $number of docs/feeds.md is tested where it says: $promise',
  ({ number, files }) => {
    expect(files).not.toEqual([]);
    for (const file of files) expect(numbersIn(`test/${file}.test.ts`)).toContain(number);
  },
);

/** What the titles of a file's tests number as rows: `row 5: …`, `rows 2, 3 and 4: …`. */
function numbersIn(file: string): number[] {
  return (titles.get(file) ?? []).flatMap((title) => (title.match(/\d+/g) ?? []).map(Number));
}

function titlesIn(code: string): string[] {
  return [...code.matchAll(/['"]rows? ([\d, and]+):/g)].flatMap(([, numbers]) => numbers ?? []);
}
