import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import { loadTopic } from '../src/topics/topic.ts';

/** Sentences of our own: `+` must be a hit, `-` must not; then what the line shows, the title and perhaps the text. */
const FOLDER = 'test/fixtures/matches';
const LINE = /^([+-]) (.+?) :: (.+?)(?: \| (.+))?$/;

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));
const languages = readdirSync(FOLDER).map((file) => file.slice(0, -'.txt'.length));

function casesOf(language: string) {
  const lines = readFileSync(`${FOLDER}/${language}.txt`, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [, sign, shows = '', title = '', text = ''] = LINE.exec(line) ?? [];
    return { isHit: sign === '+', shows, title, text: text.replaceAll('\\n', '\n') };
  });
}

test('at least fifteen languages have at least a dozen cases, about half of them negative', () => {
  const full = languages.filter((language) => {
    const cases = casesOf(language);
    return cases.length >= 12 && cases.filter(({ isHit }) => !isHit).length >= 5;
  });
  expect(full.length).toBeGreaterThanOrEqual(15);
});

describe.each(languages)('in %s', (language) => {
  test.each(casesOf(language))('$shows: $title', ({ title, text, isHit }) => {
    expect(match({ title, text, language }, finder).zone === 'hit').toBe(isHit);
  });
});
