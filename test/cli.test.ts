import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'tumen-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Event by id of the line. */
function eventsIn(out: string): Map<string, string> {
  const placed = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; event: string });
  return new Map(placed.map(({ id, event }) => [id, event]));
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

/** Runs `tumen` as a person would, with an archive of its own. */
function tumen(args: readonly string[], input = '', archive = 'default'): Promise<Ended> {
  const env = { PATH: process.env['PATH'], TZ: 'UTC', DATA_DIRECTORY: join(folder, archive) };
  const child = spawn(process.execPath, ['src/cli.ts', ...args], { env });
  let [out, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, said })));
}

const lines = (...values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

const troops = {
  id: 'a',
  source: 'lighthouse.example',
  url: 'https://lighthouse.example/troops',
  lang: 'en',
  published: '2026-03-18T09:00:00Z',
  title: 'North Korea sends more troops to Russia, Seoul says',
  summary:
    "North Korea sent 3,000 more soldiers to Russia on Tuesday, South Korea's spy agency said on Wednesday.",
};
const troupes = {
  id: 'b',
  source: 'phare.example',
  url: 'https://phare.example/troupes',
  lang: 'fr',
  published: '2026-03-18T11:00:00Z',
  title: 'La Corée du Nord envoie 3 000 soldats de plus en Russie, selon Séoul',
  summary:
    'Mardi, la Corée du Nord a envoyé 3 000 soldats supplémentaires en Russie, ont déclaré mercredi les services de renseignement sud-coréens.',
};
const apples = {
  id: 'c',
  lang: 'en',
  published: '2026-03-18',
  title: 'A good year for apples',
  summary: 'Orchards are full.',
};

test.each([
  [['frobnicate'], /unknown command/],
  [['replay', '-', '--from', '2026-13-01', '--to', '2026-03-18'], /--from '2026-13-01' is no day/],
  [['replay', '-', '--from', '2026-03-19', '--to', '2026-03-18'], /before/],
  [
    ['replay', 'nowhere.jsonl', '--from', '2026-03-18', '--to', '2026-03-18'],
    /nowhere\.jsonl cannot be read/,
  ],
  [['replay', '-', '--from', '2026-03-18', '--to', '2026-03-18', '--zone', 'Paris'], /no time zone/],
  [['import', 'nowhere.txt'], /no such file/],
  [['parse'], /Name the feed files/],
])('bad usage %j ends with code 2 and a sentence, never a stack trace', async (args, sentence) => {
  const { code, said } = await tumen(args);
  expect(code).toBe(2);
  expect(said).toMatch(sentence);
  expect(said).not.toMatch(/^\s+at /m);
});

test('a bad line is named by its number and left out; the others are read', async () => {
  const { code, out, said } = await tumen(
    ['match'],
    `${lines(apples)}not json\n{"title":"no id"}\n${lines(troops)}`,
  );
  expect(code).toBe(0);
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id),
  ).toEqual(['c', 'a']);
  expect(said).toMatch(/Line 2 is left out/);
  expect(said).toMatch(/Line 3 is left out/);
});

test('match tells the zone and the evidence', async () => {
  const { out } = await tumen(['match'], lines(troops, apples));
  const [hit, miss] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(hit).toMatchObject({ id: 'a', match: true, zone: 'hit', lang: 'en' });
  expect(hit.evidence.length).toBeGreaterThan(2);
  expect(miss).toMatchObject({ id: 'c', match: false, zone: 'miss' });
});

test('a reader that has seen enough ends the command without a word', async () => {
  const many = Array.from({ length: 3000 }, (_, index) => ({ ...troops, id: `n${index}` }));
  const child = spawn(process.execPath, ['src/cli.ts', 'match'], { env: { PATH: process.env['PATH'] } });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdout.once('data', () => child.stdout.destroy());
  child.stdin.end(lines(...many));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, said }).toEqual({ code: 0, said: '' });
});

test('fold puts two languages into one event, and the order of lines does not matter', async () => {
  const one = await tumen(['fold'], lines(troops, troupes));
  const other = await tumen(['fold'], lines(troupes, troops));
  expect(eventsIn(one.out).get('a')).toBe(eventsIn(one.out).get('b'));
  expect(eventsIn(other.out)).toEqual(eventsIn(one.out));
});

