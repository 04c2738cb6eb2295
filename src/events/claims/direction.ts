import type { SpeechCue } from '../../language/speech.ts';
import type { Direction } from '../../model.ts';
import { STATEMENT } from '../../topics/kinds.ts';
import type { KindFound } from './kinds.ts';
import { isWanted, WANTING } from './asking.ts';
import type { Mention } from './mentions.ts';
import { GOODS, isOriginOf } from './origin.ts';
import { isMarkedAfter, isMarkedBefore } from './passages.ts';
import type { Passage } from './passages.ts';
import { gapBetween, holds } from './quotes.ts';
import type { Span } from './quotes.ts';
import type { Frame } from './relevance.ts';

/** A party of the topic: its id in directions, and its actor. */
export interface Side {
  readonly id: string;
  readonly actor: string;
}

/** Words of giving and of getting: they tell who hands over to whom. */
const GIVING = new Set(['supply', 'send', 'carry', 'help']);
const GETTING = new Set(['get', ...WANTING]);
/** Whose goods they are says more than who carries them. */
const OWNER_WEIGHT = 6;
/** A giver stands right before its verb, whom it gives to not far behind. */
const GIVER_REACH = 18;
const RECIPIENT_REACH = 70;
const ORIGIN_REACH = 30;

/**
 * Which way the thing told of goes between the two parties. Words of giving are weighed: who stands before
 * them, to whom, from whom, whether in exchange; a kind that knows only one way keeps it.
 */
export function directionOf(kind: KindFound, passage: Passage, { sides, kinds }: Frame): Direction {
  const usual = kind.rule.direction;
  const verbs = passage.cues.filter(({ label }) => GIVING.has(label) || isGetting(label, kind));
  const [one, other] = sides;
  if (verbs.length === 0 || !kinds.is(kind.rule.kind, 'twoWay')) return usual;
  const there = `${one.id}→${other.id}`;
  const back = `${other.id}→${one.id}`;
  const isSaying = kind.rule.kind === STATEMENT;
  const near = verbs.filter(
    (verb) => isSaying || kind.words.some((word) => gapBetween(word, verb) <= RECIPIENT_REACH),
  );
  const score =
    near.reduce((sum, verb) => sum + givenBy(verb, one, other, passage), 0) +
    (kinds.is(kind.rule.kind, 'handed') ? OWNER_WEIGHT * ownedBy(one, other, passage) : 0) +
    (usual === there ? 1 : usual === back ? -1 : 0);
  if (kinds.is(kind.rule.kind, 'return') && isHanded(usual, sides, passage)) return usual;
  if (score === 0 || (Math.abs(score) === 1 && usual !== there && usual !== back)) return usual;
  return score > 0 ? there : back;
}

/** Who wants something gets it, where a passage tells of a wish. */
function isGetting(label: string, kind: KindFound): boolean {
  return GETTING.has(label) && (!WANTING.has(label) || isWanted(kind));
}

/** 1 for goods of `one` ("North Korean cargo"), -1 for those of `other`, 0 for neither's or both's. */
function ownedBy(one: Side, other: Side, passage: Passage): number {
  const owners = new Set(
    actorsIn(passage)
      .filter((actor) => isOriginOf(actor, passage, GOODS))
      .map(({ root }) => root),
  );
  return Number(owners.has(one.actor)) - Number(owners.has(other.actor));
}

/** Tells whether a passage names the usual recipient as one: "pledges space technology for North Korea". */
function isHanded(usual: Direction, sides: readonly Side[], passage: Passage): boolean {
  const recipient = sides.find(({ id }) => usual.endsWith(`→${id}`));
  return actorsIn(passage).some(
    (actor) =>
      actor.root === recipient?.actor &&
      (isMarked(actor, passage, 'toward') || isMarked(actor, passage, 'towardAfter')),
  );
}

/** Positive when `one` gives by this verb, negative when `other` does. */
function givenBy(verb: Span & { readonly label: string }, one: Side, other: Side, passage: Passage): number {
  const turn = GETTING.has(verb.label) ? -1 : 1;
  const giver = subjectAt(verb, passage);
  const recipient = WANTING.has(verb.label)
    ? undefined
    : markedNear(verb, passage, RECIPIENT_REACH, ['toward', 'towardAfter']);
  const origin = markedNear(verb, passage, ORIGIN_REACH, ['from', 'fromAfter']);
  const value = (mention: Mention | undefined) =>
    mention?.root === one.actor ? 1 : mention?.root === other.actor ? -1 : 0;
  const isExchanged = passage.speech.some(
    (cue) => cue.label === 'exchange' && cue.end <= verb.start && gapBetween(cue, verb) <= RECIPIENT_REACH,
  );
  return (
    2 * turn * value(giver) -
    2 * value(recipient) +
    value(origin) -
    (isExchanged && value(recipient) === 0 ? 2 : 0)
  );
}

/** The actor right before a verb, in its clause, that is not itself marked as a recipient. */
function subjectAt(verb: Span, passage: Passage): Mention | undefined {
  const before = actorsIn(passage).filter(
    (actor) => actor.end <= verb.start && gapBetween(actor, verb) <= GIVER_REACH,
  );
  const nearest = before.at(-1);
  if (nearest === undefined || isBesideOther(nearest, passage)) return undefined;
  const gap = passage.text.slice(nearest.end - passage.start, verb.start - passage.start);
  if (/[,;:]/u.test(gap) || (gap === ' ' && isAdjective(nearest, passage))) return undefined;
  const isOther = ['toward', 'from', 'towardAfter', 'fromAfter'] as const;
  return isOther.some((label) => isMarked(nearest, passage, label)) ? undefined : nearest;
}

/** "Russian ships": whose they are, not who gives. */
function isAdjective(actor: Span, { cues }: Passage): boolean {
  return cues.some((cue) => cue.label === 'origin' && cue.start === actor.start && cue.end === actor.end);
}

/** "Russia and North Korea": neither is the giver. */
function isBesideOther(actor: Mention, passage: Passage): boolean {
  return passage.mentions.some(
    (other) =>
      other.type === 'actor' &&
      other.root !== actor.root &&
      other.end <= actor.start &&
      gapBetween(other, actor) <= 8,
  );
}

function markedNear(
  verb: Span,
  passage: Passage,
  reach: number,
  labels: readonly SpeechCue[],
): Mention | undefined {
  return actorsIn(passage)
    .filter((actor) => labels.some((label) => isMarked(actor, passage, label)))
    .filter((actor) => gapBetween(actor, verb) <= reach)
    .toSorted((a, b) => gapBetween(a, verb) - gapBetween(b, verb))[0];
}

function isMarked(actor: Mention, passage: Passage, label: SpeechCue): boolean {
  return label.endsWith('After')
    ? isMarkedAfter(passage, actor, label)
    : isMarkedBefore(passage, actor, label);
}

function actorsIn(passage: Passage): Mention[] {
  return passage.mentions.filter(
    (mention) => mention.type === 'actor' && !passage.mentions.some((other) => isWithin(mention, other)),
  );
}

/** `Moscow` inside `Moscow region` is no actor. */
function isWithin(mention: Mention, other: Mention): boolean {
  return (
    other.type === 'actor' && other.end - other.start > mention.end - mention.start && holds(other, mention)
  );
}
