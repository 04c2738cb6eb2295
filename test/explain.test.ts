import { expect, test } from 'vitest';
import { explain } from '../src/matches/explain.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { loadTopic } from '../src/topics/topic.ts';

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));
const why = (title: string, text = '') => explain({ title, text, language: 'en' }, finder);

test('a hit is explained by its strongest sentence', () => {
  const { zone, sentences, missing } = why(
    'Weekend review',
    'It rained.\nNorth Korean shells reached Russia.',
  );
  expect(zone).toBe('hit');
  expect(sentences[0]).toMatchObject({ start: 26, end: 61 });
  expect(missing).toEqual([]);
});

test('an item that names one side only is told which other is missing', () => {
  expect(why('North Korean soldiers build a dam')).toMatchObject({ zone: 'miss', missing: ['russia'] });
});

test('an item that has everything, far apart, is told so', () => {
  const text = 'Rain is expected.\nThe river rises.\nA bridge is closed.\nRussia sold gas.';
  const found = why('North Korea harvests rice', text);
  expect(found).toMatchObject({ zone: 'miss', isScattered: true, missing: [] });
});

test('what the item is about instead is named with its weight', () => {
  const { zone, against } = why('North Korea and Russia meet in a football friendly');
  expect(zone).not.toBe('hit');
  expect(against.flatMap(({ concepts }) => concepts)).toContain('sport');
});
