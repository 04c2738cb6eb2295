import { countEvents, type EventFilter } from '../src/store/events.ts';
import { nameLookup, type NameLookup, type Named } from '../src/store/search/names.ts';
import { parseQuery } from '../src/store/search/query.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Context } from './command.ts';

/** What the words of a search may stand for. */
interface Lookups {
  /** Actors, weapons and places, by any of their spellings. */
  readonly names: NameLookup;
  /**
   * Those with what they belong to, and what the topic is about: "派兵" stands for every word for troops. Made when first
   * asked for.
   */
  readonly widest: () => NameLookup;
}

const known = new WeakMap<Topic, Lookups>();

/** Finds the actors, weapons and places of a topic that a text is a spelling of. */
export function namesOf(topic: Topic): NameLookup {
  return lookupsOf(topic).names;
}

/**
 * Counts the events that a filter finds, with the reading of its words that finds any: names in every spelling, and
 * only where these lead nowhere also the topic's words for the same thing, in all its languages. First for the words
 * that nothing is found by, so that those which are written somewhere go on counting; then for all.
 */
export async function readWords(
  filter: Omit<EventFilter, 'limit' | 'names'>,
  { db, topic }: Pick<Context, 'db' | 'topic'>,
): Promise<{ total: number; names: NameLookup }> {
  const { names, widest } = lookupsOf(topic);
  const { text } = filter;
  const count = (lookup: NameLookup, words = text) =>
    countEvents(db, { ...filter, text: words, names: lookup });
  const total = await count(names);
  if (total > 0 || text === undefined) return { total, names };

  const lost = new Set<string>();
  for (const word of wordsOf(text)) if ((await count(names, word)) === 0) lost.add(word);
  const wider: NameLookup = (word) => (lost.has(word) ? widest() : names)(word);
  const found = lost.size === 0 ? 0 : await count(wider);
  if (found > 0) return { total: found, names: wider };
  return { total: await count(widest()), names: widest() };
}

/** The words of a search by themselves, as far as they can stand for a name. */
function wordsOf(text: string): string[] {
  const { wanted } = parseQuery(text);
  return wanted.flat().flatMap((term) => (term.exact || term.open ? [] : [term.text]));
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
    widest: () => (widest ??= nameLookup([...named, ...belongingOf(topic), ...conceptsOf(topic)])),
  };
}

/** What names belong to, under their spellings: the state of an army, the region of a town. */
function belongingOf({ names }: Topic): Named[] {
  return names.flatMap(({ of, type, spellings }) =>
    of === undefined ? [] : [{ id: of, type, spellings: Object.values(spellings).flat() }],
  );
}

/** What the topic is about, and what is only searched for; a word of the latter stands for that alone. */
function conceptsOf({ terms, searchTerms }: Topic): Named[] {
  const searched = new Set(searchTerms.map(({ text }) => text));
  const others = terms.filter(({ text }) => !searched.has(text));
  return [...Map.groupBy([...searchTerms, ...others], ({ concept }) => concept)].map(([id, words]) => ({
    id,
    type: 'concept',
    spellings: words.map(({ text }) => text),
  }));
}
