/** Called for each occurrence of a pattern: its index in the list, and the offset just after it. */
export type OnFound = (pattern: number, end: number) => void;

/** Many patterns, looked for in one pass. */
export interface Automaton {
  /**
   * Walks through a text and reports every occurrence of every pattern, the overlapping ones included. Takes
   * time in proportion to the text and to what is found.
   *
   * @param units - UTF-16 units, of which the first `length` are the text
   */
  readonly scan: (units: Uint16Array, length: number, onFound: OnFound) => void;
  readonly states: number;
}

/** Which state follows a state on a letter. */
interface Steps {
  /** 0 where there is none. */
  readonly get: (state: number, code: number) => number;
  /** The state after this one, which is made if there is none yet. */
  readonly make: (state: number, code: number) => number;
  /** Per state, in the order of making: the one before it, and the letter between them. */
  readonly parent: Int32Array;
  readonly code: Int32Array;
  readonly size: () => number;
}

const NONE = -1;
const ROOT = 0;

/**
 * Builds an Aho–Corasick automaton over UTF-16 units.
 *
 * Its transitions lie in one flat hash table. A row of all letters for every state would be quicker to read, but
 * with the scripts of the world among the letters it takes hundreds of megabytes; this takes two.
 */
export function buildAutomaton(patterns: readonly string[]): Automaton {
  const codes = codesOf(patterns);
  const steps = makeSteps(patterns.reduce((sum, { length }) => sum + length, 1));
  /** Per pattern: another one that is spelled alike. */
  const alike = new Int32Array(patterns.length).fill(NONE);
  const endings = new Map<number, number>();
  patterns.forEach((pattern, index) => {
    let state = ROOT;
    for (let at = 0; at < pattern.length; at++) state = steps.make(state, codes[pattern.charCodeAt(at)] ?? 0);
    alike[index] = endings.get(state) ?? NONE;
    endings.set(state, index);
  });

  const output = new Int32Array(steps.size()).fill(NONE);
  for (const [state, pattern] of endings) output[state] = pattern;
  const { fail, nearest } = linkStates(steps, output);

  return {
    states: steps.size(),
    scan(units, length, onFound) {
      let state = ROOT;
      for (let index = 0; index < length; index++) {
        const code = codes[units[index] ?? 0] ?? 0;
        state = code === 0 ? ROOT : follow(steps, fail, state, code);
        for (let at = nearest[state] ?? ROOT; at !== ROOT; at = nearest[fail[at] ?? ROOT] ?? ROOT) {
          for (let found = output[at] ?? NONE; found !== NONE; found = alike[found] ?? NONE) {
            onFound(found, index + 1);
          }
        }
      }
    },
  };
}

/** A number for each unit that patterns use; 0 for all others. */
function codesOf(patterns: readonly string[]): Uint16Array {
  const codes = new Uint16Array(0x10000);
  let count = 0;
  for (const pattern of patterns) {
    for (let index = 0; index < pattern.length; index++) {
      const unit = pattern.charCodeAt(index);
      if (codes[unit] === 0) codes[unit] = ++count;
    }
  }
  return codes;
}

function makeSteps(mostStates: number): Steps {
  const bits = 32 - Math.clz32(mostStates * 2);
  const mask = (1 << bits) - 1;
  /** Open addressing: the state that a place leads to; its parent and code tell whose step it is. */
  const table = new Int32Array(1 << bits);
  const parent = new Int32Array(mostStates);
  const code = new Int32Array(mostStates);
  let size = 1;

  /** Where the step stands in the table, or where it would. */
  function placeOf(state: number, letter: number): number {
    let place = (Math.imul(state, 0x9e3779b1) + Math.imul(letter, 0x85ebca6b)) >>> (32 - bits);
    for (;;) {
      const next = table[place] ?? 0;
      if (next === 0 || (parent[next] === state && code[next] === letter)) return place;
      place = (place + 1) & mask;
    }
  }

  return {
    parent,
    code,
    size: () => size,
    get: (state, letter) => table[placeOf(state, letter)] ?? 0,
    make(state, letter) {
      const place = placeOf(state, letter);
      const known = table[place] ?? 0;
      if (known !== 0) return known;
      parent[size] = state;
      code[size] = letter;
      table[place] = size;
      return size++;
    },
  };
}

/** The state after a letter: from the state itself, or from the longest end of it that has one. */
function follow(steps: Steps, fail: Int32Array, from: number, code: number): number {
  for (let state = from; ; state = fail[state] ?? ROOT) {
    const next = steps.get(state, code);
    if (next !== 0 || state === ROOT) return next;
  }
}

/**
 * Links every state to the longest other state that ends as it does (`fail`), and to the nearest one, itself
 * included, where a pattern ends (`nearest`; the root for none).
 */
function linkStates(steps: Steps, output: Int32Array): { fail: Int32Array; nearest: Int32Array } {
  const fail = new Int32Array(steps.size());
  const nearest = new Int32Array(steps.size());
  for (const state of byDepth(steps)) {
    const parent = steps.parent[state] ?? ROOT;
    const shorter =
      parent === ROOT ? ROOT : follow(steps, fail, fail[parent] ?? ROOT, steps.code[state] ?? 0);
    fail[state] = shorter;
    nearest[state] = output[state] === NONE ? (nearest[shorter] ?? ROOT) : state;
  }
  return { fail, nearest };
}

/** All states but the root, those near the root first: a counting sort. */
function byDepth({ parent, size }: Steps): Int32Array {
  const depth = new Int32Array(size());
  const next = new Int32Array(size() + 1);
  for (let state = 1; state < depth.length; state++) {
    const own = (depth[parent[state] ?? ROOT] ?? 0) + 1;
    depth[state] = own;
    next[own + 1] = (next[own + 1] ?? 0) + 1;
  }
  for (let level = 1; level < next.length; level++) next[level] = (next[level] ?? 0) + (next[level - 1] ?? 0);
  const order = new Int32Array(size() - 1);
  for (let state = 1; state < depth.length; state++) {
    const own = depth[state] ?? 0;
    const place = next[own] ?? 0;
    order[place] = state;
    next[own] = place + 1;
  }
  return order;
}
