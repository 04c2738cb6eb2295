import type { Finder } from '../../matches/finder.ts';
import type { Name } from '../../topics/schema.ts';
import type { Topic } from '../../topics/topic.ts';
import type { Span } from './quotes.ts';

/** A name of the topic where a text has it. */
export interface Mention extends Span {
  readonly id: string;
  readonly type: 'actor' | 'place' | 'weapon';
  /** For an actor: the state or body at the end of the chain of those it speaks for; itself when it speaks for itself. */
  readonly root: string;
  /** Actors for which this one speaks, nearest first. */
  readonly speaksFor: readonly string[];
  /** For a place: whether the same word names a government, so that it need not be where anything happened. */
  readonly isGovernment: boolean;
  /** For a place: whether it is a whole country. */
  readonly isCountry: boolean;
}

/**
 * Makes a reader of the names in a text. A place of one of the parties stands for its government too, as capitals
 * do; a name for both parties is a mention of each.
 *
 * @returns mentions in text order; of two actors in one stretch the longer
 */
export function makeMentionReader(topic: Topic, finder: Finder): (text: string) => Mention[] {
  const known = knownNames(topic);
  return (text) => {
    const found = finder
      .find(text)
      .flatMap(({ name, start, end }) =>
        (known.get(name?.id ?? '') ?? []).map((entry) => ({ ...entry, start, end })),
      );
    const unique = new Map(
      found.map((mention) => [`${mention.id} ${mention.type} ${mention.start}`, mention]),
    );
    const all = [...unique.values()].toSorted((a, b) => a.start - b.start || b.end - a.end);
    return all
      .filter((mention) => !all.some((other) => hides(other, mention)))
      .map((mention) => ({ ...mention, isGovernment: isAlsoActor(mention, all) }));
  };
}

type Entry = Omit<Mention, 'start' | 'end' | 'isGovernment'> & {
  /** Whether an actor is only implied by the name of a place. */
  readonly isImplied?: boolean;
};
type Found = Entry & Span;

function knownNames(topic: Topic): Map<string, Entry[]> {
  const states = new Map(topic.names.map(({ id, of }) => [id, of]));
  const chainOf = (id: string): string[] => {
    const of = states.get(id);
    return of === undefined ? [] : [of, ...chainOf(of)];
  };
  const parties = new Map(topic.parties.map(({ actor }) => [conceptOf(topic, actor), actor]));
  const countries = new Set(topic.names.filter(({ type }) => type === 'actor').map(({ label }) => label.en));
  const actor = (id: string): Entry => {
    const speaksFor = chainOf(id);
    return { id, type: 'actor', root: speaksFor.at(-1) ?? id, speaksFor, isCountry: false };
  };
  const entriesOf = ({ id, type, of, concepts, label }: Name): Entry[] => {
    const sides = concepts.flatMap((concept) => parties.get(concept) ?? []);
    if (type === 'actor') return sides.length > 1 && of === undefined ? sides.map(actor) : [actor(id)];
    const isCountry = type === 'place' && countries.has(label.en);
    const own: Entry = { id, type, root: id, speaksFor: [], isCountry };
    return type === 'place' ? [own, ...sides.map((side) => ({ ...actor(side), isImplied: true }))] : [own];
  };
  return new Map(topic.names.map((name) => [name.id, entriesOf(name)]));
}

function conceptOf(topic: Topic, actor: string): string {
  return topic.names.find(({ id }) => id === actor)?.concepts[0] ?? actor;
}

function isAlsoActor(place: Found, all: readonly Found[]): boolean {
  return all.some(
    (other) =>
      other.type === 'actor' &&
      other.isImplied !== true &&
      other.start === place.start &&
      other.end === place.end,
  );
}

/** `North Korean state media` is not North Korea beside its media. */
function hides(longer: Found, shorter: Found): boolean {
  return (
    longer !== shorter &&
    longer.type === 'actor' &&
    shorter.type === 'actor' &&
    longer.start <= shorter.start &&
    shorter.end <= longer.end &&
    longer.end - longer.start > shorter.end - shorter.start
  );
}
