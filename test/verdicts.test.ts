import { expect, test } from 'vitest';
import { makeAnswer } from '../commands/answer.ts';
import { commandsFor } from '../commands/index.ts';
import { printFeedback } from '../src/cli/feedback.ts';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import { makeArticleTools } from '../src/jobs/article-tools.ts';
import type { Item, ItemId } from '../src/model.ts';
import { findEvents } from '../src/store/events.ts';
import { findMatch } from '../src/store/matches.ts';
import { findVerdicts } from '../src/store/verdicts.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { anItem } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { reader, shown } from './desk.ts';

const topic = loadTopic('src/topics/dprk-russia');
const absorber = makeAbsorber(topic);

const shells = anItem({
  id: 'shells' as ItemId,
  title: 'North Korea ships artillery shells to Russia, Seoul says',
  text: 'North Korea sent 200 containers of artillery shells to Russia, the South Korean spy agency said.',
});
const dam = anItem({
  id: 'dam' as ItemId,
  title: 'Pyongyang opens its warehouses',
  text: 'Shells left the port for the front, an officer said on Monday.',
});

/** An archive with an article on the topic and one off it, and what it takes to correct them. */
async function desk() {
  const db = await emptyDatabase();
  const receive = (item: Item, copyOf?: ItemId) =>
    db.transaction((tx) =>
      absorber.receive(tx, [{ item, keys: [`words:${item.id}`], ...(copyOf !== undefined && { copyOf }) }]),
    );
  await receive(shells);
  await receive(dam);
  await absorber.foldPending(db);
  const errors: object[] = [];
  const answer = makeAnswer({
    commands: commandsFor(topic),
    db,
    topic,
    clock: () => new Date('2024-11-01T12:00:00Z'),
    zone: 'UTC',
    articles: makeArticleTools(absorber),
    log: { info: () => undefined, error: (fields) => void errors.push(fields) },
  });
  const ask = async (line: string, manages = true) => {
    const text = shown(await answer.typed(line, { ...reader, manages }));
    expect(errors).toEqual([]);
    return text;
  };
  const events = () => findEvents(db, { topic: topic.id, limit: 10 });
  return { db, ask, events, receive };
}

const idIn = (text: string) => /id:([0-9a-f]{8})/.exec(text)?.[1] ?? '';

test('an article that is said to be irrelevant leaves its event, which is retracted when nothing is left', async () => {
  const { db, ask, events } = await desk();
  const [before] = await events();
  const text = await ask('/correct irrelevant article:shells reason:"a hoax of ours"');
  expect(text).toContain('this article is not about the topic');
  expect(text).toContain(`It has left: ${before?.id}`);
  const [after] = await events();
  expect(after).toMatchObject({
    id: before?.id,
    status: 'retracted',
    claims: [],
    citations: [],
    newsrooms: 0,
  });
  expect(await findMatch(db, shells.id, topic.id)).toMatchObject({ zone: 'miss', score: 0 });
  expect(await ask('/why shells')).toMatch(/Said not to be about the topic by reader, .* · a hoax of ours/);
});

test('undoing it puts the event back as it was', async () => {
  const { db, ask, events } = await desk();
  const [before] = await events();
  const given = await ask('/correct irrelevant article:shells reason:mistaken');
  expect(await ask(`/correct undo ${idIn(given)}`)).toContain('Taken back');
  const [after] = await events();
  expect({ ...after, changed: before?.changed }).toEqual(before);
  expect(await findMatch(db, shells.id, topic.id)).toMatchObject({ zone: 'hit' });
  expect(await findVerdicts(db, topic.id)).toEqual([]);
  expect(await ask(`/correct undo ${idIn(given)}`)).toContain('could be taken back');
});

test('an article that is said to be relevant feeds an event, until that is undone', async () => {
  const { db, ask, events } = await desk();
  expect(await events()).toHaveLength(1);
  const given = await ask('/correct relevant article:dam reason:"it is about the shells for Russia"');
  expect(await findMatch(db, dam.id, topic.id)).toMatchObject({ zone: 'hit', score: 1 });
  const cited = async () => (await events()).flatMap(({ citations }) => citations.map(({ item }) => item));
  expect(await cited()).toContain('dam');
  await ask(`/correct undo ${idIn(given)}`);
  expect(await cited()).toEqual(['shells']);
});

test('copies that come later are judged by the verdict', async () => {
  const { db, ask, events, receive } = await desk();
  await ask('/correct irrelevant article:shells reason:hoax');
  const copy = { ...shells, id: 'copy' as ItemId };
  expect(await receive(copy, shells.id)).toMatchObject({ hits: 0 });
  await absorber.foldPending(db);
  expect((await events()).flatMap(({ citations }) => citations)).toEqual([]);
});

test('copies that came before share the verdict', async () => {
  const { db, ask, receive } = await desk();
  await receive({ ...shells, id: 'copy' as ItemId }, shells.id);
  await absorber.foldPending(db);
  await ask('/correct irrelevant article:copy reason:hoax');
  expect(await findMatch(db, shells.id, topic.id)).toMatchObject({ zone: 'miss' });
});

test('only managers correct, with a reason, and articles that are stored', async () => {
  const { ask } = await desk();
  expect(await ask('/correct irrelevant article:shells reason:hoax', false)).not.toContain('Kept');
  expect(await ask('/correct irrelevant article:shells')).toContain("'reason' is needed.");
  expect(await ask('/correct relevant article:nowhere reason:x')).toContain(
    "No article 'nowhere' is stored.",
  );
});

test('verdicts that hold are printed as labelled items', async () => {
  const { db, ask } = await desk();
  const mistaken = await ask('/correct irrelevant article:shells reason:mistaken');
  await ask(`/correct undo ${idIn(mistaken)}`);
  await ask('/correct relevant article:dam reason:"it is about the shells"');
  const lines: string[] = [];
  await printFeedback(db, topic.id, { print: async (line) => void lines.push(line) });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      id: 'dam',
      title: dam.title,
      summary: dam.text,
      lang: 'en',
      published: dam.published?.toISOString(),
      url: dam.url,
      label: 'relevant',
      by: 'reader',
      at: '2024-11-01T12:00:00.001Z',
      reason: 'it is about the shells',
    },
  ]);
});

test('undoing a verdict lets later copies count again too', async () => {
  const { db, ask, receive } = await desk();
  const given = await ask('/correct irrelevant article:shells reason:mistaken');
  await receive({ ...shells, id: 'copy' as ItemId }, shells.id);
  await ask(`/correct undo ${idIn(given)}`);
  expect(await findMatch(db, 'copy' as ItemId, topic.id)).toMatchObject({ zone: 'hit' });
});

test('a retracted event stays so when more is told of it, says who retracted it and why, and can be restored', async () => {
  const { db, ask, events, receive } = await desk();
  const [before] = await events();
  const given = await ask(`/correct retract id:${before?.id} reason:"denied by all"`);
  await receive({ ...shells, id: 'again' as ItemId, source: { ...shells.source, family: 'beacon' } });
  await absorber.foldPending(db);
  const [after] = await events();
  expect(after).toMatchObject({ id: before?.id, status: 'retracted' });
  expect(after?.citations).toHaveLength(2);
  expect(await ask(`/event ${before?.id}`)).toMatch(/Retracted by reader, .* · denied by all/);
  expect(await ask(`/correct retract id:${before?.id} reason:twice`)).toContain('is retracted already');
  await ask(`/correct undo ${idIn(given)}`);
  expect((await events())[0]?.status).toBe(before?.status);
  expect(await ask(`/event ${before?.id}`)).toContain('taken back since');
});
