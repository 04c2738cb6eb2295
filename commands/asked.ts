import { nameOf } from '../digests/names.ts';
import { UserError } from '../src/errors.ts';
import type { Choice } from '../src/form.ts';
import type { Action } from '../src/message.ts';
import type { Day, EventId, NewsEvent } from '../src/model.ts';
import { type EventFilter, findEvent, findEvents } from '../src/store/events.ts';
import { addDays, dayAt, parseDay, startOf } from '../src/time.ts';
import type { Name } from '../src/topics/schema.ts';
import type { Topic } from '../src/topics/topic.ts';
import { headOf } from '../digests/entry.ts';
import type { Complete, Context } from './command.ts';
import { namesOf } from './naming.ts';
import { parseWhen, type Days } from './when.ts';

const MOST_CHOICES = 25;
/** So many events are named to somebody whose words fit several. */
const MOST_NAMED = 5;
const LONGEST_LABEL = 100;
/** Stands for today where no time is meant that is counted from it. */
const ANY_DAY = parseDay('2000-01-01');
const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));

/**
 * The days that somebody asked about, counted where they live; `undefined` when they named none.
 *
 * @throws {UserError} when what they wrote is no time
 */
export function daysAsked(when: string | undefined, { clock, zone, speech }: Context): Days | undefined {
  if (when === undefined) return undefined;
  const days = parseWhen(when, dayAt(clock(), zone), speech.words.days);
  if (days === undefined) throw new UserError(speech.say('error.when', { value: when }));
  return days;
}

/**
 * The moment up to which somebody wants to know what was known: the end of the day they named.
 *
 * @throws {UserError} when what they wrote is no time
 */
export function momentAsked(asOf: string | undefined, context: Context): Date | undefined {
  const days = daysAsked(asOf, context);
  return days === undefined ? undefined : new Date(startOf(addDays(days.to, 1), context.zone).getTime() - 1);
}

/**
 * The event that somebody named: by its id, or by a day or words that fit one event alone.
 *
 * @throws {UserError} when there is none, or several fit
 */
export async function eventAsked(text: string, context: Context, asOf?: Date): Promise<NewsEvent> {
  const { db, topic, speech } = context;
  const typed = text.trim();
  const named = await findEvent(db, typed as EventId, asOf);
  if (named !== undefined) return named;
  const found =
    typed === ''
      ? []
      : await findEvents(db, {
          topic: topic.id,
          asOf,
          names: namesOf(topic),
          limit: MOST_NAMED,
          ...filterTyped(typed),
        });
  const begun = found.filter(({ id }) => id.startsWith(typed));
  const [first, second] = begun.length === 0 ? found : begun;
  if (first !== undefined && second === undefined) return first;
  if (first === undefined) {
    throw new UserError(speech.say(asOf === undefined ? 'error.event' : 'error.eventThen', { id: typed }));
  }
  throw new UserError(speech.say('error.events', { ids: found.map(({ id }) => id).join(', ') }));
}

/**
 * The actor, place or weapon that somebody named, by id, by what it is called, or by any of its spellings.
 *
 * @returns its id; `undefined` when they named none
 * @throws {UserError} when there is none of that name
 */
export function nameAsked(
  text: string | undefined,
  type: Name['type'],
  { topic, speech }: Context,
): string | undefined {
  if (text === undefined) return undefined;
  const wanted = folded(text);
  const names = topic.names.filter((name) => name.type === type);
  const found =
    names.find(({ id }) => id === wanted) ??
    names.find((name) => labelsOf(name).some((label) => folded(label) === wanted)) ??
    names.find((name) => spellingsOf(name).some((spelling) => folded(spelling) === wanted));
  if (found === undefined) throw new UserError(speech.say(`error.${type}`, { value: text }));
  return found.id;
}

/** Proposes actors, places or weapons: those whose name begins with what was typed, then those that hold it. */
export function completeName(type: Name['type']): Complete {
  return async (typed, context) => {
    const wanted = folded(typed);
    const names = namesOfType(context.topic, type);
    const beginning = names.filter(({ labels }) => labels.some((label) => label.startsWith(wanted)));
    const holding = names.filter(({ labels }) => labels.some((label) => label.includes(wanted)));
    const best = [...new Set([...beginning, ...holding])].slice(0, MOST_CHOICES);
    return best.map(({ id }) => ({ value: id, label: shortened(nameOf(id, context) ?? id) }));
  };
}

/**
 * Proposes events: the latest, or those with words that begin as the last one typed; where there are none, those whose
 * id begins so, or else those of the names that do.
 */
