import { folded, isUnspaced } from './analyse.ts';
import data from './endings.json' with { type: 'json' };

/** How a language bends its words, all in folded form. */
interface Bending {
  readonly starts: readonly string[];
  /** Words written together with the next; so short that many words begin with them. */
  readonly glued: readonly string[];
  /** What an ending gives way to, the longest first. */
  readonly endings: readonly (readonly [ending: string, instead: string])[];
  /** Stems that lose or gain a vowel before their last letter. */
  readonly final: readonly (readonly [ending: string, instead: string])[];
  readonly loose: string;
  readonly rounds: number;
  readonly irregular: ReadonlyMap<string, string>;
}

interface Entry {
  readonly starts?: string;
  readonly glued?: string;
  readonly endings: string;
  readonly replace?: Readonly<Record<string, string>>;
  readonly final?: Readonly<Record<string, string>>;
  readonly loose?: string;
  readonly rounds?: number;
  readonly irregular?: Readonly<Record<string, string>>;
}

const ROUNDS = 2;
/** A shorter stem would stand for too many words. */
const SHORTEST_STEM = 3;
const VOWEL = /[aeiouyаеиоуыэюяієї\u0600-\u06ff]/;

const bendings = new Map(
  Object.entries(data as Record<string, Entry>).map(([id, entry]) => [id, read(entry)]),
);

/** Languages whose words are looked for in other forms too. */
export const bendingLanguages: readonly string[] = [...bendings.keys()];

/**
 * The part that the forms of a word share, such as `missil` of "missile" and "missiles"; no word by itself. The word
 * as it is where its language does not bend words, or is not known.
 *
 * @param word - one word in folded form
 */
export function stemOf(word: string, language: string): string {
  const bending = bendings.get(language);
  if (bending === undefined || /\d/.test(word)) return word;
  const regular = bending.irregular.get(word) ?? withoutStart(word, bending);
  let stem = bending.irregular.get(regular) ?? regular;
  for (let round = 0; round < bending.rounds; round += 1) stem = withoutEnding(stem, bending);
  return settled(stem, bending);
}

/** A word as it is written with each of the words that its language glues to its beginning; none for most languages. */
export function withGlued(word: string, language: string): string[] {
  return (bendings.get(language)?.glued ?? []).map((start) => `${start}${word}`);
}

/** The word itself and without what its language may glue to its end: for scripts that are searched by characters. */
export function withoutParticle(run: string): string {
  const bending = bendings.get('ko');
  if (bending === undefined || !isUnspaced(run)) return run;
  const [ending] = bending.endings.find(([end]) => run.endsWith(end) && run.length - end.length >= 2) ?? [''];
  return run.slice(0, run.length - ending.length);
}

function withoutStart(word: string, { starts, glued, irregular }: Bending): string {
  const bare = glued.filter((one) => word.startsWith(one)).map((one) => word.slice(one.length));
  const known = bare.find((one) => irregular.has(one));
  if (known !== undefined) return known;
  const start = starts.find((one) => word.startsWith(one) && word.length - one.length >= SHORTEST_STEM);
  return start === undefined ? word : word.slice(start.length);
}

function withoutEnding(word: string, { endings }: Bending): string {
  for (const [ending, instead] of endings) {
    if (!word.endsWith(ending)) continue;
    const rest = word.slice(0, word.length - ending.length);
    if (rest.length + instead.length >= SHORTEST_STEM && VOWEL.test(rest)) return `${rest}${instead}`;
  }
  return word;
}

function settled(stem: string, { loose, final }: Bending): string {
  const tight = stem.length > SHORTEST_STEM && loose.includes(stem.slice(-1)) ? stem.slice(0, -1) : stem;
  const [ending, instead] = final.find(([end]) => tight.endsWith(end) && tight.length > end.length + 1) ?? [
    '',
    '',
  ];
  const whole = `${tight.slice(0, tight.length - ending.length)}${instead}`;
  return whole.length > SHORTEST_STEM && whole.at(-1) === whole.at(-2) ? whole.slice(0, -1) : whole;
}

function read(entry: Entry): Bending {
  const plain = entry.endings.split(' ').map((ending) => [folded(ending), ''] as const);
  return {
    starts: longestFirst(startsIn(entry.starts), (start) => start),
    glued: startsIn(entry.glued),
    endings: longestFirst([...pairs(entry.replace), ...plain], ([ending]) => ending),
    final: longestFirst(pairs(entry.final), ([ending]) => ending),
    loose: entry.loose ?? '',
    rounds: entry.rounds ?? ROUNDS,
    irregular: new Map(pairs(entry.irregular)),
  };
}

function startsIn(text = ''): string[] {
  return text.split(' ').filter(Boolean).map(folded);
}

function pairs(record: Readonly<Record<string, string>> = {}): (readonly [string, string])[] {
  return Object.entries(record).map(([from, to]) => [folded(from), folded(to)] as const);
}

function longestFirst<Value>(values: readonly Value[], textOf: (value: Value) => string): Value[] {
  return values.toSorted((a, b) => textOf(b).length - textOf(a).length);
}
