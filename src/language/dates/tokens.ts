import { fits, type Read, type Token } from './token.ts';
import { readFigures, readNumber, numeralOf } from './figures.ts';
import type { Lexicon } from './lexicon.ts';
import type { Prepared } from './prepared.ts';

/** All words and numbers that may be part of a date, in order. */
export function tokensOf(text: Prepared, lexicon: Lexicon): Token[] {
  return lexicon.scanner === undefined ? spacedTokens(text, lexicon) : unspacedTokens(text, lexicon);
}

const WORD_OR_NUMBER = /[\p{L}\p{M}]+|[0-9]+/gu;

function spacedTokens(text: Prepared, lexicon: Lexicon): Token[] {
  const tokens: Token[] = [];
  let done = 0;
  for (const { 0: run, index } of text.lower.matchAll(WORD_OR_NUMBER)) {
    if (index < done) continue;
    const read = isDigit(run) ? readNumber(text.lower, index, lexicon) : readWord(text, index, run, lexicon);
    if (read === undefined) continue;
    tokens.push(...read.tokens);
    done = read.end;
  }
  return tokens;
}

function isDigit(run: string): boolean {
  const unit = run.charCodeAt(0);
  return unit >= 0x30 && unit <= 0x39;
}

function readWord(text: Prepared, start: number, word: string, lexicon: Lexicon): Read | undefined {
  const found = entryAt(text, start, word, lexicon);
  if (found !== undefined) return found;
  const prefixed = lexicon.words.prefixes?.includes(word.charAt(0)) === true && word.length > 2;
  return prefixed ? entryAt(text, start + 1, word.slice(1), lexicon) : undefined;
}

/** A case ending set off with an apostrophe tells that a name is meant: "Ekim'de". */
const SURE: Readonly<Record<string, string>> = { a: 'M', v: 'W' };

function entryAt(text: Prepared, start: number, word: string, lexicon: Lexicon): Read | undefined {
  const entry = lexicon.byFirstWord
    .get(word)
    ?.find(({ text: spelling }) => spelling.length === word.length || fits(text.lower, start, spelling));
  if (entry === undefined) return undefined;
  if (lexicon.words.capitalised === true && 'WwMm'.includes(entry.letter) && !isCapital(text, start))
    return undefined;
  let end = start + entry.text.length;
  if ('am'.includes(entry.letter) && /^-\p{L}/u.test(text.lower.slice(end, end + 3))) return undefined;
  if ('wm'.includes(entry.letter) && text.lower[end] === '.') end++;
  const suffix = /^'\p{L}{1,4}(?![\p{L}'])/u.exec(text.lower.slice(end, end + 8))?.[0];
  if (suffix !== undefined && 'WMSavdouyJ'.includes(entry.letter)) end += suffix.length;
  const letter = suffix === undefined ? entry.letter : (SURE[entry.letter] ?? entry.letter);
  return { tokens: [{ letter, value: entry.value, start, end }], end };
}

function isCapital(text: Prepared, index: number): boolean {
  return text.original.charAt(index) !== text.lower.charAt(index);
}

function unspacedTokens(text: Prepared, { scanner, entries }: Lexicon): Token[] {
  const tokens: Token[] = [];
  let done = 0;
  for (const found of text.lower.matchAll(scanner ?? /$^/g)) {
    if (found.index < done) continue;
    const read = readFound(text.lower, found, entries);
    tokens.push(...read.tokens);
    done = read.end;
  }
  return tokens;
}

function readFound(lower: string, found: RegExpExecArray, entries: Lexicon['entries']): Read {
  const { 0: word, index: start, groups = {} } = found;
  const end = start + word.length;
  if (groups['figures'] !== undefined) return readFigures(lower, start, word);
  if (groups['weekday'] !== undefined) {
    const place = WEEKDAY_LETTERS.findIndex((letters) => letters.includes(word));
    return { tokens: [{ letter: 'W', value: place + 1, start, end }], end };
  }
  const entry = groups['numeral'] === undefined ? entries.get(word) : undefined;
  const { letter, value } = entry ?? { letter: '#', value: numeralOf(word) };
  return { tokens: [{ letter, value, start, end }], end };
}

/** Monday to Sunday as Chinese counts them, and as Japanese and Korean name them. */
const WEEKDAY_LETTERS = ['一月월', '二火화', '三水수', '四木목', '五金금', '六土토', '日天일'];
