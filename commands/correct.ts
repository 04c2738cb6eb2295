import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../src/errors.ts';
import { aMessage, foreign, words, type Line, type Message } from '../src/message.ts';
import type { Item } from '../src/model.ts';
import { findCorrection } from '../src/store/corrections.ts';
import { findVerdict, type Verdict } from '../src/store/verdicts.ts';
import { articleAsked } from './asked-article.ts';
import { retract, undoCorrection } from './correct-event.ts';
import type { ArticleTools, Command, Context, Group } from './command.ts';

const LONGEST_REASON = 300;

/** `/correct relevant`, `irrelevant`, `retract` and `undo`: what people know better than the rules. */
export const correct: Group = {
  name: 'correct',
  description: 'Corrects what was judged wrongly; who did so, and why, is kept',
  commands: [
    verdictCommand('relevant', 'relevant', 'Says that an article is about the topic'),
    verdictCommand(
      'irrelevant',
      'off',
      'Says that an article is not about the topic; it leaves the events it fed',
    ),
    retract(),
    undo(),
  ],
};

function verdictCommand(name: string, label: Verdict['label'], description: string) {
  const input = z.object({
    article: z.string().describe('The article: its address, its id, or its title'),
    reason: z.string().trim().min(1).max(LONGEST_REASON).describe('Why; it is kept with your name'),
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
      const verdict = await findVerdict(db, id.trim());
      const correction = await findCorrection(db, id.trim());
      if (verdict !== undefined && verdict.undone === undefined) {
        await toolsOf(context).undoVerdict(db, verdict, clock());
      } else if (correction !== undefined && correction.undone === undefined) {
        await undoCorrection(db, correction, clock());
      } else throw new UserError(speech.say('error.correction', { id }));
      return aMessage({ title: [words(speech.say('correct.undone'))], language: speech.language, zone });
    },
  } satisfies Command<typeof input>;
}

function told(verdict: Verdict, item: Item, { speech, zone }: Context): Message {
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
    footer: [[words(`${speech.say('correct.undo')} `), { kind: 'try', request: undoRequest(id) }]],
    language: speech.language,
    zone,
  });
}

function undoRequest(id: string) {
  return { command: 'correct', subcommand: 'undo', options: { id } };
}

function toolsOf({ articles, speech }: Context): ArticleTools {
  if (articles === undefined) throw new UserError(speech.say('error.correcting'));
  return articles;
}
