/** What a report speaks of beside names: kinds of event, and concepts of the topic by their cues. */
const KIND = 'kind:';
const CONCEPT = 'cue:';

/** A kind as a fact: a treaty is rarer than troops, so that it tells more. */
export function factOfKind(kind: string): string {
  return KIND + kind;
}

export function factOfConcept(cue: string): string {
  return CONCEPT + cue;
}

/** The kind of which a fact tells; `undefined` when it is a name or a concept. */
export function kindOfFact(fact: string): string | undefined {
  return fact.startsWith(KIND) ? fact.slice(KIND.length) : undefined;
}

export function isConcept(fact: string): boolean {
  return fact.startsWith(CONCEPT);
}
