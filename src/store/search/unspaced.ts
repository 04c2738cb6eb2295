import data from './unspaced.json' with { type: 'json' };

/** Characters side by side that are looked for wherever they stand. */
export interface Stretch {
  readonly text: string;
  /** True when nothing may follow. */
  readonly isLast?: boolean;
}

const HANGUL = /^\p{Script=Hangul}+$/u;
const HAN = /^\p{Script=Han}+$/u;
/** Chinese characters or katakana, and the hiragana that bend them. */
const BENT =
  /^(?<before>.*?)(?<last>(?<!\p{Script=Han})\p{Script=Han}+|(?<![\p{Script=Katakana}ー])[\p{Script=Katakana}ー]+)(?<tail>\p{Script=Hiragana}+)$/u;

const korean = {
  made: byLength(data.korean.made),
  particles: byLength(data.korean.particles),
  verbs: byLength(data.korean.verbs),
  past: byLength(data.korean.past),
  joined: pairsIn(data.korean.joined),
  contracted: new Map([
    ...pairsIn(data.korean.contracted.normalize('NFKD')),
    ...pairsIn(data.korean.contractedSyllables),
  ]),
  changing: new Map(Object.entries(data.korean.changing).map(([end, next]) => [end, next.split(' ')])),
  afterVowel: data.korean.afterVowel.split(' '),
  afterConsonant: data.korean.afterConsonant.split(' '),
};
const japanese = {
  rows: data.japanese.rows.split(' '),
  particles: new Set(data.japanese.particles.split(' ')),
};
const expanded = turned(korean.contracted);
/** Consonants that end a syllable: those that verbs add to a vowel, and that of the past. */
const ADDED = ['\u11ab', '\u11af', '\u11b7', '\u11b8'];
const PAST = '\u11bb';
const chineseParticles = byLength(data.chinese.particles);
const traditional = pairsIn(data.chinese.traditional);
const oftenTraditional = pairsIn(data.chinese.sometimes);
const simplified = turned(new Map([...oftenTraditional, ...traditional]));

/**
 * What to look for instead of a run of a script that puts no blanks between words: the run without what is glued to
 * its end, in each way that it may go on, and Chinese in simplified and in full characters.
 */
export function stretchesOf(run: string): readonly Stretch[] {
  if (HANGUL.test(run)) return koreanStretches(run);
  const bent = BENT.exec(run)?.groups;
  if (bent !== undefined) return japaneseStretches(bent);
  if (!HAN.test(run)) return [{ text: run }];
  const bare = withoutEnd(run, chineseParticles, 2) ?? run;
  const full = inCharacters(bare, traditional);
  const texts = [bare, inCharacters(bare, simplified), full, inCharacters(full, oftenTraditional)];
  return [...new Set(texts)].map((text) => ({ text }));
}

/** "派遣した" is looked for as "派遣", and "送った" as 送 with each of the kana that the verb may go on with. */
function japaneseStretches({
  before = '',
  last = '',
  tail = '',
}: Record<string, string>): readonly Stretch[] {
  const bare = `${before}${last}`;
  if (Array.from(last).length > 1 || japanese.particles.has(tail)) return [{ text: bare }];
  const [first = ''] = tail;
  const kana = japanese.rows.filter((row) => row.includes(first)).join('');
  return [...new Set(`${first}${kana}`)].map((one) => ({ text: `${bare}${one}` }));
}

function koreanStretches(run: string): readonly Stretch[] {
  const noun = withoutEnd(run, korean.made, 2);
  if (noun !== undefined) return [{ text: noun }];
  const past = pastStem(run);
  if (past !== undefined) return verbStretches(past);
  const named = withoutEnd(run, korean.particles, 2);
  if (named !== undefined) return [{ text: named }];
  const last = run.at(-1) ?? '';
  const joined = korean.joined.get(last);
  if (joined !== undefined && run.length > 1) return verbStretches(`${run.slice(0, -1)}${joined}`);
  const stem = withoutEnd(run, korean.verbs, 1);
  const isVerb = stem !== undefined && (stem.length > 1 || isClosed(stem) || run.endsWith('다'));
  return isVerb ? verbStretches(stem) : [{ text: run }];
}

/** The stem of a verb in the past: of "보냈다" it is "보내", of "싸웠다" it is "싸우". */
function pastStem(run: string): string | undefined {
  const past = korean.past
    .filter((ending) => run.endsWith(ending))
    .map((ending) => run.slice(0, run.length - ending.length))
    .find((one) => one.normalize('NFD').endsWith(PAST));
  if (past === undefined) return undefined;
  const isWhole = past.length > 1 && /[었았]$/.test(past);
  if (isWhole) return past.slice(0, -1);
  const [initial = '', vowel = ''] = (past.at(-1) ?? '').normalize('NFD');
  return `${past.slice(0, -1)}${changed(initial, vowel, expanded)}`;
}

/** The ways in which a verb goes on, as far as its last syllable changes; a stem of one syllable with what follows. */
function verbStretches(stem: string): readonly Stretch[] {
  const last = (stem.at(-1) ?? '').normalize('NFD');
  const isLong = stem.length > 1;
  const next = isClosed(stem) ? korean.afterConsonant : korean.afterVowel;
  const plain = isLong ? [stem] : next.map((one) => `${stem}${one}`);
  const added = isClosed(stem) ? [] : ADDED.map((final) => syllable(stem.normalize('NFD'), final));
  return [
    ...[...plain, ...changedStems(stem, last)].map((text) => ({ text })),
    ...added.map((text) => ({ text, isLast: !isLong })),
  ];
}

/** A stem as its past contracts it, or without the consonant that some endings drop. */
function changedStems(stem: string, last: string): readonly string[] {
  const before = stem.slice(0, -1);
  const [initial = '', vowel = '', final] = last;
  const dropped = korean.changing.get(final ?? stem.slice(-1)) ?? [];
  const rest = final === undefined ? before : `${before}${initial}${vowel}`;
  const past = `${before}${syllable(changed(initial, vowel, korean.contracted).normalize('NFD'), PAST)}`;
  return [
    ...(final === undefined ? [past] : []),
    ...dropped.map((next) => syllable(rest.normalize('NFD'), next.normalize('NFD'))),
  ];
}

/** An open syllable as it is before an ending, or without one. */
function changed(initial: string, vowel: string, changes: ReadonlyMap<string, string>): string {
  return changes.get(syllable(initial, vowel)) ?? syllable(initial, changes.get(vowel) ?? vowel);
}

function isClosed(stem: string): boolean {
  return (stem.at(-1) ?? '').normalize('NFD').length === 3;
}

function syllable(...parts: readonly string[]): string {
  return parts.join('').normalize('NFC');
}

function withoutEnd(run: string, endings: readonly string[], shortest: number): string | undefined {
  const ending = endings.find((one) => run.endsWith(one) && run.length - one.length >= shortest);
  return ending === undefined ? undefined : run.slice(0, run.length - ending.length);
}

function inCharacters(run: string, other: ReadonlyMap<string, string>): string {
  return Array.from(run, (character) => other.get(character) ?? character).join('');
}

function turned(pairs: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...pairs].map(([one, other]) => [other, one]));
}

/** Pairs of characters, blanks between. */
function pairsIn(text: string): Map<string, string> {
  return new Map(text.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)]));
}

function byLength(text: string): string[] {
  return text.split(' ').toSorted((a, b) => b.length - a.length);
}
