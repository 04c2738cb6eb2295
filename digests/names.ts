import type { Topic } from '../src/topics/topic.ts';
import type { Speech } from './speech.ts';

/** What telling about events takes: a language to speak, and the names of what is told about. */
export interface Teller {
  readonly speech: Speech;
  readonly topic: Topic;
}

type Labelled = { readonly label: Readonly<Record<string, string>> };

/** What a language calls an actor, weapon or place; `undefined` when the topic does not know the id. */
export function nameOf(id: string, { topic, speech }: Teller): string | undefined {
  const name = index(topic).get(id);
  return name === undefined
    ? undefined
    : (name.label[speech.language] ?? speech.words.names[id] ?? labelIn(name, 'en'));
}

/** What a language calls a kind of event; the id where the topic does not know it. */
export function kindName(id: string, { topic, speech }: Teller): string {
  const kind = topic.kindList.find((known) => known.id === id);
  const own = kind?.label[speech.language] ?? speech.words.kinds[id];
  return own ?? (kind === undefined ? id : labelIn(kind, 'en'));
}

/** A direction in short: `North Korea → Russia`; empty for `none`. */
export function directionName(direction: string, teller: Teller): string {
  const { parties } = teller.topic;
  const label = (id: string) => {
    const party = parties.find((known) => known.id === id);
    return party === undefined ? id : (nameOf(party.actor, teller) ?? labelIn(party, teller.speech.language));
  };
  if (direction === 'none') return '';
  if (direction === 'both') return parties.map(({ id }) => label(id)).join(' ↔ ');
  return direction.split('→').map(label).join(' → ');
}

/** A label in a language, else in English. */
export function labelIn({ label }: Labelled, language: string): string {
  return label[language] ?? label['en'] ?? Object.values(label)[0] ?? '';
}

const indexes = new WeakMap<Topic, ReadonlyMap<string, Labelled>>();

function index(topic: Topic): ReadonlyMap<string, Labelled> {
  const known = indexes.get(topic) ?? new Map(topic.names.map((name) => [name.id, name]));
  indexes.set(topic, known);
  return known;
}
