import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DataError } from '../src/errors.ts';
import { loadTopic } from '../src/topics/topic.ts';

const shipped = 'src/topics/dprk-russia';

/** A copy of the shipped topic in which one file was changed; removed when the test ends. */
function changed(file: string, change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'topic-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(shipped, folder, { recursive: true });
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
  return folder;
}

test('the shipped topic is sound, and speaks at least fifteen languages', () => {
  const topic = loadTopic(shipped);
  expect(topic.id).toBe('dprk-russia');
  expect(topic.parties.map(({ id }) => id)).toEqual(['DPRK', 'Russia']);
  expect(topic.languages.length).toBeGreaterThanOrEqual(15);
  expect(topic.feeds.filter(({ enabled }) => enabled).length).toBeGreaterThan(100);
  expect(topic.history.length).toBeGreaterThan(300);
});

test('a date of the history keeps its precision', () => {
  const { history } = loadTopic(shipped);
  const byPrecision = (precision: string) => history.find(({ when }) => when.precision === precision);
  expect(byPrecision('day')?.when.start).toBe(byPrecision('day')?.when.end);
  expect(byPrecision('month')?.when).toMatchObject({ start: expect.stringMatching(/-01$/) });
  expect(byPrecision('week')?.when.start).not.toBe(byPrecision('week')?.when.end);
});

test.each([
  ['topic.json', '"hit": ', '"hit": 7', "topic.json: field 'thresholds.hit'"],
  ['topic.json', '"id": "denial"', '"id": "no"', "topic.json: field 'kinds': no kind 'denial'"],
  ['topic.json', '"handed"', '"handy"', "topic.json: field 'kinds.0.traits.1'"],
  ['names.json', '"id": "kirby"', '"id": "kirby x"', 'names.json: row '],
  ['names.json', '"of": "us"', '"of": "atlantis"', 'no such actor'],
  ['terms/fr.json', '"troops"', '"troupes"', "terms/fr.json: field 'troupes': no such concept"],
  ['sources.json', '"kind":"', '"kind":"x', "sources.json: row 1 (yonhap-ko-nk), field 'kind'"],
  [
    'history.jsonl',
    '"stance": "',
    '"stance": "x',
    "history.jsonl: row 1 (2022-09-05-nyt-shells-purchase), field 'claims.0.stance'",
  ],
  ['history.jsonl', '"kind": "report"', '"kind": "gossip"', "field 'kind': no such kind: 'gossip'"],
  ['terms/de.json', '{', '[', 'terms/de.json: not JSON'],
])('a mistake in %s is named with its place: %s → %s', (file, from, to, message) => {
  const folder = changed(file, (text) => text.replace(new RegExp(from.replace(/":/, '": ?')), to));
  const load = () => loadTopic(folder);
  expect(load).toThrow(DataError);
  expect(load).toThrow(message);
});
