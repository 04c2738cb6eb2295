import type { SpeechCue } from '../language/speech.ts';
import type { Cue } from './cues.ts';
import type { Mention } from './mentions.ts';
import { gapBetween, holds, overlaps } from './quotes.ts';
import type { Span } from './quotes.ts';
import type { Scene, Speaker } from './scene.ts';
import { joinedTo, unnamedBeside } from './speakers.ts';

/** Who says what a passage tells, and in which words. */
export interface Attribution {
  /** Actors in text order; empty when the outlet speaks for itself. */
  readonly speakers: readonly Speaker[];
  /** What the reporting words that govern the passage do. */
  readonly verbs: readonly Cue<SpeechCue>[];
  /** The words that say who speaks: a date beside them is the day on which it was said. */
  readonly anchors: readonly Span[];
  /** Where what is said begins: what stands before it, the outlet says itself. */
  readonly from: number;
  /** Whether the speakers were named in this passage, not carried over from an earlier one. */
  readonly isNamed: boolean;
}

/** Reporting words, each with the stance it takes. */
export const REPORTING: ReadonlySet<SpeechCue> = new Set<SpeechCue>([
  'says',
  'confirms',
  'acknowledges',
  'reports',
  'condemns',
  'demands',
  'denies',
  'doesNotDeny',
]);

/** A quotation of so many characters is somebody's speech; a shorter one is a word held with tongs. */
const SPEECH_LENGTH = 24;
/** A speaker stands at most so far from the words that make it one. */
const FAR = 70;
const NEAR = 25;
/** Two words with at most an article or an auxiliary between them. */
const TOUCHING = 8;

const NOBODY: Attribution = { speakers: [], verbs: [], anchors: [], from: 0, isNamed: false };
/** Place, agency and writer before the first words: `(서울=연합뉴스) 김 기자 = `, `SEOUL (AP) — `. */
const DATELINE =
  /^\s*(?:[（(][^()（）]{0,40}[=＝][^()（）]{0,40}[)）](?:[^=]{0,30}=)?|\p{Lu}[^()]{1,40}\([\p{L} ]{2,20}\)\s*[-–—])/u;
