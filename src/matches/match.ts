import { sentencesOf } from '../language/sentences.ts';
import type { Evidence, Item, Match, Zone } from '../model.ts';
import type { Thresholds } from '../topics/schema.ts';
import type { Topic } from '../topics/topic.ts';
import type { Finder, Finding } from './finder.ts';
import { holds, rulesOf, touches, union } from './rules.ts';
import type { Presence, Rules } from './rules.ts';

/** The stretch of a text that is judged as one: the title, which comes first, or a sentence. */
interface Unit {
  readonly start: number;
  readonly end: number;
  readonly concepts: Presence;
}

/** What of an item is looked at; the language is `und` where it is not known. */
export type Matchable = Pick<Item, 'title' | 'text' | 'language'>;

/** No single sentence makes certain. */
const SUREST = 0.99;

/** The text in which an item is matched, and in which the offsets of its match count. */
export function matchedText({ title, text }: Pick<Item, 'title' | 'text'>): string {
  return `${title}\n${text}`;
}

/**
 * Tells whether an item is about the finder's topic, and why.
 *
 * Concepts that meet in one sentence, or in neighbouring ones, make it likely, as the topic's combinations say;
 * titles and first sentences weigh more; contexts (sport, tourism …) take away from it. The likelihoods of all
 * sentences add up as independent witnesses do. Any text gives a match, nonsense a miss.
 */
export function match(item: Matchable, { topic, find }: Finder): Match {
  const rules = rulesOf(topic);
  const text = matchedText(item);
  const findings = find(text).filter((finding) => rules.counts(finding, item.language));
  const evidence = findings.map(evidenceOf);
  const all = rules.presenceOf(findings);
  if (!rules.combinations.some((rule) => holds({ ...rule, none: [] }, all))) {
    return { topic: topic.id, zone: 'miss', score: 0, evidence, passages: [] };
  }
  const units = unitsOf(item, findings, rules);
  const strengths = units.map((_, index) => strengthAt(units, index, topic));
  const doubt = strengths.reduce((left, strength) => left * (1 - strength), 1);
  const score = (1 - doubt) * factorOf(units, topic);
  return {
    topic: topic.id,
    zone: zoneOf(score, topic.thresholds),
    score: Math.round(score * 1000) / 1000,
    evidence,
    passages: passagesOf(units, strengths),
  };
}

function unitsOf(item: Matchable, findings: readonly Finding[], { presenceOf }: Rules): Unit[] {
  const bodyStart = item.title.length + 1;
  const sentences = sentencesOf(item.text).map(({ start, end }) => ({
    start: start + bodyStart,
    end: end + bodyStart,
  }));
  let next = 0;
  return [{ start: 0, end: item.title.length }, ...sentences].map(({ start, end }) => {
    const first = next;
    while ((findings[next]?.start ?? end) < end) next++;
    return { start, end, concepts: presenceOf(findings.slice(first, next)) };
  });
}

/** How likely the unit alone makes it that the text is about the topic: from 0 to just below 1. */
function strengthAt(units: readonly Unit[], index: number, topic: Topic): number {
  const { combinations, contexts } = rulesOf(topic);
  const own = conceptsOf(units, index, index + 1);
  const within = {
    sentence: own,
    neighbours: conceptsOf(units, Math.max(0, index - 1), index + 2),
    title: union([...units.slice(0, 1), ...units.slice(index, index + 1)].map(({ concepts }) => concepts)),
  };
  const best = combinations.find((rule) => touches(rule, own) && holds(rule, within[rule.reach]));
  if (best === undefined) return 0;
  const weight = contexts.reduce(
    (left, context) => (context.where === 'sentence' && holds(context, own) ? left * context.factor : left),
    Math.min(best.weight, SUREST),
  );
  const { titleWeight, leadWeight, leadSentences } = topic.scoring;
  const place = index === 0 ? titleWeight : index <= leadSentences ? leadWeight : 1;
  return 1 - (1 - weight) ** place;
}

/** What the subject of title and lead leaves of the score, from 0 to 1. */
function factorOf(units: readonly Unit[], topic: Topic): number {
  const title = conceptsOf(units, 0, 1);
  const lead = conceptsOf(units, 0, 1 + topic.scoring.leadSentences);
  return rulesOf(topic).contexts.reduce((factor, context) => {
    if (context.where === 'sentence') return factor;
    return holds(context, context.where === 'title' ? title : lead) ? factor * context.factor : factor;
  }, 1);
}

function conceptsOf(units: readonly Unit[], from: number, to: number): Presence {
  return union(units.slice(from, to).map(({ concepts }) => concepts));
}

function passagesOf(units: readonly Unit[], strengths: readonly number[]): (readonly [number, number])[] {
  return units.flatMap(({ start, end }, index) =>
    (strengths[index] ?? 0) > 0 ? [[start, end] as const] : [],
  );
}

function zoneOf(score: number, { hit, related }: Thresholds): Zone {
  if (score >= hit) return 'hit';
  return score >= related ? 'related' : 'miss';
}

function evidenceOf({ term, name, concepts, language, start, end }: Finding): Evidence {
  return { term, concept: name?.id ?? concepts[0] ?? '', language, start, end };
}
