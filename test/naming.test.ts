import { expect, test } from 'vitest';
import { readWords } from '../commands/naming.ts';
import type { EventId } from '../src/model.ts';
import { findEvents, saveEvents } from '../src/store/events.ts';
import type { Topic } from '../src/topics/topic.ts';
import { anEvent } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { aTopic } from './topic.ts';

const concepts = {
  troops: ['soldiers', 'troops', 'mercenaries'],
  fight: ['killed', 'wounded', 'fighting'],
};

const topic: Topic = aTopic({
  terms: Object.entries(concepts).flatMap(([concept, texts]) =>
    texts.map((text) => ({ text, concept, language: 'en' })),
  ),
});

const titles = {
  killed: 'Soldiers killed near Kursk',
  wounded: 'Troops wounded near Kursk',
  convoy: 'Convoy leaves Rajin',
};

test('a word that is found nowhere stands for its like, one that is found for itself', async () => {
  expect(await found('mercenaries killed')).toEqual(['killed']);
});

test('where all words are found, but never together, each stands for its like', async () => {
  expect(await found('soldiers wounded')).toEqual(['killed', 'wounded']);
});

test('words that are found together stand for themselves', async () => {
  expect(await found('soldiers killed')).toEqual(['killed']);
});

test('a word that is found nowhere and is like no other finds nothing', async () => {
  expect(await found('submarine killed')).toEqual([]);
});

async function found(text: string): Promise<string[]> {
  const db = await emptyDatabase();
  await saveEvents(
    db,
    Object.entries(titles).map(([id, title]) =>
      anEvent({ id: id as EventId, topic: topic.id, titles: { en: title }, claims: [], citations: [] }),
    ),
  );
  const { total, names } = await readWords({ topic: topic.id, text }, { db, topic });
  const events = await findEvents(db, { topic: topic.id, text, names, limit: 10 });
  await db.close();
  expect(total).toBe(events.length);
  return events.map(({ id }) => id).toSorted();
}
