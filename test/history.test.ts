import { describe, expect, test } from 'vitest';
import { historyStates } from '../src/events/fold/history.ts';
import { makeFolder } from '../src/events/fold/folder.ts';
import { statusOf } from '../src/events/status.ts';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import { makeFinder } from '../src/matches/finder.ts';
import type { EventId, ItemId, NewsEvent } from '../src/model.ts';
import { addAlias } from '../src/store/aliases.ts';
import type { Database } from '../src/store/database.ts';
import { findAllStates } from '../src/store/event-states.ts';
import { findEvent, saveEvents } from '../src/store/events.ts';
import { findSetting, saveSetting } from '../src/store/settings.ts';
import { onDay, parseDay } from '../src/time.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { aCitation, aClaim, aClaimant, anEvent, anItem } from './builders.ts';
import { emptyDatabase, engines } from './database.ts';
import { foldTools } from './signatures.ts';

const topic = loadTopic('src/topics/dprk-russia');
const absorber = makeAbsorber(topic);
const { history, tools } = makeFolder(topic, makeFinder(topic));
const strike = '2024-01-02-kharkiv-strike' as EventId;

/** A claim of a shipped event, said on a day. */
function said(day: string, claimant: string, stance: 'asserts' | 'confirms' | 'denies') {
  const { item: _, ...claim } = aClaim({
    stance,
    claimants: [aClaimant({ id: claimant })],
    said: onDay(parseDay(day)),
    when: onDay(parseDay('2024-01-02')),
  });
  return claim;
}

function page(day?: string) {
  const { item: _, published: __, ...rest } = aCitation();
  return day === undefined ? rest : { ...rest, published: new Date(`${day}T00:00:00Z`) };
}

/** What became of an archive by the end of a day. */
const asOf = (db: Database, id: EventId, day: string) => findEvent(db, id, new Date(`${day}T23:59:59Z`));

describe('a shipped event', () => {
  const event = anEvent({
    when: onDay(parseDay('2024-01-02')),
    status: 'contested',
    claims: [
      said('2024-01-06', 'hur', 'asserts'),
      said('2024-04-25', 'un', 'confirms'),
      said('2024-04-29', 'kremlin', 'denies'),
    ],
    citations: [page('2024-01-06'), page('2024-04-26'), page('2024-05-01'), page()],
    changed: new Date('2024-04-29T12:00:00Z'),
  });
  const states = historyStates(event, foldTools.actors);

  test('has a state for each day on which something was said, with what had been said by then', () => {
    expect(states.map(({ changed }) => changed.toISOString().slice(0, 10))).toEqual([
      '2024-01-06',
      '2024-04-25',
      '2024-04-29',
    ]);
    expect(states.map(({ claims }) => claims.length)).toEqual([1, 2, 3]);
    expect(states.map(({ status }) => status)).toEqual(['claimed', 'confirmed', 'contested']);
    expect(states.at(-1)).toBe(event);
  });

  test('has the pages that came before more was said; those without a day come with the last', () => {
    expect(states.map(({ citations }) => citations.length)).toEqual([1, 2, 4]);
  });

  test('is no surer while less is known than its editors are of all of it', () => {
    const doubted = historyStates({ ...event, status: 'claimed' }, foldTools.actors);
    expect(doubted.map(({ status }) => status)).toEqual(['claimed', 'claimed', 'claimed']);
  });
});

test('no shipped event shows a claim, a confirmation or a denial before it was said', () => {
  for (const event of history) {
    const states = historyStates(event, tools.actors);
    expect(states.at(-1)?.claims).toEqual(event.claims);
    const early = states.flatMap(({ claims, changed }) => {
      const day = changed.toISOString().slice(0, 10);
      return claims.filter((claim) => claim.said?.precision === 'day' && claim.said.start > day);
    });
    expect(early).toEqual([]);
    const denied = states.filter(({ status }) => status === 'denied');
    expect(denied.every(({ claims }) => claims.some(({ stance }) => stance === 'denies'))).toBe(true);
    const confirmed = states.slice(0, -1).filter(({ status }) => status === 'confirmed');
    expect(confirmed.every(({ claims }) => statusOf(claims, tools.actors) === 'confirmed')).toBe(true);
  }
});

