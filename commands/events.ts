import { z } from 'zod';
import { entryOf } from '../digests/entry.ts';
import type { NewsEvent } from '../src/model.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Command } from './command.ts';
import { listByDay } from './listing.ts';
import { filterAsked, lookupCompletions, lookupFields, lookupLabels } from './lookup.ts';
import { afterOption, eventsOnPage } from './paging.ts';

/** `/events` lists events, the latest first, by the day on which they happened or by when they were first seen. */
export function events(topic: Topic) {
  const input = z.object({ ...lookupFields(topic), after: afterOption });

  return {
    name: 'events',
    description: 'What happened: dated events with who says so',
    input,
    labels: lookupLabels(topic),
    completions: lookupCompletions,

    async run({ after, ...lookup }, context) {
      const cut = {
        after,
        size: eventsOnPage(context),
        entry: (event: NewsEvent) => entryOf(event, context),
      };
      return listByDay(filterAsked(lookup, context), cut, context);
    },
  } satisfies Command<typeof input>;
}
