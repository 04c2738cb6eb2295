/** A text in the one form in which texts are compared, and the way back to the original. */
export interface Normalised {
  readonly text: string;
  /**
   * Where the character at `index` of the normalised text came from.
   *
   * @param index - from 0 to the length of the normalised text, which maps to the length of the original
   * @returns a UTF-16 offset in the original
   */
  readonly at: (index: number) => number;
}

/** What plain text lacks: anything beyond ASCII, a grave accent used as an apostrophe, a tab, a double space. */
const NOT_PLAIN = /[^\n !-_a-~]|  /;

const APOSTROPHES = /[\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u055a\u2032`\u00b4]/g;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;
/** Soft hyphens, joiners, direction marks, byte order marks, and the Arabic stretching stroke. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\u0640/gu;
const MARKS_ON_LATIN_OR_ARABIC = /(?<=[\p{Script=Latin}\p{Script=Arabic}\p{M}])\p{M}+/gu;
/** Stress and accent marks that did not melt into their letter. */
const LOOSE_MARKS = /[\u0300-\u036f]/g;

/** Letters that Unicode does not take apart, though readers type them without their stroke or dot. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ё: 'е',
  ł: 'l',
  ı: 'i',
  đ: 'd',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};
/** Arabic, Persian and Devanagari digits, which NFKC leaves alone. */
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;
const STROKED = /[ёłıđøßæœ]/g;

const SEVERAL = 0xffff;
const SPACE = 0x20;
/** Units turned into text at once: a call takes only so many arguments. */
const CHUNK = 8192;

/** Per UTF-16 unit: its single normalised unit, `SEVERAL` where it becomes none or more than one, 0 until first met. */
const unitOf = new Uint16Array(0x10000);
const severalOf = new Map<number, string>();

/**
 * Brings a text into the one form in which texts are compared: compatibility forms unified (NFKC), lower case,
 * accents taken off Latin and Arabic letters (elsewhere they make a different letter), one kind of digit, apostrophe,
 * dash and space; line breaks stay. Takes time in proportion to the text; lone surrogates stay as they are.
 */
export function normalise(text: string): Normalised {
  if (!NOT_PLAIN.test(text)) return { text: text.toLowerCase(), at: (index) => index };
  const output = collector(text.length);
  let index = 0;
  while (index < text.length) {
    const end = clusterEnd(text, index);
    if (end === index + 1) output.addUnit(text.charCodeAt(index), index);
    else output.addString(fold(text.slice(index, end)), index);
    index = end;
  }
  return output.finish(text.length);
}

/**
 * The words of a text, normalised and in order. In scripts that put no spaces between words (Chinese, Japanese,
 * Thai) every character is a word; elided articles and hyphenated parts are words of their own.
 */
export function wordsOf(text: string): string[] {
  return normalise(text).text.match(WORD) ?? [];
}

const WORD =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]]+(?:'(?=\p{sc=Cyrl})[\p{L}\p{M}]+)*/gv;

/** Where the character that starts at `index` ends, with the marks and vowels that Unicode joins to it. */
function clusterEnd(text: string, index: number): number {
  let end = index + 1;
  if (isHighSurrogate(text.charCodeAt(index)) && isLowSurrogate(text.charCodeAt(end))) end++;
  while (end < text.length && joinsPrevious(text.charCodeAt(end))) end++;
  return end;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Combining accents, Arabic vowel signs, Hangul vowels and finals typed apart, kana voicing marks. */
function joinsPrevious(unit: number): boolean {
  if (unit < 0x300) return false;
  return (
    unit <= 0x36f ||
    (unit >= 0x64b && unit <= 0x65f) ||
    (unit >= 0x1160 && unit <= 0x11ff) ||
    unit === 0x3099 ||
    unit === 0x309a ||
    unit === 0xff9e ||
    unit === 0xff9f
  );
}

function fold(piece: string): string {
  return piece
    .replace(APOSTROPHES, "'")
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(DASHES, '-')
    .toLowerCase()
    .replace(/[^\S\n]+/g, ' ')
    .normalize('NFD')
    .replace(MARKS_ON_LATIN_OR_ARABIC, '')
    .normalize('NFC')
    .replace(LOOSE_MARKS, '')
    .replace(OTHER_DIGITS, (digit) => String(((digit.charCodeAt(0) - 6) % 16) % 10))
    .replace(STROKED, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/**
 * Collects normalised units, each with the offset that it came from. Writes into arrays that are kept from
 * text to text, since making them anew takes longer than filling them.
 */
function collector(expected: number) {
  if (scratch.units.length < expected) scratch = scratchOf(expected);
  let length = 0;

  function push(unit: number, start: number): void {
    if (unit === SPACE && length > 0 && scratch.units[length - 1] === SPACE) return;
    if (length === scratch.units.length) scratch = grown(scratch);
    scratch.units[length] = unit;
    scratch.starts[length] = start;
    length++;
  }

  function addString(folded: string, start: number): void {
    for (let index = 0; index < folded.length; index++) push(folded.charCodeAt(index), start);
  }

  return {
    addString,
    addUnit(unit: number, start: number): void {
      const folded = unitOf[unit] || learn(unit);
      if (folded === SEVERAL) addString(severalOf.get(unit) ?? '', start);
      else push(folded, start);
    },
    finish(end: number): Normalised {
      const starts = scratch.starts.slice(0, length);
      return { text: stringOf(scratch.units, length), at: (index) => starts[index] ?? end };
    },
  };
}

let scratch = scratchOf(4096);

function scratchOf(length: number) {
  return { units: new Uint16Array(length), starts: new Int32Array(length) };
}

function grown({ units, starts }: typeof scratch): typeof scratch {
  const longer = scratchOf(units.length * 2);
  longer.units.set(units);
  longer.starts.set(starts);
  return longer;
}

function learn(unit: number): number {
  const folded = fold(String.fromCharCode(unit));
  const single = folded.length === 1 && folded !== '\0';
  if (!single) severalOf.set(unit, folded);
  return (unitOf[unit] = single ? folded.charCodeAt(0) : SEVERAL);
}

function stringOf(units: Uint16Array, length: number): string {
  let text = '';
  for (let start = 0; start < length; start += CHUNK) {
    const chunk = units.subarray(start, Math.min(length, start + CHUNK));
    text += String.fromCharCode.apply(undefined, chunk as unknown as number[]);
  }
  return text;
}
