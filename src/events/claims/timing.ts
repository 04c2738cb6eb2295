import type { DateMention } from '../../language/dates.ts';
import type { Attribution } from './attribution.ts';
import type { KindFound } from './kinds.ts';
import type { Mention } from './mentions.ts';
import type { Passage } from './passages.ts';
import { gapBetween, overlaps } from './quotes.ts';
import type { Span } from './quotes.ts';

/** A date so near to the words that say who speaks is the day on which it was said. */
const SAID_REACH = 16;

/** So far may what began stand between "since" and the month or year in which it did. */
const SINCE_REACH = 60;

/** The date on which the speakers of a passage said it, where the passage tells. */
export function saidIn(
  passage: Passage,
  { anchors: speaking, speakers }: Attribution,
): DateMention | undefined {
  const openers = passage.speech.filter(({ label }) => label === 'complement');
  const releases = speakers.length > 0 ? passage.speech.filter(({ label }) => label === 'published') : [];
  const anchors = [...speaking, ...releases];
  const others = othersIn(passage, speaking);
  const candidates = passage.dates
    .filter((date) => !isApart(passage, date, anchors) && !isBeginning(date, passage))
    .filter((date) => !passage.quotes.some((quote) => overlaps(quote, date)))
    .filter((date) => !openers.some((opener) => speaking.some((anchor) => liesBetween(opener, anchor, date))))
    .map((date) => {
      const open = anchors.filter((anchor) => !others.some((other) => liesBetween(other, anchor, date)));
      return { date, gap: Math.min(...open.map((anchor) => gapBetween(anchor, date))) };
    })
    .filter(({ gap }) => gap <= SAID_REACH);
  return candidates.toSorted((a, b) => a.gap - b.gap)[0]?.date;
}

/** The actors of a passage that neither speak nor belong to those who do: a date behind one of them is theirs. */
function othersIn({ mentions }: Passage, speaking: readonly Span[]): Mention[] {
  const actors = mentions.filter(({ type }) => type === 'actor');
  const speakers = actors.filter((actor) => speaking.some((anchor) => overlaps(anchor, actor)));
  return actors.filter(({ root }) => !speakers.some((speaker) => speaker.root === root));
}

/** A comma between a date and its verb parts them, unless the sentence opens with the date: "On Monday, Kirby said". */
function isApart(passage: Passage, date: Span, anchors: readonly Span[]): boolean {
  if (date.start - passage.start <= 4) return false;
  return anchors.every((anchor) => {
    const [first, last] = anchor.start <= date.start ? [anchor, date] : [date, anchor];
    return /[,;:»”"]/u.test(passage.text.slice(first.end - passage.start, last.start - passage.start));
  });
}

/**
 * When the thing happened that one of the kinds of a passage tells of: the nearest date that no other kind is nearer
 * to, and on which it was not merely said.
 */
export function dateOf(
  kind: KindFound,
  kinds: readonly KindFound[],
  passage: Passage,
  said: DateMention | undefined,
): DateMention | undefined {
  return passage.dates
    .filter((date) => date !== said && !isBeginning(date, passage))
    .filter(
      (date) =>
        isFronted(date, passage) || kinds.every((other) => distance(kind, date) <= distance(other, date)),
    )
    .toSorted((a, b) => coarseness(a) - coarseness(b) || distance(kind, a) - distance(kind, b))[0];
}

/** "ratified on Tuesday the treaty signed in June": what is news has a day, what it is about a month. */
function coarseness({ when }: DateMention): number {
  return when.precision === 'month' || when.precision === 'year' ? 1 : 0;
}

/** "since August", "since the invasion of Ukraine in February 2022": when it began, not when it happened. */
function isBeginning(date: DateMention, { speech, text, start: offset }: Passage): boolean {
  const isCoarse = date.when.precision !== 'day';
  return speech.some(({ label, start, end }) => {
    if (label === 'since') return end <= date.start && date.start - end <= 1;
    if (label === 'sinceAfter') return start >= date.end && start - date.end <= 1;
    if (label !== 'sinceEvent' || !isCoarse || end > date.start || date.start - end > SINCE_REACH)
      return false;
    return !/[,;:.«»"“”]/u.test(text.slice(end - offset, date.start - offset));
  });
}

/** "In June, …": a date that opens a passage holds for all of it. */
function isFronted(date: Span, passage: Passage): boolean {
  return date.start - passage.start <= 4;
}

function distance({ words }: KindFound, date: Span): number {
  return Math.min(...words.map((word) => gapBetween(word, date)));
}

function liesBetween(middle: Span, one: Span, other: Span): boolean {
  const [first, last] = one.start <= other.start ? [one, other] : [other, one];
  return middle.start >= first.end && middle.end <= last.start;
}
