import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formats, writeEvents } from '../commands/export-formats.ts';
import { speechIn } from '../digests/speech.ts';
import type { NewsEvent } from '../src/model.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aCitation, anEvent } from './builders.ts';
import { aTopic } from './topic.ts';

const writer = { speech: speechIn('en'), topic: aTopic(), now: new Date('2024-11-01T10:00:00Z') };
const event = anEvent({
  id: '2024-10-23-t1' as never,
  titles: { en: 'A "ship", docked; in Rajin' },
  citations: [aCitation({ url: 'https://lighthouse.example/a?b=1&c=2', title: 'Theirs' })],
});

test('CSV has a row an event, quoted where it must be', () => {
  const [head, row] = text('csv').split('\r\n');
  expect(head).toContain('id,start,end,precision,kind,direction,status,title,claimants');
  expect(row).toContain(
    '2024-10-23-t1,2024-10-23,2024-10-23,day,transfer,North Korea → Russia,claimed,"A ""ship"", docked; in Rajin",South Korea',
  );
});

test.each(['=1+1', '+1', '-1', '@sum'])('no spreadsheet takes %s for a formula', (title) => {
  expect(text('csv', { ...event, titles: { en: title } })).toContain(`,'${title},`);
});

test('JSON and JSON Lines hold the same fields', () => {
  const { events } = JSON.parse(text('json')) as { events: unknown[] };
  expect(events).toEqual([JSON.parse(text('jsonl'))]);
  expect(events[0]).toMatchObject({ id: '2024-10-23-t1', figures: ['at least 20 containers'], newsrooms: 1 });
});

test('Markdown keeps what others wrote from formatting', () => {
  const line = text('markdown', { ...event, titles: { en: '**bold** [x](https://evil.example) <b>' } });
  expect(line).toContain('\\*\\*bold\\*\\* \\[x\\]\\(https://evil.example\\) \\<b\\>');
  expect(line).toContain('[1](<https://lighthouse.example/a?b=1&c=2>)');
});

test('RSS is well-formed, with the id as guid', () => {
  const feed = text('rss');
  expect(feed).toContain('<guid isPermaLink="false">2024-10-23-t1</guid>');
  expect(feed).toContain('<link>https://lighthouse.example/a?b=1&amp;c=2</link>');
  expect(feed).toContain('A &quot;ship&quot;, docked; in Rajin');
});

test('a calendar has whole days, ends exclusive, in lines of at most 75 bytes', () => {
  const calendar = text('ics', { ...event, titles: { en: '화물선이 나진항에 '.repeat(12) } });
  expect(calendar).toContain('DTSTART;VALUE=DATE:20241023\r\nDTEND;VALUE=DATE:20241024\r\n');
  for (const line of calendar.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

test('an event of unknown day is left out of the calendar', () => {
  const { when: _, ...undated } = event;
  expect(text('ics', undated)).not.toContain('VEVENT');
});

test('whatever a title holds, a calendar stays a list of lines and a feed stays well-formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (title) => {
      const hostile = { ...event, titles: { en: title }, when: onDay(parseDay('2024-10-23')) };
      const lines = text('ics', hostile).split('\r\n');
      expect(lines.filter((line) => line.startsWith('BEGIN:') || line.startsWith('END:'))).toHaveLength(4);
      expect(text('rss', hostile).split('<item>')).toHaveLength(2);
    }),
  );
});

test.each(formats)('%s names its file and type', (format) => {
  const file = writeEvents(format, [event], writer);
  expect(file.name).toMatch(/^events\.[a-z]+$/);
  expect(file.type).toMatch(/^[a-z]+\/[a-z+]+$/);
});

function text(format: (typeof formats)[number], given: NewsEvent = event): string {
  return writeEvents(format, [given], writer).text;
}
