import type { SpeechCue } from '../../language/speech.ts';
import type { Mention } from './mentions.ts';
import { BELONGINGS, isOriginOf } from './origin.ts';
import { isMarkedAfter, isMarkedBefore } from './passages.ts';
import { gapBetween, holds } from './quotes.ts';
import type { Span } from './quotes.ts';
import { actorsOf, between, clauseEndBefore, FAR, TOUCHING } from './scene.ts';
import type { Scene } from './scene.ts';
import { joinedTo } from './speakers.ts';

/** "le ministre des Affaires étrangères de la …": how far a title stands before its state. */
const TITLE_REACH = 48;

/** The subject of a verb in the middle of its sentence; empty when it is somebody whom the topic does not name. */
export function subjectOf(scene: Scene, verb: Span): readonly Mention[] | undefined {
  const actors = actorsOf(scene);
  const after = subjectAfter(scene, verb, actors);
  if (after !== undefined && isDoer(scene, verb, after[0])) return after;
  if (isSoldiers(scene, verb)) return [];
  const clauseEnd = clauseEndBefore(scene, verb);
  const before = actors.filter(({ start }) => start < verb.start);
  const able = before.filter((actor) => !isOwner(scene, actor));
  const untold = able.findLast((actor) => !isTold(scene, actor));
  if (untold === undefined && after !== undefined && isBeside(verb, after[0])) return after;
  const [first, nearest] = [before[0], untold ?? able.at(-1)];
  if (first !== undefined && nearest === undefined) return undefined;
  if (first === undefined || nearest === undefined) {
    const isSubject = isOpening(scene, verb) || clauseEnd !== undefined || isAgent(scene, after?.[0]);
    if (isSubject && after !== undefined) return after;
    return clauseEnd !== undefined && isNewName(scene, verb) ? [] : undefined;
  }
  const isInverted = clauseEnd !== undefined && nearest.end <= clauseEnd;
  if (isInverted && !isAside(scene, verb, nearest))
    return after ?? openerOf(scene, verb, { first, clauseEnd, actors });
  if (isCoordinated(scene, verb)) return joinedTo(first, actors, scene);
  const isNear = gapBetween(nearest, verb) <= FAR && !isCutOff(scene, nearest, verb);
  return isNear ? joinedTo(nearest, actors, scene) : undefined;
}

/** `to Moscow`, `会见金正恩后`: somebody who is spoken to or met. */
function isTold({ passage }: Scene, actor: Mention): boolean {
  return isMarkedBefore(passage, actor, 'toward') || isMarkedAfter(passage, actor, 'objectMarks', 0);
}

/** Whoever opens the sentence, where the clause of its verb names nobody else; empty when somebody whom we do not know is named. */
function openerOf(
  scene: Scene,
  verb: Span,
  { first, clauseEnd, actors }: { first: Mention; clauseEnd: number; actors: readonly Mention[] },
): readonly Mention[] | undefined {
  if (isNewName(scene, verb) || isToldOf(scene, verb, { start: first.end, end: clauseEnd })) return [];
  const isOpener = first.start - scene.passage.start <= FAR && !hasSource(scene);
  return isOpener ? joinedTo(first, actors, scene) : undefined;
}

/** `denied by the Kremlin`: whoever does it stands right behind, with the mark of the doer. */
function isDoer(scene: Scene, verb: Span, actor: Mention | undefined): boolean {
  return isBeside(verb, actor) && isAgent(scene, actor);
}

function isBeside(verb: Span, actor: Mention | undefined): boolean {
  return actor !== undefined && gapBetween(verb, actor) <= TOUCHING;
}

/**
 * `La Corée du Nord a livré des obus, rapporte un journal local`: before the verb of a closing clause stands what
 * is told, behind it whoever tells it, though not one of ours.
 */
