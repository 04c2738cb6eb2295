import { z } from 'zod';
import { entryOf, headOf } from '../digests/entry.ts';
import { aMessage, foreign, words, type Entry, type Line } from '../src/message.ts';
import { searchEvents, type FoundEvent } from '../src/store/searching.ts';
import type { Snippet } from '../src/store/search/snippet.ts';
import type { Topic } from '../src/topics/topic.ts';
import { daysAsked, openMenu } from './asked.ts';
import type { Command, Context } from './command.ts';
import { readWords } from './naming.ts';
import { eventsOnPage, shareAction } from './paging.ts';

/** `/search` finds events by words of their titles and sentences, in any language. */
export function search(topic: Topic) {
  const input = z.object({
    text: z.string().describe('Words to look for, in any language'),
    when: z.string().optional().describe('Days, such as 2024-01, 2024-01..2024-03 or 7d'),
  });

  return {
    name: 'search',
    description: 'Finds events by words, in any language',
    input,
    messageOption: 'text',

    async run({ text, when }, context) {
      const { db, speech, zone, request } = context;
      const filter = { topic: topic.id, ...daysAsked(when, context), text };
      const { total, names } = await readWords(filter, context);
      const found = await searchEvents(db, { ...filter, names, limit: eventsOnPage(context) });
      const count = total === 0 ? speech.say('events.none') : speech.say('events.title', { count: total });
      const others = total - found.length;
      return aMessage({
        title: [words(`${count} · `), foreign(text)],
        blocks: [
          { kind: 'entries', entries: found.map((one) => foundEntry(one, context)) },
          ...(others <= 0
            ? []
            : [
                {
                  kind: 'text',
                  line: [
                    words(`${speech.say('digest.more', { count: others })} `),
                    { kind: 'try', request: { ...request, command: 'events' } },
                  ],
                } as const,
              ]),
        ],
        actions: [
          ...openMenu(
            found.map(({ event }) => event),
            context,
          ),
          shareAction(request, speech),
        ],
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}

/** An event, with what was found marked in its title, or in a line below where it stands elsewhere. */
function foundEntry({ event, snippet }: FoundEvent, context: Context): Entry {
  if (snippet === undefined || snippet.marks.length === 0) return entryOf(event, context);
  const title = headOf(event, context);
  const isTitle = 'text' in title && title.text === snippet.text;
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
