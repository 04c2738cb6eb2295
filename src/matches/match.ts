import { sentencesOf } from '../language/sentences.ts';
import type { Evidence, Item, Match, Zone } from '../model.ts';
import type { Thresholds } from '../topics/schema.ts';
import type { Topic } from '../topics/topic.ts';
import type { Finder, Finding } from './finder.ts';
import { holds, rulesOf, touches, union } from './rules.ts';
import type { Presence, Rules } from './rules.ts';

/** What of an item is looked at; the language is `und` where it is not known. */
export type Matchable = Pick<Item, 'title' | 'text' | 'language'>;

/** A stretch of a text that is judged as one: the title, which comes first, or a sentence. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  readonly concepts: Presence;
  /** How likely it alone makes it that the text is about the topic: from 0 to just below 1. */
  readonly strength: number;
}

/** All that was weighed to tell whether an item is about a topic. Offsets count in `matchedText(item)`. */
export interface Judgement {
  readonly findings: readonly Finding[];
  /** What the text speaks of anywhere. */
  readonly concepts: Presence;
  /** Empty where the text does not speak of what the topic needs: then nothing was weighed. */
  readonly units: readonly Unit[];
  /** Indexes of the topic's contexts that title and lead are in. */
  readonly contexts: readonly number[];
  /** From 0 to 1. */
  readonly score: number;
}

type Stretch = Pick<Unit, 'start' | 'end' | 'concepts'>;

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
 * sentences add up as independent witnesses do. The passages are the sentences that go at least half the way to a
 * hit. Any text gives a match, nonsense a miss.
 */
export function match(item: Matchable, finder: Finder): Match {
  const { findings, units, score } = judge(item, finder);
  const { id, thresholds } = finder.topic;
  const telling = units.filter(({ strength }) => strength >= thresholds.hit / 2);
  return {
    topic: id,
    zone: zoneOf(score, thresholds),
    score: Math.round(score * 1000) / 1000,
    evidence: evidenceOf(findings, item.language),
    passages: telling.map(({ start, end }) => [start, end] as const),
  };
}

/** Weighs an item: the findings that count, its sentences, and the contexts that take away from it. */
export function judge(item: Matchable, { topic, find }: Finder): Judgement {
  const rules = rulesOf(topic);
  const findings = find(matchedText(item)).filter((finding) => rules.counts(finding, item.language));
  const concepts = rules.presenceOf(findings);
  if (!rules.combinations.some((rule) => holds({ ...rule, none: [] }, concepts))) {
    return { findings, concepts, units: [], contexts: [], score: 0 };
  }
  const stretches = stretchesOf(item, findings, rules);
  const units = stretches.map((stretch, index) => ({
    ...stretch,
    strength: strengthAt(stretches, index, topic),
  }));
  const contexts = contextsOf(stretches, topic);
  const factor = contexts.reduce((left, index) => left * (rules.contexts[index]?.factor ?? 1), 1);
  const doubt = units.reduce((left, { strength }) => left * (1 - strength), 1);
  return { findings, concepts, units, contexts, score: (1 - doubt) * factor };
}

function stretchesOf(item: Matchable, findings: readonly Finding[], { presenceOf }: Rules): Stretch[] {
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

function strengthAt(stretches: readonly Stretch[], index: number, topic: Topic): number {
  const { combinations, contexts } = rulesOf(topic);
  const own = conceptsOf(stretches, index, index + 1);
  const within = {
    sentence: own,
    neighbours: conceptsOf(stretches, Math.max(0, index - 1), index + 2),
    title: union(
      [...stretches.slice(0, 1), ...stretches.slice(index, index + 1)].map(({ concepts }) => concepts),
    ),
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

/** The contexts of the topic in which title and lead are. */
function contextsOf(stretches: readonly Stretch[], topic: Topic): number[] {
  const title = conceptsOf(stretches, 0, 1);
  const lead = conceptsOf(stretches, 0, 1 + topic.scoring.leadSentences);
  return rulesOf(topic).contexts.flatMap((context, index) => {
    const isIn = context.where !== 'sentence' && holds(context, context.where === 'title' ? title : lead);
    return isIn ? [index] : [];
  });
}

function conceptsOf(stretches: readonly Stretch[], from: number, to: number): Presence {
  return union(stretches.slice(from, to).map(({ concepts }) => concepts));
}

/** The zone of a score. */
export function zoneOf(score: number, { hit, related }: Thresholds): Zone {
  if (score >= hit) return 'hit';
  return score >= related ? 'related' : 'miss';
}

/** Shows findings as evidence: a word that several languages share once, by the list of the text's own where it has it. */
export function evidenceOf(findings: readonly Finding[], spoken: string): Evidence[] {
  const shown = new Map<string, Evidence>();
  for (const { term, name, concepts, language, start, end } of findings) {
    const concept = name?.id ?? concepts[0] ?? '';
    const key = `${concept} ${start} ${end}`;
    if (!shown.has(key) || language === spoken) shown.set(key, { term, concept, language, start, end });
  }
  return [...shown.values()];
}
