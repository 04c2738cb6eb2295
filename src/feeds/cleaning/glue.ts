import { anyOf, setOf } from './phrases.ts';

const openings = setOf('opening');
const spliced = new RegExp(`\\s*,?\\s*${anyOf('spliced')}\\.\\s+(?=\\p{Ll})`, 'gu');

const cutOff = new RegExp(`(\\p{Ll}{4})\\. (?=${anyOf('continuing')} \\p{L})`, 'gu');

const SMALL = /^\p{Ll}/u;
const GLUED_WORD = /(?<=\p{Ll}{3})\p{Lu}\p{Ll}{0,30}(?=[ ’'])/gu;
const WORD_BEFORE = /\p{L}{1,40}$/u;
const LONGEST_WORD = 40;
/** A date that follows a word at once; that of a caption belongs to its line. */
const GLUED_DATE =
  /(?<=\p{Ll}{3}|[.!?»”"])(?=(?:\d{1,2}(?:\.| \p{L}{3,12})? \d{4}|\d{2}[./]\d{2}[./]\d{4})\b(?! *\|))/gu;
const HEADING_IN_LINE =
  /(?<=^|[.!?…»”"] )((?:["«“]?[\p{Lu}\p{N}][\p{Lu}\p{N}'’:,»”"()-]*[ \u00a0]+){3,40})(?=\p{Lu}[\p{Ll}'’])/gmu;
const LEAST_CAPITALS = 16;

/** Mends what scrapers and translators do to a text: sentences, headings and dates glued together, quotation marks turned round, sentences cut in two. */
export function mend(text: string): string {
  const lined = text
    .replace(/(?<=\p{Ll}{4}|[\d%)»”"])([.!?…])([»”"]?)(?=[«“"]?\p{Lu}[\p{Ll}’' ])/gu, '$1$2\n')
    .replace(/((?<=^|[\s(’'])«[^«»\n]{1,400}»|“[^“”\n]{1,400}”)(?=\p{Lu}[\p{Ll}’']* ?\p{Ll})/gu, '$1\n')
    .replace(/[^\S\n]*([⇒➡►▶])/gu, '\n$1')
    .replace(GLUED_DATE, '\n');
  return mendSentences(mendQuotes(splitHeadings(splitWords(lined))));
}

/** Splits `NordLe ministre` where the second word is one that sentences begin with, or both are words of this very text. */
function splitWords(text: string): string {
  const words = new Set(text.match(/\p{L}+/gu));
  return text.replace(GLUED_WORD, (right, offset: number) => {
    const [left = ''] = WORD_BEFORE.exec(text.slice(Math.max(0, offset - LONGEST_WORD), offset)) ?? [];
    const isTwoWords = openings.has(right) || (SMALL.test(left) && words.has(left) && words.has(right));
    return isTwoWords ? `\n${right}` : right;
  });
}

/** Gives a heading in capitals that was run into its paragraph a line of its own. */
function splitHeadings(text: string): string {
  return text.replace(HEADING_IN_LINE, (heading) => {
    const capitals = heading.match(/\p{Lu}/gu)?.length ?? 0;
    return capitals < LEAST_CAPITALS ? heading : `\n${heading.trim()}\n`;
  });
}

function mendQuotes(text: string): string {
  return text.replace(/(?<=['’])”(?=\p{L})/gu, '“').replace(/(?<=\p{Ll})“(?=\p{L})/gu, ' “');
}

/** Joins sentences that a translator cut: none begins with a preposition in small letters. */
function mendSentences(text: string): string {
  return text.replace(spliced, ' ').replace(cutOff, '$1 ');
}
