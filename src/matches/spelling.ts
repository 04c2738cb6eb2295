import { normalise } from '../language/normalise.ts';

/** What a term of a list asks for; docs/topics.md explains the marks. */
export interface Spelling {
  /** What is looked for, in the form of `readingForm`. */
  readonly key: string;
  /** What must follow after the rest of the word, for a term with a star inside (`стратегическ* партнерств*`). */
  readonly pieces: readonly string[];
  /** Whether the word may begin earlier (`*rakete`), and whether it may go on (`soldat*`). */
  readonly isOpenLeft: boolean;
  readonly isOpenRight: boolean;
  /** Whether it must stand alone even in a script that puts no borders between words (`_北_`). */
  readonly hasEdgeLeft: boolean;
  readonly hasEdgeRight: boolean;
  /** The very letters and case that the text must have (`=US`). */
  readonly exact: string | undefined;
}

/** A text as it is searched: compared form, every run of spaces, hyphens and middle dots as one space. */
export interface ReadingForm {
  readonly units: Uint16Array;
  readonly length: number;
  /** Per unit: its offset in the original text; one more than the units, for the end. */
  readonly origin: Int32Array;
}

const SPACE = 0x20;
const NEW_LINE = 0x0a;
/** Marks that stand where a space could: "Kim-Jong un", "북·러", "nord- coréen". */
const MARKS = ' ·・‧•/_-';
const isSeparator = new Uint8Array(0x10000);
for (let index = 0; index < MARKS.length; index++) isSeparator[MARKS.charCodeAt(index)] = 1;

/** Brings a text into the form in which terms are looked for, with the way back to its offsets. */
export function readingForm(text: string): ReadingForm {
  const normalised = normalise(text);
  const units = new Uint16Array(normalised.text.length);
  const origin = new Int32Array(normalised.text.length + 1);
  let length = 0;
  for (let index = 0; index < normalised.text.length; index++) {
    const unit = normalised.text.charCodeAt(index);
    const gap = (isSeparator[unit] ?? 0) !== 0;
    if (gap && (length === 0 || isGap(units[length - 1]))) continue;
    units[length] = gap ? SPACE : unit;
    origin[length] = normalised.at(index);
    length++;
  }
  origin[length] = text.length;
  return { units, length, origin };
}

/** Reads the marks of a term. */
export function spellingOf(term: string): Spelling {
  const exact = term.startsWith('=') ? term.slice(1).replace(/\*$/, '') : undefined;
  const bare = term.replace(/^[=_*]/, '').replace(/[_*]$/, '');
  const [key = '', ...pieces] = bare.split('*').map(plain);
  return {
    key,
    pieces,
    isOpenLeft: term.startsWith('*'),
    isOpenRight: term.endsWith('*'),
    hasEdgeLeft: term.startsWith('_'),
    hasEdgeRight: term.endsWith('_'),
    exact,
  };
}

function plain(term: string): string {
  const { text } = normalise(term);
  let key = '';
  for (let index = 0; index < text.length; index++) {
    const isMark = (isSeparator[text.charCodeAt(index)] ?? 0) !== 0;
    if (!isMark) key += text.charAt(index);
    else if (key !== '' && !key.endsWith(' ')) key += ' ';
  }
  return key;
}

function isGap(unit: number | undefined): boolean {
  return unit === SPACE || unit === NEW_LINE;
}
