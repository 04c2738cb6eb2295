import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../src/errors.ts';
import { aMessage, foreign, words, type Line, type Message } from '../src/message.ts';
import type { Item } from '../src/model.ts';
import type { Verdict } from '../src/store/verdicts.ts';
import type { Topic } from '../src/topics/topic.ts';
import { articleAsked } from './asked-article.ts';
import type { Command, Context, Group } from './command.ts';
import {
  correctDate,
  correctKind,
  merge,
  reasonOption,
  retract,
  split,
  toolsOf,
  undoLine,
} from './correct-event.ts';

/** `/correct …`: what people know better than the rules. */
export function correct(topic: Topic): Group {
  return {
    name: 'correct',
    description: 'Corrects what was judged wrongly; who did so, and why, is kept',
    commands: [
      verdictCommand('relevant', 'relevant', 'Says that an article is about the topic'),
      verdictCommand(
        'irrelevant',
        'off',
        'Says that an article is not about the topic; it leaves the events it fed',
      ),
      merge(),
      split(),
      correctDate(),
      correctKind(topic),
      retract(),
      undo(),
    ],
  };
}

function verdictCommand(name: string, label: Verdict['label'], description: string) {
  const input = z.object({
    article: z.string().describe('The article: its address, its id, or its title'),
    reason: reasonOption,
  });
  return {
    name,
    description,
    input,
    managers: true,
    async run({ article, reason }, context) {
      const { db, clock, asker, speech } = context;
      const item = await articleAsked(article.trim(), context);
      if (item === undefined) throw new UserError(speech.say('error.article', { value: article }));
      const id = randomBytes(4).toString('hex');
      const opinion = { id, label, at: clock(), by: asker.id, reason };
      return told(await toolsOf(context).giveVerdict(db, item.id, opinion), item, context);
    },
  } satisfies Command<typeof input>;
}

function undo() {
  const input = z.object({ id: z.string().describe('The correction, by the id that it was given') });
  return {
    name: 'undo',
    description: 'Takes a correction back',
    input,
    managers: true,
    async run({ id }, context) {
      const { db, clock, speech, zone } = context;
      const undone = await toolsOf(context).takeBack(db, id.trim(), clock());
      if (undone.kind === 'unknown') throw new UserError(speech.say('error.correction', { id }));
      if (undone.kind === 'later')
        throw new UserError(speech.say('error.correct.later', { id, first: undone.first }));
      if (undone.kind === 'moved') {
        const { event, into } = undone;
        throw new UserError(speech.say('error.correct.moved', { id, event, into }));
      }
      return aMessage({ title: [words(speech.say('correct.undone'))], language: speech.language, zone });
    },
  } satisfies Command<typeof input>;
}

function told(verdict: Verdict, item: Item, context: Context): Message {
  const { speech, zone } = context;
  const { id, items, label, taken } = verdict;
  const events = taken.flatMap(({ event }, index): Line => [
    words(index === 0 ? `${speech.say('correct.left')} ` : ', '),
    { kind: 'id', text: event },
  ]);
  return aMessage({
    title: [words(speech.say(`correct.${label}`))],
    blocks: [
      { kind: 'text', line: [foreign(item.title)] },
      { kind: 'text', line: [words(speech.say('correct.held', { count: items.length }))] },
      ...(events.length > 0 ? [{ kind: 'text', line: events } as const] : []),
    ],
    footer: [undoLine(id, context)],
    language: speech.language,
    zone,
  });
}
