import type { Finder } from '../../matches/finder.ts';
import type { NewsEvent } from '../../model.ts';
import type { Topic } from '../../topics/topic.ts';
import { kindBookOf } from '../../topics/kinds.ts';
import { actorsOf } from '../independence.ts';
import { isConcept } from '../likeness/facts.ts';
import type { WeightOf } from '../likeness/prepared.ts';
import { makeReader } from '../claims/reading.ts';
import type { FoldTools } from './article.ts';
import { historyEvents } from './history.ts';
import { makeSigner } from './signature.ts';
import type { Signer } from './signature.ts';

/** A concept weighs no more than this. */
const RAREST_CONCEPT = 3.5;

/** All that folding a topic's items takes. */
export interface Folder {
  readonly tools: FoldTools;
  readonly signer: Signer;
  /** The past events that ship with the topic, to be known from the start. */
  readonly history: readonly NewsEvent[];
}

/** Makes ready to fold the items of a topic. Reads its history once, to learn which facts are rare. */
export function makeFolder(topic: Topic, finder: Finder): Folder {
  const actors = actorsOf(topic);
  const kinds = kindBookOf(topic.kindList);
  const signer = makeSigner({
    read: makeReader(topic, finder),
    actors,
    kinds,
    rules: topic.kindRules,
    wires: wiresOf(topic),
  });
  const history = historyEvents(topic, signer, actors);
  return { tools: { topic: topic.id, actors, kinds, weightOf: rarityIn(history) }, signer, history };
}

/** The agencies that print for others: by kind, or because a feed of the topic passes their dispatches on. */
function wiresOf({ feeds, names }: Topic): Set<string> {
  const families = feeds.flatMap(({ source, republishes }) =>
    source.kind === 'wire' ? [source.family, ...republishes] : republishes,
  );
  const independent = names.filter(({ type, of }) => type === 'actor' && of === undefined);
  return new Set(independent.map(({ id }) => id)).intersection(new Set(families));
}

/**
 * Weighs a fact by how few of the past events speak of it: 0 when all do, log of their number when none does. Their
 * few words speak of fewer concepts than an article does, so that a concept is never as rare as a name may be.
 */
function rarityIn(events: readonly NewsEvent[]): WeightOf {
  const counts = new Map<string, number>();
  for (const { signatures = [] } of events) {
    for (const fact of new Set(signatures.flatMap(({ facts }) => facts))) {
      counts.set(fact, (counts.get(fact) ?? 0) + 1);
    }
  }
  const weights = new Map(
    [...counts].map(([fact, count]) => [fact, Math.log((events.length + 1) / (count + 1))]),
  );
  const unknown = Math.log(events.length + 1);
  return (fact) => Math.min(weights.get(fact) ?? unknown, isConcept(fact) ? RAREST_CONCEPT : Infinity);
}
