import type { Claimant } from '../src/model.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Speech } from './speech.ts';

/** What telling about events takes: a language to speak, and the names of what is told about. */
export interface Teller {
  readonly speech: Speech;
  readonly topic: Topic;
}

type Labelled = { readonly label: Readonly<Record<string, string>> };
type Named = Labelled & { readonly of?: string | undefined };

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

/** Tells whether one of several claimants speaks for another: a ministry or a minister for the state. */
export function isSpokenFor(claimant: Claimant, others: readonly Claimant[], topic: Topic): boolean {
  return others.some(({ id }) => bodiesAbove(id, topic).includes(claimant.id));
}

/** What an actor belongs to, the nearest first: the ministry, then the state. */
function bodiesAbove(id: string, topic: Topic): string[] {
  const above: string[] = [];
  for (let body = index(topic).get(id)?.of; body !== undefined && !above.includes(body);) {
    above.push(body);
    body = index(topic).get(body)?.of;
  }
  return above;
}

/** A label in a language, else in English. */
export function labelIn({ label }: Labelled, language: string): string {
  return label[language] ?? label['en'] ?? Object.values(label)[0] ?? '';
}

const indexes = new WeakMap<Topic, ReadonlyMap<string, Named>>();

function index(topic: Topic): ReadonlyMap<string, Named> {
  const known = indexes.get(topic) ?? new Map(topic.names.map((name) => [name.id, name]));
  indexes.set(topic, known);
  return known;
}
