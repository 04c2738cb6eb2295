import { z } from 'zod';
import { entryOf } from '../digests/entry.ts';
import { cursorAfter, findEvents } from '../src/store/events.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Command } from './command.ts';
import { listed } from './listing.ts';
import { filterAsked, lookupCompletions, lookupFields, lookupLabels } from './lookup.ts';
import { readWords } from './naming.ts';
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
      const asked = filterAsked(lookup, context);
      const { total, names } = await readWords(asked, context);
      const filter = { ...asked, names };
      const size = eventsOnPage(context);
      const found = await findEvents(context.db, { ...filter, after, limit: size + 1 });
      const shown = found.slice(0, size);
      const end = found.length > size ? shown.at(-1) : undefined;
      return listed(
        {
          filter,
          total,
          events: shown,
          entries: shown.map((event) => entryOf(event, context)),
          last: end && cursorAfter(end, lookup.by),
        },
        context,
      );
    },
  } satisfies Command<typeof input>;
}
