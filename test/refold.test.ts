import { describe, expect, test } from 'vitest';
import { makeAbsorber } from '../src/jobs/absorb.ts';
import type { Refolded } from '../src/jobs/refold.ts';
import type { EventId, ItemId } from '../src/model.ts';
import { addAlias } from '../src/store/aliases.ts';
import type { Database, Queries } from '../src/store/database.ts';
import { findChanges, findEvent, findEvents, saveEvents } from '../src/store/events.ts';
import { addPendingItems, findPendingItems } from '../src/store/folding.ts';
import { countMatches, findMatch } from '../src/store/matches.ts';
import { raw } from '../src/store/engines/sql.ts';
import { absorber, correctionDesk, idIn, report, reports, stateOf, topic } from './correction-desk.ts';
import { emptyDatabase, engines } from './database.ts';

const newYear = new Date('2025-01-01T00:00:00Z');

async function refolded(db: Database, by = absorber): Promise<Refolded> {
  const done = await by.refold(db, () => undefined);
  if (done === undefined) throw new Error('not refolded');
  return done;
}

/** The rules with another threshold, above or below which an article is about the topic. */
function absorberFrom(hit: number) {
  return makeAbsorber({ ...topic, thresholds: { hit, related: Math.min(hit, topic.thresholds.related) } });
}

/** All rows of the archive that tell of events. */
async function rowsOf(db: Database) {
  const tables = ['event', 'claim', 'citation', 'signature', 'alias', 'item_match', 'event_key'];
  return Promise.all(tables.map((table) => db.query(raw(`select * from ${table} order by 1, 2`))));
}

describe.each(await engines())('on %s', (_, open) => {
  test('folding anew what nothing has changed for changes nothing', async () => {
    const { db } = await correctionDesk(open);
    const [before, rows] = [await stateOf(db), await rowsOf(db)];
    expect(await refolded(db)).toMatchObject({
      items: 6,
      hits: 6,
      rejudged: 0,
      before: 4,
      after: 4,
      same: 4,
    });
    expect(await stateOf(db)).toEqual(before);
    expect(await rowsOf(db)).toEqual(rows);
  });

  test('events that were folded wrongly are put right under their ids, and folding again changes nothing', async () => {
    const { db, eventOf } = await correctionDesk(open);
    const before = await stateOf(db);
    const [shells, casualties] = [await eventOf('lantern'), await eventOf('quay')];
    await saveEvents(db, [
      {
        ...shells,
        claims: [...shells.claims, ...casualties.claims],
        citations: [...shells.citations, ...casualties.citations],
      },
    ]);
    await addAlias(db, { id: casualties.id, event: shells.id, moment: newYear });
    expect(await refolded(db)).toMatchObject({ before: 3, after: 4, split: 1, same: 2, changed: 1 });
    expect((await eventOf('lantern')).id).toBe(shells.id);
    const parted = await eventOf('quay');
    expect(parted.id).not.toBe(casualties.id);
    expect((await eventOf('lantern')).citations).toHaveLength(3);
    const once = await stateOf(db);
    expect(once.events).toHaveLength(before.events.length);
    expect(await refolded(db)).toMatchObject({ before: 4, after: 4, same: 4 });
    expect(await stateOf(db)).toEqual(once);
  });

  test('corrections and verdicts outlast it', async () => {
    const { db, ask, eventOf } = await correctionDesk(open);
    const [shells, casualties, visit, treaty] = [
      await eventOf('lantern'),
      await eventOf('quay'),
      await eventOf('pier'),
      await eventOf('jetty'),
    ];
    const given = [
      await ask(`/correct merge ${casualties.id} into:${visit.id} reason:because`),
      await ask(`/correct split ${shells.id} articles:harbour reason:because`),
      await ask(`/correct date ${shells.id} when:2024-10-20 reason:because`),
      await ask(`/correct kind ${visit.id} kind:talks reason:because`),
      await ask(`/correct retract ${treaty.id} reason:because`),
      await ask('/correct irrelevant article:beacon reason:because'),
    ];
    const before = await stateOf(db);
    expect(await refolded(db)).toMatchObject({ merged: 0, split: 0, fresh: 0, gone: 0, changed: 0 });
    expect(await stateOf(db)).toEqual(before);
    expect((await findEvent(db, casualties.id))?.id).toBe(visit.id);
    expect(await eventOf('harbour')).toMatchObject({ apart: [shells.id] });
    expect(await findMatch(db, 'beacon' as ItemId, topic.id)).toMatchObject({ zone: 'miss' });
    for (const one of given.toReversed())
      expect(await ask(`/correct undo ${idIn(one)}`)).toContain('Taken back');
    expect((await eventOf('quay')).id).toBe(casualties.id);
    expect((await eventOf('harbour')).id).toBe(shells.id);
    expect((await eventOf('jetty')).status).toBe(treaty.status);
  });
});

