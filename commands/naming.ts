import { countEvents, type EventFilter } from '../src/store/events.ts';
import { nameLookup, type NameLookup, type Named } from '../src/store/search/names.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Context } from './command.ts';

/** What the words of a search may stand for. */
interface Lookups {
  /** Actors, weapons and places, by any of their spellings. */
  readonly names: NameLookup;
  /** Those, and what the topic is about: "派兵" stands for every word for troops. Made when first asked for. */
  readonly widest: () => NameLookup;
}

const known = new WeakMap<Topic, Lookups>();

/** Finds the actors, weapons and places of a topic that a text is a spelling of. */
export function namesOf(topic: Topic): NameLookup {
  return lookupsOf(topic).names;
}

/**
 * Counts the events that a filter finds, with the reading of its words that finds any: names in every spelling, and
 * only where these lead nowhere also the topic's words for the same thing, in all its languages.
 */
export async function readWords(
  filter: Omit<EventFilter, 'limit' | 'names'>,
  { db, topic }: Pick<Context, 'db' | 'topic'>,
): Promise<{ total: number; names: NameLookup }> {
  const { names, widest } = lookupsOf(topic);
  const total = await countEvents(db, { ...filter, names });
  if (total > 0 || filter.text === undefined) return { total, names };
  return { total: await countEvents(db, { ...filter, names: widest() }), names: widest() };
}

function lookupsOf(topic: Topic): Lookups {
  const made = known.get(topic) ?? makeLookups(topic);
  known.set(topic, made);
  return made;
}

function makeLookups(topic: Topic): Lookups {
  const named = topic.names.map(({ id, type, spellings, label }) => ({
    id,
    type,
    spellings: [...Object.values(spellings).flat(), ...Object.values(label)],
  }));
  let widest: NameLookup | undefined;
  return {
    names: nameLookup(named),
    widest: () => (widest ??= nameLookup([...named, ...conceptsOf(topic)])),
  };
}

function conceptsOf({ terms }: Topic): Named[] {
  return [...Map.groupBy(terms, ({ concept }) => concept)].map(([id, words]) => ({
    id,
    type: 'concept',
    spellings: words.map(({ text }) => text),
  }));
}
