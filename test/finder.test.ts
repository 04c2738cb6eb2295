import { expect, test } from 'vitest';
import { buildAutomaton } from '../src/matches/automaton.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { aTopic } from './topic.ts';

const concept = (id: string, role: 'evidence' | 'mask' = 'evidence') => ({
  id,
  label: { en: id },
  role,
  anyLanguage: false,
  implies: [],
});

const term = (text: string, id: string) => ({ text, concept: id, language: 'en' });

const name = (id: string, type: 'actor' | 'place', spelling: string) => ({
  id,
  type,
  label: { en: id },
  concepts: [],
  spellings: { en: [spelling] },
});

/** What a finder of these terms finds in a text, as the text has it. */
function found(terms: readonly string[], text: string, masks: readonly string[] = []): string[] {
  const topic = aTopic({
    concepts: [concept('thing'), concept('mask', 'mask')],
    terms: [...terms.map((one) => term(one, 'thing')), ...masks.map((one) => term(one, 'mask'))],
    names: [],
  });
  return makeFinder(topic)
    .find(text)
    .map(({ start, end }) => text.slice(start, end));
}

test.each([
  ['a word stands alone', ['arm'], 'an arm, no alarm, no army', ['arm']],
  ['a star lets it go on', ['soldat*'], 'Die Soldaten und ein Soldat', ['Soldaten', 'Soldat']],
  ['a star before lets it begin earlier', ['*rakete'], 'Die Mittelstreckenrakete', ['rakete']],
  [
    'a star inside lets each word end as it likes',
    ['стратегическ* партнерств*'],
    'о стратегическом партнерстве',
    ['стратегическом партнерстве'],
  ],
  [
    'a star inside needs the next word to follow',
    ['стратегическ* партнерств*'],
    'стратегическом и военном партнерстве',
    [],
  ],
  ['case and accents do not matter', ['coree'], 'La CORÉE', ['CORÉE']],
  ['unless the letters are asked for', ['=US'], 'US and us', ['US']],
  ['and with their accents', ['=Mỹ'], 'my friend in Mỹ', ['Mỹ']],
  [
    'a hyphen, a space and both are one',
    ['nord-coreen*'],
    'nord-coréen, nord coréens, nord- coréenne',
    ['nord-coréen', 'nord coréens', 'nord- coréenne'],
  ],
  ['a middle dot is a hyphen', ['북 러'], '북·러 정상', ['북·러']],
  ['a term does not cross a line', ['north korea'], 'north\nkorea', []],
  ['Han and kana need no borders', ['朝鲜', 'ロシア'], '在朝鲜的 駐ロシア大使', ['朝鲜', 'ロシア']],
  ['Hangul words carry their particles', ['북한'], '주북한대사가 북한에서', ['북한', '북한']],
  ['unless an edge is asked for', ['_러_'], '러, 달러와 러시아', ['러']],
  ['Arabic writes "and" and "the" onto a word', ['صواريخ'], 'والصواريخ وصواريخ', ['صواريخ', 'صواريخ']],
  ['but no other letters', ['نقل'], 'تنقل', []],
  ['Devanagari vowel signs belong to their word', ['रूस'], 'रूसी और रूस', ['रूस']],
  ['overlapping terms are all found', ['north korea', 'korea'], 'North Korea', ['North Korea', 'Korea']],
  ['characters beyond the basic plane keep the offsets right', ['missile'], '🚀🚀 missile', ['missile']],
])('%s', (_, terms, text, expected) => {
  expect(found(terms, text)).toEqual(expected);
});

test('a look-alike hides what it overlaps', () => {
  expect(found(['korea'], 'the Korean war in Korea', ['korean war'])).toEqual(['Korea']);
  expect(found(['korean', 'war'], 'a Korean war, a war', ['korean war'])).toEqual(['war']);
});

test('of names within each other the longest counts, one type at a time', () => {
  const names = [
    name('un', 'actor', 'united nations'),
    name('council', 'actor', 'united nations security council'),
    name('somewhere', 'place', 'nations'),
  ];
  const { find } = makeFinder(aTopic({ names }));
  const ids = find('The United Nations Security Council met').map((finding) => finding.name?.id);
  expect(ids).toEqual(['council', 'somewhere']);
});

test('the automaton finds what a search for each pattern finds', () => {
  const patterns = ['ab', 'b', 'abab', 'bc', 'cab', 'abc', 'ab', 'c'];
  const text = 'ababcabbcabababc';
  const units = Uint16Array.from(text, (character) => character.charCodeAt(0));
  const hits: string[] = [];
  buildAutomaton(patterns).scan(units, units.length, (pattern, end) => hits.push(`${pattern} ${end}`));
  const expected = patterns.flatMap((pattern, index) =>
    Array.from(text, (_, at) => at + 1)
      .filter((end) => text.slice(0, end).endsWith(pattern))
      .map((end) => `${index} ${end}`),
  );
  expect(hits.toSorted()).toEqual(expected.toSorted());
});
