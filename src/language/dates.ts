import type { Day, When } from '../model.ts';
import { addDays } from '../time.ts';
import { makeCues, type Cues } from './dates/cues.ts';
import { patternsOf, type Pattern } from './dates/grammar.ts';
import { lexiconOf, type Lexicon } from './dates/lexicon.ts';
import { prepare, type Prepared } from './dates/prepared.ts';
import { resolve } from './dates/resolve.ts';
import { apart, foundIn, sequenceOf, type Found } from './dates/sequence.ts';
import { makeSoundness, type IsSound } from './dates/soundness.ts';
import type { Token } from './dates/token.ts';
import { tokensOf } from './dates/tokens.ts';

/** A date as a text names it. Offsets are UTF-16 positions in that text. */
export interface DateMention {
  /** The words that name it. */
  readonly expression: string;
  readonly start: number;
  readonly end: number;
  readonly when: When;
  /** `said`: beside a reporting verb, so when it was said rather than when it happened. */
  readonly role: 'event' | 'said';
  /** It lies ahead: by the text's own words (scheduled, "will", tomorrow), or more than a day after publication. */
  readonly planned: boolean;
}

export interface DateOptions {
  /** Two letters; dates in figures are found in any language. */
  readonly language: string;
  /** The day of publication, from which "yesterday" counts. Without it only what needs none is found. */
  readonly published?: Day | undefined;
  /** Without a day of publication: the latest day it can be. With it a weekday tells the year of its date. */
  readonly notAfter?: Day | undefined;
}

interface Reader {
  readonly lexicon: Lexicon;
  readonly patterns: readonly Pattern[];
  readonly cues: Cues;
  readonly isSound: IsSound;
}

/**
 * Finds the dates that a text names, in order, each resolved to days by the rules of the text's language.
 *
 * Days named without a year or month are taken to be the latest before publication, unless the text speaks of the
 * future. Durations, distances and words that only look like dates give nothing.
 */
export function findDates(text: string, options: DateOptions): DateMention[] {
  const reader = readerOf(options.language);
  const prepared = prepare(text, options.language);
  const sequence = sequenceOf(prepared, tokensOf(prepared, reader.lexicon));
  const found = foundIn(sequence, reader.patterns)
    .flatMap(apart)
    .filter((each) => reader.isSound(each, prepared.lower));
  return resolveAll(found, prepared, { reader, options });
}

const readers = new Map<string, Reader>();

/** What reading a language takes, made once; English for a language without words. */
function readerOf(language: string): Reader {
  const known = readers.get(language);
  if (known !== undefined) return known;
  const lexicon = lexiconOf(language);
  if (lexicon === undefined) return readerOf('en');
  const { words } = lexicon;
  const made = {
    lexicon,
    patterns: patternsOf(words),
    cues: makeCues(words),
    isSound: makeSoundness(words),
  };
  readers.set(language, made);
  return made;
}

/** Words at the edge of a date that are no part of it. */
const EDGE = /[VOKg&>,.(-]/;

function trimmed(tokens: readonly Token[]): readonly Token[] {
  const first = tokens.findIndex(({ letter }) => !EDGE.test(letter));
  return tokens.slice(Math.max(first, 0));
}

/** What earlier dates of the same paragraph tell about the next one. */
interface Context {
  /** The date named last. */
  readonly mention: When | undefined;
  /** The last date whose year the text gives, not far before. */
  readonly dated: Day | undefined;
}

/** Further than this from a date with its year, the next date tells of something else, in UTF-16 units. */
const SAME_STORY = 200;

const NO_CONTEXT: Context = { mention: undefined, dated: undefined };

function resolveAll(
  found: readonly Found[],
  prepared: Prepared,
  { reader, options }: { reader: Reader; options: DateOptions },
): DateMention[] {
  const mentions: DateMention[] = [];
  let context = NO_CONTEXT;
  let read = 0;
  const inOrder = found
    .map((each) => ({ ...each, seen: each.span ?? trimmed(each.tokens) }))
    .toSorted((a, b) => startOf(a.seen) - startOf(b.seen));
  for (const { rule, tokens, seen } of inOrder) {
    const [start, end] = [startOf(seen), seen.at(-1)?.end ?? 0];
    const between = prepared.lower.slice(read, start);
    if (between.includes('\n')) context = NO_CONTEXT;
    else if (between.length > SAME_STORY) context = { ...context, dated: undefined };
    read = end;
    const { said, planned } = tenseOf(prepared.lower, [start, end], tokens, reader);
    const when = resolve(rule, tokens, { ...referenceOf(options, reader), ...context, planned });
    if (when === undefined) continue;
    const role = said ? 'said' : 'event';
    mentions.push({ expression: '', start, end, when, role, planned: liesAhead(when, planned, options) });
    const hasYear = when.precision !== 'year' && tokens.some(({ letter }) => 'YXZJ'.includes(letter));
    context = { mention: when, dated: hasYear ? when.start : context.dated };
  }
  return mentions.map((mention) => placed(mention, prepared));
}

function startOf(tokens: readonly Token[]): number {
  return tokens[0]?.start ?? 0;
}

function tenseOf(
  lower: string,
  [start, end]: readonly [number, number],
  tokens: readonly Token[],
  { cues }: Reader,
): { said: boolean; planned: boolean } {
  const said = cues.isSaid(lower, start, end);
  const isNext = tokens.some(({ letter, value }) => letter === 'N' || (letter === 'R' && value > 0));
  return { said, planned: isNext || (!said && cues.isPlanned(lower, start, end)) };
}

/** Newspapers east of their source may be dated a day early. */
function liesAhead(when: When, planned: boolean, { published }: DateOptions): boolean {
  if (published === undefined) return planned;
  return when.start > addDays(published, 1) || (planned && when.end >= published);
}

function referenceOf({ published, notAfter }: DateOptions, { lexicon }: Reader) {
  const { numericMonths, monthFirst, lastSkips } = lexicon.words;
  return {
    day: published ?? notAfter,
    isPublication: published !== undefined,
    numericMonths,
    monthFirst: monthFirst === true && numericMonths === undefined,
    lastSkips: lastSkips ?? 0,
  };
}

function placed(mention: DateMention, { original, at }: Prepared): DateMention {
  const { start, end } = mention;
  return { ...mention, expression: original.slice(start, end), start: at(start), end: at(end) };
}
