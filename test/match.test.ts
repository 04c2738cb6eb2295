import { expect, test } from 'vitest';
import { makeFinder } from '../src/matches/finder.ts';
import { match, matchedText } from '../src/matches/match.ts';
import { loadTopic } from '../src/topics/topic.ts';

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));
const article = {
  language: 'en',
  title: 'North Korean soldiers seen in Kursk',
  text: 'Kyiv says so.\nThe weather in Lisbon stays fine.',
};

test('a match shows its evidence where the text has it', () => {
  const { evidence } = match(article, finder);
  const text = matchedText(article);
  const shown = evidence.map(({ concept, start, end }) => [concept, text.slice(start, end)]);
  expect(shown).toContainEqual(['dprk', 'North Korean']);
  expect(shown).toContainEqual(['troops', 'soldiers']);
  expect(shown).toContainEqual(['kursk-region', 'Kursk']);
});

test('a word that several languages share is shown once, by the list of the language spoken', () => {
  const { evidence } = match({ title: 'Putin-Kim', text: 'Soldat in Kursk', language: 'de' }, finder);
  const shared = evidence.filter(({ concept }) => ['leader-pair', 'troops'].includes(concept));
  expect(shared.map(({ language }) => language)).toEqual(['de', 'de']);
});

test('passages leave out what is about something else', () => {
  const { passages } = match(article, finder);
  const text = matchedText(article);
  expect(passages.map(([start, end]) => text.slice(start, end))).toEqual([article.title]);
});

test.each([
  ['nothing', ''],
  ['a megabyte of one letter', 'a'.repeat(1_000_000)],
  ['a megabyte of one name without spaces', '北'.repeat(1_000_000)],
  ['a megabyte of look-alikes', '朝鲜半岛'.repeat(250_000)],
  ['a megabyte of sentences that name one side', 'North Korea is a country. '.repeat(40_000)],
  ['halves of characters', '\ud800\udc00\udc00\ud800 North \ud800Korea'],
  ['text from right to left with direction marks', '\u202eاليوم\u202c \u200fטקסט\u200e'],
])('%s is a miss, not an error', (_, text) => {
  expect(match({ title: text, text, language: 'und' }, finder).zone).toBe('miss');
});
