import { z } from 'zod';
import { kindName } from '../digests/names.ts';
import { aMessage, words } from '../src/message.ts';
import { statuses } from '../src/model.ts';
import { findEvents } from '../src/store/events.ts';
import type { Topic } from '../src/topics/topic.ts';
import { completeName, daysAsked, nameAsked } from './asked.ts';
import type { Command } from './command.ts';
import { formats, writeEvents } from './export-formats.ts';

const MOST_EVENTS = 1000;

/** `/export` hands events over as a file, for spreadsheets, programs, feed readers and calendars. */
export function exportEvents(topic: Topic) {
  const input = z.object({
    format: z.enum(formats).describe('Sort of file'),
    when: z.string().optional().describe('Days, such as 2024-01, 2024-01..2024-03 or last month'),
    kind: z.enum(topic.kinds).optional().describe('Only events of this kind'),
    actor: z
      .string()
      .optional()
      .describe('Only events that this state, body or person takes part in or speaks about'),
    status: z.enum(statuses).optional().describe('Only events that are known this well'),
  });

  return {
    name: 'export',
    description: 'Events as a file: CSV, JSON, JSON Lines, Markdown, RSS or calendar',
    input,
    labels: {
      kind: (kind, speech) => kindName(kind, { speech, topic }),
      status: (status, speech) => speech.say(`status.${status}`),
    },
    completions: { actor: completeName('actor') },

    async run({ format, when, actor, ...rest }, context) {
      const { db, clock, speech, zone } = context;
      const found = await findEvents(db, {
        ...rest,
        ...daysAsked(when, context),
        topic: topic.id,
        actor: nameAsked(actor, 'actor', context),
        limit: MOST_EVENTS,
      });
      const count =
        found.length === 0 ? speech.say('events.none') : speech.say('events.title', { count: found.length });
      return aMessage({
        title: [words(count)],
        files: found.length === 0 ? [] : [writeEvents(format, found, { ...context, now: clock() })],
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}
