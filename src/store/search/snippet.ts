import { folded, isUnspaced, runPlacesOf, runsOf, wordsOfRun } from './analyse.ts';
import type { Sought, Spelling } from '../engines/dialect.ts';

/** A stretch of a text that shows why it was found. */
export interface Snippet {
  readonly text: string;
  /** What was looked for, as [start, end) in `text`; in order, none touching another. */
  readonly marks: readonly (readonly [number, number])[];
}

/** A word of a text as written, with where it stands. */
interface Place {
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * Picks the sentence of a text that holds most of what is looked for, and the sentences that follow it as far as
 * there is room. Only a sentence that is longer than all the room is cut, at a blank where there is one.
 *
 * @param room - the most UTF-16 units of the snippet, at least 40
 */
export function snippetOf(text: string, wanted: readonly Sought[], room: number): Snippet {
  const sentences = [...segmenter.segment(text)];
  const places = placesOf(text);
  const found = wanted.map((sought) => stretchesOf(places, beginningsOf([sought])));
  const counts = sentences.map(({ segment, index }) => {
    const isInside = ([start]: readonly [number, number]) => start >= index && start < index + segment.length;
    return found.filter((stretches) => stretches.some(isInside)).length;
  });
  const best = Math.max(0, counts.indexOf(Math.max(...counts, 0)));
  let shown = sentences[best]?.segment ?? '';
  for (const { segment } of sentences.slice(best + 1)) {
    if (shown.length + segment.trimEnd().length > room) break;
    shown += segment;
  }
  const cut = cutTo(shown.trim(), wanted, room);
  return { text: cut, marks: marksOf(cut, wanted) };
}

/** Cuts a long sentence so that the first thing looked for stays in it. */
function cutTo(sentence: string, wanted: readonly Sought[], room: number): string {
  if (sentence.length <= room) return sentence;
  const [first] = marksOf(sentence, wanted);
  const middle = first === undefined ? 0 : Math.max(0, first[0] - Math.floor(room / 3));
  const start = middle === 0 ? 0 : sentence.indexOf(' ', middle) + 1 || middle;
  const end = start + room - 2;
  if (end >= sentence.length) return `…${sentence.slice(start)}`;
  const blank = sentence.lastIndexOf(' ', end);
  return `${start > 0 ? '…' : ''}${sentence.slice(start, blank > start + room / 2 ? blank : end)}…`;
}

function marksOf(text: string, wanted: readonly Sought[]): (readonly [number, number])[] {
  return merged(stretchesOf(placesOf(text), beginningsOf(wanted)));
}

/** Spellings by their first word; a spelling that is the beginning of a word stands under the empty text. */
type Beginnings = ReadonlyMap<string, readonly Spelling[]>;

function beginningsOf(wanted: readonly Sought[]): Beginnings {
  const spellings = wanted.flatMap((sought) => sought.spellings);
  return Map.groupBy(spellings, ({ words, open }) => (open && words.length === 1 ? '' : (words[0] ?? '')));
}

function stretchesOf(places: readonly Place[], beginnings: Beginnings): (readonly [number, number])[] {
  return places.flatMap((first, index) => {
    // As at nearly every word of a text: looked into no further, a snippet takes a quarter less.
    if (!beginnings.has('') && !first.words.some((word) => beginnings.has(word))) return [];
    const spellings = ['', ...first.words].flatMap((word) => beginnings.get(word) ?? []);
    const length = Math.max(...spellings.map((spelling) => matchedPlaces(places, index, spelling)), 0);
    const last = places[index + length - 1];
    return length === 0 || last === undefined ? [] : [[first.start, last.end] as const];
  });
}

/** How many places from `index` on a spelling covers; 0 when it does not stand there. */
function matchedPlaces(places: readonly Place[], index: number, { words, open }: Spelling): number {
  for (let number = 0; number < words.length; number += 1) {
    const [word = '', there] = [words[number], places[index + number]?.words];
    const isOpen = open && number === words.length - 1;
    if (there === undefined || !there.some((one) => (isOpen ? one.startsWith(word) : one === word))) return 0;
  }
  // Pairs of characters overlap: the last pair reaches one character further.
  const last = words.at(-1) ?? '';
  return words.length + (isUnspaced(last) && !open ? Array.from(last).length - 1 : 0);
}

function placesOf(text: string): Place[] {
  // Nearly always folding keeps every character in its place, and the whole text can be read at once.
  return (
    placesIn(text, 0) ??
    Array.from(text.matchAll(WORD)).flatMap(({ 0: word, index }) => {
      const whole = { words: runsOf(word).flatMap(wordsOfRun), start: index, end: index + word.length };
      return placesIn(word, index) ?? [whole];
    })
  );
}

/** The places of a text that begins at `start`; `undefined` where folding moves its characters. */
function placesIn(text: string, start: number): Place[] | undefined {
  const plain = folded(text);
  if (plain.length !== text.length) return undefined;
  return runPlacesOf(plain).flatMap(({ run, start: within }) => placesInRun(run, start + within));
}

function placesInRun(run: string, start: number): Place[] {
  const words = wordsOfRun(run);
  if (!isUnspaced(run)) return [{ words, start, end: start + run.length }];
  let offset = start;
  return Array.from(run, (character, index) => {
    offset += character.length;
    return { words: words.slice(index, index + 1), start: offset - character.length, end: offset };
  });
}

function merged(marks: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const whole: [number, number][] = [];
  for (const [start, end] of marks) {
    const last = whole.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else whole.push([start, end]);
  }
  return whole;
}
