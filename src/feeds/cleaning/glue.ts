import { anyOf, setOf } from './phrases.ts';

const openings = setOf('opening');
const spliced = new RegExp(`\\s*,?\\s*${anyOf('spliced')}\\.\\s+(?=\\p{Ll})`, 'gu');

const GLUED_WORDS = /(\p{L}*\p{Ll}{3})(\p{Lu}\p{Ll}*)(?=[ ’'])/gu;
/** A date that follows a word at once; that of a caption belongs to its line. */
const GLUED_DATE =
  /(?<=\p{Ll}{3}|[.!?»”"])(?=(?:\d{1,2}(?:\.| \p{L}{3,12})? \d{4}|\d{2}[./]\d{2}[./]\d{4})\b(?! *\|))/gu;
const HEADING_IN_LINE =
  /(?<=^|[.!?…»”"] )((?:["«“]?[\p{Lu}\p{N}][\p{Lu}\p{N}'’:,»”"()-]*[ \u00a0]+|[ÀA][ \u00a0]){3,})(?=\p{Lu}[\p{Ll}'’])/gmu;
const LEAST_CAPITALS = 16;

/** Mends what scrapers and translators do to a text: sentences, headings and dates glued together, quotation marks turned round, sentences cut in two. */
export function mend(text: string): string {
  const lined = text
    .replace(/(?<=\p{Ll}{4}|[\d%)»”"])([.!?…])([»”"]?)(?=[«“"]?\p{Lu}[\p{Ll}’' ])/gu, '$1$2\n')
    .replace(/(«[^«»\n]{1,400}»|“[^“”\n]{1,400}”)(?=\p{Lu}[\p{Ll}’']* ?\p{Ll})/gu, '$1\n')
    .replace(/[^\S\n]*([⇒➡►▶])/gu, '\n$1')
    .replace(GLUED_DATE, '\n');
  return mendSentences(mendQuotes(splitHeadings(splitWords(lined))));
}

/** Splits `NordLe ministre` where both halves are words of this very text, or the second is one that sentences begin with. */
function splitWords(text: string): string {
  const words = new Set(text.match(/\p{L}+/gu));
  return text.replace(GLUED_WORDS, (glued, left: string, right: string) => {
    const isTwoWords = openings.has(right) || (words.has(left) && words.has(right));
    return isTwoWords ? `${left}\n${right}` : glued;
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

/** Joins sentences that a translator cut: no sentence of a newspaper goes on in small letters after a full stop. */
function mendSentences(text: string): string {
  return text.replace(spliced, ' ').replace(/(\p{Ll}{4})\. (?=\p{Ll}+ )/gu, '$1 ');
}
