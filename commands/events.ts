import { z } from 'zod';
import { entryOf } from '../digests/entry.ts';
import { kindName } from '../digests/names.ts';
import { aMessage, day, words, type Action, type Line } from '../src/message.ts';
import { statuses, type NewsEvent } from '../src/model.ts';
import { cursorAfter, findEvents, type EventFilter } from '../src/store/events.ts';
import type { Topic } from '../src/topics/topic.ts';
import { completeName, daysAsked, momentAsked, nameAsked, openMenu } from './asked.ts';
import type { Command, Context } from './command.ts';
import { readWords } from './naming.ts';
import { eventsOnPage, shareAction } from './paging.ts';
import { daysName, type Days } from './when.ts';

const completions = {
  actor: completeName('actor'),
  place: completeName('place'),
  weapon: completeName('weapon'),
};

/** `/events` lists events, the latest first, by the day on which they happened or by when they were first seen. */
export function events(topic: Topic) {
  const input = z.object({
    when: z.string().optional().describe('Days, such as 2024-01, 2024-01-01..2024-02-10, 7d or last month'),
    kind: z.enum(topic.kinds).optional().describe('Only events of this kind'),
    actor: z
      .string()
      .optional()
      .describe('Only events that this state, body or person takes part in or speaks about'),
    place: z.string().optional().describe('Only events at this place'),
    weapon: z.string().optional().describe('Only events with this weapon'),
    status: z.enum(statuses).optional().describe('Only events that are known this well'),
    language: z.string().optional().describe('Only events told in this language, such as ko'),
    text: z.string().optional().describe('Words in a title or in a sentence'),
    by: z
      .enum(['event', 'seen'])
      .default('event')
      .describe('Whether days are those of the event or of its first report'),
    'as-of': z.string().optional().describe('What was known at the end of this day, such as 2024-01-05'),
    after: z.string().optional().meta({ hidden: true }),
  });

  return {
    name: 'events',
    description: 'What happened: dated events with who says so',
    input,
    labels: {
      kind: (kind, speech) => kindName(kind, { speech, topic }),
      status: (status, speech) => speech.say(`status.${status}`),
      by: (by, speech) => speech.say(`by.${by}`),
    },
    completions,

    async run({ when, 'as-of': asOf, after, actor, place, weapon, ...rest }, context) {
      const days = daysAsked(when, context);
      const filter = {
        ...rest,
        ...days,
        topic: topic.id,
        asOf: momentAsked(asOf, context),
        zone: context.zone,
        ...namesAsked({ actor, place, weapon }, context),
      };
      const { total, names } = await readWords(filter, context);
      const limit = eventsOnPage(context) + 1;
      const found = await findEvents(context.db, { ...filter, names, after, limit });
      return listed(found, { total, days, by: rest.by }, context);
    },
  } satisfies Command<typeof input>;
}

type Named = Pick<EventFilter, 'actor' | 'place' | 'weapon'>;

function namesAsked({ actor, place, weapon }: Named, context: Context): Named {
  return {
    actor: nameAsked(actor, 'actor', context),
    place: nameAsked(place, 'place', context),
    weapon: nameAsked(weapon, 'weapon', context),
  };
}

interface Result {
  readonly total: number;
  readonly days: Days | undefined;
  readonly by: EventFilter['by'];
}

function listed(found: readonly NewsEvent[], { total, days, by }: Result, context: Context) {
  const { speech, zone } = context;
  const size = eventsOnPage(context);
  const shown = found.slice(0, size);
  const last = found.length > size ? shown.at(-1) : undefined;
  return aMessage({
    title: titleOf(total, days, context),
    blocks: [{ kind: 'entries', entries: shown.map((event) => entryOf(event, context)) }],
    footer: [[words(speech.say('zone', { zone }))]],
    actions: [
      ...pagingActions(last, by, context),
      ...openMenu(shown, context),
      shareAction(context.request, speech),
    ],
    tags: [...new Set(shown.map(({ kind }) => kind))],
    language: speech.language,
    zone,
  });
}

function titleOf(total: number, days: Days | undefined, { speech }: Context): Line {
  const count = total === 0 ? speech.say('events.none') : speech.say('events.title', { count: total });
  return days === undefined ? [words(count)] : [words(`${count} · `), day(daysName(days, speech))];
}

/** To the next page, which begins after the last event of this one, and back to the first. */
function pagingActions(
  last: NewsEvent | undefined,
  by: EventFilter['by'],
  { request, speech }: Context,
): Action[] {
  const { after, ...options } = request.options;
  const first: Action = {
    kind: 'button',
    label: speech.say('page.first'),
    request: { ...request, options },
    effect: 'replace',
  };
  if (last === undefined) return after === undefined ? [] : [first];
  const next: Action = {
    kind: 'button',
    label: speech.say('page.after'),
    request: { ...request, options: { ...options, after: cursorAfter(last, by) } },
    effect: 'replace',
  };
  return after === undefined ? [next] : [first, next];
}
