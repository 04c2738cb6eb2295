import { describe, expect, test } from 'vitest';
import type { Database } from '../src/store/database.ts';
import { findEvents } from '../src/store/events.ts';
import { correctionDesk, idIn, reports, stateOf, topic } from './correction-desk.ts';
import { drawFrom } from './random.ts';

describe('any sequence of corrections, all of it taken back, leaves the events as they were', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('sequence %i', async (seed) => {
    const { db, ask } = await correctionDesk();
    const before = await stateOf(db);
    const draw = drawFrom(seed);
    const held: string[] = [];
    for (let step = 0; step < 10; step += 1) {
      if (held.length > 0 && draw(4) === 0) {
        const [id = ''] = held.splice(draw(held.length), 1);
        if (!(await ask(`/correct undo ${id}`)).includes('Taken back')) held.push(id);
        continue;
      }
      const id = idIn(await ask(`/correct ${await anyCorrection(db, draw)} reason:because`));
      if (id !== 'no correction') held.push(id);
    }
    expect(held.length).toBeGreaterThan(0);
    for (let turn = 0; held.length > 0 && turn < 500; turn += 1) {
      const [id = ''] = held.splice(draw(held.length), 1);
      if (!(await ask(`/correct undo ${id}`)).includes('Taken back')) held.push(id);
    }
    expect(held).toEqual([]);
    expect(await stateOf(db)).toEqual(before);
  });
});

async function anyCorrection(db: Database, draw: (most: number) => number): Promise<string> {
  const events = await findEvents(db, { topic: topic.id, limit: 50 });
  const any = () => events[draw(events.length)]?.id ?? '';
  const item = reports[draw(reports.length)]?.id ?? '';
  const wishes = [
    () => `merge ${any()} into:${any()}`,
    () => `split ${any()} articles:${1 + draw(3)}`,
    () => `date ${any()} when:2024-10-${10 + draw(15)}`,
    () => `kind ${any()} kind:${['payment', 'drill', 'transfer'][draw(3)]}`,
    () => `retract ${any()}`,
    () => `irrelevant article:${item}`,
    () => `relevant article:${item}`,
  ];
  return wishes[draw(wishes.length)]?.() ?? '';
}
