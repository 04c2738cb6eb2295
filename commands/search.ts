import { z } from 'zod';
import { entryOf, headOf } from '../digests/entry.ts';
import { foreign, type Entry, type Line } from '../src/message.ts';
import type { EventFilter } from '../src/store/events.ts';
import { searchEvents, type FoundEvent } from '../src/store/searching.ts';
import type { Snippet } from '../src/store/search/snippet.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Command, Context } from './command.ts';
import { listed } from './listing.ts';
import { filterAsked, lookupCompletions, lookupFields, lookupLabels } from './lookup.ts';
import { readWords } from './naming.ts';
import { afterOption, eventsOnPage } from './paging.ts';

/** So far may an event have moved in the ranking between one page and the next. */
const MOST_MOVED = 20;

/** `/search` finds events by words of their titles and sentences, in any language; those that fit best come first. */
export function search(topic: Topic) {
  const { text: _, ...fields } = lookupFields(topic);
  const input = z.object({
    text: z.string().describe('Words to look for, in any language').meta({ as: 'search.text' }),
    ...fields,
    after: afterOption,
  });

  return {
    name: 'search',
    description: 'Finds events by words, in any language',
    input,
    messageOption: 'text',
    labels: lookupLabels(topic),
    completions: lookupCompletions,

    async run({ after, ...lookup }, context) {
      const asked = filterAsked(lookup, context);
      const { total, names } = await readWords(asked, context);
      const filter = { ...asked, names };
      const { before, found } = await pageAfter(after, filter, context);
      const shown = found.slice(0, eventsOnPage(context));
      const end = found.length > shown.length ? shown.at(-1) : undefined;
      return listed(
        {
          filter,
          total,
          events: shown.map(({ event }) => event),
          entries: shown.map((one) => foundEntry(one, context)),
          last: end && `${before + shown.length} ${end.event.id}`,
          about: [foreign(lookup.text)],
        },
        context,
      );
    },
  } satisfies Command<typeof input>;
}

/**
 * The events of a page, and one more where there is one.
 *
 * @param after - how many events came before, and the last of them: `8 2024-01-02-k7`. It is looked for near that place.
 */
async function pageAfter(
  after: string | undefined,
  filter: Omit<EventFilter, 'limit'>,
  context: Context,
): Promise<{ before: number; found: FoundEvent[] }> {
  const limit = eventsOnPage(context) + 1;
  const [, count = '0', last] = /^(\d{1,6}) (.+)$/.exec(after ?? '') ?? [];
  const skip = Math.max(0, Number(count) - MOST_MOVED);
  const near = await searchEvents(context.db, {
    ...filter,
    skip,
    limit: Number(count) - skip + limit + MOST_MOVED,
  });
  const place = near.findIndex(({ event }) => event.id === last);
  const begin = place === -1 ? Number(count) - skip : place + 1;
  return { before: skip + begin, found: near.slice(begin, begin + limit) };
}
/** An event, with what was found marked in its title, or in a line below where it stands elsewhere. */
function foundEntry({ event, snippet }: FoundEvent, context: Context): Entry {
  if (snippet === undefined || snippet.marks.length === 0) return entryOf(event, context);
  const title = headOf(event, context);
  const isTitle = 'text' in title && title.text === snippet.text;
  // A title of ours in another language says what the one that is shown says.
  if (!isTitle && Object.values(event.titles).includes(snippet.text)) return entryOf(event, context);
  // The title ends the line.
  const { line, details } = entryOf(event, context, isTitle ? [] : [marked(snippet)]);
  return { line: isTitle ? [...line.slice(0, -1), ...marked(snippet)] : line, details };
}

function marked({ text, marks }: Snippet): Line {
  const bounds = [0, ...marks.flat(), text.length];
  return bounds.slice(1).flatMap((end, index) => {
    const part = text.slice(bounds[index], end);
    return part === '' ? [] : [foreign(part, index % 2 === 1 ? 'strong' : undefined)];
  });
}
