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

/** Characters that are read alike whatever stands beside them. */
const ALONE = /^[[\p{scx=Latn}\p{scx=Cyrl}\p{scx=Zyyy}]--\p{M}]$/v;
/** Behind the alphabets of most of Europe and the usual punctuation. */
const END_ALONE = 0x2200;

/** How a character is read: one letter, two (the other in the upper half), as a gap between words, … */
const GAP = 0x20;
/** … in a way that is not looked up yet, or with its neighbours. */
const UNKNOWN = 0;
const WITH_NEIGHBOURS = 0xffff;
const readings = new Uint32Array(END_ALONE).fill(UNKNOWN);

/** Where letters are put together: as they are, and as bytes where they all fit in one. */
const ROOM = 2 ** 13;
const letters = new Uint16Array(ROOM);
const letterBytes = Buffer.from(letters.buffer);
const bytes = Buffer.alloc(ROOM);

/** The words of a text as an index holds them, single blanks between. */
export function indexed(text: string): string {
  return indexedByLetter(text) ?? runsOf(text).flatMap(wordsOfRun).join(' ');
}

/**
 * The same for a text of which each character can be read alone, in a quarter of the time; `undefined` for any other.
 */
function indexedByLetter(text: string): string | undefined {
  let [words, count, wordStart, used] = ['', 0, 0, 0];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const reading = unit < END_ALONE ? readings[unit] || readingOf(unit) : WITH_NEIGHBOURS;
    if (reading === WITH_NEIGHBOURS) return undefined;
    if (reading !== GAP) {
      const room = wordStart + LONGEST_WORD - count;
      used |= reading;
      if (room > 0) letters[count++] = reading;
      if (room > 1 && reading > 0xffff) letters[count++] = reading >>> 16;
    } else if (count > wordStart) {
      letters[count++] = GAP;
      wordStart = count;
      if (count + LONGEST_WORD >= ROOM) {
        words += textOf(count, used);
        count = wordStart = 0;
      }
    }
  }
  return `${words}${textOf(count, used)}`.trimEnd();
}

/** The letters put together so far; of one byte each where that is enough, which all that reads them is quicker with. */
function textOf(count: number, used: number): string {
  if ((used & 0xff00ff00) !== 0) return letterBytes.toString('utf16le', 0, count * 2);
  bytes.set(letters.subarray(0, count));
  return bytes.toString('latin1', 0, count);
}

function readingOf(unit: number): number {
  const character = String.fromCharCode(unit);
  const reading = ALONE.test(character) ? readingAlone(character) : WITH_NEIGHBOURS;
  readings[unit] = reading;
  return reading;
}

function readingAlone(character: string): number {
  const plain = folded(character);
  const [run] = runsOf(character);
  if (run === undefined) return GAP;
  if (run !== plain || plain.length > 2) return WITH_NEIGHBOURS;
  return plain.charCodeAt(0) + (plain.charCodeAt(1) || 0) * 0x10000;
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
