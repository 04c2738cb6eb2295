import { describe, expect, test } from 'vitest';
import { REACH } from '../src/events/fold/closest.ts';
import { foldRound } from '../src/events/fold/fold.ts';
import { cluesOf, eventKeys } from '../src/events/fold/keys.ts';
import { makeShelf } from '../src/events/fold/shelf.ts';
import type { EventId, NewsEvent } from '../src/model.ts';
import type { Database } from '../src/store/database.ts';
import { saveEvents } from '../src/store/events.ts';
import { findEventsByClues, saveEventKeys } from '../src/store/folding.ts';
import { addDays, onDay, parseDay } from '../src/time.ts';
import { aClaim, anEvent } from './builders.ts';
import { engines } from './database.ts';
import { aSignature, anArticle, foldTools } from './signatures.ts';

const { topic, weightOf } = foldTools;
const MANY = REACH.ofPair + 20;

describe.each(await engines())('on %s', (_, open) => {
  test('a report without a day finds the same events in a store of many as in memory, and not all of them', async () => {
    const [db, shelf] = [await open(), makeShelf(Infinity, weightOf)];
    const events = alike(MANY);
    await keep(db, events);
    shelf.take({ events, merged: [] });

    const clues = [cluesOf(undated('kn-23', 'rajin', 'nato', 'poltava'), weightOf)];
    const found = await findEventsByClues(db, { topic, clues, reach: REACH });
    expect(idsOf(found)).toEqual(idsOf(shelf.find(clues)));
    expect(found).toHaveLength(REACH.inAll);
  });

  test('a report without a day joins the same event with what a store finds as with all that it holds', async () => {
    const db = await open();
    const own = anEvent({
      signatures: [aSignature({ facts: ['kn-23', 'rajin', 'nato'], speakers: ['us'] })],
    });
    const events = [...alike(MANY), own];
    await keep(db, events);

    const report = undated('kn-23', 'rajin', 'nato');
    const clues = [cluesOf(report, weightOf)];
    const found = await findEventsByClues(db, { topic, clues, reach: REACH });
    expect(foldRound([report], found, foldTools)).toEqual(foldRound([report], events, foldTools));
  });

  test('all events of a day are found, however many, and none of another topic', async () => {
    const db = await open();
    const events = Array.from({ length: REACH.inAll + 1 }, () => anEvent({ signatures: [] }));
    await keep(db, [...events, anEvent({ topic: 'another', signatures: [] })]);

    const clues = [{ keys: ['on:2024-10-23'], pairs: [] }];
    expect(idsOf(await findEventsByClues(db, { topic, clues, reach: REACH }))).toEqual(idsOf(events));
  });
});

/** Events of many days, all of which share a pair of facts, some of them more. */
function alike(count: number): NewsEvent[] {
  return Array.from({ length: count }, (_, number) => {
    const day = addDays(parseDay('2024-01-01'), number);
    const more = [...(number % 3 === 0 ? ['nato'] : []), ...(number % 5 === 0 ? ['poltava'] : [])];
    return anEvent({
      id: `${day}-t` as EventId,
      when: onDay(day),
      signatures: [aSignature({ day, published: day, facts: ['kn-23', 'rajin', ...more] })],
    });
  });
}

function undated(...facts: string[]) {
  const article = anArticle({}, [aClaim({ weapons: facts, places: [], actors: [] })]);
  const { day: _, ...signature } = article.signature;
  return { ...article, claims: [], signature };
}

async function keep(db: Database, events: readonly NewsEvent[]): Promise<void> {
  await db.transaction(async (tx) => {
    await saveEvents(tx, events);
    for (const event of events) await saveEventKeys(tx, event.id, eventKeys(event, weightOf));
  });
}

function idsOf(events: readonly NewsEvent[]): EventId[] {
  return events.map(({ id }) => id).toSorted();
}
