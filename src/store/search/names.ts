import { runsOf } from './analyse.ts';
import { bendingLanguages, stemOf } from './inflection.ts';

/** A name of a topic with its ways of writing it; see docs/topics.md for the marks in a spelling. */
export interface Named {
  readonly id: string;
  readonly type: string;
  /** A star at the end says that the word may go on. */
  readonly spellings: readonly string[];
}

/** Finds the names that a text is a spelling of; empty when it is none. */
export type NameLookup = (text: string) => readonly Named[];

const SHORTEST_BEGINNING = 3;

/** Makes the names of a topic findable by any of their spellings, bent or not, whatever the case and accents. */
export function nameLookup(names: readonly Named[]): NameLookup {
  const [whole, begun, bent] = [
    new Map<string, Set<Named>>(),
    new Map<string, Set<Named>>(),
    new Map<string, Set<Named>>(),
  ];
  for (const name of names) {
    for (const spelling of name.spellings) {
      const key = keyOf(spelling);
      if (key === '') continue;
      note(whole, key, name);
      if (spelling.endsWith('*')) note(begun, key, name);
      else stemsOf(key).forEach((stem) => note(bent, stem, name));
    }
  }
  return (text) => {
    const key = keyOf(text);
    const found =
      whole.get(key) ??
      begunBy(begun, key) ??
      stemsOf(key)
        .map((stem) => bent.get(stem))
        .find(Boolean);
    return [...(found ?? [])];
  };
}

function note(into: Map<string, Set<Named>>, key: string, name: Named): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, new Set([name]));
  else known.add(name);
}

function keyOf(spelling: string): string {
  return runsOf(spelling).join(' ');
}

/** The longest beginning that is a spelling which may go on within its last word. */
function begunBy(begun: ReadonlyMap<string, Set<Named>>, key: string): Set<Named> | undefined {
  const shortest = Math.max(SHORTEST_BEGINNING, key.lastIndexOf(' ') + 2);
  for (let length = key.length; length >= shortest; length -= 1) {
    const found = begun.get(key.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a single word comes down to in each language that bends words. */
function stemsOf(key: string): string[] {
  if (key.includes(' ') || /^\p{ASCII}*$/u.test(key)) return [];
  return bendingLanguages.map((language) => `${language} ${stemOf(key, language)}`);
}
