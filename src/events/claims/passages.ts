import { sentencesOf } from '../../language/sentences.ts';
import type { DateMention } from '../../language/dates.ts';
import type { FoundQuantity } from '../../language/numbers.ts';
import type { SpeechCue } from '../../language/speech.ts';
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
  /** The part of the sentence, between semicolons, of which it is a side. */
  readonly part: Span;
  /** All names of that part. */
  readonly around: readonly Mention[];
  /** How many sentences stand before it; 0 is the title, where there is one. */
  readonly position: number;
}

/** Both sides of a cut must have so many characters. */
const SHORTEST_SIDE = 14;
/** A part of a sentence is read up to so many characters at once, so that work grows with the text and not with its square. */
const LONGEST_PART = 1500;

/** Cuts a text into passages and hands each what was found in it. */
export function passagesOf(text: string, found: Findings): Passage[] {
  return sentencesOf(text).flatMap((sentence, position) =>
    partsOf(sentence, text, found.quotes).flatMap((part) =>
      sidesOf(part, found).map((side) => ({
        text: text.slice(side.start, side.end),
        start: side.start,
        end: side.end,
        sentence,
        part,
        around: within(found.mentions, part),
        position,
        mentions: within(found.mentions, side),
        speech: within(found.speech, side),
        cues: within(found.cues, side),
        dates: within(found.dates, side),
        quantities: within(found.quantities, side),
        quotes: found.quotes.filter((quote) => overlaps(quote, side)),
      })),
    ),
  );
}

/** Cuts a sentence at its semicolons: each part could be a sentence of its own. */
function partsOf(sentence: Span, text: string, quotes: readonly Span[]): Span[] {
  const found = text.slice(sentence.start, sentence.end).matchAll(/[;；]/g);
  const ends = [...found].map(({ index }) => sentence.start + index + 1);
  return cutAt(sentence, ends, quotes).flatMap(inLengths);
}

/** Cuts what has no end of its own, as lists and broken pages have none. */
function inLengths({ start, end }: Span): Span[] {
  const count = Math.ceil((end - start) / LONGEST_PART);
  return Array.from({ length: count }, (_, index) => ({
    start: start + index * LONGEST_PART,
    end: Math.min(end, start + (index + 1) * LONGEST_PART),
  }));
}

/** Cuts a part where it turns against itself: "but", "while". */
function sidesOf(part: Span, { speech, quotes }: Findings): Span[] {
  const turns = within(speech, part).filter(({ label }) => label === 'but' || label === 'subordinators');
  return cutAt(
    part,
    turns.map(({ start }) => start),
    quotes,
  );
}

function cutAt(whole: Span, cuts: readonly number[], quotes: readonly Span[]): Span[] {
  const pieces: Span[] = [];
  let start = whole.start;
  for (const cut of cuts) {
    const isQuoted = quotes.some((quote) => quote.start < cut && cut < quote.end);
    if (isQuoted || cut - start < SHORTEST_SIDE || whole.end - cut < SHORTEST_SIDE) continue;
    pieces.push({ start, end: cut });
    start = cut;
  }
  return [...pieces, { start, end: whole.end }];
}

function within<Thing extends Span>(things: readonly Thing[], span: Span): Thing[] {
  return things.filter((thing) => holds(span, thing));
}

/** Tells whether a word of a sort stands right before something: "to Moscow"; at most `reach` characters lie between. */
export function isMarkedBefore({ speech }: Passage, thing: Span, label: SpeechCue, reach = 1): boolean {
  return speech.some(
    (cue) => cue.label === label && cue.end <= thing.start && thing.start - cue.end <= reach,
  );
}

/** The same right behind something: "러시아에". */
export function isMarkedAfter({ speech }: Passage, thing: Span, label: SpeechCue, reach = 1): boolean {
  return speech.some(
    (cue) => cue.label === label && cue.start >= thing.end && cue.start - thing.end <= reach,
  );
}