describe.each(await engines())('on %s', (_, open) => {
  test('what was known in between is told as it was then', async () => {
    const db = await open();
    await absorber.storeHistory(db);
    expect(await asOf(db, strike, '2024-01-05')).toBeUndefined();
    const january = await asOf(db, strike, '2024-01-10');
    expect(january?.claims.map(({ claimants }) => claimants[0]?.id)).toEqual(['kharkiv-prosecutors']);
    expect(january).toMatchObject({ status: 'claimed', newsrooms: 1 });
    expect((await asOf(db, strike, '2024-01-31'))?.claims).toHaveLength(2);
    expect((await asOf(db, strike, '2024-04-27'))?.claims.at(-1)?.stance).toBe('confirms');
    expect((await asOf(db, strike, '2024-04-30'))?.claims).toHaveLength(5);
    const now = await findEvent(db, strike);
    expect(now).toEqual(history.find(({ id }) => id === strike));
  });

  test('an archive of the former kind gains the states, and keeps what reports and people have added', async () => {
    const db = await open();
    const [article, report] = [anItem({ id: 'late' as ItemId }), aClaim({ item: 'late' as ItemId })];
    const former = formerly(strike);
    await saveEvents(db, [former]);
    const grown: NewsEvent = {
      ...former,
      claims: [...former.claims, report],
      citations: [...former.citations, aCitation({ item: article.id })],
      corrected: { kind: 'transfer' },
      kind: 'transfer',
      changed: new Date('2025-06-01T00:00:00Z'),
    };
    await saveEvents(db, [grown]);
    await saveSetting(db, `history ${topic.id}`, history.map(({ id }) => id).join(' '));
    await absorber.storeHistory(db);

    expect(await asOf(db, strike, '2024-01-05')).toBeUndefined();
    expect((await asOf(db, strike, '2024-01-10'))?.claims).toHaveLength(1);
    expect(await asOf(db, strike, '2025-05-31')).toMatchObject({ kind: 'use', changed: lastSaid(strike) });
    const now = await findEvent(db, strike);
    expect(now).toMatchObject({ kind: 'transfer', corrected: { kind: 'transfer' }, changed: grown.changed });
    expect(now?.claims.map(({ id }) => id).toSorted()).toEqual(grown.claims.map(({ id }) => id).toSorted());
    expect(now?.citations).toHaveLength(grown.citations.length);
  });

  test('a report from the past joins a shipped event as it was known then, and in all its later states', async () => {
    const db = await open();
    await absorber.storeHistory(db);
    const seen = new Date('2024-01-07T09:00:00Z');
    const item = anItem({
      title: 'Kharkiv prosecutors show parts of a North Korean missile that hit the city on 2 January',
      text: 'The missile that struck Kharkiv on 2 January 2024 was made in North Korea, the Kharkiv regional prosecutors said. Russia fired it.',
      published: seen,
      seen,
    });
    await db.transaction((tx) => absorber.receive(tx, [{ item, keys: [] }]));
    await absorber.foldPending(db);
    const holds = (event?: NewsEvent) => event?.citations.some((one) => one.item === item.id);

    expect(holds(await asOf(db, strike, '2024-01-06'))).toBe(false);
    const then = await asOf(db, strike, '2024-01-08');
    expect(holds(then)).toBe(true);
    expect(then?.claims.some(({ stance }) => stance === 'denies')).toBe(false);
    for (const day of ['2024-01-31', '2024-04-30', '2024-12-31'])
      expect(holds(await asOf(db, strike, day))).toBe(true);
    expect((await findEvent(db, strike))?.claims.some(({ stance }) => stance === 'denies')).toBe(true);
  });
});

test('storing the history again writes nothing, and a change of it reaches what is stored', async () => {
  const db = await emptyDatabase();
  await absorber.storeHistory(db);
  const before = await findAllStates(db, strike);
  await saveSetting(db, `history ${topic.id}`, 'another');
  await absorber.storeHistory(db);
  expect(await findAllStates(db, strike)).toEqual(before);

  const changed = makeAbsorber({
    ...topic,
    history: topic.history.map((row) => (row.id === strike ? { ...row, titles: { en: 'A strike' } } : row)),
  });
  await changed.storeHistory(db);
  expect((await asOf(db, strike, '2024-01-10'))?.titles).toEqual({ en: 'A strike' });
  expect(await findSetting(db, `history ${topic.id}`)).not.toBe('another');
});

test('a shipped event that was made part of another stays so when the history is stored again', async () => {
  const db = await emptyDatabase();
  await absorber.storeHistory(db);
  const into = '2024-01-04-kirby-missiles' as EventId;
  await addAlias(db, { id: strike, event: into, moment: new Date('2025-01-01T00:00:00Z') });
  await saveSetting(db, `history ${topic.id}`, 'another');
  await absorber.storeHistory(db);
  expect((await findEvent(db, strike))?.id).toBe(into);
});

/** A shipped event as it was stored before its states were: one state, from the day of the event on. */
function formerly(id: EventId): NewsEvent {
  const event = history.find((one) => one.id === id) ?? never();
  const moment = new Date('2024-01-06T12:00:00Z');
  return { ...event, firstSeen: moment, changed: moment };
}

function lastSaid(id: EventId): Date {
  return history.find((one) => one.id === id)?.changed ?? never();
}

function never(): never {
  throw new Error('The test is wrong');
}
