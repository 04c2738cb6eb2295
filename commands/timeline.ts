import { z } from 'zod';
import { headOf } from '../digests/entry.ts';
import { daySpan } from '../digests/sentence.ts';
import { words, type Entry } from '../src/message.ts';
import type { NewsEvent } from '../src/model.ts';
import type { Topic } from '../src/topics/topic.ts';
import { daysAsked } from './asked.ts';
import type { Command, Context } from './command.ts';
import { listByDay } from './listing.ts';
import { filterAsked, lookupCompletions, lookupFields, lookupLabels } from './lookup.ts';
import { afterOption } from './paging.ts';

const PAGE_SIZE = 15;

/** `/timeline` tells events in the order in which they happened, a line each. */
export function timeline(topic: Topic) {
  const input = z.object({
    ...lookupFields(topic),
    from: z.string().optional().describe('From this day or month on, such as 2024-01'),
    to: z.string().optional().describe('Up to this day or month'),
    after: afterOption,
  });

  return {
    name: 'timeline',
    description: 'Events in the order in which they happened, a line each',
    input,
    labels: lookupLabels(topic),
    completions: lookupCompletions,

    async run({ after, from, to, ...lookup }, context) {
      const stretch = from === undefined && to === undefined ? undefined : `${from ?? ''}..${to ?? ''}`;
      const asked = {
        ...filterAsked(lookup, context),
        ...daysAsked(stretch, context),
        first: 'earliest',
      } as const;
      const entry = (event: NewsEvent) => lineOf(event, context);
      return listByDay(asked, { after, size: PAGE_SIZE, entry }, context);
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
