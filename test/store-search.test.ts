import { describe, expect, test } from 'vitest';
import type { Item, NewsEvent } from '../src/model.ts';
import { findEvents, saveEvents, type EventFilter } from '../src/store/events.ts';
import { indexed, runsOf, wordsOfRun } from '../src/store/search/analyse.ts';
import { saveItems } from '../src/store/items.ts';
import { nameLookup } from '../src/store/search/names.ts';
import { parseQuery } from '../src/store/search/query.ts';
import { countFoundItems, searchEvents, searchItems } from '../src/store/searching.ts';
import { snippetOf } from '../src/store/search/snippet.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aCitation, aClaim, aClaimant, anEvent, anItem } from './builders.ts';
import { engines } from './database.ts';

const names = nameLookup([
  { id: 'kharkiv', type: 'place', spellings: ['Kharkiv', 'Kharkov', 'Харків', 'Харьков', '하르키우'] },
  { id: 'kim-jong-un', type: 'actor', spellings: ['Kim Jong Un', '김정은', '金正恩'] },
  { id: 'hwasong-11', type: 'weapon', spellings: ['Hwasong-11*', 'KN-23', 'КН-23'] },
]);

const all: EventFilter = { topic: 'dprk-russia', limit: 100, names };

describe.each(await engines())('on %s', (_, open) => {
  test.each<[what: string, query: string, found: string[]]>([
    ['a word', 'freighter', ['ship']],
    ['case and accents', 'MISSÍLE', ['strike']],
    ['the plural from the singular', 'container', ['ship']],
    ['the singular from the plural', 'freighters', ['ship']],
    ['a Russian word in another case', 'ракета', ['strike']],
    ['a Russian word with ё or е', 'самолет', ['strike']],
    ['all of the words', 'missile Kharkiv', ['strike']],
    ['nothing when one word is missing', 'missile freighter', []],
    ['either word', 'missile OR freighter', ['strike', 'ship']],
    ['a phrase', '"docked in Rajin"', ['ship']],
    ['no phrase in another order', '"Rajin in docked"', []],
    ['only the very word in quotation marks', '"containers"', []],
    ['the beginning of a word', 'freigh*', ['ship']],
    ['what is not there', 'arrived -missile', ['ship']],
    ['only what is not there', '-missile', ['ship']],
    ['Korean without blanks', '미사일', ['strike']],
    ['a Korean word with its particle', '미사일을', ['strike']],
    ['Chinese inside a sentence', '导弹', ['strike']],
    ['a single Chinese character', '弹', ['strike']],
    ['not characters that do not stand side by side', '导打', []],
    ['a place by its English name', 'Kharkiv', ['strike']],
    ['a place by its Russian name', 'Харьков', ['strike']],
    ['a place by its Russian name in another case', 'Харькове', ['strike']],
    ['a place by its Korean name', '하르키우', ['strike']],
    ['an actor of several words', 'Kim Jong Un', ['ship']],
    ['an actor by Chinese characters', '金正恩', ['ship']],
    ['a weapon by a longer spelling', 'Hwasong-11Ga', ['strike']],
    ['a weapon by its other name', 'кн-23', ['strike']],
    ['a field', 'place:Харків', ['strike']],
    ['a field with an id', 'weapon:hwasong-11', ['strike']],
    ['a field of an actor in quotation marks', 'actor:"Kim Jong Un"', ['ship']],
    ['a field and a word', 'kind:use missile', ['strike']],
    ['a field that nothing fulfils', 'kind:visit missile', []],
    ['the source', 'source:lighthouse', ['ship']],
    ['a part of the outlet', 'source:"daily bel"', ['strike']],
    ['the language', 'lang:ko', ['strike']],
    ['a month', 'when:2024-01', ['strike']],
    ['days', 'when:2024-10-01..2024-10-31', ['ship']],
    ['what matters among little words', 'the missile in Kharkiv', ['strike']],
    ['a place after a Russian preposition', 'в Харькове', ['strike']],
    ['everything for a search of blanks', '  ', ['strike', 'ship']],
    ['nothing for a search without a letter', '?!', []],
  ])('a search finds %s', async (_what, text, found) => {
    const db = await open();
    await saveEvents(db, [theStrike, theShip]);

    const events = await findEvents(db, { ...all, text });
    expect(nicknames(events)).toEqual(found.toSorted());
    expect(nicknames((await searchEvents(db, { ...all, text })).map(({ event }) => event))).toEqual(
      found.toSorted(),
    );
  });

  test('no search is an error', async () => {
    const db = await open();
    await saveEvents(db, [theStrike]);
    await saveItems(db, [{ item: anItem(), keys: [] }]);
    const pieces = [
      '"',
      '-',
      'OR',
      '*',
      ':',
      'place:',
      '(',
      ')',
      "'",
      '\\',
      '&|!<->',
      'NEAR',
      'AND',
      'NOT',
      '^a',
      '{title}',
      '\0',
      '🚢',
      '“',
      'a*b',
      '--',
      'when:2024-99',
      '%',
      '北',
      "d'un",
    ];
    for (let round = 0; round < 300; round += 1) {
      const text = Array.from(
        { length: 1 + (round % 5) },
        (_unused, place) => pieces[(round * 7 + place * 11) % pieces.length],
      ).join(round % 2 === 0 ? ' ' : '');
      await expect(findEvents(db, { ...all, text })).resolves.toBeInstanceOf(Array);
      await expect(searchItems(db, { text, names, limit: 5 })).resolves.toBeInstanceOf(Array);
    }
  });

  test('what fits better comes first', async () => {
    const db = await open();
    const inSentence = anEvent({
      titles: { en: 'Talks in Moscow' },
      claims: [aClaim({ sentence: 'They spoke of a tanker.' })],
      when: onDay(parseDay('2024-12-01')),
    });
    const inTitle = anEvent({ titles: { en: 'A tanker leaves' } });
    await saveEvents(db, [inSentence, inTitle]);

    const found = await searchEvents(db, { ...all, text: 'tanker' });
    expect(found.map(({ event }) => event.id)).toEqual([inTitle.id, inSentence.id]);
    expect(found[1]?.snippet).toEqual({ text: 'They spoke of a tanker.', marks: [[16, 22]] });
  });

  test('items are found newest first, those that say it in the title before the others', async () => {
    const db = await open();
    const [oldTitle, oldText, newText, other] = [
      on('2024-01-01', 'Shells shipped', 'They left.'),
      on('2024-01-02', 'A train', 'It carried a shell or two.'),
      on('2024-03-01', 'Another train', 'It carried shells, 1,000 of them.'),
      on('2024-03-02', 'Weather', 'Rain.'),
    ];
    await saveItems(
      db,
      [oldText, other, newText, oldTitle].map((item) => ({ item, keys: [] })),
    );
    const find = (more: object) => searchItems(db, { text: 'shells', limit: 10, ...more });

    expect(itemsOf(await find({}))).toEqual([oldTitle, newText, oldText]);
    expect(itemsOf(await find({ skip: 1, limit: 1 }))).toEqual([newText]);
    expect(itemsOf(await find({ from: parseDay('2024-01-02'), to: parseDay('2024-01-02') }))).toEqual([
      oldText,
    ]);
    expect(await find({ language: 'fr' })).toEqual([]);
    expect(await countFoundItems(db, { text: 'shells' })).toEqual({ count: 3, isMore: false });
  });
});

