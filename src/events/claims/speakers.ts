import type { Mention } from './mentions.ts';
import { GOODS } from './origin.ts';
import { gapBetween, holds, overlaps } from './quotes.ts';
import type { Span } from './quotes.ts';
import type { Scene, Speaker } from './scene.ts';

/** Letters of titles and articles between two of several subjects: "le chef de la diplomatie de l'UE Josep Borrell et". */
const LONGEST_LINK = 45;
const SHORTEST_LINK = 26;
/** "leurs alliés", "près de 50 pays" stand so near to the last of those with whom they speak. */
const BESIDE = 24;
/** Actors that a text does not name one by one have one id. */
const ALLIES = 'allies';

/**
 * Everybody who speaks together with an actor: its own titles and states, and those tied to it by commas and "and".
 *
 * @returns in text order, without those for whom another of them speaks: of "the White House's John Kirby" only Kirby
 */
export function joinedTo(actor: Mention, actors: readonly Mention[], scene: Scene): Mention[] {
  const index = actors.indexOf(actor);
  const group = [actor];
  for (let left = index - 1; left >= 0; left--) {
    const [other, head] = [actors[left], group[0]];
    if (other === undefined || head === undefined) break;
    const link = linkOf(other, head, scene);
    if (link === undefined || (link === 'comma' && !isListed(actor, scene))) break;
    group.unshift(other);
  }
  group.push(...rightOf(actor, actors.slice(index + 1), scene));
  return withoutTitles(group, scene).filter(
    (one, _, all) => !all.some((other) => other.speaksFor.includes(one.id)),
  );
}

/** Of "the Pentagon spokeswoman Sabrina Singh" the name stays, of "John Kirby, spokesman of the White House" too. */
function withoutTitles(group: readonly Mention[], scene: Scene): Mention[] {
  const kept: Mention[] = [];
  for (const mention of group) {
    const last = kept.at(-1);
    if (last === undefined || linkOf(last, mention, scene) !== 'own') kept.push(mention);
    else if (!last.speaksFor.includes(mention.id) && !isNameFirst(last, mention, scene))
      kept.splice(-1, 1, mention);
  }
  return kept;
}

function isNameFirst(name: Mention, title: Mention, scene: Scene): boolean {
  const gap = { start: name.end, end: title.start };
  return hasCue('roles', gap, scene) && scene.text.slice(gap.start, gap.end).includes(',');
}

/** An "and" stands beside the actor, so that commas before it part a list and not clauses. */
function isListed(actor: Mention, scene: Scene): boolean {
  const around = { start: actor.start - BESIDE, end: actor.end + BESIDE };
  return hasCue('and', around, scene);
}

/** Those who follow in a list; a comma alone ends it, so that what follows is another clause. */
function rightOf(actor: Mention, others: readonly Mention[], scene: Scene): Mention[] {
  const list: Mention[] = [];
  let ended = 0;
  let tail = actor;
  for (const other of others) {
    const link = linkOf(tail, other, scene);
    if (link === undefined) break;
    list.push(other);
    if (link !== 'comma') ended = list.length;
    tail = other;
  }
  return list.slice(0, ended);
}

type Link = 'own' | 'and' | 'comma';

function linkOf(left: Mention, right: Mention, scene: Scene): Link | undefined {
  if (gapBetween(left, right) === 0) return left.root === right.root ? 'own' : 'and';
  const gap = { start: left.end, end: right.start };
  const link = scene.text.slice(gap.start, gap.end);
  const letters = link.replaceAll(/\P{L}/gu, '').length;
  if (letters > LONGEST_LINK || /[\d.;:!?«»"“”\n]/u.test(link) || hasVerb(gap, scene)) return undefined;
  if (holdsFact(gap, scene) || hasCue('topicMarks', gap, scene) || hasCue('subjectMarks', gap, scene))
    return undefined;
  if (left.root === right.root) return letters <= SHORTEST_LINK ? 'own' : undefined;
  if (hasCue('and', gap, scene)) return 'and';
  if (/[·/・、]/u.test(link)) return 'and';
  if (letters > SHORTEST_LINK) return undefined;
  if (/,/u.test(link)) return 'comma';
  const isOfMany = scene.passage.speech.some((cue) => cue.label === 'collectives' && overlaps(cue, left));
  return isOfMany ? 'own' : undefined;
}

/** Who speaks beside named actors without a name of its own: "et leurs alliés", "and 47 ministers". */
export function unnamedBeside(group: readonly Mention[], scene: Scene): Speaker[] {
  const { passage, text } = scene;
  const cue = passage.speech.find(
    (one) =>
      one.label === 'collectives' &&
      !group.some((mention) => overlaps(mention, one)) &&
      group.some(
        (mention) => gapBetween(mention, one) <= BESIDE && hasCue('and', gapOf(mention, one), scene),
      ),
  );
  if (cue === undefined) return [];
  const opening = passage.speech.filter(({ label, end }) => label === 'and' && end <= cue.start).at(-1);
  const start = opening !== undefined && cue.start - opening.end <= BESIDE ? opening.end : cue.start;
  return [{ id: ALLIES, root: ALLIES, name: text.slice(start, cue.end).trim() }];
}

function gapOf(one: Span, other: Span): Span {
  return { start: Math.min(one.end, other.end), end: Math.max(one.start, other.start) };
}

/** A date, a place or goods between two names part them: "to meet Putin in May, Kremlin says", "arms Russia with drones, Rutte says". */
function holdsFact(gap: Span, { passage }: Scene): boolean {
  const places = passage.mentions.filter(({ type, isGovernment }) => type === 'place' && !isGovernment);
  const goods = passage.cues.filter(({ label }) => GOODS.has(label));
  return [...passage.dates, ...places, ...goods].some((fact) => holds(gap, fact));
}

function hasCue(label: string, gap: Span, { passage }: Scene): boolean {
  return passage.speech.some((cue) => cue.label === label && holds(gap, cue));
}

const PARTING = new Set([
  'says',
  'confirms',
  'acknowledges',
  'reports',
  'condemns',
  'demands',
  'denies',
  'complement',
  'accordingTo',
  'accordingToAfter',
]);

function hasVerb(gap: Span, { passage }: Scene): boolean {
  return passage.speech.some((cue) => PARTING.has(cue.label) && holds(gap, cue));
}
