import type { Match } from '../../model.ts';
import type { KindBook } from '../../topics/kinds.ts';
import type { Side } from './direction.ts';
import { isNoHit } from './hits.ts';
import type { KindFound } from './kinds.ts';
import { isMarkedAfter, isMarkedBefore } from './passages.ts';
import type { Passage } from './passages.ts';
import { gapBetween } from './quotes.ts';
import type { Span } from './quotes.ts';

/** A text of so few sentences is about one thing, which need not be named in each of them. */
const SHORT = 4;
/** What was told so many sentences ago can still be pointed back at. */
const CARRY = 3;
/** "ces missiles": the word that points back stands right before the thing. */
const POINTER_REACH = 14;
/** Title and first sentences, where even old things are told because they are news. */
export const LEAD = 2;
/** Parties that do something together stand so near to the word for it. */
const CLOSE = 60;
/** Words for what is handed over, used or sent: a text that points back points at these. */
const THINGS = new Set(['arms', 'missile', 'soldiers', 'supply', 'treaty', 'support']);

/** What a text as a whole is about. */
export interface Frame {
  readonly sides: readonly [Side, Side];
  readonly kinds: KindBook;
  /** The stretches that the match found to be about the topic. */
  readonly matched: Match['passages'];
  /** Whether the title and the first sentences name both parties. */
  readonly namesBoth: boolean;
  readonly isShort: boolean;
  /** Position of the first sentence that names the first party; infinite where none does. */
  readonly firstNamed: number;
}

/** Tells what a text is about from its first sentences. */
export function frameOf(
  passages: readonly Passage[],
  { sides, kinds }: Pick<Frame, 'sides' | 'kinds'>,
  match: Match,
): Frame {
  const lead = passages.filter(({ position }) => position <= LEAD);
  return {
    sides,
    kinds,
    matched: match.passages,
    namesBoth: sides.every((side) => lead.some((passage) => names(passage, side))),
    firstNamed: passages.find((passage) => names(passage, sides[0]))?.position ?? Infinity,
    isShort: (passages.at(-1)?.position ?? 0) < SHORT,
  };
}

/** Tells whether a passage is about the topic: matched, naming both parties, or pointing back at one that is. */
export function isAbout(passage: Passage, frame: Frame, earlier: readonly Passage[]): boolean {
  const isMatched = frame.matched.some(([start, end]) => start < passage.end && passage.start < end);
  return isMatched || frame.sides.every((side) => names(passage, side)) || pointsBack(passage, earlier);
}

/** Tells whether a kind of event found in a passage can be the topic's: whether its parties are spoken of. */
export function concerns(
  kind: KindFound,
  passage: Passage,
  frame: Frame,
  earlier: readonly Passage[],
): boolean {
  const [first, second] = frame.sides;
  if (hasPartner(passage) && !names(passage, first)) return false;
  if (isOthers(kind, passage, frame)) return false;
  const isLead = passage.position <= LEAD && names(passage, second) && frame.firstNamed < passage.position;
  const isImplied =
    !kind.rule.weak &&
    (pointsBack(passage, earlier) || isLead || (frame.isShort && goesOn(kind, passage, earlier)));
  if (kind.rule.parties === 'first') return names(passage, first) || isImplied;
  const named = frame.sides.filter((side) => names(passage, side));
  const isClose = named.every((side) => isNear(kind, passage, side));
  return isClose && (named.length === 2 || (named.length === 1 && frame.namesBoth) || isImplied);
}

/** In a short text the things that its title speaks of need no owner in each sentence. */
function goesOn({ rule }: KindFound, { part, sentence }: Passage, earlier: readonly Passage[]): boolean {
  const told = new Set(earlier.flatMap(({ cues }) => cues.map(({ label }) => label)));
  const isWhole = part.start === sentence.start && part.end === sentence.end;
  return isWhole && rule.all.some((cue) => THINGS.has(cue) && told.has(cue));
}

/** Tells whether what a passage tells is between others, a party's own affair, or another sense of the words. */
export function isOthers(kind: KindFound, passage: Passage, frame: Frame): boolean {
  return goesElsewhere(kind, passage, frame) || isOwnShot(kind, passage, frame) || isNoHit(kind, passage);
}

/** A rule with a reach of its own wants the parties there. */
function isNear({ rule, words }: KindFound, { around }: Passage, side: Side): boolean {
  if (rule.reach === 1) return true;
  return around.some(
    (mention) =>
      mention.root === side.actor &&
      words.some((word) => gapBetween(word, mention) <= Math.max(rule.reach, CLOSE)),
  );
}

/** "North Korea fired two missiles": a test of its own, whatever else the sentence tells. */
function isOwnShot({ rule, words }: KindFound, passage: Passage, { sides, kinds }: Frame): boolean {
  const [shot, missile] = words;
  if (!kinds.is(rule.kind, 'fired') || shot === undefined || missile === undefined) return false;
  const shooter = passage.mentions.findLast(
    ({ type, end }) => type === 'actor' && end <= shot.start && shot.start - end <= CLOSE / 2,
  );
  if (shooter === undefined || shooter.root !== sides[0].actor) return false;
  const isOfMissile = passage.cues.some((cue) => cue.label === 'missile' && gapBetween(cue, shooter) <= 2);
  const isSubject = isMarkedAfter(passage, shooter, 'subjectMarks');
  return isSubject || (missile.start >= shot.end && !isOfMissile);
}

/** "des armes à l'Ukraine": handed to somebody else, by somebody else. */
function goesElsewhere({ rule, words }: KindFound, passage: Passage, { sides, kinds }: Frame): boolean {
  if (!kinds.is(rule.kind, 'handed')) return false;
  const within = (mention: Span, reach: number) => words.some((word) => gapBetween(word, mention) <= reach);
  const actors = passage.mentions.filter(({ type }) => type === 'actor');
  const recipients = actors.filter(
    (mention) => within(mention, POINTER_REACH * 2) && isMarkedBefore(passage, mention, 'toward'),
  );
  const isOwned = actors.some((mention) => mention.root === sides[0].actor && within(mention, POINTER_REACH));
  const isToParty = recipients.some(({ root }) => sides.some(({ actor }) => actor === root));
  return recipients.length > 0 && !isToParty && !isOwned;
}

/** Tells whether the sentence of a passage names a party, or anybody who speaks for it. */
export function names({ around }: Passage, side: Side): boolean {
  return around.some(({ root, type }) => type === 'actor' && root === side.actor);
}

/** "ces missiles", "one of the missiles", after a passage about the topic that speaks of missiles. */
function pointsBack(passage: Passage, earlier: readonly Passage[]): boolean {
  if (hasPartner(passage)) return false;
  const told = earlier.filter(({ position }) => passage.position - position <= CARRY);
  const things = new Set(told.flatMap(({ cues }) => cues.map(({ label }) => label)));
  const pointers = passage.speech.filter(({ label }) => label === 'anaphora');
  return passage.cues.some(
    (cue) =>
      THINGS.has(cue.label) &&
      things.has(cue.label) &&
      pointers.some((pointer) => pointer.end <= cue.start && gapBetween(pointer, cue) <= POINTER_REACH),
  );
}

function hasPartner(passage: Passage): boolean {
  return passage.cues.some(({ label }) => label === 'partner');
}
