import * as fc from 'fast-check';
import ICAL from 'ical.js';
import MarkdownIt from 'markdown-it';
import papaparse from 'papaparse';
import RssParser from 'rss-parser';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { type Format, formats, writeSheet } from '../commands/export-formats.ts';
import type { Sheet, Writer } from '../commands/export-rows.ts';
import { speechIn } from '../digests/speech.ts';
import type { NewsEvent } from '../src/model.ts';
import { harmless } from '../src/message.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aCitation, aClaim, aClaimant, anEvent, anItem } from './builders.ts';
import { aStixBundle } from './stix.ts';
import { aTopic } from './topic.ts';

const writer: Writer = {
  speech: speechIn('en'),
  topic: aTopic(),
  now: new Date('2024-11-01T10:00:00Z'),
};
const item = anItem().id;
const denial = aClaim({
  id: 'c2',
  item,
  stance: 'denies',
  claimants: [aClaimant({ id: 'kremlin', name: 'Kremlin' })],
  quantities: [],
  sentence: '«Нет», — said the Kremlin; "nothing", it added.',
  language: 'ru',
});
const event = anEvent({
  id: '2024-10-23-t1' as never,
  titles: { en: 'A "ship", docked; in Rajin', fr: 'Un navire' },
  claims: [aClaim({ id: 'c1' }), denial],
  citations: [
    aCitation({ url: 'https://lighthouse.example/a?b=1&c=2,3;4', title: 'Theirs', item }),
    aCitation({ url: 'javascript:alert(1)', outlet: 'Nobody' }),
  ],
});
const claims: Sheet = { of: 'claims', told: [{ event, claims: event.claims }] };

/** Titles of others that mean something where they do not belong. */
const hostile = [
  ['a formula', '=HYPERLINK("https://evil.example";"x")'],
  ['HTML', '<script>alert(1)</script> & &lt;b&gt; ]]>'],
  ['Markdown', '**bold** [x](https://evil.example) `code` # ~~no~~ <https://evil.example> &amp;'],
  ['lines of a calendar', 'a\r\nEND:VEVENT\r\nBEGIN:VALARM\\n;,:'],
  ['what steers a screen', '\u0000\u0007\u001b[31m\u202eevil\u2066\ufeff\ud800'],
  ['writing from right to left', 'سفينة في «راجين»، قالت سيول'],
  ['a row of a table', 'a,"b"\n"c",d\t;e'],
] as const;

describe('CSV, read by Papa Parse', () => {
  test('has a row an event under named columns, and begins with a mark for spreadsheets', async () => {
    const written = await text('csv');
    expect(written.startsWith('\ufeff')).toBe(true);
    expect(table(written)).toEqual([
      expect.objectContaining({
        id: '2024-10-23-t1',
        start: '2024-10-23',
        precision: 'day',
        direction: 'North Korea → Russia',
        title: 'A "ship", docked; in Rajin',
        claimants: 'South Korea',
        deniedBy: 'Kremlin',
        pages: 'https://lighthouse.example/a?b=1&c=2,3;4',
      }),
    ]);
  });

  test('has a row a claim, with who says it, how, and in which words', async () => {
    expect(table(await text('csv', claims))).toEqual([
      expect.objectContaining({ id: 'c1', event: '2024-10-23-t1', stance: 'asserts' }),
      expect.objectContaining({
        id: 'c2',
        claimants: 'Kremlin',
        stance: 'denies',
        sentence: denial.sentence,
      }),
    ]);
  });

  test.each(['=1+1', '+1', '-1', '@sum', '＝1', '\t=1'])(
    'no spreadsheet takes %j for a formula',
    async (title) => {
      const [row] = table(await text('csv', titled(title)));
      expect(row?.['title']).not.toMatch(/^[=+\-@＝\t]/);
    },
  );

  test.each(hostile)('%s stays in its cell', async (_, title) => {
    const rows = table(await text('csv', titled(title)));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.['title']?.replace(/^'/, '')).toBe(plain(title));
    expect(rows[0]?.['uri']).toMatch(/^urn:uuid:/);
  });
});

describe('JSON and JSON Lines', () => {
  test('hold the same fields', async () => {
    const { events } = JSON.parse(await text('json')) as { events: unknown[] };
    expect(events).toEqual([JSON.parse(await text('jsonl'))]);
    expect(events[0]).toMatchObject({
      id: '2024-10-23-t1',
      figures: ['at least 20 containers'],
      newsrooms: 1,
    });
  });

  test.each(hostile)('%s is a text on one line', async (_, title) => {
    const lines = (await text('jsonl', titled(title))).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { title: string }).title)).toEqual([plain(title)]);
  });
});

