import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { kindName } from '../digests/names.ts';
import { UserError } from '../src/errors.ts';
import { aMessage, type Block, day, foreign, words, type Line, type Message } from '../src/message.ts';
import type { EventId, ItemId, When } from '../src/model.ts';
import type { Correction, CorrectionWish } from '../src/store/corrections.ts';
import { monthOf, onDay, weekOf, yearOf } from '../src/time.ts';
import type { Topic } from '../src/topics/topic.ts';
import { completeEvent, daysAsked, eventAsked } from './asked.ts';
import type { ArticleTools, Command, Context } from './command.ts';
import { articlesOfEvent, completeArticles } from './correct-articles.ts';
import { type Days, isOpen } from './when.ts';

const LONGEST_REASON = 300;

const event = z.string().describe('The event: its id, or words of it');

/** Why somebody corrects something. */
export const reasonOption = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_REASON)
  .describe('Why; it is kept with your name');

/** `/correct retract` says that an event did not happen. Its claims and pages stay, and so does its status when more come. */
export function retract() {
  const input = z.object({ id: event, reason: reasonOption });
  return {
    name: 'retract',
    description: 'Says that an event did not happen; its claims stay to be read',
    input,
    managers: true,
    completions: { id: completeEvent },
    async run({ id, reason }, context) {
      const found = await eventAsked(id, context);
      return corrected({ kind: 'retract', event: found.id }, reason, context);
    },
  } satisfies Command<typeof input>;
}

/** `/correct date` says when an event happened. Articles that come later do not change it. */
export function correctDate() {
  const input = z.object({
    id: event,
    when: z.string().describe('The day, month or days on which it happened, such as 2024-01-02'),
    reason: reasonOption,
  });
  return {
    name: 'date',
    description: 'Says on which day an event happened',
    input,
    managers: true,
    completions: { id: completeEvent },
    async run({ id, when, reason }, context) {
      const found = await eventAsked(id, context);
      const days = daysAsked(when, context);
      if (days === undefined || isOpen(days))
        throw new UserError(context.speech.say('error.when', { value: when }));
      return corrected({ kind: 'date', event: found.id, when: whenOn(days) }, reason, context);
    },
  } satisfies Command<typeof input>;
}

/** `/correct kind` says what kind of event it was. Articles that come later do not change it. */
export function correctKind(topic: Topic) {
  const input = z.object({
    id: event,
    kind: z.enum(topic.kinds).describe('What kind of event it is'),
    reason: reasonOption,
  });
  return {
    name: 'kind',
    description: 'Says what kind of event it was',
    input,
    managers: true,
    labels: { kind: (kind, speech) => kindName(kind, { speech, topic }) },
    completions: { id: completeEvent },
    async run({ id, kind, reason }, context) {
      const found = await eventAsked(id, context);
      return corrected({ kind: 'kind', event: found.id, to: kind }, reason, context);
    },
  } satisfies Command<typeof input>;
}

/** `/correct merge` makes one event of two; the id of the one leads to the other. */
export function merge() {
  const input = z.object({
    id: z.string().describe('The event that becomes part of the other: its id, or words of it'),
    into: z.string().describe('The event that stays: its id, or words of it'),
    reason: reasonOption,
  });
  return {
    name: 'merge',
    description: 'Makes one event of two that are the same happening',
    input,
    managers: true,
    completions: { id: completeEvent, into: completeEvent },
    async run({ id, into, reason }, context) {
      const [found, other] = [await eventAsked(id, context), await eventAsked(into, context)];
      return corrected({ kind: 'merge', event: found.id, into: other.id }, reason, context);
    },
  } satisfies Command<typeof input>;
}

/** `/correct split` takes articles out of an event and makes an event of its own of them; folding never joins the two again. */
export function split() {
  const input = z.object({
    id: event,
    articles: z
      .string()
      .describe('Those that tell of something else: their numbers in /event, such as 2,4-5, or addresses'),
    reason: reasonOption,
  });
  return {
    name: 'split',
    description: 'Makes two events of one: these articles tell of another happening',
    input,
    managers: true,
    completions: { id: completeEvent, articles: completeArticles },
    async run({ id, articles, reason }, context) {
      const found = await eventAsked(id, context);
      const pages = await articlesOfEvent(articles, found, context);
      const items = pages.map(({ item }) => item) satisfies ItemId[];
      const titles = pages.map(({ title, outlet }): Line => [foreign(title ?? outlet)]);
      const message = await corrected({ kind: 'split', event: found.id, items }, reason, context);
      const blocks: Block[] = titles.map((line) => ({ kind: 'text', line }));
      return { ...message, blocks: [...message.blocks, ...blocks] };
    },
  } satisfies Command<typeof input>;
}

/** @throws {UserError} where nothing can be corrected */
export function toolsOf({ articles, speech }: Context): ArticleTools {
  if (articles === undefined) throw new UserError(speech.say('error.correcting'));
  return articles;
}

/** The line that says how something is taken back. */
export function undoLine(id: string, { speech }: Context): Line {
  const request = { command: 'correct', subcommand: 'undo', options: { id } };
  return [words(`${speech.say('correct.undo')} `), { kind: 'try', request }];
}

async function corrected(wish: CorrectionWish, reason: string, context: Context): Promise<Message> {
  const { db, clock, asker, speech, zone } = context;
  const author = { id: randomBytes(4).toString('hex'), at: clock(), by: asker.id, reason };
  const done = await toolsOf(context).giveCorrection(db, wish, author);
  if (done.kind === 'refused')
    throw new UserError(speech.say(`error.correct.${done.why}`, { id: done.event }));
  const { correction } = done;
  return aMessage({
    title: titleOf(correction, context),
    footer: [undoLine(correction.id, context)],
    language: speech.language,
    zone,
  });
}

/** What was done, with the ids of the events that it was done to. */
function titleOf({ event: id, change }: Correction, context: Context): Line {
  const { speech } = context;
  const done = words(`${speech.say(`correct.did.${change.kind}`)} `);
  const ids = (first: EventId, ...others: EventId[]): Line => [
    done,
    { kind: 'id', text: first },
    ...others.flatMap((other): Line => [words(' → '), { kind: 'id', text: other }]),
  ];
  switch (change.kind) {
    case 'retract':
      return ids(id);
    case 'date':
      return [...ids(id), words(' · '), day(speech.when(change.when))];
    case 'kind':
      return [...ids(id), words(` · ${kindName(change.to, context)}`)];
    case 'merge':
      return ids(change.from.id, id);
    case 'split':
      return ids(id, change.parted);
  }
}

/** As exactly as the days say: a day, a week, a month, a year, or from one day to another. */
function whenOn({ from, to }: Days): When {
  const [year, month] = from.split('-').map(Number);
  const spans = [onDay(from), weekOf(from), monthOf(year ?? 0, month ?? 1), yearOf(year ?? 0)];
  const whole = spans.find(({ start, end }) => start === from && end === to);
  return whole ?? { start: from, end: to, precision: 'range' };
}
