import abbreviations from './words/abbreviations.json' with { type: 'json' };

/** One sentence, without the white space around it; `start` and `end` are UTF-16 offsets in the whole text. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const PARAGRAPH = /[^\n\r\u0085\u2028\u2029]+/g;
/** A mark that can end a sentence, with more text after it. Most titles have none and need no cutting. */
const INNER_END = /\p{Sentence_Terminal}(?=.)/su;
const segmenter = new Intl.Segmenter('und', { granularity: 'sentence' });

const lowered = (words: readonly string[]) => new Set(words.map((word) => word.toLowerCase()));
/** Shortened words after which a sentence goes on: titles, ranks, "No.". */
const goesOn = lowered(abbreviations.goesOn);
/** Shortened words after which a sentence may go on or end: "U.S.", "p.m.", "Inc.". */
const mayEnd = lowered(abbreviations.mayEnd);
/** Words with which sentences begin, so that "… the U.S. The ministry" is two. */
const openers = lowered(abbreviations.openers);
/** Words that follow an ordinal number written with a dot: "am 7. Februar". */
const afterOrdinal = lowered(abbreviations.afterOrdinal);

const LAST_WORD = /[\p{L}\p{M}\p{N}.'’-]+$/u;
const FIRST_WORD = /^[^\p{L}\p{M}\p{N}]*([\p{L}\p{M}\p{N}]+)/u;
const INITIAL = /^(?:\p{L}['’-])?\p{Lu}\.$/u;
const INITIALISM = /^(?:\p{L}\.){2,}$/u;
/** A closing quotation mark that French sets off with a space. */
const CLOSING = /^[»”]\s*/;
/** A quotation that ended with its own full stop, and the words that carry its sentence on. */
const CLOSED_QUOTE = /[.!?…。！？]\s*["'»”’」』)）]+$/;
const CARRIES_ON = /^(?:と|との|など|라고|이라고|라며|이라며|고 |며 |라는|는 )/;

/**
 * Cuts a text into sentences. Line breaks always end one; titles, initials, "U.S.", ordinals ("7. Februar")
 * and quotations that the sentence goes on after do not.
 */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  for (const paragraph of text.matchAll(PARAGRAPH)) {
    let start = paragraph.index;
    let end = start;
    if (!INNER_END.test(paragraph[0])) {
      push(sentences, text, start, start + paragraph[0].length);
      continue;
    }
    for (const { segment } of segmenter.segment(paragraph[0])) {
      const closing = end > start ? (CLOSING.exec(segment)?.[0].length ?? 0) : 0;
      if (end > start && !belongTogether(text.slice(start, end + closing), segment.slice(closing))) {
        push(sentences, text, start, end + closing);
        start = end + closing;
      }
      end += segment.length;
    }
    push(sentences, text, start, end);
  }
  return sentences;
}

function push(sentences: Sentence[], text: string, start: number, end: number): void {
  const piece = text.slice(start, end);
  const trimmed = piece.trim();
  if (trimmed === '') return;
  const from = start + piece.indexOf(trimmed);
  sentences.push({ text: trimmed, start: from, end: from + trimmed.length });
}

function belongTogether(before: string, after: string): boolean {
  const tail = before.slice(-40).trimEnd();
  const next = FIRST_WORD.exec(after)?.[1] ?? '';
  if (CLOSED_QUOTE.test(tail)) return CARRIES_ON.test(after) || startsLower(next);
  if (!tail.endsWith('.')) return false;
  if (startsLower(next)) return true;
  return isUnfinished(LAST_WORD.exec(tail)?.[0] ?? '', next);
}

function startsLower(word: string): boolean {
  return /^\p{Ll}/u.test(word);
}

/** Tells whether a word with a full stop was only shortened, given the word after it. */
function isUnfinished(word: string, next: string): boolean {
  const known = word.toLowerCase();
  if (goesOn.has(known) || INITIAL.test(word)) return true;
  if (/^\d{1,3}\.$/.test(word)) return afterOrdinal.has(next.toLowerCase());
  if (mayEnd.has(known) || INITIALISM.test(word)) return next !== '' && !openers.has(next.toLowerCase());
  return false;
}
