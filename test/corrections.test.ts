import { describe, expect, test } from 'vitest';
import type { EventId } from '../src/model.ts';
import { addAlias } from '../src/store/aliases.ts';
import { findEvent, saveEvents } from '../src/store/events.ts';
import { saveCorrection } from '../src/store/corrections.ts';
import { absorber, correctionDesk, idIn, report, reports, stateOf } from './correction-desk.ts';
import { emptyDatabase, engines } from './database.ts';
import { reader } from './desk.ts';

describe.each(await engines())('on %s', (_, open) => {
  test('two events are merged: the id of the one leads to the other, and undoing brings both back', async () => {
    const { db, ask, eventOf } = await correctionDesk(open);
    const before = await stateOf(db);
    const [shells, casualties] = [await eventOf('lantern'), await eventOf('quay')];
    const given = await ask(`/correct merge ${casualties.id} into:${shells.id} reason:"one operation"`);
    expect(given).toContain(`Merged: ${casualties.id} → ${shells.id}`);
    expect((await findEvent(db, casualties.id))?.id).toBe(shells.id);
    expect((await eventOf('quay')).citations.map(({ item }) => item)).toEqual([
      'lantern',
      'beacon',
      'harbour',
      'quay',
    ]);
    expect(await ask(`/event ${casualties.id}`)).toContain(
      `${casualties.id} made part of ${shells.id} by reader`,
    );
    expect(await ask(`/correct undo ${idIn(given)}`)).toContain('Taken back');
    expect(await stateOf(db)).toEqual(before);
  });

  test('articles are split off by the numbers that /event shows, get an id of their own, and can be put back', async () => {
    const { db, ask, eventOf } = await correctionDesk(open);
    const before = await stateOf(db);
    const shells = await eventOf('lantern');
    const list = await ask(`/event ${shells.id}`);
    const number = /(\d) · Spy agency says/.exec(list)?.[1] ?? 'no number';
    const given = await ask(
      `/correct split ${shells.id} articles:${number} reason:"another shipment, a week before"`,
    );
    const [parted, kept] = [await eventOf('harbour'), await eventOf('lantern')];
    expect(given).toContain(`Split: ${shells.id} → ${parted.id}`);
    expect(given).toContain('Spy agency says North Korea shipped artillery shells');
    expect(kept).toMatchObject({ id: shells.id, apart: [parted.id] });
    expect(kept.citations).toHaveLength(2);
    expect(parted).toMatchObject({ newsrooms: 1, apart: [shells.id], firstSeen: reports[2]?.seen });
    for (const { id } of [kept, parted])
      expect(await ask(`/why ${id}`)).toContain(`${parted.id} taken out of ${shells.id} by reader`);
    await ask(`/correct undo ${idIn(given)}`);
    expect(await stateOf(db)).toEqual(before);
    expect((await findEvent(db, parted.id))?.id).toBe(shells.id);
  });

  test('a day and a kind that a person has said stay when more is told, until that is taken back', async () => {
    const { db, ask, eventOf, receive } = await correctionDesk(open, reports.slice(0, 2));
    const { id, when, kind } = await eventOf('lantern');
    const day = await ask(`/correct date ${id} when:2024-10-20 reason:"by the satellite picture"`);
    const other = await ask(`/correct kind ${id} kind:payment reason:"it was paid for"`);
    await receive(...reports.slice(2, 3));
    expect(await eventOf('harbour')).toMatchObject({
      id,
      kind: 'payment',
      when: { start: '2024-10-20', end: '2024-10-20', precision: 'day' },
    });
    expect((await eventOf('harbour')).citations).toHaveLength(3);
    const told = await ask(`/event ${id}`);
    expect(told).toMatch(/Day said to be 20 October 2024 by reader, .* · by the satellite picture/);
    expect(told).toMatch(/Kind said to be \S.* by reader, .* · it was paid for/);
    await ask(`/correct undo ${idIn(day)}`);
    await ask(`/correct undo ${idIn(other)}`);
    expect(await eventOf('harbour')).toMatchObject({ when, kind });
    expect(await findEvent(db, id)).not.toHaveProperty('corrected');
  });
});

test('what comes after a merge joins the whole, and stays there when the merge is taken back', async () => {
  const { ask, eventOf, receive } = await correctionDesk(emptyDatabase, [
    ...reports.slice(0, 2),
    ...reports.slice(3),
  ]);
  const [shells, casualties] = [await eventOf('lantern'), await eventOf('quay')];
  const given = await ask(`/correct merge ${casualties.id} into:${shells.id} reason:"one operation"`);
  await receive(...reports.slice(2, 3));
  expect((await eventOf('harbour')).id).toBe(shells.id);
  await ask(`/correct undo ${idIn(given)}`);
  expect((await eventOf('harbour')).id).toBe(shells.id);
  expect(await eventOf('quay')).toMatchObject({ id: casualties.id, newsrooms: 1 });
});

