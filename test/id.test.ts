import { expect, test } from 'vitest';
import { eventId } from '../src/events/id.ts';
import { parseDay } from '../src/time.ts';

const day = parseDay('2024-01-02');

test('an event is named after its first known day with a short tail', () => {
  expect(eventId(day, 'item-1', () => false)).toMatch(/^2024-01-02-[a-z]\d$/);
});

test('the same start gives the same name', () => {
  expect(eventId(day, 'item-1', () => false)).toBe(eventId(day, 'item-1', () => false));
});

test('a name that was ever given is never given again', () => {
  const taken = new Set<string>();
  for (let number = 0; number < 500; number++) {
    const id = eventId(day, `item-${number}`, (tried) => taken.has(tried));
    expect(taken).not.toContain(id);
    taken.add(id);
  }
});
