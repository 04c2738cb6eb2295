import { describe, expect, test } from 'vitest';
import { countClaims } from '../src/store/claims.ts';
import {
  cursorAfter,
  findEvents,
  saveEvents,
  type ClaimFilter,
  type EventFilter,
} from '../src/store/events.ts';
import { spreadOf } from '../src/store/spread.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aCitation, aClaim, aClaimant, anEvent } from './builders.ts';
import { engines } from './database.ts';

const all: EventFilter = { topic: 'dprk-russia', limit: 100 };

describe.each(await engines())('on %s', (_engine, open) => {
  test.each<[what: string, claims: ClaimFilter, events: Partial<EventFilter>, count: number]>([
    ['nothing', {}, {}, 2],
    ['claimant', { claimants: ['kremlin', 'us'] }, {}, 1],
    ['stance', { stance: 'denies' }, {}, 1],
    ['claimant and stance of one claim', { claimants: ['rok'], stance: 'denies' }, {}, 0],
    ['words of the event', {}, { text: 'ship' }, 2],
    ['day of the event', {}, { to: parseDay('2024-10-22') }, 0],
    ['an earlier moment', {}, { asOf: new Date('2020-01-01T00:00:00Z') }, 0],
  ])('claims are counted, and events found, by %s', async (_what, claims, events, count) => {
    const db = await open();
    const denial = aClaim({ stance: 'denies', claimants: [aClaimant({ id: 'kremlin' })] });
    await saveEvents(db, [
      anEvent({ titles: { en: 'A ship' }, claims: [aClaim(), denial] }),
      anEvent({ claims: [] }),
    ]);

    expect(await countClaims(db, claims, { ...all, ...events })).toBe(count);
    expect(await findEvents(db, { ...all, ...events, claims })).toHaveLength(Math.min(1, count));
  });

  test('the earliest can come first, without those of unknown day, a page after the other', async () => {
    const db = await open();
    const { when: _when, ...undated } = anEvent();
    const events = ['03', '01', '02'].map((day) => anEvent({ when: onDay(parseDay(`2024-10-${day}`)) }));
    await saveEvents(db, [...events, undated]);
    const first = await findEvents(db, { ...all, first: 'earliest', limit: 2 });
    const after = first.at(-1);

    expect(first).toEqual([events[1], events[2]]);
    expect(await findEvents(db, { ...all, first: 'earliest', after: after && cursorAfter(after) })).toEqual([
      events[0],
    ]);
  });

  test('the latest events of a filter are spread by what they have, the largest shares first', async () => {
    const db = await open();
    const events = ['01', '02', '03'].map((day) =>
      anEvent({ when: onDay(parseDay(`2024-10-${day}`)), kind: day === '03' ? 'use' : 'transfer' }),
    );
    await saveEvents(db, [...events, anEvent({ status: 'denied', kind: 'talks' })]);

    expect(await spreadOf(db, { topic: 'dprk-russia', status: 'claimed' }, 100)).toEqual([
      { side: 'actor', name: 'rok', count: 3 },
      { side: 'month', name: '2024-10', count: 3 },
      { side: 'place', name: 'rajin', count: 3 },
      { side: 'source', name: 'The Daily Lighthouse', count: 3 },
      { side: 'kind', name: 'transfer', count: 2 },
      { side: 'kind', name: 'use', count: 1 },
    ]);
    const latest = await spreadOf(db, { topic: 'dprk-russia', status: 'claimed' }, 1);
    expect(latest.filter(({ side }) => side === 'kind')).toEqual([{ side: 'kind', name: 'use', count: 1 }]);
  });

  test('events are found by who carries them, in part or by family', async () => {
    const db = await open();
    const event = anEvent({ citations: [aCitation({ outlet: 'Le Phare (AFP)', family: 'phare' })] });
    await saveEvents(db, [event, anEvent()]);

    for (const source of ['le phare', 'AFP', 'Phare']) {
      expect(await findEvents(db, { ...all, source })).toEqual([event]);
    }
  });

  test.each(['event', 'seen'] as const)('pages by %s follow each other without a gap', async (by) => {
    const db = await open();
    const events = Array.from({ length: 7 }, (_unused, number) =>
      anEvent({
        when: onDay(parseDay(`2024-01-0${Math.floor(number / 3) + 1}`)),
        firstSeen: new Date(Date.UTC(2024, 0, Math.floor(number / 3) + 1)),
      }),
    );
    await saveEvents(db, events);
    const whole = await findEvents(db, { ...all, by });
    const first = await findEvents(db, { ...all, by, limit: 3 });
    const last = first.at(-1);
    const rest = await findEvents(db, { ...all, by, after: last && cursorAfter(last, by) });

    expect([...first, ...rest]).toEqual(whole);
  });
});
