import { setImmediate as pause } from 'node:timers/promises';
import type { NewsEvent } from '../model.ts';
import { daysBetween } from '../time.ts';
import { indexed } from './search/analyse.ts';
import type { Queries } from './database.ts';
import {
  citationTable,
  claimTable,
  daysOf,
  entitiesOf,
  keyed,
  signatureTable,
  storedEvent,
  toEvents,
  type EventRow,
  type PartTable,
} from './event-rows.ts';
import { freeNumbers } from './numbers.ts';
import { FOREVER } from './schema.ts';
import { wordOfEntity } from './search/sift.ts';
import { list, raw, rows, sql } from './engines/sql.ts';
import { noteForms } from './search/words.ts';

/** Rows in one statement, far below the limits of both engines. */
const MOST_ROWS = 500;
/** Events indexed anew without a pause. */
const AT_ONCE = 50;

/** A state of an event that is being written, and the moment from which it holds. */
interface State {
  readonly event: NewsEvent;
  readonly since: number;
}

/** Writes the present state of an event beside its past states; nothing when it is as it was. */
export async function writeEvent(tx: Queries, event: NewsEvent): Promise<void> {
  const value = storedEvent(event);
  const [latest] = await tx.query<{ since: number; until: number; number: number; value: string }>(sql`
    select since, until, number, value
    from event
    where id = ${event.id}
    order by since desc
    limit 1
  `);
  if (latest?.value === value && latest.until === FOREVER) return;

  // Two states of one moment would be one: whoever was told the first would never hear of the second.
  const state = { event, since: Math.max(event.changed.getTime(), (latest?.since ?? -1) + 1) };
  const number = latest?.number ?? (await numberOf(tx, event));
  await tx.query(sql`update event set until = ${state.since} where id = ${event.id} and until = ${FOREVER}`);
  await insertState(tx, state, { number, value });
  await keepParts(tx, state, { table: claimTable, parts: event.claims });
  await keepParts(tx, state, { table: citationTable, parts: event.citations });
  await keepParts(tx, state, { table: signatureTable, parts: event.signatures ?? [] });
  await keepEntities(tx, state);
  await indexWords(tx, event, number);
}

/**
 * Makes the index of events anew.
 *
 * @param progress - hears how many are done
 */
export async function reindexEvents(db: Queries, progress: (count: number) => void): Promise<void> {
  let [after, done] = ['', 0];
  for (;;) {
    const part = await db.query<EventRow & { number: number }>(sql`
      select id, number, value
      from event
      where until = ${FOREVER} and id > ${after}
      order by id
      limit ${AT_ONCE}
    `);
    const last = part.at(-1);
    if (last === undefined) return;
    const events = await toEvents(db, part, { current: true });
    await db.transaction(async (tx) => {
      for (const [index, event] of events.entries()) await indexWords(tx, event, part[index]?.number ?? 0);
    });
    after = last.id;
    done += part.length;
    progress(done);
    await pause();
  }
}

async function numberOf(tx: Queries, { id, firstSeen }: NewsEvent): Promise<number> {
  const [number = 0] = await freeNumbers(tx, 'event', [{ id, moment: firstSeen }]);
  return number;
}

async function insertState(
  tx: Queries,
  { event, since }: State,
  { number, value }: { number: number; value: string },
): Promise<void> {
  const line = [
    event.id,
    since,
    FOREVER,
    number,
    event.topic,
    event.kind,
    event.status,
    event.direction,
    ...daysOf(event.when),
    event.when === undefined ? 0 : daysBetween(event.when.start, event.when.end),
    event.newsrooms,
    event.firstSeen.getTime(),
    value,
  ];
  await tx.query(sql`
    insert into event
      (id, since, until, number, topic, kind, status, direction, first_day, last_day, span, newsrooms, first_seen, value)
    values ${rows([line])}
    on conflict (id, since) do update
    set until = excluded.until, topic = excluded.topic, kind = excluded.kind, status = excluded.status,
      direction = excluded.direction, first_day = excluded.first_day, last_day = excluded.last_day,
      span = excluded.span, newsrooms = excluded.newsrooms, first_seen = excluded.first_seen, value = excluded.value
  `);
}

