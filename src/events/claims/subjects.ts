import type { SpeechCue } from '../../language/speech.ts';
import type { Mention } from './mentions.ts';
import { BELONGINGS, isOriginOf } from './origin.ts';
import { isMarkedBefore } from './passages.ts';
import { gapBetween, holds } from './quotes.ts';
import type { Span } from './quotes.ts';
import { actorsOf, between, clauseEndBefore, FAR, TOUCHING } from './scene.ts';
import type { Scene } from './scene.ts';
import { joinedTo } from './speakers.ts';

/** "le ministre des Affaires étrangères de la …": how far a title stands before its state. */
const TITLE_REACH = 48;

/** The subject of a verb in the middle of its sentence; empty when it is somebody whom the topic does not name. */
export function subjectOf(scene: Scene, verb: Span): readonly Mention[] | undefined {
  const { passage } = scene;
  if (isSoldiers(scene, verb)) return [];
  const actors = actorsOf(scene);
  const clauseEnd = clauseEndBefore(scene, verb);
  const before = actors.filter(({ start }) => start < verb.start);
  const able = before.filter((actor) => !isOwner(scene, actor));
  const first = before[0];
  const nearest = able.findLast((actor) => !isMarkedBefore(scene.passage, actor, 'toward')) ?? able.at(-1);
  if (first !== undefined && nearest === undefined) return undefined;
  if (first === undefined || nearest === undefined) {
    const after = subjectAfter(scene, verb, actors);
    const isSubject = isOpening(scene, verb) || clauseEnd !== undefined || isAgent(scene, after?.[0]);
    if (isSubject && after !== undefined) return after;
    return clauseEnd !== undefined && isNewName(scene, verb) ? [] : undefined;
  }
  const isInverted = clauseEnd !== undefined && nearest.end <= clauseEnd;
  if (isInverted && !isAside(scene, verb, nearest)) {
    const after = subjectAfter(scene, verb, actors);
    if (after !== undefined) return after;
    if (isNewName(scene, verb)) return [];
    const isOpener = first.start - passage.start <= FAR && !hasSource(scene);
    return isOpener ? joinedTo(first, actors, scene) : undefined;
  }
  if (isCoordinated(scene, verb)) return joinedTo(first, actors, scene);
  const isNear = gapBetween(nearest, verb) <= FAR && !isCutOff(scene, nearest, verb);
  return isNear ? joinedTo(nearest, actors, scene) : undefined;
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

/** Nothing but a date stands before the verb. */
function isOpening({ passage }: Scene, verb: Span): boolean {
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

/** Another reporting verb or an opener stands between: the verb has another subject. */
function isCutOff({ passage, text }: Scene, actor: Span, verb: Span): boolean {
  const gap = { start: actor.end, end: verb.start };
  const hasOpener = passage.speech.some((cue) => cue.label === 'complement' && holds(gap, cue));
  return hasOpener || /[.;:»”]\s/u.test(text.slice(gap.start, gap.end));
}

/** The topic of a sentence whose verb comes last: the first actor that carries its mark, else the first actor. */
export function topicOf(scene: Scene, verb: Span): readonly Mention[] | undefined {
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
      cue.label === label &&
      cue.start >= actor.end &&
      /^(?:[\s\d,、「『"“(（]|$|\p{Lo})/u.test(text[cue.end] ?? ''),
  );
  return (
    mark !== undefined && mark.start - actor.end <= 14 && !/[,、。."“「]/u.test(between(text, actor, mark))
  );
}