export const completeEvent: Complete = async (typed, context) => {
  const text = typed.trim();
  const find = (wanted: Partial<EventFilter>) =>
    findEvents(context.db, {
      topic: context.topic.id,
      names: namesOf(context.topic),
      limit: MOST_CHOICES,
      ...wanted,
    });
  const [exact, worded] = await Promise.all([
    text === '' ? undefined : findEvent(context.db, text as EventId),
    find(filterTyped(text, '*')),
  ]);
  let found = worded;
  if (found.length === 0) found = await eventsBegunBy(text, find);
  if (found.length === 0) found = await eventsOfNamesBegunBy(text, context, find);
  const events = [...(exact === undefined ? [] : [exact]), ...found.filter(({ id }) => id !== exact?.id)];
  return events.slice(0, MOST_CHOICES).map((event) => eventChoice(event, context));
};

type Find = (wanted: Partial<EventFilter>) => Promise<NewsEvent[]>;

/** Events whose id begins as what was typed, such as `2024-01-0` or `2024-01-02-k`. */
async function eventsBegunBy(text: string, find: Find): Promise<NewsEvent[]> {
  const days = daysBegunBy(text);
  return days === undefined ? [] : find({ ...days, begun: text });
}

/** The days that begin as a text does; `undefined` when it does not begin as a day. */
function daysBegunBy(text: string): Days | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})-(?:(\d{1,2})(?:-(\d{0,2}))?)?/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const months = MONTHS.filter((one) => one.startsWith(month)).map((one) => daysOfMonth(`${year}-${one}`));
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const earliest = addDays(first.from, Math.max(0, Number(day.padEnd(2, '0')) - 1));
  const latest = day === '' ? last.to : addDays(first.from, Number(day.padEnd(2, '9')) - 1);
  return { from: earliest, to: latest < last.to ? latest : last.to };
}

function daysOfMonth(month: string): Days | undefined {
  return parseWhen(month, ANY_DAY);
}

/** Events of the actors, places or weapons whose name begins as what was typed, in any script. */
async function eventsOfNamesBegunBy(text: string, { topic }: Context, find: Find): Promise<NewsEvent[]> {
  const wanted = folded(text);
  if (wanted === '') return [];
  const about = (['actor', 'place', 'weapon'] as const)
    .flatMap((type) => namesOfType(topic, type))
    .filter(({ labels }) => labels.some((label) => label.startsWith(wanted)))
    .map(({ id }) => id);
  return about.length === 0 ? [] : find({ about });
}

/** What is typed of an event is the beginning of its day, or words, of which the last may be `open`. */
function filterTyped(text: string, open: '*' | '' = ''): { from?: Day; to?: Day; text?: string } {
  if (text === '') return {};
  const isDays = /^\d{4}(-\d{2}){0,2}$/.test(text);
  return (isDays ? parseWhen(text, ANY_DAY) : undefined) ?? { text: `${text}${open}` };
}

/** A menu that opens one of some events; none where there is nothing to choose. */
export function openMenu(events: readonly NewsEvent[], context: Context): Action[] {
  if (events.length === 0) return [];
  return [
    {
      kind: 'menu',
      label: context.speech.say('open'),
      option: 'id',
      choices: events.map((event) => eventChoice(event, context)),
      request: { command: 'event', options: {} },
      effect: 'reply',
    },
  ];
}

function eventChoice(event: NewsEvent, context: Context): Choice {
  const { speech } = context;
  const day = event.when === undefined ? speech.say('when.unknown') : speech.when(event.when);
  const head = headOf(event, context);
  const newsrooms = speech.say('newsrooms', { count: event.newsrooms });
  return { value: event.id, label: shortened(`${day} · ${'text' in head ? head.text : ''} · ${newsrooms}`) };
}

const folding = new WeakMap<Topic, ReadonlyMap<Name['type'], readonly Folded[]>>();

interface Folded {
  readonly id: string;
  readonly labels: readonly string[];
}

/** Names with their labels and spellings folded once, so that each key stroke costs little. */
function namesOfType(topic: Topic, type: Name['type']): readonly Folded[] {
  const known =
    folding.get(topic) ??
    new Map(
      [...Map.groupBy(topic.names, (name) => name.type)].map(([each, names]) => [
        each,
        names.map((name) => ({ id: name.id, labels: [...labelsOf(name), ...spellingsOf(name)].map(folded) })),
      ]),
    );
  folding.set(topic, known);
  return known.get(type) ?? [];
}

function labelsOf({ label }: Name): string[] {
  return Object.values(label);
}

function spellingsOf({ spellings }: Name): string[] {
  return Object.values(spellings).flat();
}

/** One form for comparing what people type with names. */
export function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFC').toLowerCase().trim();
}

function shortened(label: string): string {
  return label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1).toWellFormed()}…`;
}
