import { describe, expect, test } from 'vitest';
import type { EventId, NewsEvent, Signature } from '../src/model.ts';
import { addAlias, findAliases, findIdsOfDay, removeAlias } from '../src/store/aliases.ts';
import { countClaims } from '../src/store/claims.ts';
import {
  type Correction,
  findCorrection,
  findCorrections,
  saveCorrection,
} from '../src/store/corrections.ts';
import {
  countEvents,
  findCandidates,
  findChanges,
  findEvent,
  findEvents,
  saveEvents,
  type EventFilter,
} from '../src/store/events.ts';
import { monthOf, onDay, parseDay } from '../src/time.ts';
import { aCitation, aClaim, aClaimant, anEvent } from './builders.ts';
import { engines } from './database.ts';

const all: EventFilter = { topic: 'dprk-russia', limit: 100 };

const signature: Signature = {
  language: 'en',
  published: parseDay('2024-10-23'),
  days: [parseDay('2024-10-22')],
  kinds: ['transfer'],
  direction: 'DPRK→Russia',
  denies: false,
  speakers: ['rok'],
  facts: ['rajin'],
  amounts: [20],
  counts: [{ value: 20, unit: 'containers' }],
  words: [1, 2, 3],
  sounds: [4, 5],
};

describe.each(await engines())('on %s', (_, open) => {
  test('an event comes back equal to what was saved', async () => {
    const db = await open();
    const { when: _when, ...undated } = anEvent();
    const { item: _item, published: _published, ...bare } = aCitation({ copyOf: aClaim().item ?? never() });
    const events = [
      anEvent({
        titles: { fr: 'Un navire à Rajin', ko: '라진항에 배' },
        claims: [aClaim(), aClaim({ said: onDay(parseDay('2024-10-24')) })],
        citations: [aCitation(), bare],
        signatures: [signature, signature],
      }),
      undated,
      anEvent({ claims: [], citations: [], when: monthOf(2024, 1), places: [] }),
    ];
    await saveEvents(db, events);

    for (const event of events) expect(await findEvent(db, event.id)).toEqual(event);
  });

  test('saving an event again replaces it, and saving it unchanged does nothing', async () => {
    const db = await open();
    const [first, second] = [aClaim(), aClaim()];
    const event = anEvent({ claims: [first] });
    const grown = { ...event, claims: [first, second], changed: new Date('2024-10-25T00:00:00Z') };
    await saveEvents(db, [event]);
    await saveEvents(db, [grown]);
    await saveEvents(db, [grown]);

    expect(await findEvents(db, all)).toEqual([grown]);
    expect(await countClaims(db, {}, all)).toBe(2);
  });

  test('an event is told as it was known at a moment', async () => {
    const db = await open();
    const [kept, dropped, late] = [aClaim(), aClaim({ kind: 'drill' }), aClaim()];
    const event = anEvent({
      claims: [kept, dropped],
      firstSeen: new Date('2024-10-23T10:00:00Z'),
      changed: new Date('2024-10-23T10:00:00Z'),
    });
    const later: NewsEvent = {
      ...event,
      status: 'confirmed',
      claims: [late, kept],
      places: ['wonsan'],
      changed: new Date('2024-10-26T10:00:00Z'),
    };
    await saveEvents(db, [event]);
    await saveEvents(db, [later]);
    const [before, between] = [new Date('2024-10-23T09:59:59Z'), new Date('2024-10-26T09:59:59Z')];

    expect(await findEvent(db, event.id, before)).toBeUndefined();
    expect(await findEvent(db, event.id, between)).toEqual(event);
    expect(await findEvent(db, event.id, later.changed)).toEqual(later);
    expect(await findEvents(db, { ...all, place: 'rajin', asOf: between })).toEqual([event]);
    expect(await findEvents(db, { ...all, place: 'rajin' })).toEqual([]);
    expect(await findEvents(db, { ...all, status: 'claimed' })).toEqual([]);
    expect(await findEvents(db, { ...all, asOf: before })).toEqual([]);
  });

  test('a part that was dropped and comes back is there again', async () => {
    const db = await open();
    const claim = aClaim();
    const event = anEvent({ claims: [claim] });
    await saveEvents(db, [event]);
    await saveEvents(db, [{ ...event, claims: [], changed: new Date('2024-11-01T00:00:00Z') }]);
    const back = { ...event, changed: new Date('2024-11-02T00:00:00Z') };
    await saveEvents(db, [back]);

    expect(await findEvents(db, { ...all, actor: 'rok' })).toEqual([back]);
  });

  test('events come newest day first, those of unknown day last', async () => {
    const db = await open();
    const { when: _when, ...undated } = anEvent();
    const [early, late] = [
      anEvent({ when: onDay(parseDay('2024-01-02')) }),
      anEvent({ when: onDay(parseDay('2024-01-09')) }),
    ];
    await saveEvents(db, [undated, early, late]);

    expect(idsOf(await findEvents(db, all))).toEqual(idsOf([late, early, undated]));
  });

  test('a stretch of days finds the events that touch it', async () => {
    const db = await open();
    const [january, second, february] = [
      anEvent({ when: monthOf(2024, 1) }),
      anEvent({ when: onDay(parseDay('2024-01-02')) }),
      anEvent({ when: onDay(parseDay('2024-02-01')) }),
    ];
    await saveEvents(db, [january, second, february]);
    const between = (from: string, to: string) =>
      findEvents(db, { ...all, from: parseDay(from), to: parseDay(to) });

    expect(idsOf(await between('2024-01-31', '2024-02-01'))).toEqual(idsOf([february, january]));
    expect(idsOf(await between('2024-01-02', '2024-01-02'))).toEqual(idsOf([second, january]));
    expect(await between('2023-01-01', '2023-12-31')).toEqual([]);
  });

  test('by first sight, days are those of the zone', async () => {
    const db = await open();
    const event = anEvent({ firstSeen: new Date('2024-10-23T22:30:00Z') });
    await saveEvents(db, [event]);
    const on = (day: string, zone?: string) =>
      findEvents(db, { ...all, by: 'seen', from: parseDay(day), to: parseDay(day), zone });

    expect(await on('2024-10-23')).toEqual([event]);
    expect(await on('2024-10-23', 'Europe/Paris')).toEqual([]);
    expect(await on('2024-10-24', 'Europe/Paris')).toEqual([event]);
  });

  test.each<[what: string, filter: Partial<EventFilter>]>([
    ['kind', { kind: 'visit' }],
    ['one of several kinds', { kinds: ['talks', 'visit'] }],
    ['direction', { direction: 'Russia→DPRK' }],
    ['status', { status: 'confirmed' }],
    ['actor', { actor: 'putin' }],
    ['claimant', { actor: 'kremlin' }],
    ['place', { place: 'wonsan' }],
    ['weapon', { weapon: 'pantsir' }],
    ['language of a claim', { language: 'ru' }],
    ['language of a citation', { language: 'ko' }],
    ['newsrooms', { newsrooms: 3 }],
    ['words of a title', { text: 'LAVROV' }],
    ['words of a sentence', { text: 'arrived' }],
    ['characters of a Korean title', { text: '외무장관' }],
  ])('events are found by %s', async (_what, filter) => {
    const db = await open();
    const visit = anEvent({
      kind: 'visit',
      direction: 'Russia→DPRK',
      status: 'confirmed',
      titles: { en: 'Lavrov in Wonsan' },
      claims: [
        aClaim({
          language: 'ru',
          claimants: [aClaimant({ id: 'kremlin' })],
          sentence: 'The minister has arrived.',
        }),
      ],
      citations: [aCitation({ language: 'ko', title: '러시아 외무장관 방북' })],
      actors: ['putin'],
      places: ['wonsan'],
      weapons: ['pantsir'],
      newsrooms: 3,
    });
    await saveEvents(db, [anEvent(), visit]);

    expect(idsOf(await findEvents(db, { ...all, ...filter }))).toEqual([visit.id]);
    expect(await countEvents(db, { ...all, ...filter })).toBe(1);
  });

  test('candidates lie in the stretch by their day or first sight, and share a name', async () => {
    const db = await open();
    const far = { when: onDay(parseDay('2023-05-01')), firstSeen: new Date('2023-05-01T00:00:00Z') };
    const byDay = anEvent({ firstSeen: far.firstSeen });
    const bySight = anEvent({ when: far.when });
    const elsewhere = anEvent({ claims: [], places: ['wonsan'], weapons: [], actors: [] });
    await saveEvents(db, [byDay, bySight, anEvent(far), elsewhere]);
    const stretch = { topic: 'dprk-russia', from: parseDay('2024-10-22'), to: parseDay('2024-10-24') };

    expect(idsOf(await findCandidates(db, { ...stretch, keys: ['rajin'] })).toSorted()).toEqual(
      idsOf([byDay, bySight]).toSorted(),
    );
    expect(await findCandidates(db, { ...stretch, keys: ['wonsan', 'nowhere'] })).toEqual([elsewhere]);
    expect(await findCandidates(db, stretch)).toHaveLength(3);
    expect(await findCandidates(db, { ...stretch, keys: [] })).toEqual([]);
  });

  test('what changed between two moments is told with how it was before', async () => {
    const db = await open();
    const old = anEvent({ firstSeen: october(1), changed: october(1) });
    const grown = { ...old, status: 'corroborated', changed: october(5) } as const;
    const fresh = anEvent({ firstSeen: october(6), changed: october(6) });
    await saveEvents(db, [old, anEvent({ firstSeen: october(2), changed: october(2) }), fresh]);
    await saveEvents(db, [grown]);
    await saveEvents(db, [{ ...grown, status: 'confirmed', changed: october(9) }]);

    const changes = await findChanges(db, { topic: 'dprk-russia', from: october(3), to: october(6) });

    expect(changes).toHaveLength(2);
    expect(changes).toEqual(expect.arrayContaining([{ before: old, after: grown }, { after: fresh }]));
  });

  test('of two changes at one moment the second is told to whoever was told the first', async () => {
    const db = await open();
    const event = anEvent({ changed: october(4) });
    await saveEvents(db, [event]);
    await saveEvents(db, [{ ...event, status: 'confirmed' }]);
    const changes = await findChanges(db, { topic: 'dprk-russia', from: october(4), to: october(6) });
    expect(changes).toMatchObject([{ before: { status: event.status }, after: { status: 'confirmed' } }]);
  });

  test('the id of a merged event leads to the one it was merged into, but not in the past', async () => {
    const db = await open();
    const [gone, kept] = [anEvent(), anEvent()];
    await saveEvents(db, [gone, kept]);
    await addAlias(db, { id: gone.id, event: kept.id, moment: new Date('2024-11-01T00:00:00Z') });

    expect(await findEvent(db, gone.id)).toEqual(kept);
    expect(await findEvent(db, gone.id, new Date('2024-10-31T00:00:00Z'))).toEqual(gone);
    expect(await findEvents(db, all)).toEqual([kept]);
    expect(await findEvents(db, { ...all, text: 'ship' })).toEqual([kept]);
    expect(await findAliases(db, kept.id)).toEqual([gone.id]);
  });

  test('a merging can be undone', async () => {
    const db = await open();
    const [gone, kept] = [anEvent(), anEvent()];
    await saveEvents(db, [gone, kept]);
    await addAlias(db, { id: gone.id, event: kept.id, moment: new Date('2024-11-01T00:00:00Z') });
    const back = { ...gone, changed: new Date('2024-11-02T00:00:00Z') };
    expect(await removeAlias(db, gone.id)).toBe(true);
    await saveEvents(db, [back]);

    expect(await findEvent(db, gone.id)).toEqual(back);
    expect(await removeAlias(db, gone.id)).toBe(false);
  });

  test('corrections are kept, the latest first, and can be undone', async () => {
    const db = await open();
    const event = anEvent().id;
    const first = {
      id: 'a',
      event,
      at: new Date(1000),
      by: 'ann',
      reason: 'typo',
      change: { kind: 'kind', to: 'drill' },
    } as const;
    const second = { ...first, id: 'b', at: new Date(2000) };
    await saveCorrection(db, first);
    await saveCorrection(db, second);
    await saveCorrection(db, { ...first, undone: new Date(3000) });

    expect(await findCorrections(db, { events: [event] })).toEqual([
      second,
      { ...first, undone: new Date(3000) },
    ]);
    expect(await findCorrections(db, { isHolding: true })).toEqual([second]);
    expect(await findCorrections(db, { events: [], limit: 10 })).toEqual([]);
  });

  test('a merge and a split are found by either of their events, with the events as they were', async () => {
    const db = await open();
    const [one, other] = [anEvent(), anEvent()];
    const author = { at: new Date(1000), by: 'ann', reason: 'one strike' };
    const merge: Correction = {
      ...author,
      id: 'm',
      event: one.id,
      change: { kind: 'merge', into: one, from: other },
    };
    const split: Correction = {
      ...author,
      id: 's',
      at: new Date(2000),
      event: other.id,
      change: { kind: 'split', whole: other, items: [], parted: one.id },
    };
    await saveCorrection(db, merge);
    await saveCorrection(db, split);

    expect(await findCorrections(db, { events: [one.id] })).toEqual([split, merge]);
    expect(await findCorrections(db, { events: [other.id] })).toEqual([split, merge]);
    expect(await findCorrection(db, 'm')).toEqual(merge);
  });

  test('ids that lead to an event through others are found, and no id of a day is given twice', async () => {
    const db = await open();
    const [first, second, last] = [anEvent(), anEvent(), anEvent()];
    await saveEvents(db, [first, second, last]);
    await addAlias(db, { id: first.id, event: second.id, moment: first.changed });
    await addAlias(db, { id: second.id, event: last.id, moment: first.changed });

    expect(await findAliases(db, last.id)).toEqual([first.id, second.id].toSorted());
    const ids = await findIdsOfDay(db, parseDay('2024-10-23'));
    expect([...ids].toSorted()).toEqual(idsOf([first, second, last]).toSorted());
    expect(await findIdsOfDay(db, parseDay('2024-10-24'))).toEqual(new Set());
  });
});

function idsOf(events: readonly NewsEvent[]): EventId[] {
  return events.map(({ id }) => id);
}

function october(day: number): Date {
  return new Date(Date.UTC(2024, 9, day));
}

function never(): never {
  throw new Error('The test is wrong');
}
