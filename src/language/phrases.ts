import { normalise } from './normalise.ts';
import type { Normalised } from './normalise.ts';

/** A way of writing something: words, where `*` stands for the rest of a word (`livr* des armes`). */
export interface Phrase<Label> {
  readonly text: string;
  readonly label: Label;
}

/** A phrase found in a text; `start` and `end` are UTF-16 offsets in the original text. */
export interface FoundPhrase<Label> {
  readonly label: Label;
  readonly start: number;
  readonly end: number;
}

interface Step<Label> {
  readonly next: Map<number, Step<Label>>;
  /** Where the walk goes on after the rest of the word was skipped. */
  rest?: Step<Label>;
  readonly labels: Label[];
}

const IN_WORD = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that put no border between a word and what surrounds or inflects it. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}]/u;
/** Arabic writes "and", "with", "to" and "the" onto the word that follows. */
const ARABIC_PREFIX = /[وف]?[بلك]?(?:ال)?/y;

/**
 * Makes a finder of many phrases in one pass. Words must match whole, except where a `*` stands; in scripts
 * without borders between words, phrases are found anywhere. Overlapping phrases are all found, in text order.
 */
export function makePhraseFinder<Label>(
  phrases: readonly Phrase<Label>[],
): (text: Normalised) => FoundPhrase<Label>[] {
  const root: Step<Label> = { next: new Map(), labels: [] };
  for (const { text, label } of phrases) add(root, normalise(text.trim()).text, label);
  return ({ text, at }) => {
    const found: FoundPhrase<Label>[] = [];
    for (const start of startsIn(text)) {
      walk(root, text, start, (end, label) => found.push({ label, start: at(start), end: at(end) }));
    }
    return found;
  };
}

function add<Label>(root: Step<Label>, text: string, label: Label): void {
  let step = root;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '*') {
      step = step.rest ??= { next: new Map(), labels: [] };
      continue;
    }
    const unit = text.charCodeAt(index);
    const next = step.next.get(unit) ?? { next: new Map(), labels: [] };
    step.next.set(unit, next);
    step = next;
  }
  step.labels.push(label);
}

/** The offsets at which a word may begin. */
function* startsIn(text: string): Generator<number> {
  let isInside = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    const wasInside = isInside;
    isInside = IN_WORD.test(character);
    if (!isInside) continue;
    if (!wasInside) yield* wordStarts(text, index);
    else if (UNSPACED.test(character)) yield index;
  }
}

function* wordStarts(text: string, start: number): Generator<number> {
  yield start;
  if (!/\p{sc=Arab}/u.test(text[start] ?? '')) return;
  ARABIC_PREFIX.lastIndex = start;
  const length = ARABIC_PREFIX.exec(text)?.[0].length ?? 0;
  for (let skipped = 1; skipped <= length; skipped++) yield start + skipped;
}

function walk<Label>(
  from: Step<Label>,
  text: string,
  start: number,
  emit: (end: number, label: Label) => void,
): void {
  let step: Step<Label> | undefined = from;
  for (let index = start; step !== undefined; index++) {
    if (step.labels.length > 0 && isBorder(text, index)) for (const label of step.labels) emit(index, label);
    if (step.rest !== undefined) skipWord(step.rest, text, index, emit);
    step = step.next.get(text.charCodeAt(index));
  }
}

function skipWord<Label>(
  rest: Step<Label>,
  text: string,
  start: number,
  emit: (end: number, label: Label) => void,
): void {
  let end = start;
  while (end < text.length && IN_WORD.test(text[end] ?? '')) end++;
  walk(rest, text, end, emit);
}

function isBorder(text: string, index: number): boolean {
  const before = text[index - 1] ?? '';
  return UNSPACED.test(before) || !IN_WORD.test(text[index] ?? '') || !IN_WORD.test(before);
}
