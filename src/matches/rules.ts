import type { Combination, Context } from '../topics/schema.ts';
import type { Topic } from '../topics/topic.ts';
import type { Finding } from './finder.ts';

/** Which concepts a stretch of text speaks of: a 1 at the index of each. */
export type Presence = Uint8Array;

/** A rule of the topic, its concepts as indexes. */
export interface Rule {
  readonly all: readonly number[];
  readonly any: readonly number[];
  readonly none: readonly number[];
}

/** The combinations and contexts of a topic, in the form in which texts are judged. */
export interface Rules {
  /** Heaviest first. */
  readonly combinations: readonly (Rule & Pick<Combination, 'reach' | 'weight'>)[];
  readonly contexts: readonly (Rule & Pick<Context, 'where' | 'factor'>)[];
  /** Tells which concepts these findings speak of, together. */
  readonly presenceOf: (findings: readonly Finding[]) => Presence;
  /** Tells whether a finding counts in a text of that language. */
  readonly counts: (finding: Finding, spoken: string) => boolean;
}

const known = new WeakMap<Topic, Rules>();

/** The rules of a topic; made once for each. */
export function rulesOf(topic: Topic): Rules {
  const rules = known.get(topic) ?? compile(topic);
  known.set(topic, rules);
  return rules;
}

/** Tells whether a rule holds where these concepts are. */
export function holds({ all, any, none }: Rule, presence: Presence): boolean {
  for (const concept of all) if (presence[concept] === 0) return false;
  for (const concept of none) if (presence[concept] !== 0) return false;
  return any.length === 0 || any.some((concept) => presence[concept] !== 0);
}

/** Tells whether some of the concepts that a rule asks for are there. */
export function touches({ all, any }: Rule, presence: Presence): boolean {
  return (all.length > 0 ? all : any).some((concept) => presence[concept] !== 0);
}

/** The concepts of several stretches together. */
export function union(presences: readonly Presence[]): Presence {
  const together = new Uint8Array(presences[0]?.length ?? 0);
  for (const presence of presences) {
    for (let index = 0; index < together.length; index++) {
      if (presence[index] !== 0) together[index] = 1;
    }
  }
  return together;
}

function compile(topic: Topic): Rules {
  const indexes = new Map(topic.concepts.map(({ id }, index) => [id, index]));
  const indexesOf = (concepts: readonly string[]) =>
    concepts.flatMap((concept) => indexes.get(concept) ?? []);
  const ruleOf = <Source extends Combination | Context>(source: Source) => ({
    ...source,
    all: indexesOf(source.all),
    any: indexesOf(source.any),
    none: indexesOf(source.none),
  });
  const free = new Set(topic.concepts.flatMap(({ id, anyLanguage }) => (anyLanguage ? [id] : [])));
  const listed = new Set(topic.languages);
  return {
    combinations: topic.combinations.map(ruleOf).toSorted((one, other) => other.weight - one.weight),
    contexts: topic.contexts.map(ruleOf),
    presenceOf(findings) {
      const presence = new Uint8Array(topic.concepts.length);
      for (const { concepts } of findings) {
        for (const concept of concepts) presence[indexes.get(concept) ?? topic.concepts.length] = 1;
      }
      return presence;
    },
    counts({ name, concepts: [concept], language }, spoken) {
      if (concept === undefined) return false;
      return name !== undefined || language === spoken || free.has(concept) || !listed.has(spoken);
    },
  };
}
