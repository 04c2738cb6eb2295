import type { Claim } from '../model.ts';
import type { Topic } from '../topics/topic.ts';

/** Who speaks for whom among the actors of a topic. */
export interface Actors {
  /** The state or body that stands behind an actor: `nis` and `joint-chiefs` speak for `rok`. An actor unknown to the topic stands for itself. */
  readonly rootOf: (actor: string) => string;
  /** Whether a root is one of the two sides that the topic watches. */
  readonly isParty: (root: string) => boolean;
  /** Whether a root is the United Nations, whose findings bind no one side. */
  readonly isUnitedNations: (root: string) => boolean;
}

const UNITED_NATIONS = 'un';

/** Reads from a topic who speaks for whom. */
export function actorsOf(topic: Pick<Topic, 'names' | 'parties'>): Actors {
  const speaksFor = new Map(
    topic.names.flatMap(({ id, of }) => (of === undefined ? [] : [[id, of] as const])),
  );
  const parties = new Set(topic.parties.map(({ actor }) => actor));
  return {
    rootOf: (actor) => rootIn(speaksFor, actor),
    isParty: (root) => parties.has(root),
    isUnitedNations: (root) => root === UNITED_NATIONS,
  };
}

/** The states and bodies that stand behind a claim, each once; empty when the outlet speaks for itself. */
export function originsOf(claim: Claim, actors: Actors): Set<string> {
  return new Set(claim.claimants.map(({ id }) => actors.rootOf(id)));
}

function rootIn(speaksFor: ReadonlyMap<string, string>, actor: string): string {
  let root = actor;
  for (let step = 0; step < 5; step++) root = speaksFor.get(root) ?? root;
  return root;
}
