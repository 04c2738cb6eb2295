/** Words that were met before, in a fixed megabyte of memory. */
export interface Remembered {
  /** The words of a text, single blanks between, that are not remembered; each as often as it comes. */
  unknownOf(language: string, text: string): string[];
  /** Remembers a word as far as there is room: those used all the time come early. */
  add(language: string, word: string): void;
}

/** Part of a text, from `start` up to before `end`. */
interface Part {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SLOTS = 2 ** 18;
/** A fuller table would be searched too long. */
const MOST = SLOTS * 0.75;

/**
 * Makes an empty memory. A word stands in it as a number of 32 bits at a place that other bits of it tell, so that one
 * word is taken for another about once in a hundred million.
 */
export function makeRemembered(): Remembered {
  const marks = new Uint32Array(SLOTS);
  let count = 0;

  /** Where a word stands, or the free place where it would. */
  const placeOf = (part: Part, seed: number, mark: number) => {
    let place = hashOf(part, ~seed) % SLOTS;
    while (marks[place] !== 0 && marks[place] !== mark) place = (place + 1) % SLOTS;
    return place;
  };

  return {
    unknownOf(language, text) {
      const seed = seedOf(language);
      const unknown: string[] = [];
      for (let start = 0; start < text.length;) {
        const blank = text.indexOf(' ', start);
        const part = { text, start, end: blank === -1 ? text.length : blank };
        if (marks[placeOf(part, seed, markOf(part, seed))] === 0) unknown.push(text.slice(start, part.end));
        start = part.end + 1;
      }
      return unknown;
    },
    add(language, word) {
      const [part, seed] = [{ text: word, start: 0, end: word.length }, seedOf(language)];
      const mark = markOf(part, seed);
      const place = placeOf(part, seed, mark);
      if (marks[place] !== 0 || count >= MOST) return;
      marks[place] = mark;
      count += 1;
    },
  };
}

function seedOf(language: string): number {
  return hashOf({ text: language, start: 0, end: language.length }, 1);
}

/** Never 0, which stands for a free place. */
function markOf(part: Part, seed: number): number {
  return hashOf(part, seed) || 1;
}

/** 32 bits, mixed as in MurmurHash3. */
function hashOf({ text, start, end }: Part, seed: number): number {
  let hash = seed;
  for (let index = start; index < end; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