test('shipped events keep their ids, what reports added to them and what people said of them', async () => {
  const few = { ...topic, history: topic.history.filter(({ id }) => id.startsWith('2024-01')) };
  const own = makeAbsorber(few);
  const { db, ask } = await correctionDesk();
  await own.storeHistory(db);
  const [strike, kirby] = ['2024-01-02-kharkiv-strike', '2024-01-04-kirby-missiles'] as EventId[];
  const paper = report(
    'mole',
    '2024-01-07',
    'Kharkiv prosecutors show parts of a North Korean missile that hit the city on 2 January',
    'The missile that struck Kharkiv on 2 January 2024 was made in North Korea, the Kharkiv regional prosecutors said. Russia fired it.',
  );
  await db.transaction((tx) => own.receive(tx, [{ item: paper, keys: [] }]));
  await own.foldPending(db);
  await ask(`/correct kind ${strike} kind:transfer reason:because`);
  await ask(`/correct merge ${kirby} into:${strike} reason:because`);
  const [before, merged] = [await stateOf(db), await findEvent(db, strike ?? never())];
  expect(merged?.citations.some(({ item }) => item === paper.id)).toBe(true);
  expect(await refolded(db, own)).toMatchObject({ gone: 0, merged: 0 });
  const after = await stateOf(db);
  expect(after.events.map(({ id }) => id)).toEqual(before.events.map(({ id }) => id));
  const now = await findEvent(db, strike ?? never());
  expect(now?.claims.map(({ id }) => id).toSorted()).toEqual(merged?.claims.map(({ id }) => id).toSorted());
  expect(now?.kind).toBe('transfer');
  await refolded(db, own);
  expect(await stateOf(db)).toEqual(after);
});

test('a new version of the topic takes effect on what is stored, and the former one brings all back under their ids', async () => {
  const { db } = await correctionDesk();
  const before = await stateOf(db);
  const scores = reports.map((item) => absorber.match(item).match.score).toSorted((a, b) => a - b);
  const strict = ((scores[0] ?? 0) + (scores.find((score) => score > (scores[0] ?? 0)) ?? 1)) / 2;
  const kept = scores.filter((score) => score > strict).length;
  expect(kept).toBeLessThan(6);

  const done = await refolded(db, absorberFrom(strict));
  expect(done).toMatchObject({ items: 6, hits: kept, rejudged: 6 - kept });
  expect(done.gone + done.changed).toBeGreaterThan(0);
  expect(await countMatches(db, topic.id)).toMatchObject({ hit: kept });
  await refolded(db, absorberFrom(2));
  const events = await findEvents(db, { topic: topic.id, limit: 10 });
  expect(events.map(({ status, claims }) => [status, claims.length])).toEqual(
    before.events.map(() => ['retracted', 0]),
  );
  await refolded(db);
  expect((await stateOf(db)).events.map(({ id, citations }) => ({ id, citations }))).toEqual(
    before.events.map(({ id, citations }) => ({ id, citations })),
  );
});

test('an article that was stored as off the topic is found when the topic widens', async () => {
  const { db } = await correctionDesk(emptyDatabase, reports.slice(0, 1));
  const strict = absorberFrom(2);
  const [, , , casualties] = reports;
  if (casualties === undefined) throw new Error('no report');
  await db.transaction((tx) => strict.receive(tx, [{ item: casualties, keys: [] }]));
  expect(await refolded(db)).toMatchObject({ hits: 2, rejudged: 1, before: 1, after: 2, fresh: 1 });
});

test('what changes by being read anew is told by no digest as news, and the past stays as it was told', async () => {
  const { db, eventOf } = await correctionDesk();
  const shells = await eventOf('lantern');
  const wrong = { ...shells, kind: 'drill', titles: { en: 'A drill' } };
  await saveEvents(db, [wrong]);
  await refolded(db);
  expect((await eventOf('lantern')).kind).toBe(shells.kind);
  const lastDigest = new Date('2024-11-30T08:00:00Z');
  expect(await findChanges(db, { topic: topic.id, from: lastDigest, to: newYear })).toEqual([]);
  const told = new Date(shells.changed.getTime() + 1);
  expect(await findEvent(db, shells.id, told)).toMatchObject({ titles: { en: 'A drill' } });
});

