import { z } from 'zod';
import { kindName } from '../digests/names.ts';
import { spoken, type Speech } from '../digests/speech.ts';
import type { Choice } from '../src/form.ts';
import { statuses } from '../src/model.ts';
import type { EventFilter } from '../src/store/events.ts';
import type { Topic } from '../src/topics/topic.ts';
import { completeName, daysAsked, folded, momentAsked, nameAsked } from './asked.ts';
import type { Complete, Context } from './command.ts';
import { withDatesAsFields } from './dates-in-words.ts';

/**
 * The options by which events are looked up, the same wherever they are.
 *
 * Their descriptions in other languages stand with `/events`.
 */
export function lookupFields(topic: Topic) {
  return {
    when: said('when', 'Days, such as 2024-01, 2024-01-01..2024-02-10, 7d or last month'),
    kind: z.enum(topic.kinds).optional().describe('Only events of this kind').meta({ as: 'events.kind' }),
    actor: said('actor', 'Only events that this state, body or person takes part in or speaks about'),
    place: said('place', 'Only events at this place'),
    weapon: said('weapon', 'Only events with this weapon'),
    status: z
      .enum(statuses)
      .optional()
      .describe('Only events that are known this well')
      .meta({ as: 'events.status' }),
    language: said('language', 'Only events told in this language, such as ko'),
    source: said('source', 'Only events that this newspaper, agency or ministry carries'),
    text: said('text', 'Words in a title or in a sentence'),
    by: z
      .enum(['event', 'seen'])
      .default('event')
      .describe('Whether days are those of the event or of its first report')
      .meta({ as: 'events.by' }),
    'as-of': said('as-of', 'What was known at the end of this day, such as 2024-01-05'),
  };
}

export type Lookup = z.output<z.ZodObject<ReturnType<typeof lookupFields>>>;

/** What the fixed choices among the fields are called. */
export function lookupLabels(topic: Topic) {
  return {
    kind: (kind: string, speech: Speech) => kindName(kind, { speech, topic }),
    status: (status: string, speech: Speech) => speech.say(`status.${status}`),
    by: (by: string, speech: Speech) => speech.say(`by.${by}`),
  };
}

export const lookupCompletions = {
  actor: completeName('actor'),
  place: completeName('place'),
  weapon: completeName('weapon'),
  language: completeLanguage,
  source: completeOutlet,
} satisfies Record<string, Complete>;

/**
 * What somebody asks of the archive, by the options they filled in.
 *
 * @throws {UserError} for the first that cannot be read
 */
export function filterAsked(lookup: Lookup, context: Context): Omit<EventFilter, 'limit'> {
  const { when, actor, place, weapon, language, text, 'as-of': asOf, ...rest } = lookup;
  return {
    ...rest,
    text: text && withDatesAsFields(text, languagesKnown(context)),
    ...daysAsked(when, context),
    topic: context.topic.id,
    zone: context.zone,
    asOf: momentAsked(asOf, context),
    language: language === undefined ? undefined : languageAsked(language, context),
    actor: nameAsked(actor, 'actor', context),
    place: nameAsked(place, 'place', context),
    weapon: nameAsked(weapon, 'weapon', context),
  };
}

function said(name: string, description: string) {
  return z
    .string()
    .optional()
    .describe(description)
    .meta({ as: `events.${name}` });
}

/** A language by its tag, or by what it is called in the asker's language. */
function languageAsked(text: string, context: Context): string {
  const wanted = folded(text);
  return languagesOf(context).find(({ label }) => folded(label) === wanted)?.value ?? wanted;
}

async function completeLanguage(typed: string, context: Context): Promise<Choice[]> {
  const wanted = folded(typed);
  return languagesOf(context).filter(
    ({ value, label }) => value.startsWith(wanted) || folded(label).includes(wanted),
  );
}

function languagesOf(context: Context): Choice[] {
  return languagesKnown(context).map((language) => ({
    value: language,
    label: context.speech.languageName(language),
  }));
}

function languagesKnown({ topic }: Context): string[] {
  return [...new Set([...topic.languages, ...spoken])];
}

/** Proposes outlets that are read: those whose name begins with what was typed, then those that hold it. */
async function completeOutlet(typed: string, { topic }: Context): Promise<Choice[]> {
  const wanted = folded(typed);
  const names = [...new Set(topic.feeds.map(({ source }) => source.name))].toSorted();
  const beginning = names.filter((name) => folded(name).startsWith(wanted));
  const holding = names.filter((name) => folded(name).includes(wanted));
  return [...new Set([...beginning, ...holding])].map((name) => ({ value: name, label: name }));
}
