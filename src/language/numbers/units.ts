import type { QuantityLexicon } from './lexicon.ts';
import { afterSpace, matchAt, type ReadValue } from './values.ts';

/** What a number counts, and where the words for it end. */
export interface Counted {
  readonly unit: string;
  readonly end: number;
}

type Ends = readonly [ReadValue, ReadValue];

/** Words that may stand between a number and what it counts: "3,000 elite North Korean troops". */
const MOST_WORDS_BETWEEN = 4;
/** How far around a number killing and wounding are looked for, in UTF-16 units. */
const CASUALTIES_AFTER = 70;
const CASUALTIES_BEFORE = 28;
/** Units that turn into killed or wounded when the clause says so. */
const MORTAL: readonly string[] = [
  'soldiers',
  'persons',
  'sappers',
  'officers',
  'generals',
  'workers',
  'prisoners',
];

/** So many men or more are taken to be soldiers. */
const MEN_ARE_SOLDIERS_FROM = 100;

const BETWEEN = /[\s'"«“(]*/y;
const WORD = /[\p{L}\p{M}]+/uy;
/** "30 soldiers from the North, fighting beside Russians, were killed": what is said between the commas. */
const ASIDE = /^[^,.;:!?\d()\n]{0,25},[^,.;:!?\d()\n]{1,90},/;
const LONGEST_ASIDE = 120;
const CLAUSE_END = /[.,;:!?\d()。、，；\n]/;

/** Finds the unit of a number in text with spaces between words: the first unit word among the next few words. */
export function countedAfterWords(
  text: string,
  [first, last]: Ends,
  lexicon: QuantityLexicon,
): Counted | undefined {
  if (isDate(text, first, lexicon)) return undefined;
  let place = afterBound(text, last.end, lexicon);
  for (let words = 0; words <= MOST_WORDS_BETWEEN; words++) {
    place += matchAt(BETWEEN, text, place)?.length ?? 0;
    const unit = unitAt(text, place, lexicon);
    if (unit !== undefined && isYear(last, words)) return undefined;
    if (unit !== undefined) return withCasualties(text, first.start, sized(unit, last), lexicon);
    const word = matchAt(WORD, text, place);
    if (word === undefined || lexicon.stops.has(word)) return undefined;
    place += word.length;
    if (text[place] === '-') place++;
  }
  return undefined;
}

/** Steps over "or more", "'den fazla" and the like. */
function afterBound(text: string, end: number, { after }: QuantityLexicon): number {
  const place = end + suffixLength(text, end);
  return after.at(text, afterSpace(text, place))?.end ?? place;
}

/** The length of a case ending set off with an apostrophe: "100'den". */
export function suffixLength(text: string, end: number): number {
  return /^'\p{L}{1,4}/u.exec(text.slice(end, end + 6))?.[0].length ?? 0;
}

function isDate(
  text: string,
  { value, start, isWritten }: ReadValue,
  { dateWords }: QuantityLexicon,
): boolean {
  if (isWritten || value > 31) return false;
  const before = /([\p{L}\p{M}]+)\.? $/u.exec(text.slice(Math.max(0, start - 20), start))?.[1];
  return before !== undefined && dateWords.has(before);
}

/** From 1900 to 2100 in plain figures is a year, unless round and right before its unit. */
function isYear({ value, isWritten }: ReadValue, wordsBetween: number): boolean {
  if (isWritten || value < 1900 || value > 2100) return false;
  return value % 100 !== 0 || wordsBetween > 0;
}

/** "12,000 men" are soldiers, "two men" are people. */
function sized(counted: Counted, { value }: ReadValue): Counted {
  if (counted.unit !== 'men') return counted;
  return { ...counted, unit: value >= MEN_ARE_SOLDIERS_FROM ? 'soldiers' : 'persons' };
}

function unitAt(text: string, place: number, { units }: QuantityLexicon): Counted | undefined {
  const found = units.at(text, place);
  return found && { unit: found.meaning, end: found.end };
}

/** "30 soldiers were killed or wounded", "killed 30 soldiers": what befell those counted is what is counted. */
function withCasualties(text: string, start: number, counted: Counted, lexicon: QuantityLexicon): Counted {
  if (!MORTAL.includes(counted.unit)) return counted;
  const aside = ASIDE.exec(text.slice(counted.end, counted.end + LONGEST_ASIDE))?.[0].length;
  const clause = [0, ...(aside === undefined ? [] : [aside])]
    .map((skipped) => clauseOf(text.slice(counted.end + skipped, counted.end + skipped + CASUALTIES_AFTER)))
    .join(' ');
  const before =
    text
      .slice(Math.max(0, start - CASUALTIES_BEFORE), start)
      .split(CLAUSE_END)
      .at(-1) ?? '';
  // "killing five people and wounding 17": what follows tells of the next number.
  const isOthers = /^[^.,;:!?()\n]*\d/.test(text.slice(counted.end, counted.end + CASUALTIES_AFTER));
  const [after, earlier] = [fateIn(clause, lexicon), fateIn(before, lexicon)];
  const fate = isOthers ? (earlier ?? after) : (after ?? earlier);
  return fate === undefined ? counted : { ...counted, unit: fate };
}

const FATES = ['killed_or_wounded', 'killed', 'wounded'] as const;

function fateIn(clause: string, lexicon: QuantityLexicon): string | undefined {
  const told = new Set<string>();
  for (let place = 0; place < clause.length; place++) {
    if (!lexicon.isUnspaced && place > 0 && /[\p{L}\p{M}]/u.test(clause.charAt(place - 1))) continue;
    const unit = unitAt(clause, place, lexicon)?.unit;
    if (unit !== undefined && FATES.some((fate) => fate === unit)) told.add(unit);
  }
  if (told.has('killed') && told.has('wounded')) return 'killed_or_wounded';
  return FATES.find((fate) => told.has(fate));
}

const NEAR_AFTER = 14;
const NEAR_BEFORE = 14;
/** A noun before one of these belongs to another number: "and". */
const NOUN_END = /[.,;:!?\d()»”。、，；\n和与與及과와と]/;
/** Between a noun and the number after it: particles, "about". */
const LOOSE_BEFORE = 6;

/** Finds the unit of a number in unspaced text: a counting word must follow; the noun stands before or after. */
export function countedAfterCounter(
  text: string,
  [first, last]: Ends,
  lexicon: QuantityLexicon,
): Counted | undefined {
  const place = afterBound(text, last.end, lexicon);
  const counter = lexicon.counters.at(text, afterSpace(text, place));
  if (counter === undefined || isYear(last, 0)) return undefined;
  const { end, meaning: fallback } = counter;
  const after = clauseOf(text.slice(end, end + NEAR_AFTER));
  const before =
    text
      .slice(Math.max(0, first.start - NEAR_BEFORE), first.start)
      .split(NOUN_END)
      .at(-1) ?? '';
  const fate = fateIn(after, lexicon);
  if (fate !== undefined && (fallback === 'persons' || fallback === undefined)) return { unit: fate, end };
  if (fallback !== undefined && fallback !== 'persons') return { unit: fallback, end };
  const unit = /^ ?[의のら]/.test(after)
    ? (nounAfter(after, lexicon) ?? nounBefore(before, lexicon))
    : bestNoun(before, after, lexicon);
  const counted = unit ?? fallback;
  return counted === undefined ? undefined : { unit: counted, end };
}

function clauseOf(text: string): string {
  const end = text.search(CLAUSE_END);
  return end === -1 ? text : text.slice(0, end);
}

/** The noun right before the number, else the first one after it. */
function bestNoun(before: string, after: string, lexicon: QuantityLexicon): string | undefined {
  return nounBefore(before, lexicon) ?? nounAfter(after, lexicon);
}

function nounBefore(before: string, lexicon: QuantityLexicon): string | undefined {
  for (let place = before.length - 1; place >= 0; place--) {
    const counted = unitAt(before, place, lexicon);
    if (counted !== undefined && before.length - counted.end <= LOOSE_BEFORE)
      return longestEndingAt(before, counted, lexicon);
  }
  return undefined;
}

/** 미사일 inside 탄도미사일, 兵 inside 工兵: the longer word decides. */
function longestEndingAt(before: string, { unit, end }: Counted, lexicon: QuantityLexicon): string {
  for (let place = 0; place < end; place++) {
    const longer = unitAt(before, place, lexicon);
    if (longer?.end === end) return longer.unit;
  }
  return unit;
}

function nounAfter(after: string, lexicon: QuantityLexicon): string | undefined {
  for (let place = 0; place < after.length; place++) {
    const counted = unitAt(after, place, lexicon);
    if (counted !== undefined) return headFrom(after, counted, lexicon);
  }
  return undefined;
}

/** 集装箱 in 弹药集装箱: of nouns without anything between, the last is what is counted. */
function headFrom(after: string, { unit, end }: Counted, lexicon: QuantityLexicon): string {
  const next = unitAt(after, end, lexicon);
  return next === undefined ? unit : headFrom(after, next, lexicon);
}
