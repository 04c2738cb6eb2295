import { wordsOf } from '../../language/normalise.ts';
import { soundOf } from './sound.ts';

/** Words that a signature keeps: a title and a paragraph or two. */
const MOST_WORDS = 100;

/** Beginning of a word that is kept, so that endings of declension do not count. */
const STEM_LETTERS = 6;

/** Words of this length or shorter hold a sentence together and tell nothing, in scripts with letters. */
const SHORTEST_WORD = 4;

/** The wording of a text as numbers, each once, in order of appearance: to compare with another in the same language. */
export function hashesOf(text: string): number[] {
  return distinct(tokensOf(wordsOf(text)).map(hashOf));
}

/** The sounds of a text's words as numbers, each once: to compare with a text in another language. */
export function soundsOf(text: string): number[] {
  return distinct(
    wordsOf(text)
      .flatMap((word) => soundOf(word) ?? [])
      .map(hashOf),
  );
}

/** Words without their endings; in scripts that write without spaces, every two signs that follow each other. */
function tokensOf(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (isSign(word)) return isSign(words[index + 1]) ? [word + words[index + 1]] : [];
    if (isHangul(word)) return word.length < 2 ? [] : [word.slice(0, 2)];
    return word.length < SHORTEST_WORD ? [] : [word.slice(0, STEM_LETTERS)];
  });
}

/** Chinese, Japanese and Thai come from `wordsOf` as single signs. */
function isSign(word: string | undefined): boolean {
  return word !== undefined && /^[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]$/.test(word);
}

function isHangul(word: string): boolean {
  return /^[\uac00-\ud7a3]/.test(word);
}

function distinct(hashes: readonly number[]): number[] {
  return [...new Set(hashes)].slice(0, MOST_WORDS);
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
