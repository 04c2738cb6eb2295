import { folded } from './analyse.ts';
import data from './endings.json' with { type: 'json' };

/** How a language bends its words, all in folded form. */
interface Bending {
  readonly script: RegExp;
  readonly starts: readonly string[];
  /** Words written together with the next; so short that many words begin with them. */
  readonly glued: readonly string[];
  /** What an ending gives way to, the longest first. */
  readonly endings: readonly (readonly [ending: string, instead: string])[];
  /** Stems that lose or gain a vowel before their last letter. */
  readonly final: readonly (readonly [ending: string, instead: string])[];
  readonly loose: string;
  readonly rounds: number;
  /** Forms that no ending explains, with the words that each belongs to. */
  readonly irregular: ReadonlyMap<string, readonly string[]>;
  /** Forms of words that look like forms of others, such as "puertas" of doors, with the word itself. */
  readonly apart: ReadonlyMap<string, readonly string[]>;
  /** What stands before a verb without changing how it bends, as "ab" in "abgeschossen". */
  readonly prefixes: readonly string[];
  /** Shapes of words that may as well be forms of another, as a participle is of its verb. */
  readonly also: readonly (readonly [shape: RegExp, instead: readonly string[]])[];
}

interface Entry {
  /** Whether endings may be set off by an apostrophe. */
  readonly setOff?: boolean;
  readonly starts?: string;
  readonly glued?: string;
  readonly endings: string;
  readonly replace?: Readonly<Record<string, string>>;
  readonly final?: Readonly<Record<string, string>>;
  readonly loose?: string;
  readonly rounds?: number;
  /** The forms of each word, blanks between. */
  readonly irregular?: Readonly<Record<string, string>>;
  readonly apart?: Readonly<Record<string, string>>;
  readonly prefixes?: string;
  /** Regular expressions over the folded word, and the words that it may belong to, blanks between. */
  readonly also?: Readonly<Record<string, string>>;
}

const ROUNDS = 2;
/** A shorter stem would stand for too many words. */
const SHORTEST_STEM = 3;
/** What no stem of another word ends in. */
const APART = '=';
const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Arabic}/u];
const VOWEL = /[aeiouyаеиоуыэюяієї\u0600-\u06ff]/;

const bendings = new Map(
  Object.entries(data as Record<string, Entry>).map(([id, entry]) => [id, read(entry)]),
);

/** Languages whose words are looked for in other forms too. */
export const bendingLanguages: readonly string[] = [...bendings.keys()];

const endingsSetOff: ReadonlySet<string> = new Set(
  Object.values(data as Record<string, Entry>)
    .filter(({ setOff }) => setOff === true)
    .flatMap(({ endings }) => endings.split(' ')),
);

/** A word without the ending that an apostrophe sets off from it: "Moskova" of "Moskova'da". */
export function withoutEndingSetOff(text: string): string {
  const [whole, ending = ''] = /(?<=\p{Script=Latin}{2})['’](\p{L}+)$/u.exec(text) ?? [];
  return whole !== undefined && endingsSetOff.has(folded(ending)) ? text.slice(0, -whole.length) : text;
}

/** Those of them that are written as a word is. */
export function bendingLanguagesOf(word: string): string[] {
  return bendingLanguages.filter((language) => bendings.get(language)?.script.test(word));
}

/**
 * The part that the forms of a word share, such as `missil` of "missile" and "missiles"; no word by itself. The word
 * as it is where its language does not bend words, or is not known.
 *
 * @param word - one word in folded form
 */
export function stemOf(word: string, language: string): string {
  const bending = bendings.get(language);
  if (bending === undefined || /\d/.test(word)) return word;
  return regularStem(irregularOf(word, bending)[0] ?? word, bending);
}

/** The stems of all words that a word may be a form of, as "geschossen" is of a projectile and of shooting. */
export function stemsOf(word: string, language: string): string[] {
  const bending = bendings.get(language);
  if (bending === undefined || /\d/.test(word)) return [word];
  const apart = bending.apart.get(word);
  if (apart !== undefined) return apart.map((one) => `${one}${APART}`);
  const others = bending.also
    .filter(([shape]) => shape.test(word))
    .flatMap(([shape, instead]) => instead.map((one) => word.replace(shape, one)));
  const alike = [word, ...others];
  const shorter = alike.flatMap((one) => withoutEachEnding(one, bending));
  const lemmas = [...alike, ...shorter].flatMap((one) => irregularOf(one, bending));
  return [...new Set([...alike, ...lemmas].map((one) => regularStem(one, bending)))];
}

/** A word as it is written with each of the words that its language glues to its beginning; none for most languages. */
export function withGlued(word: string, language: string): string[] {
  return (bendings.get(language)?.glued ?? []).map((start) => `${start}${word}`);
}

function regularStem(word: string, bending: Bending): string {
  const bare = withoutStart(word, bending);
  let rest = (bare === word ? undefined : bending.irregular.get(bare)?.[0]) ?? bare;
  for (let round = 0; round < bending.rounds; round += 1) rest = withoutEnding(rest, bending);
  return settled(rest, bending);
}

/** The words that a form belongs to where no rule leads there, with or without a prefix. */
function irregularOf(word: string, { irregular, prefixes }: Bending): readonly string[] {
  const whole = irregular.get(word);
  if (whole !== undefined) return whole;
  return prefixes
    .filter((prefix) => word.startsWith(prefix))
    .flatMap((prefix) =>
      (irregular.get(word.slice(prefix.length)) ?? []).map((lemma) => `${prefix}${lemma}`),
    );
}

function withoutEachEnding(word: string, { endings }: Bending): string[] {
  return endings
    .filter(([ending, instead]) => instead === '' && word.endsWith(ending))
    .map(([ending]) => word.slice(0, word.length - ending.length));
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
    const stem = `${rest}${instead}`;
    if (stem.length >= SHORTEST_STEM && VOWEL.test(stem)) return stem;
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
    script: SCRIPTS.find((script) => script.test(entry.endings)) ?? /^/,
    starts: longestFirst(startsIn(entry.starts), (start) => start),
    glued: startsIn(entry.glued),
    endings: longestFirst([...pairs(entry.replace), ...plain], ([ending]) => ending),
    final: longestFirst(pairs(entry.final), ([ending]) => ending),
    loose: entry.loose ?? '',
    rounds: entry.rounds ?? ROUNDS,
    irregular: lemmasByForm(pairs(entry.irregular)),
    apart: lemmasByForm(pairs(entry.apart).map(([word, forms]) => [word, `${word} ${forms}`])),
    prefixes: startsIn(entry.prefixes),
    also: Object.entries(entry.also ?? {}).map(([shape, instead]) => [
      new RegExp(folded(shape), 'u'),
      folded(instead).split(' '),
    ]),
  };
}

function lemmasByForm(formsByLemma: readonly (readonly [string, string])[]): Map<string, string[]> {
  const lines = formsByLemma.flatMap(([lemma, forms]) =>
    forms.split(' ').map((form) => [form, lemma] as const),
  );
  return new Map(
    [...Map.groupBy(lines, ([form]) => form)].map(([form, found]) => [form, found.map(([, lemma]) => lemma)]),
  );
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