test('a query is read as words, phrases, beginnings, exclusions, alternatives and fields', () => {
  expect(parseQuery('place:"Ust Luga" shells OR ammo* -drones “train cars” foo:bar KIND:use -')).toEqual({
    fields: [
      { name: 'place', value: 'Ust Luga' },
      { name: 'kind', value: 'use' },
    ],
    wanted: [
      [
        { text: 'shells', exact: false, open: false },
        { text: 'ammo', exact: false, open: true },
      ],
      [{ text: 'train cars', exact: true, open: false }],
      [{ text: 'foo:bar', exact: false, open: false }],
      [{ text: '-', exact: false, open: false }],
    ],
    unwanted: [{ text: 'drones', exact: false, open: false }],
  });
});

test.each([
  ['marks are dropped', 'Ёлка Łódź naïve', 'елка lodz naive'],
  ['full width becomes plain', 'ＫＮ－２３', 'kn 23'],
  ['Chinese becomes pairs and a last character', '北朝鮮軍', '北朝 朝鮮 鮮軍 軍'],
  ['voicing marks of kana stay', 'ガ', 'ガ'],
  ['Hangul is kept whole', '북한', '북한 한'],
  ['scripts are parted', '5만t급', '5 만 t 급'],
])('in the index %s', (_what, text, words) => {
  expect(indexed(text)).toBe(words);
});