/** Adds the parts that are new, ends those that are gone, and revives those that have come back. */
async function keepParts<Part>(
  tx: Queries,
  { event, since }: State,
  { table, parts }: { table: PartTable<Part>; parts: readonly Part[] },
): Promise<void> {
  const into = raw(table.name);
  const current = await tx.query<{ key: string }>(sql`
    select key
    from ${into}
    where event = ${event.id} and until = ${FOREVER}
  `);
  const known = new Set(current.map(({ key }) => key));
  const wanted = new Map(keyed(parts).map((one) => [one.key, one]));
  const gone = [...known].filter((key) => !wanted.has(key));
  if (gone.length > 0) {
    await tx.query(sql`
      update ${into}
      set until = ${since}
      where event = ${event.id} and key in (${list(gone)})
    `);
  }
  const fresh = [...wanted.values()].filter(({ key }) => !known.has(key));
  const columns = raw(['event', 'key', 'since', 'until', ...table.columns, 'value'].join(', '));
  for (let start = 0; start < fresh.length; start += MOST_ROWS) {
    const lines = fresh
      .slice(start, start + MOST_ROWS)
      .map(({ key, part, json }) => [event.id, key, since, FOREVER, ...table.valuesOf(part), json]);
    await tx.query(sql`
      insert into ${into} (${columns})
      values ${rows(lines)}
      on conflict (event, key) do update
      set until = excluded.until
    `);
  }
}

async function keepEntities(tx: Queries, { event, since }: State): Promise<void> {
  const current = await tx.query<{ claim: string; type: string; id: string }>(sql`
    select claim, type, id
    from entity
    where event = ${event.id} and until = ${FOREVER}
  `);
  const wanted = new Map(entitiesOf(event).map((entity) => [nameOf(entity), entity]));
  const known = new Set(current.map(nameOf));
  for (const gone of current.filter((entity) => !wanted.has(nameOf(entity)))) {
    await tx.query(sql`
      update entity
      set until = ${since}
      where event = ${event.id} and claim = ${gone.claim} and type = ${gone.type} and id = ${gone.id}
        and until = ${FOREVER}
    `);
  }
  const fresh = [...wanted].flatMap(([name, entity]) => (known.has(name) ? [] : [entity]));
  for (let start = 0; start < fresh.length; start += MOST_ROWS) {
    const lines = fresh
      .slice(start, start + MOST_ROWS)
      .map(({ type, id, claim }) => [type, id, event.id, claim, since, FOREVER]);
    await tx.query(sql`
      insert into entity (type, id, event, claim, since, until)
      values ${rows(lines)}
      on conflict (event, claim, type, id, since) do update
      set until = excluded.until
    `);
  }
}

function nameOf({ claim, type, id }: { claim: string; type: string; id: string }): string {
  return `${claim} ${type} ${id}`;
}

/** What an event is found by: its titles, then its sentences, the titles of its pages and what it is about. */
async function indexWords(tx: Queries, event: NewsEvent, number: number): Promise<void> {
  const titles = Object.entries(event.titles).map(([language, title]) => textIn(language, title));
  const texts = [
    ...event.citations.map(({ language, title = '' }) => textIn(language, title)),
    ...event.claims.map(({ language, sentence }) => textIn(language, sentence)),
  ];
  const distinctTexts = [...new Map(texts.map((text) => [text.words, text])).values()];
  const about = [...new Set(entitiesOf(event).map(({ id }) => wordOfEntity(id)))];
  const title = wordsOf(titles);
  const text = [wordsOf(distinctTexts), ...about].join(' ').trim();
  await tx.query(tx.dialect.remove('event_words', [number]));
  for (const statement of tx.dialect.put('event_words', [{ number, title, text }])) await tx.query(statement);
  await noteForms(tx, [...titles, ...distinctTexts]);
}

function textIn(language: string, text: string): { language: string; words: string } {
  return { language, words: indexed(text) };
}

function wordsOf(texts: readonly { readonly words: string }[]): string {
  return texts
    .map(({ words }) => words)
    .filter((words) => words !== '')
    .join(' ');
}