test('articles whose texts were forgotten keep their matches and their claims', async () => {
  const { db } = await correctionDesk();
  const before = await stateOf(db);
  await db.query(raw(`update item set text = ''`));
  expect(await refolded(db)).toMatchObject({ hits: 6, rejudged: 0, same: 4 });
  const claims = (events: (typeof before)['events']) => events.map((event) => event.claims);
  expect(claims((await stateOf(db)).events)).toEqual(claims(before.events));
});

test('of an article in several versions the newest counts', async () => {
  const { db, receive } = await correctionDesk(emptyDatabase, reports.slice(3, 4));
  const [, , , first] = reports;
  const second = {
    ...(first ?? report('x', '2024-01-01', '', '')),
    id: 'quay-2' as ItemId,
    replaces: 'quay' as ItemId,
  };
  await receive(second);
  const before = await stateOf(db);
  expect(await refolded(db)).toMatchObject({ items: 2, hits: 1, same: 1 });
  expect(await stateOf(db)).toEqual(before);
});

test('what waits to be folded is folded along', async () => {
  const { db } = await correctionDesk();
  await addPendingItems(db, topic.id, ['quay' as ItemId]);
  const before = await stateOf(db);
  await refolded(db);
  expect(await findPendingItems(db, topic.id, 10)).toEqual([]);
  expect(await stateOf(db)).toEqual(before);
});

test('where the bot folds meanwhile, all is worked out again with what came', async () => {
  const { db, eventOf } = await correctionDesk(emptyDatabase, reports.slice(0, 3));
  await saveEvents(db, [{ ...(await eventOf('lantern')), kind: 'drill' }]);
  let isFirst = true;
  const beside: Database = {
    ...db,
    async transaction(work) {
      if (isFirst) {
        isFirst = false;
        await db.transaction((tx) =>
          absorber.receive(
            tx,
            reports.slice(3).map((item) => ({ item, keys: [] })),
          ),
        );
        await absorber.foldPending(db);
      }
      return db.transaction(work);
    },
  };
  expect(await refolded(beside)).toMatchObject({ items: 6, hits: 6, after: 4 });
  expect((await eventOf('quay')).kind).toBe('casualties');
  expect((await eventOf('lantern')).kind).toBe('transfer');
});

test('where the bot never pauses, nothing is changed', async () => {
  const { db, eventOf } = await correctionDesk();
  await saveEvents(db, [{ ...(await eventOf('lantern')), kind: 'drill' }]);
  const before = await stateOf(db);
  const busy: Database = {
    ...db,
    async transaction(work) {
      await db.transaction((tx) => addPendingItems(tx, topic.id, ['quay' as ItemId]));
      await absorber.foldPending(db);
      return db.transaction(work);
    },
  };
  expect(await absorber.refold(busy, () => undefined)).toBeUndefined();
  expect(await stateOf(db)).toEqual(before);
});

test('a crash in the middle of writing leaves all as it was, and the next run does it all', async () => {
  const { db, eventOf } = await correctionDesk();
  for (const item of ['lantern', 'quay', 'pier'])
    await saveEvents(db, [{ ...(await eventOf(item)), kind: 'drill' }]);
  const rows = await rowsOf(db);
  let statements = 0;
  const dying = (tx: Queries): Queries => ({
    ...tx,
    async query(statement) {
      if ((statements += 1) > 25) throw new Error('killed');
      return tx.query(statement);
    },
    transaction: (work) => tx.transaction((part) => work(dying(part))),
  });
  const killed = { ...db, transaction: (work) => db.transaction((tx) => work(dying(tx))) } as Database;
  await expect(absorber.refold(killed, () => undefined)).rejects.toThrow('killed');
  expect(await rowsOf(db)).toEqual(rows);
  await refolded(db);
  expect((await eventOf('pier')).kind).not.toBe('drill');
});

test('the work is told step by step', async () => {
  const { db, eventOf } = await correctionDesk();
  await saveEvents(db, [{ ...(await eventOf('lantern')), kind: 'drill' }]);
  const steps: string[] = [];
  await absorber.refold(db, ({ step, done, total }) => steps.push(`${step} ${done} ${total ?? ''}`.trim()));
  expect(steps).toEqual(['reading 6', 'folding 6 6', 'writing 1 1']);
});

function never(): never {
  throw new Error('The test is wrong');
}
