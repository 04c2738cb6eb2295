import { claimantsOf } from '../digests/attribution.ts';
import { headOf } from '../digests/entry.ts';
import { directionName, kindName, nameOf, type Teller } from '../digests/names.ts';
import { amount, quantitiesOf } from '../digests/sentence.ts';
import { harmless, type TextFile } from '../src/message.ts';
import type { Claimant, NewsEvent } from '../src/model.ts';
import { addDays } from '../src/time.ts';

export const formats = ['csv', 'json', 'jsonl', 'markdown', 'rss', 'ics'] as const;
type Format = (typeof formats)[number];

/** A teller that knows what time it is. */
type Writer = Teller & { readonly now: Date };

const files: Readonly<
  Record<
    Format,
    {
      readonly name: string;
      readonly type: string;
      readonly write: (events: readonly NewsEvent[], writer: Writer) => string;
    }
  >
> = {
  csv: { name: 'events.csv', type: 'text/csv', write: csv },
  json: { name: 'events.json', type: 'application/json', write: json },
  jsonl: { name: 'events.jsonl', type: 'application/jsonl', write: jsonl },
  markdown: { name: 'events.md', type: 'text/markdown', write: markdown },
  rss: { name: 'events.rss', type: 'application/rss+xml', write: rss },
  ics: { name: 'events.ics', type: 'text/calendar', write: ics },
};

/** Writes events as a file that can be cited from: each with its id, day, claimants, status and pages. */
export function writeEvents(format: Format, events: readonly NewsEvent[], writer: Writer): TextFile {
  const { name, type, write } = files[format];
  return { name, type, text: write(events, writer) };
}

/** One event as plain fields, the same in every format. */
function fieldsOf(event: NewsEvent, writer: Teller) {
  const { id, when, status, claims, citations, newsrooms } = event;
  const names = (ids: readonly string[]) => ids.flatMap((one) => nameOf(one, writer) ?? []);
  const denials = claims.filter(({ stance }) => stance === 'denies');
  const others = claims.filter(({ stance }) => stance !== 'denies');
  return {
    id,
    start: when?.start ?? '',
    end: when?.end ?? '',
    precision: when?.precision ?? '',
    kind: kindName(event.kind, writer),
    direction: directionName(event.direction, writer),
    status: writer.speech.say(`status.${status}`),
    title: titleOf(event, writer),
    claimants: claimantsOf(others).map((who) => calledIn(writer, who)),
    deniedBy: claimantsOf(denials).map((who) => calledIn(writer, who)),
    figures: [...new Set(quantitiesOf(claims).map((quantity) => amount(quantity, writer)))],
    weapons: names(event.weapons),
    places: names(event.places),
    newsrooms,
    languages: [...new Set(citations.map(({ language }) => language))],
    pages: citations.flatMap(({ url }) => url ?? []),
    firstSeen: event.firstSeen.toISOString(),
  };
}

function csv(events: readonly NewsEvent[], writer: Writer): string {
  const rows = events.map((event) => fieldsOf(event, writer));
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) =>
    Object.values(row).map((value) => cell(Array.isArray(value) ? value.join('; ') : String(value))),
  );
  return [columns, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

/** A cell that no spreadsheet takes for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function json(events: readonly NewsEvent[], writer: Writer): string {
  const { topic, now } = writer;
  const body = {
    topic: topic.id,
    exported: now.toISOString(),
    events: events.map((event) => fieldsOf(event, writer)),
  };
  return `${JSON.stringify(body, undefined, 2)}\n`;
}

function jsonl(events: readonly NewsEvent[], writer: Writer): string {
  return events.map((event) => `${JSON.stringify(fieldsOf(event, writer))}\n`).join('');
}

function markdown(events: readonly NewsEvent[], writer: Writer): string {
  return events
    .map((event) => {
      const { id, kind, status, title, claimants, pages } = fieldsOf(event, writer);
      const day =
        event.when === undefined ? writer.speech.say('when.unknown') : writer.speech.when(event.when);
      const links = pages.map((url, index) => `[${index + 1}](<${encodeURI(url).replaceAll(/[<>]/g, '')}>)`);
      const parts = [
        kind,
        plainMarkdown(title),
        plainMarkdown(claimants.join(', ')),
        status,
        links.join(' '),
        `\`${id}\``,
      ];
      return `- **${day}** · ${parts.filter((part) => part !== '').join(' · ')}\n`;
    })
    .join('');
}

function plainMarkdown(text: string): string {
  return harmless(text).replaceAll(/[\\`*_{}[\]<>()#+!|~@]/g, (sign) => `\\${sign}`);
}

function rss(events: readonly NewsEvent[], writer: Writer): string {
  const { speech, topic, now } = writer;
  const items = events.map((event) => {
    const { id, title, claimants, status, pages } = fieldsOf(event, writer);
    const day = event.when === undefined ? speech.say('when.unknown') : speech.when(event.when);
    const link = pages[0] === undefined ? '' : `<link>${xml(pages[0])}</link>`;
    const about = [day, claimants.join(', '), status].filter((part) => part !== '').join(' · ');
    return `<item><guid isPermaLink="false">${xml(id)}</guid><title>${xml(title)}</title>${link}<description>${xml(about)}</description><pubDate>${event.firstSeen.toUTCString()}</pubDate></item>`;
  });
  const label = topic.label[speech.language] ?? topic.label['en'] ?? topic.id;
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>${xml(label)}</title><link>urn:tumen:${xml(topic.id)}</link><description>${xml(label)}</description><language>${speech.language}</language><lastBuildDate>${now.toUTCString()}</lastBuildDate>
${items.join('\n')}
</channel></rss>
`;
}

function xml(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return harmless(text).replaceAll(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}

/** Events of a known day, as days without a time (RFC 5545). */
function ics(events: readonly NewsEvent[], writer: Writer): string {
  const stamp = writer.now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const entries = events.flatMap((event) => {
    if (event.when === undefined) return [];
    const { id, title, claimants, status, pages } = fieldsOf(event, writer);
    return [
      'BEGIN:VEVENT',
      `UID:${id}@tumen`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${event.when.start.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${addDays(event.when.end, 1).replaceAll('-', '')}`,
      `SUMMARY:${icsText(title)}`,
      `DESCRIPTION:${icsText([status, claimants.join(', '), ...pages].filter((part) => part !== '').join('\n'))}`,
      'END:VEVENT',
    ];
  });
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Tumen//EN', ...entries, 'END:VCALENDAR'];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function icsText(text: string): string {
  const lines = text.split('\n').map((line) => harmless(line).replaceAll(/[\\;,]/g, (sign) => `\\${sign}`));
  return lines.join('\\n');
}

/** Lines of a calendar are at most 75 bytes long; longer ones go on after a blank, between characters. */
function folded(line: string): string {
  let bytes = 0;
  let text = '';
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > 74) {
      text += '\r\n ';
      bytes = 1;
    }
    text += character;
    bytes += size;
  }
  return text;
}

function titleOf(event: NewsEvent, writer: Teller): string {
  const head = headOf(event, writer);
  return 'text' in head ? head.text : event.id;
}

function calledIn(writer: Teller, { id, name }: Claimant): string {
  return nameOf(id, writer) ?? name;
}