test('an article that is like both halves of a split joins one and does not make them one again', async () => {
  const { ask, eventOf, receive } = await correctionDesk(emptyDatabase, reports.slice(0, 2));
  const { id } = await eventOf('lantern');
  await ask(`/correct split ${id} articles:https://beacon.example/story reason:"another shipment"`);
  await receive(...reports.slice(2, 3));
  expect((await eventOf('lantern')).id).not.toBe((await eventOf('beacon')).id);
});

test('an event that becomes part of another takes along the day that a person has said', async () => {
  const { ask, eventOf } = await correctionDesk();
  const [shells, casualties] = [await eventOf('lantern'), await eventOf('quay')];
  await ask(`/correct date ${casualties.id} when:2024-10-26 reason:"by the ministry"`);
  const merged = await ask(`/correct merge ${casualties.id} into:${shells.id} reason:"one operation"`);
  expect((await eventOf('lantern')).when).toMatchObject({ start: '2024-10-26' });
  await ask(`/correct undo ${idIn(merged)}`);
  expect((await eventOf('lantern')).when).toEqual(shells.when);
  expect((await eventOf('quay')).when).toMatchObject({ start: '2024-10-26' });
});

test('of two words on the day of an event the later counts, and the earlier again once that is taken back', async () => {
  const { ask, eventOf } = await correctionDesk();
  const { id, when } = await eventOf('lantern');
  const first = await ask(`/correct date ${id} when:2024-10-20 reason:one`);
  const second = await ask(`/correct date ${id} when:2024-10 reason:two`);
  expect((await eventOf('lantern')).when).toMatchObject({ start: '2024-10-01', precision: 'month' });
  await ask(`/correct undo ${idIn(second)}`);
  expect((await eventOf('lantern')).when).toMatchObject({ start: '2024-10-20', precision: 'day' });
  await ask(`/correct undo ${idIn(first)}`);
  expect((await eventOf('lantern')).when).toEqual(when);
});

test.each([
  ['an event with itself', 'merge {shells} into:{shells}', 'Both are the event'],
  ['into an event that is not there', 'merge {shells} into:2001-01-01-x9', 'There is no event'],
  ['all articles', 'split {shells} articles:1-3', 'Name some of the articles'],
  ['a number that no article has', 'split {shells} articles:1,7', "'7' is no article of"],
  ['an article of another event', 'split {shells} articles:pier', "'pier' is no article of"],
  ['a day that is none', 'date {shells} when:soonish', "'soonish'"],
  ['days without an end', 'date {shells} when:2024-01..', "'2024-01..'"],
  ['a kind that is none', 'kind {shells} kind:ballet', "'ballet'"],
  ['the taking back of nothing', 'undo 00000000', 'could be taken back'],
])('one sentence says what is wrong with %s, and nothing changes', async (_, line, sentence) => {
  const { db, ask, eventOf } = await correctionDesk();
  const before = await stateOf(db);
  const { id } = await eventOf('lantern');
  const why = line.startsWith('undo') ? '' : ' reason:because';
  expect(await ask(`/correct ${line.replaceAll('{shells}', id)}${why}`)).toContain(sentence);
  expect(await stateOf(db)).toEqual(before);
});

test('only managers correct events, and each correction wants a reason', async () => {
  const { db, ask, eventOf } = await correctionDesk();
  const before = await stateOf(db);
  const { id } = await eventOf('lantern');
  for (const line of [
    `merge ${id} into:${(await eventOf('quay')).id}`,
    `split ${id} articles:1`,
    `date ${id} when:2024-10-20`,
    `kind ${id} kind:payment`,
  ]) {
    expect(await ask(`/correct ${line} reason:because`, { manages: false })).not.toContain('take this back');
    expect(await ask(`/correct ${line}`)).toContain("'reason' is needed.");
  }
  expect(await stateOf(db)).toEqual(before);
});

test('a page of the shipped history stays with its event, and one that ships can be corrected', async () => {
  const { db, ask } = await correctionDesk();
  await absorber.storeHistory(db);
  const id = '2024-01-02-kharkiv-strike' as EventId;
  const before = await findEvent(db, id);
  expect(await ask(`/correct split ${id} articles:1 reason:because`)).toContain(
    'comes with the shipped history',
  );
  const given = await ask(`/correct kind ${id} kind:transfer reason:because`);
  const dated = await ask(`/correct date ${id} when:2024-01-03 reason:because`);
  expect(await findEvent(db, id)).toMatchObject({ kind: 'transfer', when: { start: '2024-01-03' } });
  for (const one of [given, dated]) await ask(`/correct undo ${idIn(one)}`);
  expect({ ...(await findEvent(db, id)), changed: before?.changed }).toEqual(before);
});