test('replay prints a digest for each day, with what became known on it', async () => {
  const wish = ['--from', '2026-03-17', '--to', '2026-03-19', '--no-history'];
  const { out } = await tumen(['replay', '-', ...wish], lines(troops, troupes, apples));
  const days = out.split(/(?=Tumen digest)/).filter((part) => part.trim() !== '');
  expect(days).toHaveLength(3);
  expect(days[0]).toMatch(/Nothing new/);
  expect(days[1]).toMatch(/• 17 March 2026 ·[^•]*troops[^•]*according to South Korea/);
  expect(days[1]).toMatch(/2 newsrooms/);
  expect(days[1]).not.toMatch(/apples/);
  expect(days[2]).toMatch(/Nothing new/);
});

test('replay speaks French, and JSON', async () => {
  const wish = ['--from', '2026-03-18', '--to', '2026-03-18', '--no-history'];
  const french = await tumen(['replay', '-', ...wish, '--lang', 'fr'], lines(troops, troupes));
  expect(french.out).toMatch(/18 mars 2026/);
  const json = await tumen(['replay', '-', ...wish, '--json'], lines(troops, troupes));
  expect(JSON.parse(json.out)).toMatchObject({ day: '2026-03-18', tone: 'digest' });
});

test('what is imported is found by a question, and importing again changes nothing', async () => {
  const file = join(folder, 'troops.jsonl');
  writeFileSync(file, lines(troops, troupes, apples));
  const first = await tumen(['import', file], '', 'import');
  expect(first.out).toMatch(/3 articles, 3 new, 2 on the topic/);
  const again = await tumen(['import', file], '', 'import');
  expect(again.out).toMatch(/3 articles, 0 new, 0 on the topic/);
  const { out } = await tumen(['ask', '/events when:2026-03-17'], '', 'import');
  expect(out).toMatch(/1 event/);
  expect(out).toMatch(/2 newsrooms · English and French/);
});

test('all events are made anew from what was imported, and what has changed is printed', async () => {
  const file = join(folder, 'refold.jsonl');
  writeFileSync(file, lines(troops, troupes, apples));
  await tumen(['import', file], '', 'refold');
  const { out } = await tumen(['refold', '--topic', 'dprk-russia'], '', 'refold');
  expect(out).toContain('3 items read, 2 about the topic; 0 are judged otherwise than before');
  expect(out).toMatch(/(\d+) events before, \1 after\n {2}\1 hold the same articles, 0 others/);
  const other = await tumen(['refold', '--topic', 'chess'], '', 'refold');
  expect(other).toMatchObject({ code: 2, said: "The topic 'chess' is not watched; there is dprk-russia.\n" });
});

const seeds = globSync('../shared/seeds/*.txt');

test.runIf(seeds.length > 0 && existsSync(seeds[0] ?? ''))(
  'the five real articles become the events that they tell',
  async () => {
    const { out } = await tumen(['import', ...seeds], '', 'seeds');
    expect(out.match(/stored, on the topic/g)).toHaveLength(5);
    const january = await tumen(['ask', '/events when:2023-12-30..2024-01-10'], '', 'seeds');
    expect(january.out).toMatch(/• 30 December 2023 · use of weapons[^•]*John Kirby/);
    const strike = await tumen(['ask', '/claims when:2024-01-02'], '', 'seeds');
    expect(strike.out).toMatch(/• according to John Kirby · 4 January 2024[^•]*\n {2}2 January 2024 · /);
    expect(january.out).toMatch(/• 9 January 2024 · statement[^•]*the United States[^•]*the European Union/);
    const casualties = await tumen(['ask', '/events when:2024-12 kind:casualties'], '', 'seeds');
    expect(casualties.out).toMatch(/• 14\s–\s15 December 2024 · casualties[^•]*Ukraine/);
    const statement = await tumen(['ask', '/events when:2024-12-16 kind:statement'], '', 'seeds');
    expect(statement.out).toMatch(/• 16 December 2024 · statement[^•]*the United States/);
    for (const word of ['Belgorod', 'Orechnik', 'antipersonnel', 'TikTok']) {
      expect((await tumen(['ask', `/search text:${word}`], '', 'seeds')).out).toMatch(/^No events/);
    }
  },
);