describe('Markdown, read by markdown-it', () => {
  const reader = new MarkdownIt({ linkify: true, html: true });

  test('links the pages by address', async () => {
    const html = reader.render(await text('markdown'));
    expect(html).toContain('href="https://lighthouse.example/a?b=1&amp;c=2,3;4"');
    expect(html).not.toContain('javascript:');
    expect(html).toContain('<code>2024-10-23-t1</code>');
  });

  test.each(hostile)('%s is read as it stands', async (_, title) => {
    const html = reader.render(await text('markdown', titled(title)));
    expect(html.match(/<(?!\/?(?:ul|li|strong|a|code)\b)[^>]*>/g)).toBeNull();
    expect(html.match(/<(?:strong|a|code)\b/g)).toHaveLength(3);
    const shown = html.replaceAll(/<[^>]*>/g, '').replaceAll(/&(lt|gt|amp|quot);/g, unescapedHtml);
    expect(shown).toContain(` · ${plain(title)} · `);
  });
});

describe.each(['rss', 'atom'] as const)(
  '%s, read by rss-parser and an XML parser that forgives nothing',
  (format) => {
    test('has an item an event, with its page and moments', async () => {
      const feed = await read(await text(format));
      expect(feed.items).toHaveLength(1);
      expect(feed.items[0]).toMatchObject({
        title: 'A "ship", docked; in Rajin',
        link: 'https://lighthouse.example/a?b=1&c=2,3;4',
        isoDate: event.firstSeen.toISOString(),
      });
    });

    test.each(hostile)('%s breaks nothing', async (_, title) => {
      const feed = await read(await text(format, titled(title)));
      expect(feed.items.map((entry) => entry.title)).toEqual([plain(title)]);
    });

    test('an event without any page has no link', async () => {
      const feed = await read(await text(format, sheetOf({ ...event, citations: [] })));
      expect(feed.items[0]?.link).toBeUndefined();
    });
  },
);

test('RSS names an item by the id that digests and answers show, Atom by one that is unique everywhere', async () => {
  expect(await text('rss')).toContain('<guid isPermaLink="false">2024-10-23-t1</guid>');
  expect((await read(await text('atom'))).items[0]).toMatchObject({
    id: 'urn:uuid:1f595923-7ae5-5437-a4c9-342fe62500b1',
  });
});

test('JSON Feed has what version 1.1 asks for', async () => {
  const feed = JSON.parse(await text('jsonfeed')) as { items: object[] };
  expect(feed).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', title: expect.any(String) });
  expect(feed.items).toEqual([
    {
      id: '2024-10-23-t1',
      title: 'A "ship", docked; in Rajin',
      url: 'https://lighthouse.example/a?b=1&c=2,3;4',
      content_text: expect.stringContaining('according to South Korea; denied by the Kremlin · claimed'),
      tags: ['transfer'],
      date_published: '2024-10-23T09:05:00.000Z',
      date_modified: '2024-10-23T09:05:00.000Z',
    },
  ]);
});

describe('a calendar, read by ical.js', () => {
  test('has whole days that end before the next, in lines of at most 75 bytes', async () => {
    const written = await text('ics', titled('화물선이 나진항에 '.repeat(12)));
    for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const [entry] = entriesOf(written);
    expect(entry?.startDate.toString()).toBe('2024-10-23');
    expect(entry?.endDate.toString()).toBe('2024-10-24');
    expect(entry?.startDate.isDate).toBe(true);
    expect(entry?.uid).toBe('2024-10-23-t1@tumen');
    expect(entry?.description).toContain('https://lighthouse.example/a?b=1&c=2,3;4');
  });

  test.each(hostile)('%s stays in its line', async (_, title) => {
    const entries = entriesOf(await text('ics', titled(title)));
    expect(entries.map(({ summary }) => summary)).toEqual([plain(title)]);
  });

  test('leaves out an event of unknown day', async () => {
    const { when: _, ...undated } = event;
    expect(entriesOf(await text('ics', sheetOf(undated)))).toEqual([]);
  });
});

