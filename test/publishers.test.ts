import { expect, test } from 'vitest';
import { makeFolder } from '../src/events/fold/folder.ts';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { domainOf, familyOf } from '../src/publisher.ts';
import { publishersOf } from '../src/topics/publishers.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { aFeed, anItem, aSource } from './builders.ts';

const lamp = aSource({ name: 'The Lamp', family: 'lamp-group' });
const publisherOf = publishersOf([
  aFeed({ url: 'https://feeds.lamp.co.kr/world.xml', source: lamp }),
  aFeed({ url: 'https://news.example.org/all', source: aSource({ name: 'All News', kind: 'aggregator' }) }),
]);

test.each([
  ['its name in any case', { outlet: 'the lamp' }],
  ['its domain, under whatever name', { outlet: 'Lamp (English)', url: 'https://en.lamp.co.kr/view/1' }],
])('a house is known by %s', (_, page) => {
  expect(publisherOf(page)).toBe(lamp);
});

test.each([
  ['a house without a feed', { outlet: 'The Oar', url: 'https://oar.co.kr/1' }],
  ['a page at an aggregator', { outlet: 'The Oar', url: 'https://news.example.org/1' }],
  ['a page without an address', { outlet: 'The Oar' }],
])('%s is nobody of the topic', (_, page) => {
  expect(publisherOf(page)).toBeUndefined();
});

test.each([
  ['https://en.lamp.co.kr/view', 'lamp.co.kr', 'lamp'],
  ['https://www.oar.example/1', 'oar.example', 'oar'],
  ['https://gov.pl/web', 'gov.pl', 'gov'],
  ['no address', undefined, undefined],
])('%s is registered as %s', (address, domain, family) => {
  expect(domainOf(address)).toBe(domain);
  expect(familyOf(address)).toBe(family);
});

test('a page is of the same house whether its feed, an aggregator or the shipped history brings it', () => {
  const topic = loadTopic('src/topics/dprk-russia');
  const guardian = { outlet: 'The Guardian', url: 'https://www.theguardian.com/world/1' };
  const byAggregator = anItem({ source: aSource({ name: guardian.outlet, family: 'theguardian' }) });
  const { family } = publishersOf(topic.feeds)(guardian) ?? {};
  const shipped = makeFolder(topic, makeFinder(topic)).history.flatMap(({ citations }) => citations);
  expect(makeAbsorber(topic).match(byAggregator).item.source.family).toBe(family);
  expect(shipped.filter(({ outlet }) => outlet === guardian.outlet)[0]?.family).toBe(family);
});
