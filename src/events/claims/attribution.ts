import type { SpeechCue } from '../../language/speech.ts';
import type { Cue } from './cues.ts';
import type { Mention } from './mentions.ts';
import { gapBetween, holds, overlaps } from './quotes.ts';
import type { Span } from './quotes.ts';
import {
  actorsOf,
  between,
  clauseEndBefore,
  FAR,
  liesBetween,
  NEAR,
  REPORTING,
  speechOf,
  SPEECH_LENGTH,
  TOUCHING,
} from './scene.ts';
import type { Scene, Speaker } from './scene.ts';
import { joinedTo, unnamedBeside } from './speakers.ts';
import { subjectOf, topicOf } from './subjects.ts';

/** Who says what a passage tells, and in which words. */
export interface Attribution {
  /** Actors in text order; empty when the outlet speaks for itself. */
  readonly speakers: readonly Speaker[];
  /** What the reporting words that govern the passage do. */
  readonly verbs: readonly Cue<SpeechCue>[];
  /** The words that say who speaks: a date beside them is the day on which it was said. */
  readonly anchors: readonly Span[];
  /** What the outlet itself says of the speakers, between their name and the verb: "Kirby, who met …, said". */
  readonly aside?: Span;
  /** Whether the speakers were named in this passage, not carried over from an earlier one. */
  readonly isNamed: boolean;
}

const NOBODY: Attribution = { speakers: [], verbs: [], anchors: [], isNamed: false };
/** What an article is about, before its headline: `Guerre en Ukraine : …`. */
const RUBRIC = /^[^:：]{3,40}\s?[:：]\s*/u;
/** Behind a name and its colon, a title and its state this near are whose name it is. */
const DESCRIPTION_REACH = 48;
/** Words that stand for whoever spoke before. */
const REFERENCES: ReadonlySet<SpeechCue> = new Set<SpeechCue>([
  'pronouns',
  'speechNouns',
  'roles',
  'collectives',
]);

/**
 * Tells who says what a passage tells: named before a colon or a quotation in a headline, as the subject of a
 * reporting verb, or after "according to"; or, for pronouns, titles and quotations that go on, whoever spoke before.
 */
export function attributionOf(scene: Scene): Attribution {
  const verbs = speechOf(scene, REPORTING).toSorted(
    (a, b) =>
      rank(a) - rank(b) || Number(isQuoting(a, scene)) - Number(isQuoting(b, scene)) || a.start - b.start,
  );
  return (
    headlineSpeaker(scene, verbs) ??
    speakerOfVerbs(scene, verbs) ??
    accordingTo(scene, verbs) ??
    goesOn(scene, verbs) ?? { ...NOBODY, verbs }
  );
}

/** A denial tells more than the words around it. */
function rank({ label }: Cue<SpeechCue>): number {
  return label === 'denies' || label === 'doesNotDeny' ? 0 : 1;
}

/** `했다고`: the verb that ends what is said says it only where no other does. */
function isQuoting(verb: Span, { passage }: Scene): boolean {
  return passage.speech.some((cue) => cue.label === 'quotative' && overlaps(cue, verb));
}

