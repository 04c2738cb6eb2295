import type { Bound, Quantity } from '../model.ts';
import { quantityLexiconOf, type QuantityLexicon } from './numbers/lexicon.ts';
import { countedAfterCounter, countedAfterWords, suffixLength, type Counted } from './numbers/units.ts';
import { afterSpace, composedValue, spacedValue, type ReadValue } from './numbers/values.ts';

/** A quantity and where its number and unit stand in the text, in UTF-16 offsets. */
export interface FoundQuantity extends Quantity {
  readonly start: number;
  readonly end: number;
}

const NUMBER_START = /\d+|[\p{L}\p{M}]+/gu;
const HAN_OR_FIGURES = /\d|[一二两兩三四五六七八九十](?=[一二三四五六七八九十百千万萬億亿名人枚发發艘架])/g;
/** Signs before or after a number that make it something else: a model, a part, a time, a share. */
const OTHER_BEFORE = /(?:\p{L}-|\d[-.,:/]|[№#]|\p{Script=Latin})$/u;
const OTHER_AFTER = /^(?:-\p{L}|[%°:/]|[.,]\d| ?(?:%|mm|km|cm|м|мм|км|см|kg|кг)(?![\p{L}\p{M}]))/u;
/** Nothing that news counts is more. */
const LARGEST = 1e15;
const MONEY_BEFORE = /(?:us)?\$ ?$/;

/**
 * Finds what a text counts: value, bound ("at least", "about") and a language-neutral unit.
 *
 * Distances, calibres, percentages, times, dates and years give nothing, nor does a number of things
 * that have no unit here. A range such as "10,000 to 12,000 soldiers" gives its two ends.
 */
export function findQuantities(text: string, language: string): FoundQuantity[] {
  const lexicon = quantityLexiconOf(language);
  const { text: normal, at } = lexicon.form(text);
  const found: FoundQuantity[] = [];
  let done = 0;
  for (const { index } of normal.matchAll(lexicon.isUnspaced ? HAN_OR_FIGURES : NUMBER_START)) {
    if (index < done) continue;
    const values = valuesAt(normal, index, lexicon);
    const last = values.at(-1);
    if (last === undefined) continue;
    done = last.end;
    const counted = countedBy(normal, values, lexicon);
    if (counted === undefined) continue;
    done = Math.max(done, Math.min(counted.end, last.end + 60));
    const [start, end] = [at(index), at(Math.max(counted.end, last.end))];
    found.push(...boundsOf(normal, values, counted, lexicon).map((each) => ({ ...each, start, end })));
  }
  return found;
}

/** The number at a place, or the two ends of a range; none where it is a model, a share, a time. */
function valuesAt(text: string, start: number, lexicon: QuantityLexicon): ReadValue[] {
  const first = readValue(text, start, lexicon);
  if (first === undefined || first.value > LARGEST) return [];
  const before = text.slice(Math.max(0, start - 4), start);
  if (OTHER_BEFORE.test(before) || isOther(text, first, lexicon)) return [];
  const to = lexicon.to.at(text, afterSpace(text, first.end));
  const second = to === undefined ? undefined : readValue(text, afterSpace(text, to.end), lexicon);
  if (second === undefined || second.value <= first.value || isOther(text, second, lexicon)) return [first];
  const scale = first.isWritten || first.value >= 1000 ? 1 : scaleOf(second);
  return [{ ...first, value: first.value * scale }, second];
}

/** Tells whether what follows a number makes it a size, a share, a time, an ordinal, or part of a longer one. */
function isOther(text: string, { end }: ReadValue, { isUnspaced }: QuantityLexicon): boolean {
  const after = text.slice(end, end + 8);
  return OTHER_AFTER.test(after) || (!isUnspaced && /^\p{L}/u.test(after));
}

function readValue(text: string, start: number, lexicon: QuantityLexicon): ReadValue | undefined {
  return lexicon.isUnspaced ? composedValue(text, start) : spacedValue(text, start, lexicon);
}

/** "10 to 12 thousand": what the second end is multiplied by. */
function scaleOf({ value }: ReadValue): number {
  return value >= 1e6 ? 1e6 : value >= 1e4 ? 1000 : 1;
}

function countedBy(
  text: string,
  values: readonly ReadValue[],
  lexicon: QuantityLexicon,
): Counted | undefined {
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (MONEY_BEFORE.test(text.slice(Math.max(0, first.start - 4), first.start)))
    return { unit: 'dollars', end: last.end };
  return lexicon.isUnspaced
    ? countedAfterCounter(text, [first, last], lexicon)
    : countedAfterWords(text, [first, last], lexicon);
}

function boundsOf(
  text: string,
  values: readonly ReadValue[],
  { unit }: Counted,
  lexicon: QuantityLexicon,
): Quantity[] {
  const [first, second] = values;
  if (first === undefined) return [];
  if (second !== undefined) {
    return [
      { value: first.value, bound: 'at_least', unit },
      { value: second.value, bound: 'at_most', unit },
    ];
  }
  return [{ value: first.value, bound: boundOf(text, first, lexicon), unit }];
}

function boundOf(text: string, { start, end, isMore }: ReadValue, lexicon: QuantityLexicon): Bound {
  const before = text.slice(Math.max(0, start - 30), start).replace(/(?:us)?\$ ?$/, '');
  const told = lexicon.before.endingAt(before, before.trimEnd().length);
  if (told !== undefined) return told;
  const place = afterSpace(text, end + suffixLength(text, end));
  const counter = lexicon.counters.at(text, place);
  const added =
    lexicon.after.at(text, place) ?? lexicon.after.at(text, afterSpace(text, counter?.end ?? place));
  return added?.meaning ?? (isMore ? 'at_least' : 'exact');
}