/** What closes the clause before a verb, with at most an auxiliary between: `…», a déclaré Kirby`. */
const CLAUSE_END = /(?:[,;:»"”“」』]|(?<!\p{L})[’–—-])\s*(?:\p{Ll}{1,2}[’'\s])?(?:\p{Ll}{1,8})?\s*$/u;

/**
 * Tells who says what a passage tells: named before a colon or a quotation in a headline, as the subject of a
 * reporting verb, or after "according to"; or, for pronouns, titles and quotations that go on, whoever spoke before.
 */
export function attributionOf(scene: Scene): Attribution {
  const verbs = speechOf(scene, REPORTING).toSorted((a, b) => rank(a) - rank(b) || a.start - b.start);
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

/** Cues of the passage that nobody else speaks: outside quotations. */
function speechOf(scene: Scene, labels: ReadonlySet<SpeechCue>): Cue<SpeechCue>[] {
  const { speech } = scene.passage;
  const hedges = speech.filter(({ label }) => label === 'hedged');
  return speech.filter(
    (cue) => labels.has(cue.label) && !isQuoted(scene, cue) && !hedges.some((hedge) => overlaps(hedge, cue)),
  );
}

function actorsOf(scene: Scene): Mention[] {
  const { passage } = scene;
  const begin = passage.start + (DATELINE.exec(passage.text)?.[0].length ?? 0);
  return passage.mentions.filter(
    (mention) => mention.type === 'actor' && mention.start >= begin && !isQuoted(scene, mention),
  );
}

function isQuoted({ passage }: Scene, span: Span): boolean {
  return passage.quotes.some((quote) => quote.end - quote.start >= SPEECH_LENGTH && holds(quote, span));
}

/** `Kirby: …`, `국정원 "…"`, `… – Moscow`. */
function headlineSpeaker(scene: Scene, verbs: Attribution['verbs']): Attribution | undefined {
  const { passage, text } = scene;
  const actors = actorsOf(scene);
  const first = actors.find((actor) => opens(actor, scene));
  if (first !== undefined && !isRubric(first, scene)) {
    const group = joinedTo(first, actors, scene);
    const end = Math.max(...group.map((actor) => actor.end));
    const after = text.slice(end, passage.end);
    if (/^[^:："“‘「«.,]{0,12}[:：]\s*\S/u.test(after)) return named(scene, group, verbs);
    if (/^\p{L}{0,4}\s?["“‘「][^"”’」]{8}/u.test(after) && passage.position === 0) {
      return named(scene, group, verbs);
    }
  }
  const last = actors.at(-1);
  if (last === undefined || passage.position > 0) return undefined;
  const isTail =
    /[–—-]\s*\p{L}{0,4}\s*$/u.test(text.slice(passage.start, last.start)) &&
    text.slice(last.end, passage.end).trim() === '';
  return isTail ? { ...named(scene, joinedTo(last, actors, scene), verbs), anchors: [] } : undefined;
}

/** Nothing stands before an actor but a bracketed word, an article or its title. */
function opens(actor: Mention, { passage, text }: Scene): boolean {
  const left = text.slice(passage.start, actor.start);
  const hasTitle = passage.speech.some(({ label, start }) => label === 'roles' && start < actor.start);
  return left.length <= NEAR && (hasTitle || /^(?:\[[^\]]*\]|[\s«“"‘(]|\p{L}{1,3}['’\s])*$/u.test(left));
}

/** `Ukraine : …` names what the article is about; `Kiev : …` names who speaks. */
function isRubric(actor: Mention, { passage }: Scene): boolean {
  return passage.mentions.some((place) => place.isCountry && overlaps(place, actor));
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
  for (const verb of verbs) {
    const governing = verbs.filter((other) => other.start >= verb.start);
    const speaker = referredTo(scene, verb, governing) ?? subjectOfVerb(scene, verb, governing);
    if (speaker !== undefined) return speaker;
  }
  return undefined;
}

function subjectOfVerb(scene: Scene, verb: Span, verbs: Attribution['verbs']): Attribution | undefined {
  const group = scene.isVerbLast ? topicOf(scene, verb) : subjectOf(scene, verb);
  if (group === undefined) return undefined;
  if (group.length === 0) return { ...NOBODY, verbs };
  const isBefore = group.every((mention) => mention.end <= verb.start);
  const from = isBefore && !scene.isVerbLast ? verb.start : 0;
  return { ...named(scene, group, verbs), anchors: scene.isVerbLast ? group : [verb, ...group], from };
}

/** The subject of a verb in the middle of its sentence; empty when it is somebody whom the topic does not name. */
function subjectOf(scene: Scene, verb: Span): readonly Mention[] | undefined {
  const { passage, text } = scene;
  const actors = actorsOf(scene);
  const left = text.slice(passage.start, verb.start);
  const before = actors.filter(({ start }) => start < verb.start);
  const [first, nearest] = [
    before[0],
    before.findLast((actor) => !isAddressed(scene, actor)) ?? before.at(-1),
  ];
  if (first === undefined || nearest === undefined) {
    const after = subjectAfter(scene, verb, actors);
    const isSubject = isOpening(scene, verb) || CLAUSE_END.test(left) || isAgent(scene, after?.[0]);
    return isSubject ? after : undefined;
  }
  const clauseEnd = CLAUSE_END.exec(left)?.index;
  const isInverted = clauseEnd !== undefined && nearest.end <= passage.start + clauseEnd;
  if (isInverted && !isAside(scene, verb, nearest)) {
    const after = subjectAfter(scene, verb, actors);
    if (after !== undefined) return after;
    if (isNewName(scene, verb)) return [];
    return first.start - passage.start <= FAR ? joinedTo(first, actors, scene) : undefined;
  }
  const isNear = gapBetween(nearest, verb) <= FAR && !isCutOff(scene, nearest, verb);
  return isNear ? joinedTo(nearest, actors, scene) : undefined;
}

/** `l'ambassadeur russe à l'ONU`: at the UN, not the UN. */
function isAddressed({ passage }: Scene, actor: Mention): boolean {
  return passage.speech.some(
    ({ label, end }) => label === 'toward' && end <= actor.start && actor.start - end <= 1,
  );
}

/** Nothing but a date stands before the verb. */
function isOpening({ passage }: Scene, verb: Span): boolean {
  const dates = passage.dates.filter(({ end }) => end <= verb.start);
  const taken = dates.reduce((sum, { start, end }) => sum + end - start, 0);
  return verb.start - passage.start - taken <= TOUCHING / 2;
}

/** `l'avertissement lancé par Washington`, `une déclaration de Kirby`. */
function isAgent({ passage }: Scene, actor: Mention | undefined): boolean {
  if (actor === undefined) return false;
  return passage.speech.some(
    ({ label, end }) => label === 'from' && end <= actor.start && actor.start - end <= TOUCHING,
  );
}

/** `…, a déclaré jeudi John Kirby`: an actor behind the verb, before the clause ends or a new one opens. */
function subjectAfter(scene: Scene, verb: Span, actors: readonly Mention[]): Mention[] | undefined {
  const next = actors.find(({ start }) => start >= verb.end);
  if (next === undefined || gapBetween(verb, next) > FAR) return undefined;
  if (/[.;:«"“「]/u.test(between(scene.text, verb, next))) return undefined;
  const opener = scene.passage.speech.find(
    ({ label, start }) => label === 'complement' && start >= verb.end && start < next.start,
  );
  return opener === undefined ? joinedTo(next, actors, scene) : undefined;
}

/** `Le porte-parole, John Kirby, a déclaré`: what stands between the commas is a name, not a clause. */
function isAside({ text, passage }: Scene, verb: Span, nearest: Mention | undefined): boolean {
  const left = text.slice(passage.start, verb.start);
  const aside = /,\s*([^,«»"“”]{2,60}),[^,]{0,14}$/u.exec(left)?.[1];
  if (aside === undefined) return false;
  if (/^(?:\p{Lu}[\p{L}.’'-]*\s?){1,4}$/u.test(aside.trim())) return true;
  return nearest !== undefined && (nearest.end - nearest.start) * 2 >= aside.length;
}

/** `…, a déclaré Tamar Gabelnick`: two capitals behind the verb are a person, though not one of ours. */
function isNewName({ text }: Scene, verb: Span): boolean {
  return /^\s(?:\p{Ll}+\s){0,2}\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+/u.test(text.slice(verb.end, verb.end + FAR));
}

/** Another reporting verb or an opener stands between: the verb has another subject. */
function isCutOff({ passage, text }: Scene, actor: Span, verb: Span): boolean {
  const gap = { start: actor.end, end: verb.start };
  const hasOpener = passage.speech.some((cue) => cue.label === 'complement' && holds(gap, cue));
  return hasOpener || /[.;:»”]\s/u.test(text.slice(gap.start, gap.end));
}

/** The topic of a sentence whose verb comes last: the first actor that carries its mark, else the first actor. */
function topicOf(scene: Scene, verb: Span): readonly Mention[] | undefined {
  const actors = actorsOf(scene);
  const before = actors.filter(({ end }) => end <= verb.start);
  const beside = before.findLast(
    (actor) => gapBetween(actor, verb) <= TOUCHING && isMarked(scene, actor, 'subjectMarks'),
  );
  const marked =
    beside ??
    before.find((actor) => isMarked(scene, actor, 'topicMarks')) ??
    before.find((actor) => isMarked(scene, actor, 'subjectMarks'));
  const usesMarks = scene.passage.speech.some(({ label }) => label === 'topicMarks');
  const topic = marked ?? (usesMarks ? undefined : before[0]);
  return topic === undefined ? undefined : joinedTo(topic, actors, scene);
}

function isMarked({ passage, text }: Scene, actor: Mention, label: SpeechCue): boolean {
  const mark = passage.speech.find(
    (cue) =>
      cue.label === label && cue.start >= actor.end && /^(?:[\s,、]|$|\p{Lo})/u.test(text[cue.end] ?? ''),
  );
  return (
    mark !== undefined && mark.start - actor.end <= 14 && !/[,、。."“「]/u.test(between(text, actor, mark))
  );
}

/**
 * `ont-ils déclaré`, `indique le communiqué`, `le porte-parole a dit`, `selon elle`: whoever spoke before; for what
 * several said together, the last who did.
 */
function referredTo(scene: Scene, verb: Span, verbs: Attribution['verbs']): Attribution | undefined {
  const reference = speechOf(scene, REFERENCES).find((one) => isTied(scene, one, verb));
  if (reference === undefined) return undefined;
  const speakers = isOfSeveral(reference) ? scene.together : scene.before;
  if (speakers.length === 0) return undefined;
  return { speakers, verbs, anchors: [reference, verb], from: 0, isNamed: false };
}

function isOfSeveral({ label }: Cue<SpeechCue>): boolean {
  return label === 'speechNouns' || label === 'collectives';
}

const REFERENCES: ReadonlySet<SpeechCue> = new Set<SpeechCue>([
  'pronouns',
  'speechNouns',
  'roles',
  'collectives',
]);

/** A pronoun touches its verb; a noun stands near it, right behind it or as its subject, with no actor between. */
function isTied(scene: Scene, reference: Cue<SpeechCue>, verb: Span): boolean {
  const gap = gapBetween(reference, verb);
  const link = between(scene.text, reference, verb);
  if (/[.,;:«»"“”]/u.test(link)) return false;
  const isBehind = reference.start >= verb.end;
  if (reference.label === 'pronouns') return gap <= TOUCHING && (!isBehind || follows(scene, verb));
  const isSubject = !isBehind && reference.start - scene.passage.start <= NEAR;
  const owners = actorsOf(scene).filter(
    (actor) => gapBetween(actor, reference) <= TOUCHING || liesBetween(actor, reference, verb),
  );
  return owners.length === 0 && ((isBehind && gap <= TOUCHING) || (isSubject && gap <= NEAR));
}

/** A verb behind the clause that it reports. */
function follows({ passage, text }: Scene, verb: Span): boolean {
  return CLAUSE_END.test(text.slice(passage.start, verb.start));
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
  return { speakers: scene.before, verbs, anchors: verbs.slice(0, 1), from: 0, isNamed: false };
}

function liesBetween(middle: Span, one: Span, other: Span): boolean {
  return middle.start >= Math.min(one.end, other.end) && middle.end <= Math.max(one.start, other.start);
}

function named(scene: Scene, group: readonly Mention[], verbs: Attribution['verbs']): Attribution {
  const known = new Map(group.map((mention) => [mention.id, scene.speakerOf(mention)]));
  const speakers = [...known.values(), ...unnamedBeside(group, scene)];
  return { speakers, verbs, anchors: group, from: 0, isNamed: true };
}

function between(text: string, one: Span, other: Span): string {
  return one.end <= other.start ? text.slice(one.end, other.start) : text.slice(other.end, one.start);
}