/** `Kirby: …`, `국정원 "…"`, `… – Moscow`, `…: Seoul`; `New friends: Kim` does not tell who speaks. */
function headlineSpeaker(scene: Scene, verbs: Attribution['verbs']): Attribution | undefined {
  const { passage, text } = scene;
  const actors = actorsOf(scene);
  const first = actors.find((actor) => opens(actor, scene));
  if (first !== undefined) {
    const group = joinedTo(first, actors, scene);
    const end = Math.max(...group.map((actor) => actor.end));
    const after = text.slice(end, passage.end);
    const isLabel = /^[^:："“‘「«.,]{0,12}[:：]\s*\S/u.test(after);
    const isSaid = !isRubric(first, scene) && !isPair(end, after, scene) && !isDescribed(first, end, scene);
    if (isLabel && isSaid) return named(scene, group, verbs);
    if (/^\p{L}{0,4}\s?["“‘「«][^"”’」»]{8}/u.test(after) && passage.position === 0) {
      return named(scene, group, verbs);
    }
  }
  const last = actors.at(-1);
  if (last === undefined || passage.position > 0) return undefined;
  const opener = scene.isParty(last) ? /\s[–—-]\s*\p{L}{0,4}$/u : /(?:[:：]|\s[–—-])\s*\p{L}{0,4}$/u;
  const isTail =
    opener.test(text.slice(passage.start, last.start).trimEnd()) &&
    (text.slice(last.end, passage.end).trim() === '' || isSpeaking(last, scene));
  return isTail ? { ...named(scene, joinedTo(last, actors, scene), verbs), anchors: [] } : undefined;
}

/** `…: Zelensky warns`, `…: ज़ेलेंस्की का आरोप`: what ends a headline after a colon is who speaks, and the word for it. */
function isSpeaking(actor: Mention, scene: Scene): boolean {
  const rest = { start: actor.end, end: scene.passage.end };
  const isShort = rest.end - rest.start <= NEAR && !scene.isParty(actor);
  return isShort && speechOf(scene, REPORTING).some((cue) => holds(rest, cue));
}

/** Nothing stands before an actor but a bracketed word, an article or its title. */
function opens(actor: Mention, { passage, text }: Scene): boolean {
  const left = text.slice(passage.start, actor.start).replace(RUBRIC, '');
  const hasTitle = passage.speech.some(({ label, start }) => label === 'roles' && start < actor.start);
  return left.length <= NEAR && (hasTitle || /^(?:\[[^\]]*\]|[\s«“"‘(]|\p{L}{1,3}['’\s])*$/u.test(left));
}

/** `Ukraine : …` names what the article is about; `Kiev : …` names who speaks. */
function isRubric(actor: Mention, { passage }: Scene): boolean {
  return passage.mentions.some((place) => place.isCountry && overlaps(place, actor));
}

/** `Kim Jong Un: North Korea's leader …`: what follows is who he is, not what he says. */
function isDescribed({ id, root }: Mention, end: number, { passage }: Scene): boolean {
  const near = { start: end, end: end + DESCRIPTION_REACH };
  const isTitled = passage.speech.some((cue) => cue.label === 'roles' && holds(near, cue));
  return (
    isTitled && id !== root && passage.mentions.some((state) => state.root === root && holds(near, state))
  );
}

/** `Putin and Kim: …` names whom a piece is about. */
function isPair(end: number, after: string, { passage }: Scene): boolean {
  const colon = end + after.search(/[:：]/u);
  return passage.speech.some(({ label, start }) => label === 'and' && start >= end && start < colon);
}

function accordingTo(scene: Scene, verbs: Attribution['verbs']): Attribution | undefined {
  const actors = actorsOf(scene);
  for (const cue of speechOf(scene, new Set<SpeechCue>(['accordingTo', 'accordingToAfter']))) {
    const isBefore = cue.label === 'accordingTo';
    const near = actors.filter(
      (actor) =>
        (isBefore ? actor.start >= cue.end : actor.end <= cue.start) &&
        gapBetween(cue, actor) <= (isBefore ? FAR / 2 : NEAR) &&
        !/[,:;«"“]/u.test(between(scene.text, cue, actor)),
    );
    const actor = isBefore ? near[0] : near.at(-1);
    const referred = actor === undefined ? referredTo(scene, cue, verbs) : undefined;
    if (referred !== undefined) return referred;
    if (actor !== undefined) {
      return { ...named(scene, joinedTo(actor, actors, scene), verbs), anchors: [cue, actor] };
    }
  }
  return undefined;
}

function speakerOfVerbs(scene: Scene, verbs: Attribution['verbs']): Attribution | undefined {
  for (const verb of verbs.filter((one) => !isConceded(scene, one))) {
    const governing = verbs.filter(
      (other) => other.start >= verb.start && !isSubordinate(scene, verb, other),
    );
    const speaker = referredTo(scene, verb, governing) ?? subjectOfVerb(scene, verb, governing);
    if (speaker !== undefined) return speaker;
  }
  return undefined;
}

/** `While Berlin reaffirmed its support, Putin met Kim`: who speaks in a clause that stands back says nothing of the main one. */
function isConceded({ passage, text }: Scene, verb: Span): boolean {
  const isOpened = passage.speech.some(
    ({ label, start }) => label === 'subordinators' && start === passage.part.start,
  );
  const comma = text.slice(passage.start, passage.end).indexOf(',') + passage.start;
  const sides = [
    { start: passage.start, end: verb.start },
    { start: comma, end: passage.end },
  ];
  const hasActor = (side: Span) =>
    passage.mentions.some(({ type, ...at }) => type === 'actor' && holds(side, at));
  return isOpened && comma >= verb.end && sides.every(hasActor);
}

/** `a déclaré que la Corée pourrait réclamer`: what is said asks, not who says it. */
function isSubordinate({ passage, isVerbLast }: Scene, verb: Span, other: Span): boolean {
  const isOpened = passage.speech.some(
    ({ label, start, end }) => label === 'complement' && start >= verb.end && end <= other.start,
  );
  return isOpened && !isVerbLast;
}

function subjectOfVerb(scene: Scene, verb: Span, verbs: Attribution['verbs']): Attribution | undefined {
  const group = scene.isVerbLast ? topicOf(scene, verb) : subjectOf(scene, verb);
  if (group === undefined) return undefined;
  if (group.length === 0) return { ...NOBODY, verbs };
  const start = Math.min(...group.map((mention) => mention.start));
  const end = Math.max(...group.map((mention) => mention.end));
  const isParted = end < verb.start && /[,–—(]/u.test(scene.text.slice(end, verb.start));
  const hasAside = isParted && !scene.isVerbLast;
  return {
    ...named(scene, group, verbs),
    anchors: scene.isVerbLast ? group : [verb, ...group],
    ...(hasAside && { aside: { start, end: verb.start } }),
  };
}

/**
 * `ont-ils déclaré`, `indique le communiqué`, `le porte-parole a dit`, `selon elle`: whoever spoke before; for what
 * several said together, the last who did.
 */
function referredTo(scene: Scene, verb: Span, verbs: Attribution['verbs']): Attribution | undefined {
  const reference = speechOf(scene, REFERENCES).find((one) => isTied(scene, one, verb));
  if (reference === undefined) return undefined;
  const speakers = isOfSeveral(reference) ? scene.together : scene.before;
  if (speakers.length === 0) return reference.label === 'pronouns' ? { ...NOBODY, verbs } : undefined;
  return { speakers, verbs, anchors: [reference, verb], isNamed: false };
}

function isOfSeveral({ label }: Cue<SpeechCue>): boolean {
  return label === 'speechNouns' || label === 'collectives';
}

/** A pronoun touches its verb; a noun stands near it, right behind it or as its subject, with no actor between. */
function isTied(scene: Scene, reference: Cue<SpeechCue>, verb: Span): boolean {
  const gap = gapBetween(reference, verb);
  const link = between(scene.text, reference, verb);
  if (/[.,;:«»"“”]/u.test(link)) return false;
  const isBehind = reference.start >= verb.end;
  if (reference.label === 'pronouns')
    return gap <= TOUCHING && (!isBehind || clauseEndBefore(scene, verb) !== undefined);
  const isSubject = !isBehind && reference.start - scene.passage.start <= NEAR;
  const owners = actorsOf(scene).filter(
    (actor) => gapBetween(actor, reference) <= TOUCHING || liesBetween(actor, reference, verb),
  );
  return owners.length === 0 && ((isBehind && gap <= TOUCHING) || (isSubject && gap <= NEAR));
}

/**
 * A quotation without a speaker of its own, or the other side of a contrast whose subject was named on the first
 * side: who spoke last goes on.
 */
function goesOn(scene: Scene, verbs: Attribution['verbs']): Attribution | undefined {
  const { passage } = scene;
  const quoted = passage.quotes
    .filter((quote) => quote.end - quote.start >= SPEECH_LENGTH)
    .reduce((sum, quote) => sum + Math.min(quote.end, passage.end) - Math.max(quote.start, passage.start), 0);
  const isQuotation = quoted * 3 > (passage.end - passage.start) * 2;
  const isOtherSide = passage.start > passage.part.start && verbs.length > 0;
  if (!(isQuotation || isOtherSide) || scene.before.length === 0) return undefined;
  return { speakers: scene.before, verbs, anchors: verbs.slice(0, 1), isNamed: false };
}

function named(scene: Scene, group: readonly Mention[], verbs: Attribution['verbs']): Attribution {
  const known = new Map(group.map((mention) => [mention.id, scene.speakerOf(mention)]));
  const speakers = [...known.values(), ...unnamedBeside(group, scene)];
  return { speakers, verbs, anchors: group, isNamed: true };
}
