import { expect, test } from 'vitest';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import { loadTopic } from '../src/topics/topic.ts';

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));
const zoneOf = (language: string, title: string, text = '') => match({ language, title, text }, finder).zone;

test.each([
  [
    'en',
    'Artillery fire at the table: North Korea beat Russia in table tennis',
    'The artillery fire of North Korean smashes was too much for Russia.',
  ],
  [
    'fr',
    'Volley : la Corée du Nord bombarde la Russie',
    'Un tir d’artillerie de la Corée du Nord a eu raison de la Russie.',
  ],
  [
    'de',
    'Handball: Nordkoreas Raketen zu schnell für Russland',
    'Nordkorea warf Russland mit Raketen aus dem Rückraum nieder.',
  ],
  [
    'es',
    'Vóley: Corea del Norte fusila a Rusia con misiles',
    'Los misiles de Corea del Norte tumbaron a Rusia.',
  ],
])('weapons are metaphors in sport: %s: %s', (language, title, text) => {
  expect(zoneOf(language, title, text)).not.toBe('hit');
});

test.each([
  ['en', 'Ukraine says Russia sends Ukrainian children to a camp in North Korea'],
  ['fr', 'Kiev accuse la Russie d’envoyer des enfants ukrainiens en Corée du Nord'],
  ['de', 'Ukraine: Russland schickt ukrainische Kinder nach Nordkorea'],
  ['uk', 'Росія відправляє українських дітей до Північної Кореї'],
])('children who are sent to a camp are no arms: %s: %s', (language, title) => {
  expect(zoneOf(language, title)).not.toBe('hit');
});

test.each([
  [
    'a poster of autocrats',
    'fr',
    'Une affiche montre Kim Jong-un, Poutine et Khamenei',
    'La campagne de la mairie fait rire.',
  ],
  [
    'allies of others',
    'en',
    'North Korea and Russia at odds with US and allies over ballistic missile launch',
    'They met at the Security Council.',
  ],
  [
    'a satellite that only took the picture',
    'en',
    'Satellite images show a new Russian-built airliner at a North Korean airport',
  ],
])('%s makes no cooperation', (_, language, title, text = '') => {
  expect(zoneOf(language, title, text)).not.toBe('hit');
});

test('sport beside soldiers is still about soldiers', () => {
  expect(zoneOf('en', 'After the football, Kim honours North Korean soldiers killed in Kursk')).toBe('hit');
});
