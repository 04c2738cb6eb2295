import { expect } from 'vitest';
import { makeAnswer } from '../commands/answer.ts';
import { commandsFor } from '../commands/index.ts';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import { makeArticleTools } from '../src/jobs/article-tools.ts';
import type { Item, ItemId, NewsEvent } from '../src/model.ts';
import type { Database } from '../src/store/database.ts';
import { findEvents } from '../src/store/events.ts';
import { raw } from '../src/store/engines/sql.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { anItem } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { reader, shown } from './desk.ts';

export const topic = loadTopic('src/topics/dprk-russia');
export const absorber = makeAbsorber(topic);

/** An article of a paper of its own, published on a day at nine, or at the hour given: `2024-10-23T10`. */
export function report(id: string, day: string, title: string, text: string): Item {
  const published = new Date(`${day.includes('T') ? day : `${day}T09`}:00:00Z`);
  const source = { name: `The ${id}`, family: id, kind: 'press' } as const;
  const url = `https://${id}.example/story`;
  return anItem({ id: id as ItemId, title, text, published, seen: published, source, url });
}

/** Four happenings; of the first, three papers tell. */
export const reports = [
  report(
    'lantern',
    '2024-10-23',
    'North Korea ships artillery shells to Russia, Seoul says',
    'North Korea sent 200 containers of artillery shells to Russia on Tuesday, the South Korean spy agency said.',
  ),
  report(
    'beacon',
    '2024-10-23T10',
    'Seoul: 200 containers of North Korean artillery shells sent to Russia',
    'The South Korean spy agency said that North Korea sent 200 containers of artillery shells to Russia on Tuesday.',
  ),
  report(
    'harbour',
    '2024-10-24',
    'Spy agency says North Korea shipped artillery shells to Russia',
    'On Tuesday 200 containers of artillery shells went from North Korea to Russia, the South Korean spy agency said.',
  ),
  report(
    'quay',
    '2024-10-28',
    'North Korean soldiers killed in Kursk, Kyiv says',
    'Ukraine’s military intelligence said that 40 North Korean soldiers were killed in the Kursk region on Sunday.',
  ),
  report(
    'pier',
    '2024-11-05',
    'Russian minister visits Pyongyang',
    'Russia’s defence minister arrived in Pyongyang on Tuesday to talk about military cooperation with North Korea.',
  ),
  report(
    'jetty',
    '2024-11-12',
    'North Korea ratifies treaty with Russia',
    'North Korea ratified its strategic partnership treaty with Russia on Monday, KCNA said.',
  ),
];

/** An archive with these reports, and what it takes to correct its events. */
export async function correctionDesk(open: () => Promise<Database> = emptyDatabase, items = reports) {
  const db = await open();
  const receive = async (...some: readonly Item[]) => {
    await db.transaction((tx) =>
      absorber.receive(
        tx,
        some.map((item) => ({ item, keys: [`url:${item.url}`] })),
      ),
    );
    await absorber.foldPending(db);
  };
  for (const item of items) await receive(item);
  let now = Date.parse('2024-12-01T12:00:00Z');
  const errors: object[] = [];
  const answer = makeAnswer({
    commands: commandsFor(topic),
    db,
    topic,
    clock: () => new Date((now += 60_000)),
    zone: 'UTC',
    articles: makeArticleTools(absorber),
    log: { info: () => undefined, error: (fields) => void errors.push(fields) },
  });
  const ask = async (line: string, asker: Partial<typeof reader> = {}) => {
    const text = shown(await answer.typed(line, { ...reader, ...asker }));
    expect(errors).toEqual([]);
    return text;
  };
  const eventOf = async (item: string): Promise<NewsEvent> => {
    const events = await findEvents(db, { topic: topic.id, limit: 50 });
    const found = events.find(({ citations }) => citations.some((page) => page.item === item));
    if (found === undefined) throw new Error(`no event of ${item}`);
    return found;
  };
  return { db, ask, answer, receive, eventOf };
}

/** All that a reader or folding can see of the events, but for the moments at which they changed. */
export async function stateOf(db: Database) {
  const events = await findEvents(db, { topic: topic.id, limit: 100 });
  const keys = await db.query(raw('select event, key from event_key order by event, key'));
  return { events: events.map((event) => ({ ...event, changed: undefined })), keys };
}

/** The id of the correction that an answer tells of. */
export const idIn = (text: string) => /id:([0-9a-f]{8})/.exec(text)?.[1] ?? 'no correction';
