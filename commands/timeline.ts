import { z } from 'zod';
import { headOf } from '../digests/entry.ts';
import { kindName } from '../digests/names.ts';
import { daySpan } from '../digests/sentence.ts';
import { aMessage, day, words, type Entry } from '../src/message.ts';
import type { NewsEvent } from '../src/model.ts';
import { findEvents } from '../src/store/events.ts';
import type { Topic } from '../src/topics/topic.ts';
import { completeName, daysAsked, nameAsked } from './asked.ts';
import type { Command, Context } from './command.ts';
import { pageActions, pageOf, pageOption, shareAction } from './paging.ts';
import { daysName } from './when.ts';

const PAGE_SIZE = 15;
const MOST_EVENTS = 300;

/** `/timeline` tells events in the order in which they happened, a line each. */
export function timeline(topic: Topic) {
  const input = z.object({
    when: z.string().optional().describe('Days, such as 2024, 2024-01..2024-03 or last month'),
    kind: z.enum(topic.kinds).optional().describe('Only events of this kind'),
    actor: z
      .string()
      .optional()
      .describe('Only events that this state, body or person takes part in or speaks about'),
    page: pageOption,
  });

  return {
    name: 'timeline',
    description: 'Events in the order in which they happened, a line each',
    input,
    labels: { kind: (kind, speech) => kindName(kind, { speech, topic }) },
    completions: { actor: completeName('actor') },

    async run({ when, kind, actor, page }, context) {
      const { db, speech, zone, request } = context;
      const days = daysAsked(when, context);
      const found = await findEvents(db, {
        topic: topic.id,
        ...days,
        kind,
        actor: nameAsked(actor, 'actor', context),
        limit: MOST_EVENTS,
      });
      const dated = found.filter((event) => event.when !== undefined).toReversed();
      const shown = pageOf(dated, page, PAGE_SIZE);
      const count =
        dated.length === 0 ? speech.say('events.none') : speech.say('events.title', { count: dated.length });
      return aMessage({
        title: days === undefined ? [words(count)] : [words(`${count} · `), day(daysName(days, speech))],
        blocks: [{ kind: 'entries', entries: shown.things.map((event) => lineOf(event, context)) }],
        actions: [...pageActions(shown, request, speech), shareAction(request, speech)],
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}

function lineOf(event: NewsEvent, context: Context): Entry {
  return {
    line: [
      daySpan(event, context),
      words(' · '),
      headOf(event, context),
      words(' · '),
      { kind: 'id', text: event.id },
    ],
    details: [],
  };
}
