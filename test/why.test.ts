import { expect, test } from 'vitest';
import { makeAnswer } from '../commands/answer.ts';
import { commandsFor } from '../commands/index.ts';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import { makeArticleTools } from '../src/jobs/article-tools.ts';
import type { ItemId } from '../src/model.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { anItem } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { reader, shown } from './desk.ts';

const topic = loadTopic('src/topics/dprk-russia');
const absorber = makeAbsorber(topic);

const dam = anItem({
  id: 'dam' as ItemId,
  url: 'https://lighthouse.example/dam',
  title: 'North Korean soldiers build a dam at the river',
  text: 'They work in three shifts.',
});
const shells = anItem({
  id: 'shells' as ItemId,
  title: 'Weekend review',
  text: 'It rained in Seoul.\nNorth Korea has sent artillery shells to Russia.',
});

/** An archive with two articles, one about the topic, and the answers to what is typed in it. */
async function desk(hasTools = true) {
  const db = await emptyDatabase();
  const keys = new Map([['dam', ['url:lighthouse.example/dam']]]);
  const items = [dam, shells].map((item) => ({ item, keys: keys.get(item.id) ?? [`words:${item.id}`] }));
  await db.transaction((tx) => absorber.receive(tx, items));
  await absorber.foldPending(db);
  const log = { info: () => undefined, error: () => undefined };
  const answer = makeAnswer({
    commands: commandsFor(topic),
    db,
    topic,
    clock: () => new Date('2024-11-01T12:00:00Z'),
    zone: 'UTC',
    log,
    ...(hasTools && { articles: makeArticleTools(absorber) }),
  });
  return async (line: string, language = 'en') => shown(await answer.typed(line, { ...reader, language }));
}

test('the id of an article tells its score, the sentence that speaks for it, and the words in it', async () => {
  const ask = await desk();
  const text = await ask('/why shells');
  expect(text).toContain('about the topic');
  expect(text).toMatch(/North Korea has sent artillery shells to Russia\. · .*North Korea.*\(.*Russia/);
});

test.each([
  'https://www.lighthouse.example/dam?utm_source=feed',
  'dam',
  'north korean soldiers build a DAM at the river',
])('%s leads to the stored article, and what it lacks is said', async (asked) => {
  const ask = await desk();
  const text = await ask(`/why ${asked}`);
  expect(text).toContain('not about the topic');
  expect(text).toContain('Found: North Korean');
  expect(text).toContain('Not found: Russia');
  expect(text).toContain('First read');
});

test('an address that no source has brought is said so', async () => {
  const ask = await desk();
  const text = await ask('/why https://lighthouse.example/elsewhere');
  expect(text).toContain('This article is not stored: no source that is read has brought it.');
});

test('a title that is not stored is judged as it would be now, in any language', async () => {
  const ask = await desk();
  const text = await ask('/why Северная Корея отправила России артиллерийские снаряды');
  expect(text).toContain('it is not stored under this title');
  expect(text).toContain('about the topic');
  expect(await ask('/why 서울에 비가 내렸다')).toContain('Score 0: not about the topic');
});

test('what speaks against an article is named', async () => {
  const ask = await desk();
  const text = await ask('/why North Korea and Russia meet in a football friendly');
  expect(text).toMatch(/About this as well, which leaves \d+ % of the score: .*[Ss]port/);
});

test('an event tells why each of its articles was taken; where texts cannot be judged, as it was kept', async () => {
  for (const hasTools of [true, false]) {
    const ask = await desk(hasTools);
    const text = await ask('/why artillery');
    expect(text).toContain('Why 1 article was taken');
    expect(text).toContain('artillery shells');
  }
});

test('an id that is unknown is refused, and the explanation is given in French too', async () => {
  const ask = await desk();
  expect(await ask('/why 2020-01-01-zz')).toContain("There is no event '2020-01-01-zz'");
  expect(await ask('/why dam', 'fr')).toContain('Absent : Russie');
});
