import type { TextFile } from '../src/message.ts';
import type { Sheet, Writer } from './export-rows.ts';

type Write = (sheet: Sheet, writer: Writer) => string;

interface Sort {
  readonly name: string;
  readonly ending: string;
  readonly type: string;
  /** Libraries are loaded only when their format is asked for. */
  load(): Promise<Write>;
}

const sorts = {
  csv: { name: 'CSV', ending: 'csv', type: 'text/csv', load: async () => (await texts()).csv },
  json: { name: 'JSON', ending: 'json', type: 'application/json', load: async () => (await texts()).json },
  jsonl: {
    name: 'JSON Lines',
    ending: 'jsonl',
    type: 'application/jsonl',
    load: async () => (await texts()).jsonl,
  },
  markdown: {
    name: 'Markdown',
    ending: 'md',
    type: 'text/markdown',
    load: async () => (await texts()).markdown,
  },
  rss: { name: 'RSS', ending: 'rss', type: 'application/rss+xml', load: async () => (await feeds()).rss },
  atom: {
    name: 'Atom',
    ending: 'atom',
    type: 'application/atom+xml',
    load: async () => (await feeds()).atom,
  },
  jsonfeed: {
    name: 'JSON Feed',
    ending: 'feed.json',
    type: 'application/feed+json',
    load: async () => (await feeds()).jsonFeed,
  },
  ics: {
    name: 'iCalendar',
    ending: 'ics',
    type: 'text/calendar',
    load: async () => (await import('./export-calendar.ts')).ics,
  },
  stix: {
    name: 'STIX 2.1',
    ending: 'stix.json',
    type: 'application/stix+json',
    load: async () => (await import('./export-stix.ts')).stix,
  },
} as const satisfies Record<string, Sort>;

export type Format = keyof typeof sorts;
export const formats = Object.keys(sorts) as [Format, ...Format[]];

/** What a format is called, in every language. */
export function formatName(format: Format): string {
  return sorts[format].name;
}

/** Writes events or claims as a file that can be cited from: each with its id, day, claimants, status and pages. */
export async function writeSheet(format: Format, sheet: Sheet, writer: Writer): Promise<TextFile> {
  const { ending, type, load } = sorts[format];
  const write = await load();
  return { name: `${sheet.of}.${ending}`, type, text: write(sheet, writer) };
}

function texts() {
  return import('./export-text.ts');
}

function feeds() {
  return import('./export-feeds.ts');
}
