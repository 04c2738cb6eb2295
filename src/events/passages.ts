import { sentencesOf } from '../language/sentences.ts';
import type { DateMention } from '../language/dates.ts';
import type { FoundQuantity } from '../language/numbers.ts';
import type { SpeechCue } from '../language/speech.ts';
import type { Cue } from './cues.ts';
import { holds, overlaps } from './quotes.ts';
import type { Span } from './quotes.ts';
import type { Mention } from './mentions.ts';

/** What was found in a text, each list in text order. */
export interface Findings {
  readonly mentions: readonly Mention[];
  readonly speech: readonly Cue<SpeechCue>[];
  readonly cues: readonly Cue[];
  readonly dates: readonly DateMention[];
  readonly quantities: readonly FoundQuantity[];
  readonly quotes: readonly Span[];
}

/** A sentence, or one side of a sentence that contrasts two things, with all that was found in it. */
export interface Passage extends Span, Findings {
  readonly text: string;
  /** The whole sentence. */
  readonly sentence: Span & { readonly text: string };
  /** All names of the whole sentence. */
  readonly around: readonly Mention[];
  /** How many sentences stand before it; 0 is the title, where there is one. */
  readonly position: number;
}

/** Both sides of a contrast must have so many characters to be told apart. */
const SHORTEST_SIDE = 25;

/** Cuts a text into passages and hands each what was found in it. */
export function passagesOf(text: string, found: Findings): Passage[] {
  return sentencesOf(text).flatMap((sentence, position) =>
    sidesOf(sentence, text, found).map((side) => ({
      text: text.slice(side.start, side.end),
      start: side.start,
      end: side.end,
      sentence,
      around: within(found.mentions, sentence),
      position,
      mentions: within(found.mentions, side),
      speech: within(found.speech, side),
      cues: within(found.cues, side),
      dates: within(found.dates, side),
      quantities: within(found.quantities, side),
      quotes: found.quotes.filter((quote) => overlaps(quote, side)),
    })),
  );
}

/** Cuts a sentence where it turns against itself ("but") or starts anew (a semicolon), outside quotations. */
function sidesOf(sentence: Span, text: string, found: Findings): Span[] {
  const turns = within(found.speech, sentence)
    .filter(({ label }) => label === 'but')
    .map(({ start }) => start);
  for (const match of text.slice(sentence.start, sentence.end).matchAll(/[;；]/g)) {
    turns.push(sentence.start + match.index + 1);
  }
  const sides: Span[] = [];
  let start = sentence.start;
  for (const turn of turns.toSorted((a, b) => a - b)) {
    const isQuoted = found.quotes.some((quote) => quote.start < turn && turn < quote.end);
    if (isQuoted || turn - start < SHORTEST_SIDE || sentence.end - turn < SHORTEST_SIDE) continue;
    sides.push({ start, end: turn });
    start = turn;
  }
  return [...sides, { start, end: sentence.end }];
}

function within<Thing extends Span>(things: readonly Thing[], span: Span): Thing[] {
  return things.filter((thing) => holds(span, thing));
}