test('what rests on a merge or a split is taken back before it', async () => {
  const { db, ask, eventOf } = await correctionDesk();
  const before = await stateOf(db);
  const [shells, casualties, visit] = [
    await eventOf('lantern'),
    await eventOf('quay'),
    await eventOf('pier'),
  ];
  const first = await ask(`/correct merge ${casualties.id} into:${shells.id} reason:one`);
  const second = await ask(`/correct merge ${shells.id} into:${visit.id} reason:two`);
  const third = await ask('/correct irrelevant article:quay reason:three');
  expect(await ask(`/correct undo ${idIn(first)}`)).toContain(`take back ${idIn(second)} first`);
  expect(await ask(`/correct undo ${idIn(second)}`)).toContain(`take back ${idIn(third)} first`);
  for (const one of [third, second, first])
    expect(await ask(`/correct undo ${idIn(one)}`)).toContain('Taken back');
  expect(await stateOf(db)).toEqual(before);
});

test('a verdict is taken back after the split of what it left', async () => {
  const { db, ask, eventOf } = await correctionDesk();
  const before = await stateOf(db);
  const { id } = await eventOf('lantern');
  const off = await ask('/correct irrelevant article:beacon reason:one');
  const split = await ask(`/correct split ${id} articles:harbour reason:two`);
  expect(await ask(`/correct undo ${idIn(off)}`)).toContain(`take back ${idIn(split)} first`);
  for (const one of [split, off]) await ask(`/correct undo ${idIn(one)}`);
  expect(await stateOf(db)).toEqual(before);
});

test('a copy that is split off from its original is a newsroom of its own', async () => {
  const { ask, eventOf } = await correctionDesk();
  const { id, citations } = await eventOf('lantern');
  const copy = citations.findIndex(({ copyOf }) => copyOf !== undefined);
  await ask(`/correct split ${id} articles:${copy + 1} reason:"an older dispatch"`);
  expect((await eventOf(citations[copy]?.item ?? '')).newsrooms).toBe(1);
});

test('a correction of an event that has joined another by itself is not taken back, and says why', async () => {
  const { db, ask, eventOf } = await correctionDesk();
  const [shells, casualties, visit] = [
    await eventOf('lantern'),
    await eventOf('quay'),
    await eventOf('pier'),
  ];
  const given = await ask(`/correct merge ${casualties.id} into:${shells.id} reason:one`);
  await addAlias(db, { id: shells.id, event: visit.id, moment: new Date('2024-12-02T00:00:00Z') });
  expect(await ask(`/correct undo ${idIn(given)}`)).toContain(
    `the event ${shells.id} has become part of ${visit.id}`,
  );
});

test('an event that was retracted before its own status was kept has that status again', async () => {
  const { db, ask, eventOf } = await correctionDesk();
  const event = await eventOf('lantern');
  await saveEvents(db, [{ ...event, status: 'retracted' }]);
  await saveCorrection(db, {
    id: '0badcafe',
    event: event.id,
    at: new Date('2024-11-01T00:00:00Z'),
    by: 'ann',
    reason: 'a hoax',
    change: { kind: 'retract', before: event.status },
  });
  await ask('/correct undo 0badcafe');
  expect((await eventOf('lantern')).status).toBe(event.status);
});

test('the articles of the event in the form are proposed by their numbers', async () => {
  const { answer, eventOf } = await correctionDesk();
  const { id } = await eventOf('lantern');
  const request = { command: 'correct', subcommand: 'split', options: { id, articles: '1,' } };
  const choices = await answer.choices(request, 'articles', reader);
  expect(choices.map(({ value }) => value)).toEqual(['1,1', '1,2', '1,3']);
  expect(choices[2]?.label).toBe(
    '3 · Spy agency says North Korea shipped artillery shells to Russia (The harbour)',
  );
});

test('the pages of an event that has many are turned, and their numbers go on', async () => {
  const many = Array.from({ length: 12 }, (_, number) =>
    report(`paper${number}`, '2024-10-23', reports[0]?.title ?? '', reports[0]?.text ?? ''),
  );
  const { ask, eventOf } = await correctionDesk(emptyDatabase, many);
  const { id } = await eventOf('paper0');
  expect(await ask(`/event ${id}`)).toMatch(/10 · .*paper/);
  const next = await ask(`/event ${id} page:2`);
  expect(next).toMatch(/12 · .*paper/);
  expect(next).not.toMatch(/10 · .*paper/);
});
