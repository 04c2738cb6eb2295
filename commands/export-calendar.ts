import ical from 'ical-generator';
import { labelIn } from '../digests/names.ts';
import { addDays, startOf } from '../src/time.ts';
import { rowsOf, type Sheet, type Writer } from './export-rows.ts';

/** A calendar (RFC 5545) of whatever has a known day, as whole days without a time. */
export function ics(sheet: Sheet, writer: Writer): string {
  const { topic, speech } = writer;
  const calendar = ical({
    name: labelIn(topic, speech.language),
    prodId: { company: 'Tumen', product: 'Tumen' },
  });
  for (const { id, when, title, about, kind, pages, changed } of rowsOf(sheet, writer)) {
    if (when === undefined) continue;
    calendar.createEvent({
      id: `${id}@tumen`,
      start: startOf(when.start, 'UTC'),
      end: startOf(addDays(when.end, 1), 'UTC'),
      allDay: true,
      stamp: changed,
      summary: title,
      description: [about, ...pages.map(({ url }) => url)].filter((part) => part !== '').join('\n'),
      categories: [{ name: kind }],
    });
  }
  return `${calendar.toString()}\r\n`;
}
