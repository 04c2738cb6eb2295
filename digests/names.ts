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
  return others.some(({ id }) => wholesOf(id, topic).includes(claimant.id));
}

/** Names without those of which another is a part or a sort: no missiles beside ballistic missiles. */
export function narrowest(ids: readonly string[], topic: Topic): string[] {
  const wholes = new Set(ids.flatMap((id) => wholesOf(id, topic)));
  return ids.filter((id) => !wholes.has(id));
}

/** What a name is a part or a sort of, the nearest first: the ministry, then the state. */
function wholesOf(id: string, topic: Topic): string[] {
  const wholes: string[] = [];
  let whole = index(topic).get(id)?.of;
  while (whole !== undefined && !wholes.includes(whole)) {
    wholes.push(whole);
    whole = index(topic).get(whole)?.of;
  }
  return wholes;
}

/** Tells whether a place is a country: it bears the name of an actor. */
export function isCountry(place: string, topic: Topic): boolean {
  return countries(topic).has(place);
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

const countryIndexes = new WeakMap<Topic, ReadonlySet<string>>();

function countries(topic: Topic): ReadonlySet<string> {
  const known = countryIndexes.get(topic);
  if (known !== undefined) return known;
  const ofType = (wanted: string) => topic.names.filter(({ type }) => type === wanted);
  const actors = new Set(ofType('actor').map((actor) => labelIn(actor, 'en')));
  const found = ofType('place').filter((place) => actors.has(labelIn(place, 'en')));
  const made = new Set(found.map(({ id }) => id));
  countryIndexes.set(topic, made);
  return made;
}
