import { z } from 'zod';
import type { Speech } from '../digests/speech.ts';
import { aMessage, words, type Action, type Line, type Message } from '../src/message.ts';
import type { NewsEvent } from '../src/model.ts';
import { findEvents } from '../src/store/events.ts';
import { searchEvents } from '../src/store/searching.ts';
import type { Topic } from '../src/topics/topic.ts';
import { daysAsked, eventAsked, momentAsked } from './asked.ts';
import { claimCompletions, claimFields, claimLabels, countInWords, findAskedClaims } from './claims-asked.ts';
import type { Command, Context } from './command.ts';
import { type Format, formatName, formats, writeSheet } from './export-formats.ts';
import type { Sheet, Told } from './export-rows.ts';
import { filterAsked, type Lookup, lookupCompletions, lookupFields, lookupLabels } from './lookup.ts';
import { readWords } from './naming.ts';

/** So many events, or claims, go into one file in a channel, and into one on a screen. */
const MOST_IN_CHANNEL = 1000;
const MOST_ON_SCREEN = 100_000;

const lookups = ['events', 'timeline', 'search', 'claims'] as const;

/** `/export` hands over what any look-up finds as a file, for spreadsheets, programs, feed readers and calendars. */
export function exportEvents(topic: Topic) {
  const { who, about, stance } = claimFields;
  const input = z.object({
    format: z.enum(formats).optional().describe('Sort of file'),
    of: z.enum(lookups).default('events').describe('Which look-up; events if left out'),
    ...lookupFields(topic),
    who,
    about,
    stance,
    from: z.string().optional().meta({ hidden: true }),
    to: z.string().optional().meta({ hidden: true }),
  });

  return {
    name: 'export',
    description: 'Events or claims as a file: CSV, JSON, Markdown, RSS, Atom, calendar or STIX',
    input,
    labels: {
      ...lookupLabels(topic),
      ...claimLabels,
      format: (format: string) => formatName(format as Format),
      of: (of: string, speech: Speech) => speech.words.commandNames?.[of] ?? of,
    },
    completions: { ...lookupCompletions, ...claimCompletions },

    async run({ format, ...asked }, context) {
      const { clock, speech, zone } = context;
      const { total, sheet } = await sheetAsked(asked, context);
      const title: Line = [words(counted(total, sheet, speech))];
      if (total > 0 && format === undefined) return formatMenu(title, context);
      const isEmpty = total === 0 || format === undefined;
      return aMessage({
        title,
        files: isEmpty ? [] : [await writeSheet(format, sheet, { ...context, now: clock() })],
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}

interface Asked extends Lookup, Omit<z.output<z.ZodObject<typeof claimFields>>, 'when' | 'as-of'> {
  readonly of: (typeof lookups)[number];
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface Found {
  readonly total: number;
  readonly sheet: Sheet;
}

async function sheetAsked({ who, about, stance, ...asked }: Asked, context: Context): Promise<Found> {
  if (asked.of === 'claims') return claimsAsked({ ...asked, who, about, stance }, context);
  if (about !== undefined) {
    const asOf = momentAsked(asked['as-of'], context);
    return sheetOf([await eventAsked(about, context, asOf)], 1);
  }
  return eventsAsked(asked, context);
}

async function claimsAsked(asked: Asked, context: Context): Promise<Found> {
  const { total, found } = await findAskedClaims(asked, { limit: most(context) }, context);
  const told: Told[] = [...Map.groupBy(found, ({ event }) => event)].map(([event, some]) => ({
    event,
    claims: some.map(({ claim }) => claim),
  }));
  return { total, sheet: { of: 'claims', told } };
}

async function eventsAsked({ of, from, to, ...lookup }: Asked, context: Context): Promise<Found> {
  const { db } = context;
  const stretch = from === undefined && to === undefined ? undefined : `${from ?? ''}..${to ?? ''}`;
  const asked = {
    ...filterAsked(lookup, context),
    ...daysAsked(stretch, context),
    first: of === 'timeline' ? ('earliest' as const) : undefined,
  };
  const { total, names } = await readWords(asked, context);
  const filter = { ...asked, names, limit: most(context) };
  if (of !== 'search') return sheetOf(await findEvents(db, filter), total);
  const found = await searchEvents(db, filter);
  return sheetOf(
    found.map(({ event }) => event),
    total,
  );
}

function sheetOf(events: readonly NewsEvent[], total: number): Found {
  return { total, sheet: { of: 'events', told: events.map((event) => ({ event, claims: event.claims })) } };
}

function most({ asker }: Context): number {
  return asker.channel.platform === 'terminal' ? MOST_ON_SCREEN : MOST_IN_CHANNEL;
}

function counted(total: number, { of, told }: Sheet, speech: Speech): string {
  if (total === 0) return speech.say(`${of}.none`);
  const all = of === 'events' ? speech.say('events.title', { count: total }) : countInWords(total, speech);
  const count = of === 'events' ? told.length : told.reduce((sum, { claims }) => sum + claims.length, 0);
  return count < total ? speech.say('export.cut', { all, some: speech.number(count) }) : all;
}

/** Asks which sort of file is wanted. */
function formatMenu(title: Line, { speech, zone, request }: Context): Message {
  const choices = formats.map((format) => ({ value: format, label: formatName(format) }));
  const menu: Action = {
    kind: 'menu',
    label: speech.say('export.choose'),
    option: 'format',
    choices,
    request,
    effect: 'reply',
  };
  return aMessage({
    title,
    blocks: [{ kind: 'text', line: [words(`${speech.say('export.choose')}: ${formats.join(', ')}`)] }],
    actions: [menu],
    language: speech.language,
    zone,
  });
}