describe('STIX 2.1, held to the rules of the standard', () => {
  test('has a report with its confidence, sources, day and claimants', async () => {
    const { objects } = aStixBundle(await text('stix'));
    const [report] = objects.filter(({ type }) => type === 'report');
    const extension = objects.find(({ type }) => type === 'extension-definition')?.id ?? '';
    expect(report).toMatchObject({
      name: 'A "ship", docked; in Rajin',
      confidence: 50,
      labels: ['transfer', 'claimed'],
      external_references: [
        { source_name: 'Tumen', external_id: '2024-10-23-t1' },
        { source_name: 'The Daily Lighthouse', url: 'https://lighthouse.example/a?b=1&c=2,3;4' },
      ],
      extensions: { [extension]: { start: '2024-10-23', precision: 'day', places: ['Rajin'] } },
    });
    const refs = report?.['object_refs'] as string[];
    expect(objects.filter(({ id }) => refs.includes(id)).map(({ type }) => type)).toEqual([
      'identity',
      'identity',
      'observed-data',
    ]);
  });

  test('has a claim as a note, and a denial as an opinion, by whoever says so', async () => {
    const { objects } = aStixBundle(await text('stix', claims));
    expect(objects).toContainEqual(expect.objectContaining({ type: 'note', authors: ['South Korea'] }));
    expect(objects).toContainEqual(
      expect.objectContaining({
        type: 'opinion',
        opinion: 'disagree',
        authors: ['Kremlin'],
        explanation: denial.sentence,
        lang: 'ru',
      }),
    );
  });

  test('a retracted event is revoked', async () => {
    const { objects } = aStixBundle(await text('stix', sheetOf({ ...event, status: 'retracted' })));
    expect(objects.find(({ type }) => type === 'report')).toMatchObject({ revoked: true, confidence: 10 });
  });

  test('the same event has the same ids for ever, in whatever language it is asked for', async () => {
    const inFrench = await writeSheet('stix', sheetOf(event), {
      ...writer,
      speech: speechIn('fr'),
      now: new Date(0),
    });
    expect(inFrench.text).toBe(await text('stix'));
    expect(inFrench.text).toContain('report--1f595923-7ae5-5437-a4c9-342fe62500b1');
    const grown = { ...event, newsrooms: 9, changed: new Date('2025-01-01T00:00:00Z') };
    const [before, after] = [inFrench.text, await text('stix', sheetOf(grown))].map((bundle) =>
      aStixBundle(bundle).objects.map(({ id }) => id),
    );
    expect(after).toEqual(before);
  });

  test.each(hostile)('%s is a text', async (_, title) => {
    const { objects } = aStixBundle(await text('stix', titled(title)));
    expect(objects.find(({ type }) => type === 'report')).toMatchObject({ name: plain(title) });
  });
});

test('whatever a title holds, every format can be read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (title) => {
      const sheet = titled(title);
      expect(table(await text('csv', sheet))).toHaveLength(1);
      expect((await read(await text('rss', sheet))).items).toHaveLength(1);
      expect((await read(await text('atom', sheet))).items).toHaveLength(1);
      expect(entriesOf(await text('ics', sheet))).toHaveLength(1);
      aStixBundle(await text('stix', sheet));
    }),
    { numRuns: 50 },
  );
});

test.each(formats)('%s names its file and type, of events and of claims', async (format) => {
  const file = await writeSheet(format, sheetOf(event), writer);
  expect(file.name).toMatch(/^events\.[a-z.]+$/);
  expect(file.type).toMatch(/^[a-z]+\/[a-z+]+$/);
  expect((await writeSheet(format, claims, writer)).name).toMatch(/^claims\./);
});

function sheetOf(given: NewsEvent): Sheet {
  return { of: 'events', told: [{ event: given, claims: given.claims }] };
}

function titled(title: string): Sheet {
  return sheetOf({ ...event, titles: { en: title }, when: onDay(parseDay('2024-10-23')) });
}

async function text(format: Format, sheet: Sheet = sheetOf(event)): Promise<string> {
  return (await writeSheet(format, sheet, writer)).text;
}

function table(csv: string): Record<string, string>[] {
  const { data, errors } = papaparse.parse<Record<string, string>>(csv, {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  return data;
}

/** A feed, once its XML is known to be well-formed. */
async function read(xml: string) {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return new RssParser().parseString(xml);
}

function entriesOf(calendar: string): ICAL.Event[] {
  return new ICAL.Component(ICAL.parse(calendar) as never)
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));
}

/** What is left of a title anywhere. */
function plain(title: string): string {
  return harmless(title).trim();
}

function unescapedHtml(_: string, name: string): string {
  return { lt: '<', gt: '>', amp: '&', quot: '"' }[name] ?? '';
}
