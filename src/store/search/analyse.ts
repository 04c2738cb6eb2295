/** Scripts that write without blanks, or with particles glued on: searched by pairs of characters. */
const UNSPACED = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}`;
const RUNS = new RegExp(
  String.raw`[[${UNSPACED}]&&\p{L}]+|[[\p{L}\p{N}\p{M}]--[[${UNSPACED}]&&\p{L}]]+`,
  'gv',
);
const IS_UNSPACED = new RegExp(String.raw`^[[${UNSPACED}]&&\p{L}]`, 'v');

/** Marks of the alphabets that have them; the voicing marks of kana are letters' own and stay. */
const MARKS = /[[\p{scx=Latn}\p{scx=Cyrl}\p{scx=Grek}\p{scx=Hebr}\p{scx=Arab}\p{scx=Zinh}]&&\p{M}]|\u0640/gv;

/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ґ: 'г',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** A longer word is noise, and PostgreSQL takes none beyond 2,046 bytes. */
const LONGEST_WORD = 64;

/** The words of a text as an index holds them, single blanks between. */
export function indexed(text: string): string {
  return runsOf(text).flatMap(wordsOfRun).join(' ');
}

/** A run of letters or digits of one sort, as far as blanks, punctuation or a change of script. */
export function runsOf(text: string): string[] {
  return folded(text).match(RUNS) ?? [];
}

/** The runs of a text that is folded already, each with where it starts. */
export function runPlacesOf(plain: string): { readonly run: string; readonly start: number }[] {
  return Array.from(plain.matchAll(RUNS), ({ 0: run, index }) => ({ run, start: index }));
}

/** Tells whether a run is of a script that is searched by pairs of characters. */
export function isUnspaced(run: string): boolean {
  return IS_UNSPACED.test(run);
}

/**
 * The words under which a run is indexed: itself, or for an unspaced script each pair of neighbours and then the last
 * character, so that every character begins a word.
 */
export function wordsOfRun(run: string): string[] {
  if (!isUnspaced(run)) return [run.slice(0, LONGEST_WORD)];
  const characters = Array.from(run);
  return characters.map((character, index) => `${character}${characters[index + 1] ?? ''}`);
}

/** One form for comparing: lower case, no accents, full width, ё as е. */
export function folded(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase();
  if (/^\p{ASCII}*$/u.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter);
}
