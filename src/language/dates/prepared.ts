/** A text ready for reading dates: composed, lower case, plain digits, of the same length as `original`. */
export interface Prepared {
  /** Composed, otherwise as written: capitals tell "May" from "may". */
  readonly original: string;
  readonly lower: string;
  /** From an offset here to one in the text that was given. */
  readonly at: (index: number) => number;
}

const CLUSTER = /\P{M}\p{M}*/gu;
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g;

/** Composes letters and marks, and lowers them by the rules of the language without moving anything. */
export function prepare(text: string, language: string): Prepared {
  const { composed, at } = compose(text);
  let lower = composed.toLocaleLowerCase(language === 'tr' ? 'tr' : 'und');
  if (lower.length !== composed.length) {
    lower = composed.replace(/./gsu, (letter) => {
      const small = letter.toLowerCase();
      return small.length === letter.length ? small : letter;
    });
  }
  lower = lower
    .replace(/[\u00a0\u2009\u202f\u3000]/g, ' ')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(OTHER_DIGITS, (digit) => String(digitOf(digit.charCodeAt(0))));
  return { original: composed, lower, at };
}

function compose(text: string): { composed: string; at: (index: number) => number } {
  const composed = text.normalize('NFC');
  if (composed === text) return { composed, at: (index) => index };
  const starts: number[] = [];
  let built = '';
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const piece = cluster.normalize('NFC');
    for (let unit = 0; unit < piece.length; unit++) starts.push(index);
    built += piece;
  }
  return { composed: built, at: (index) => starts[index] ?? text.length };
}

function digitOf(unit: number): number {
  if (unit >= 0xff10) return unit - 0xff10;
  if (unit >= 0x0966) return unit - 0x0966;
  return unit >= 0x06f0 ? unit - 0x06f0 : unit - 0x0660;
}