function isToldOf({ passage, text, isParty }: Scene, verb: Span, told: Span): boolean {
  const opener = passage.mentions.findLast(({ type, end }) => type === 'actor' && end <= told.start);
  const isOfParty = opener !== undefined && isParty(opener);
  const isDeed = passage.cues.some((cue) => holds(told, cue));
  const isOpened = passage.speech.some(({ label, start }) => label === 'complement' && start >= verb.end);
  const dated = passage.dates.find(({ start }) => start >= verb.end && start - verb.end <= TOUCHING);
  const rest = text.slice(dated?.end ?? verb.end, passage.end);
  return isOfParty && isDeed && !isOpened && /\p{L}{4}/u.test(rest) && !/[,;:«»"“”]/u.test(rest);
}

/** `Un soldat nord-coréen détenu en Ukraine a exprimé`: things and people of a party open the clause of the verb. */
function isSoldiers({ passage, text }: Scene, verb: Span): boolean {
  const first = passage.mentions.find(({ type }) => type === 'actor');
  if (first === undefined || first.end > verb.start || !isOriginOf(first, passage, BELONGINGS)) return false;
  return !/[,;:–—«»"“”]/u.test(text.slice(first.end, verb.start));
}

/** `le déploiement de la Corée du Nord` does not speak; `le ministre de la Corée du Nord` does. */
function isOwner(scene: Scene, actor: Mention): boolean {
  const hasTitle = scene.passage.speech.some(
    ({ label, start }) => label === 'roles' && start < actor.start && actor.start - start <= TITLE_REACH,
  );
  return scene.isParty(actor) && !hasTitle && isMarkedBefore(scene.passage, actor, 'from');
}

/** "Choe met Lavrov and said": the second verb has the subject of the first. */
function isCoordinated({ passage }: Scene, verb: Span): boolean {
  return passage.speech.some(
    ({ label, end }) => label === 'and' && end <= verb.start && verb.start - end <= 2,
  );
}

/** "according to" somebody: the subject of the sentence need not speak. */
function hasSource({ passage }: Scene): boolean {
  return passage.speech.some(({ label }) => label === 'accordingTo' || label === 'accordingToAfter');
}

/** Nothing but a date stands before the verb; an acronym would be its subject. */
function isOpening({ passage, text }: Scene, verb: Span): boolean {
  if (/\p{Lu}{2}/u.test(text.slice(passage.start, verb.start))) return false;
  const dates = passage.dates.filter(({ end }) => end <= verb.start);
  const taken = dates.reduce((sum, { start, end }) => sum + end - start, 0);
  return verb.start - passage.start - taken <= TOUCHING / 2;
}

/** `l'avertissement lancé par Washington`. */
function isAgent(scene: Scene, actor: Mention | undefined): boolean {
  return actor !== undefined && isMarkedBefore(scene.passage, actor, 'agent', TOUCHING);
}

/** `…, a déclaré jeudi John Kirby`: an actor behind the verb, before the clause ends or a new one opens. */
function subjectAfter(scene: Scene, verb: Span, actors: readonly Mention[]): Mention[] | undefined {
  const next = actors.find(
    (actor) => actor.start >= verb.end && !isMarkedBefore(scene.passage, actor, 'toward'),
  );
  if (next === undefined || gapBetween(verb, next) > FAR) return undefined;
  if (/[.;:«"“「]/u.test(between(scene.text, verb, next))) return undefined;
  const opener = scene.passage.speech.find(
    ({ label, start }) => label === 'complement' && start >= verb.end && start < next.start,
  );
  return opener === undefined ? joinedTo(next, actors, scene) : undefined;
}

/** `Le porte-parole, John Kirby, a déclaré`: what stands between the commas is a name, not a clause. */
function isAside({ text, passage }: Scene, verb: Span, nearest: Mention): boolean {
  const left = text.slice(Math.max(passage.start, verb.start - 2 * FAR), verb.start);
  const aside = /,\s*([^,«»"“”]{2,60}),[^,]{0,14}$/u.exec(left)?.[1];
  if (aside === undefined) return false;
  if (/^(?:\p{Lu}[\p{L}.’'-]*\s?){1,4}$/u.test(aside.trim())) return true;
  return (nearest.end - nearest.start) * 2 >= aside.length;
}

/** `…, a déclaré Tamar Gabelnick`: two capitals behind the verb are a person, though not one of ours. */
function isNewName({ text }: Scene, verb: Span): boolean {
  return /^\s(?:\p{Ll}+\s){0,2}\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+/u.test(text.slice(verb.end, verb.end + FAR));
}

/** Another reporting verb or an opener stands between, or the verb has a title for its subject: ", officials said". */
function isCutOff({ passage, text }: Scene, actor: Span, verb: Span): boolean {
  const gap = { start: actor.end, end: verb.start };
  const hasOpener = passage.speech.some((cue) => cue.label === 'complement' && holds(gap, cue));
  const hasTitle = passage.speech.some(
    (cue) =>
      cue.label === 'roles' &&
      holds(gap, cue) &&
      verb.start - cue.end <= 1 &&
      /,\s*$/u.test(text.slice(gap.start, cue.start)),
  );
  return hasOpener || hasTitle || /[.;:»”]\s/u.test(text.slice(gap.start, gap.end));
}

/** The topic of a sentence whose verb comes last: the first actor that carries its mark, else the first actor. */
export function topicOf(scene: Scene, verb: Span): readonly Mention[] | undefined {
  const actors = actorsOf(scene);
  const before = actors.filter(({ end }) => end <= verb.start);
  const beside = before.findLast(
    (actor) =>
      (gapBetween(actor, verb) <= TOUCHING || isBehindQuotation(scene, actor)) &&
      isMarked(scene, actor, 'subjectMarks'),
  );
  const marked =
    beside ??
    before.find((actor) => isTopicByComma(scene, actor, before)) ??
    before.find((actor) => isMarked(scene, actor, 'topicMarks')) ??
    before.find((actor) => isMarked(scene, actor, 'subjectMarks'));
  const usesMarks = scene.passage.speech.some(({ label }) => label === 'topicMarks');
  const topic = marked ?? (usesMarks ? undefined : before[0]);
  if (topic !== undefined && isTopicByComma(scene, topic, before)) return [topic];
  return topic === undefined ? undefined : joinedTo(topic, actors, scene);
}

/** `…제공했다고 감시팀이 첫 보고서에서 밝혔다`: what is said stands before who says it. */
function isBehindQuotation({ passage }: Scene, actor: Mention): boolean {
  return isMarkedBefore(passage, actor, 'quotative');
}

/** `米政府、北朝鮮が…と発表`: an actor that opens the sentence, parted by a comma from the subject of what it says. */
function isTopicByComma(scene: Scene, actor: Mention, actors: readonly Mention[]): boolean {
  const next = actors.find(({ start }) => start >= actor.end);
  return (
    next !== undefined &&
    actor.start === scene.passage.start &&
    scene.isParty(next) &&
    !scene.isParty(actor) &&
    /^\p{L}{0,4}[、，,]\s?$/u.test(between(scene.text, actor, next)) &&
    isMarked(scene, next, 'subjectMarks')
  );
}

function isMarked({ passage, text }: Scene, actor: Mention, label: SpeechCue): boolean {
  const mark = passage.speech.find(
    (cue) =>
      cue.label === label &&
      cue.start >= actor.end &&
      /^(?:[\s\d,、「『"“(（]|$|\p{Lo})/u.test(text[cue.end] ?? ''),
  );
  return (
    mark !== undefined && mark.start - actor.end <= 14 && !/[,、。."“「]/u.test(between(text, actor, mark))
  );
}
