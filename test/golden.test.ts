import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';

/**
 * A stream of news written by us, replayed as the digests of ten days. `npx vitest run test/golden.test.ts -u` writes the
 * digests anew after a change that is meant; they are then read line by line before they are kept.
 */
const folder = 'test/fixtures/golden';
const PERIOD = ['--from', '2031-03-02', '--to', '2031-03-11', '--zone', 'Europe/Paris', '--no-history'];

/** Two processes start and read the whole topic; a busy machine takes its time. */
const LONGEST_MS = 60_000;
const languages = ['en', 'fr'];

interface Row {
  readonly url: string;
  readonly summary: string;
}

const offTopic = ['table-tennis', 'zug', 'voley'];
const rows = readFileSync(`${folder}/stream.jsonl`, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);
const digestsIn: Record<string, string> = {};
let digests = '';

beforeAll(() => {
  for (const language of languages) digestsIn[language] = replayed(language);
  digests = digestsIn['en'] ?? '';
}, LONGEST_MS);

test.each(languages)(
  'the digests of the golden stream in %s read as they were read and kept',
  async (language) => {
    await expect(digestsIn[language]).toMatchFileSnapshot(`fixtures/golden/${language}.txt`);
  },
);

test('every event is new on one day at most', () => {
  const news = digests
    .split(/^(?=Tumen digest)/m)
    .flatMap((digest) => /^New\n([^]*?)(?=^\w+\n|\n\n)/m.exec(digest)?.[1] ?? []);
  const ids = news.flatMap((part) => part.match(/\b2031-\d\d-\d\d-\w+/g) ?? []);
  expect(ids.length).toBeGreaterThan(4);
  expect(ids).toEqual([...new Set(ids)]);
});

test('every event has its day, or that none is known; who says so; and a link', () => {
  const entries = digests.split(/^• /m).slice(1);
  expect(entries.length).toBeGreaterThan(8);
  for (const entry of entries) {
    expect(entry).toMatch(/^(\d+ \w+ 2031|day not known \(first seen \d+ \w+ 2031\)) · /);
    expect(entry).toMatch(/according to|said by|denied by|criticism by|reported by|taken back by/);
    expect(entry).toMatch(/https:\/\//);
  }
});

test('what is off topic, however like it looks, and history told again are no events', () => {
  for (const path of [...offTopic, 'look-back']) {
    expect(rows.some(({ url }) => url.endsWith(`/${path}`))).toBe(true);
    expect(digests).not.toContain(`/${path}`);
  }
});

test('what came without a day is told again when somebody gives it', () => {
  expect(digests).toMatch(/day not known \(first seen 9 Mar 2031\)[^•]*2031-03-09-m3/);
  expect(digests).toMatch(/8 March 2031[^•]*Now dated 8 March 2031[^•]*2031-03-09-m3/);
});

test('a report that its outlet takes back is told as that, and as nothing new', () => {
  expect(digests).toMatch(/Now retracted; was claimed\n +taken back by phare\.example/);
});

test('a correction puts a figure right and is no new event', () => {
  expect(digests).toMatch(/\(2–3 killed; Kharkiv\)\n +New figures: 2 killed/);
});

test('what a report tells of years before is no event of its own', () => {
  expect(rows.some(({ summary }) => summary.includes('October 2024'))).toBe(true);
  expect(digests).not.toContain('1,500 soldiers');
});

test('copies of a dispatch are no newsrooms of their own', () => {
  expect(digests).not.toMatch(/wire-(copy|reprint)/);
  expect(digests).toMatch(/3 newsrooms · English, French and Korean/);
});

function replayed(language: string): string {
  const wish = ['replay', `${folder}/stream.jsonl`, ...PERIOD, '--lang', language];
  return execFileSync(process.execPath, ['src/cli.ts', ...wish], { encoding: 'utf8' });
}
