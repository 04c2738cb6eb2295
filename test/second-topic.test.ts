import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import { loadTopic } from '../src/topics/topic.ts';

const topic = loadTopic('src/topics/iran-russia');
const finder = makeFinder(topic);

test('the second topic is off unless asked for', () => {
  expect(topic.enabled).toBe(false);
});

test.each([
  [
    'en',
    'Russia fires Shahed drones from a new factory in Yelabuga',
    'Tehran sold Moscow the design.',
    'hit',
  ],
  ['en', 'Iran has sent Fath-360 missiles to Russia, Washington says', '', 'hit'],
  ['fr', 'L’Iran a livré des drones à la Russie, selon Kiev', '', 'hit'],
  [
    'fr',
    'Moscou et Téhéran signent un partenariat stratégique',
    'Le traité prévoit une aide militaire.',
    'hit',
  ],
  ['ru', 'Шойгу обсудил в Тегеране поставки дронов России', 'Визит продлится два дня.', 'hit'],
  ['uk', 'Іран передав Росії балістичні ракети', 'Про це заявили у Вашингтоні.', 'hit'],
  ['en', 'Iran fires missiles at Israel', 'Moscow called for calm.', 'miss'],
  ['en', 'North Korean soldiers seen in Kursk', 'Kyiv says so.', 'miss'],
  ['fr', 'Nucléaire iranien : la Russie reçoit les négociateurs', '', 'miss'],
  ['fr', 'Volley : l’Iran bat la Russie', 'Le match a duré trois heures.', 'miss'],
  ['ru', 'Сборная России сыграет с Ираном', 'Матч пройдет в Москве.', 'miss'],
  ['uk', 'Ізраїль завдав удару по Ірану', 'Росія засудила атаку.', 'miss'],
])('in %s: %s', (language, title, text, expected) => {
  const isHit = match({ title, text, language }, finder).zone === 'hit';
  expect(isHit).toBe(expected === 'hit');
});

test('no code names a country or a person: topics are data', () => {
  const told = /(?<!\/\/.*|\*.*)\b(?:korea|dprk|kim|putin|russia|iran)\b/i;
  const code = globSync(['src/matches/*.ts', 'src/topics/*.ts']);
  const guilty = code.filter((file) =>
    readFileSync(file, 'utf8')
      .replaceAll(/\/\*[^]*?\*\//g, '')
      .split('\n')
      .some((line) => told.test(line)),
  );
  expect(guilty).toEqual([]);
});
