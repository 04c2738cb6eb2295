import { expect, test } from 'vitest';
import { publicationOf } from '../src/events/publication.ts';
import type { PublicationClues } from '../src/events/publication.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { monthOf, onDay, parseDay } from '../src/time.ts';
import { loadTopic } from '../src/topics/topic.ts';

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));

function published(text: string, clues: Partial<PublicationClues> = {}) {
  const given = { language: 'fr', captions: [], notAfter: parseDay('2025-06-30'), ...clues };
  return publicationOf(text, given, finder);
}

test('a label that gives the day is believed', () => {
  expect(published('Kiev a parlé lundi.', { label: onDay(parseDay('2024-11-29')) })).toEqual({
    day: '2024-11-29',
    precision: 'day',
    how: 'label',
  });
});

test.each(['https://news.example/2024/03/18/missiles', 'https://news.example/monde/20240318-missiles.html'])(
  'an address tells the day: %s',
  (url) => {
    expect(published('Kiev a parlé lundi.', { url })).toEqual({
      day: '2024-03-18',
      precision: 'day',
      how: 'url',
    });
  },
);

test('a weekday with its date tells the year, and with it the day of publication', () => {
  const text = 'Séoul a annoncé lundi 16 décembre que des soldats nord-coréens étaient arrivés en Russie.';
  expect(published(text)).toEqual({ day: '2024-12-16', precision: 'day', how: 'text' });
});

test('a month is narrowed down by the past event that the text retells', () => {
  const text =
    'Washington, l’Union européenne et une cinquantaine de pays ont condamné ce mardi les livraisons de missiles nord-coréens à la Russie.';
  expect(published(text, { label: monthOf(2024, 1) })).toEqual({
    day: '2024-01-09',
    precision: 'day',
    how: 'history',
  });
});

test('a month that nothing narrows down stays a month', () => {
  expect(published('Les liens se renforcent.', { label: monthOf(2024, 1) })).toEqual({
    day: '2024-01-01',
    precision: 'month',
    how: 'label',
  });
});

test('dated pictures and a weekday of saying tell the day after them', () => {
  const text =
    'Kirby a déclaré jeudi que des missiles nord-coréens avaient été utilisés lors d’une attaque mardi.';
  expect(published(text, { captions: ['02/01/2024', '20 juin 2023'] })).toEqual({
    day: '2024-01-04',
    precision: 'day',
    how: 'caption',
  });
});

test('a text that says nothing of its time has none', () => {
  expect(published('Les liens entre Moscou et Pyongyang se renforcent.')).toBeUndefined();
});

test('a year far down in a text looks back and dates nothing', () => {
  const news =
    'Pyongyang et Moscou se rapprochent, selon Séoul, qui parle de milliers de conteneurs. '.repeat(4);
  expect(published(`${news}La guerre a commencé le 24 février 2022.`)).toBeUndefined();
  expect(published(`24 février 2022. ${news}`)).toMatchObject({ day: '2022-02-24', how: 'text' });
});