const bySteps = (text: string) => runsOf(text).flatMap(wordsOfRun).join(' ');

test('a text is indexed by the same words whether or not its characters can be read one by one', () => {
  const beside = Array.from({ length: 0x2300 }, (_, code) => `a${String.fromCharCode(code)}б `);
  const long = `${'ß'.repeat(70)} ${'a'.repeat(63)}œ ${'Слово word. '.repeat(1000)}`;

  expect(beside.map(indexed)).toEqual(beside.map(bySteps));
  expect(indexed(long)).toBe(bySteps(long));
});

test('a snippet is the sentence that holds most, cut at the borders of sentences', () => {
  const wanted = [spelled('train'), spelled('shells')];
  const text =
    'It rained. A train brought shells to Rajin. Nobody spoke. ' +
    'Later more came by another way. '.repeat(9);
  const { text: shown, marks } = snippetOf(text, wanted, 60);

  expect(shown).toBe('A train brought shells to Rajin. Nobody spoke.');
  expect(marks.map(([start, end]) => shown.slice(start, end))).toEqual(['train', 'shells']);
});

test('a snippet of a sentence without blanks shows what was looked for', () => {
  const text = `${'今日の天気は晴れです'.repeat(20)}北朝鮮が派兵した`;
  const { text: shown, marks } = snippetOf(text, [{ spellings: [{ words: ['派兵'], open: false }] }], 40);

  expect(shown.length).toBeLessThanOrEqual(41);
  expect(marks.map(([start, end]) => shown.slice(start, end))).toEqual(['派兵']);
});

const theStrike: NewsEvent = anEvent({
  kind: 'use',
  when: onDay(parseDay('2024-01-02')),
  titles: { en: 'Missile arrived over a city', ko: '러시아가 미사일을 쏘다', zh: '俄罗斯发射导弹打击城市' },
  claims: [
    aClaim({
      claimants: [],
      sentence: 'Удар ракетами с самолёта.',
      language: 'ru',
      places: [],
      weapons: [],
      actors: [],
    }),
  ],
  citations: [aCitation({ outlet: 'The Daily Bell', family: 'bell', language: 'ko', title: 'Two missiles' })],
  places: ['kharkiv'],
  weapons: ['hwasong-11'],
  actors: [],
});

const theShip: NewsEvent = anEvent({
  titles: { en: 'Arrived: a freighter' },
  claims: [
    aClaim({
      claimants: [aClaimant({ id: 'kim-jong-un' })],
      sentence: 'It docked in Rajin with a container.',
    }),
  ],
  when: onDay(parseDay('2024-10-23')),
});

function nicknames(events: readonly NewsEvent[]): string[] {
  return events.map(({ id }) => (id === theStrike.id ? 'strike' : 'ship')).toSorted();
}

function on(day: string, title: string, text: string): Item {
  return anItem({ title, text, published: new Date(`${day}T00:00:00Z`) });
}

function itemsOf(found: readonly { readonly item: Item }[]): Item[] {
  return found.map(({ item }) => item);
}

function spelled(word: string) {
  return { spellings: [{ words: [word], open: false }] };
}
