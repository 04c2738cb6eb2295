import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeClaimReader } from '../src/events/claims.ts';
import { foldRound } from '../src/events/fold/fold.ts';
import { makeFolder } from '../src/events/fold/folder.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import type { ItemId } from '../src/model.ts';
import { loadTopic } from '../src/topics/topic.ts';
import type { Topic } from '../src/topics/topic.ts';
import { anItem } from './builders.ts';

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

/** The kinds that each headline tells, and the event that it joins, when a topic's items come in one round. */
function read(watched: Topic, titles: readonly string[]): { kinds: string[]; main: string | undefined }[] {
  const words = makeFinder(watched);
  const { claimsOf } = makeClaimReader(watched, words);
  const { signer, tools } = makeFolder(watched, words);
  const articles = titles.map((title, index) => {
    const published = new Date('2027-03-10T09:00:00Z');
    const item = anItem({
      id: `item-${index}` as ItemId,
      title,
      text: '',
      language: 'en',
      published,
      seen: published,
    });
    const found = match(item, words);
    return signer.articleOf(item, claimsOf(item, found), found);
  });
  const { placements } = foldRound(articles, [], tools);
  return articles.map(({ claims }, index) => ({
    kinds: claims.map(({ kind }) => kind),
    main: placements[index]?.main,
  }));
}

describe('kinds of event are the topic’s own', () => {
  test('the second topic keeps apart what it calls deeds', () => {
    const [made, sent, again] = read(topic, [
      'Iran and Russia produce Shahed drones in Yelabuga',
      'Iran supplies Shahed drones to Russia',
      'Iran delivers Shahed drones to Russia',
    ]);
    expect(made?.kinds).toContain('production');
    expect(sent?.kinds).toContain('transfer');
    expect(made?.main).not.toBe(sent?.main);
    expect(again?.main).toBe(sent?.main);
  });

  test('whatever they are called, claims and events are the same', () => {
    const titles = [
      'North Korea sends ballistic missiles to Russia, Seoul says',
      'Russia sends ballistic missiles to North Korea, Seoul says',
      'North Korea sends soldiers to Russia, Seoul says',
      'The Kremlin denies that North Korean soldiers fight in Kursk',
      'Kim Jong Un arrives in Vladivostok to meet Putin',
      'North Korea fired two missiles into the sea, Moscow says',
    ];
    const own = read({ ...watched, history: [] }, titles);
    const other = read({ ...renamed(watched), history: [] }, titles);
    expect(other.map(({ kinds }) => kinds)).toEqual(own.map(({ kinds }) => kinds.map(rename)));
    expect(other.map(({ main }) => main)).toEqual(own.map(({ main }) => main));
  });
});

const watched = loadTopic('src/topics/dprk-russia');

/** Every topic has these; all others may have any name. */
const common = new Set(['statement', 'denial', 'other']);

function rename(kind: string): string {
  return common.has(kind) ? kind : `my-${kind}`;
}

function renamed(given: Topic): Topic {
  const [first, ...others] = given.kinds;
  return {
    ...given,
    kinds: [rename(first), ...others.map(rename)],
    kindList: given.kindList.map((kind) => ({ ...kind, id: rename(kind.id) })),
    kindRules: given.kindRules.map((rule) => ({
      ...rule,
      kind: rename(rule.kind),
      unless: rule.unless.map(rename),
    })),
  };
}
