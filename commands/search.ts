import { z } from 'zod';
import { entryOf } from '../digests/entry.ts';
import { aMessage, foreign, words } from '../src/message.ts';
import { countEvents, findEvents } from '../src/store/events.ts';
import type { Topic } from '../src/topics/topic.ts';
import { daysAsked, openMenu } from './asked.ts';
import type { Command } from './command.ts';
import { shareAction } from './paging.ts';

const MOST_EVENTS = 8;

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
      const total = await countEvents(db, filter);
      const found = await findEvents(db, { ...filter, limit: MOST_EVENTS });
      const count = total === 0 ? speech.say('events.none') : speech.say('events.title', { count: total });
      const others = total - found.length;
      return aMessage({
        title: [words(`${count} · `), foreign(text)],
        blocks: [
          { kind: 'entries', entries: found.map((event) => entryOf(event, context)) },
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
        actions: [...openMenu(found, context), shareAction(request, speech)],
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}
