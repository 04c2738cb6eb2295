import { sentencesOf } from '../language/sentences.ts';
import type { Evidence, Item, Match, Zone } from '../model.ts';
import type { Combination, Context, Thresholds } from '../topics/schema.ts';
import type { Topic } from '../topics/topic.ts';
import type { Finder, Finding } from './finder.ts';

/** The stretch of a text that is judged as one: the title, which comes first, or a sentence. */
interface Unit {
  readonly start: number;
  readonly end: number;
  readonly concepts: ReadonlySet<string>;
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
  const text = matchedText(item);
  const findings = find(text).filter((finding) => counts(finding, item.language, topic));
  const evidence = findings.map(evidenceOf);
  if (!canMeet(findings, topic.combinations)) {
    return { topic: topic.id, zone: 'miss', score: 0, evidence, passages: [] };
  }
  const units = unitsOf(item, text, findings);
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

/**
 * Tells whether a finding counts in a text of that language. All terms are looked for in all texts, so that a
 * language told wrongly cannot hide what the text is about; but those that mean something else in another
 * language must not speak there.
 */
function counts({ name, concepts, language }: Finding, spoken: string, topic: Topic): boolean {
  const [concept] = concepts;
  if (concept === undefined) return false;
  if (name !== undefined || language === spoken || !topic.languages.includes(spoken)) return true;
  return topic.concepts.some(({ id, anyLanguage }) => id === concept && anyLanguage);
}

/** Cheap first test: whether all concepts of some combination are anywhere in the text. */
function canMeet(findings: readonly Finding[], combinations: readonly Combination[]): boolean {
  const concepts = new Set(findings.flatMap((finding) => finding.concepts));
  return combinations.some((rule) => holds({ ...rule, none: [] }, concepts));
}

function unitsOf(item: Matchable, text: string, findings: readonly Finding[]): Unit[] {
  const bodyStart = item.title.length + 1;
  const spans = [
    { start: 0, end: item.title.length },
    ...sentencesOf(text.slice(bodyStart)).map(({ start, end }) => ({
      start: start + bodyStart,
      end: end + bodyStart,
    })),
  ];
  let next = 0;
  return spans.map((span) => {
    const own: Finding[] = [];
    for (; next < findings.length; next++) {
      const finding = findings[next];
      if (finding === undefined || finding.start >= span.end) break;
      own.push(finding);
    }
    return { ...span, concepts: new Set(own.flatMap(({ concepts }) => concepts)) };
  });
}

function union(units: readonly Unit[]): ReadonlySet<string> {
  return new Set(units.flatMap(({ concepts }) => [...concepts]));
}

/** How likely the unit alone makes it that the text is about the topic: from 0 to just below 1. */
function strengthAt(units: readonly Unit[], index: number, topic: Topic): number {
  const own = units[index]?.concepts ?? new Set();
  const within = {
    sentence: own,
    neighbours: union(units.slice(Math.max(0, index - 1), index + 2)),
    title: union([...units.slice(0, 1), ...units.slice(index, index + 1)]),
  };
  let weight = 0;
  for (const rule of topic.combinations) {
    if (rule.weight <= weight || !rule.all.some((concept) => own.has(concept))) continue;
    if (holds(rule, within[rule.reach])) weight = rule.weight;
  }
  for (const context of topic.contexts) {
    if (context.where === 'sentence' && holds(context, own)) weight *= context.factor;
  }
  const { titleWeight, leadWeight, leadSentences } = topic.scoring;
  const place = index === 0 ? titleWeight : index <= leadSentences ? leadWeight : 1;
  return 1 - (1 - Math.min(weight, SUREST)) ** place;
}

/** What the subject of title and lead leaves of the score, from 0 to 1. */
function factorOf(units: readonly Unit[], { contexts, scoring }: Topic): number {
  const title = union(units.slice(0, 1));
  const lead = union(units.slice(0, 1 + scoring.leadSentences));
  return contexts.reduce((factor, context) => {
    if (context.where === 'sentence') return factor;
    return holds(context, context.where === 'title' ? title : lead) ? factor * context.factor : factor;
  }, 1);
}

function passagesOf(units: readonly Unit[], strengths: readonly number[]): (readonly [number, number])[] {
  return units.flatMap(({ start, end }, index) =>
    (strengths[index] ?? 0) > 0 ? [[start, end] as const] : [],
  );
}

function holds(rule: Pick<Context, 'all' | 'any' | 'none'>, concepts: ReadonlySet<string>): boolean {
  return (
    rule.all.every((concept) => concepts.has(concept)) &&
    (rule.any.length === 0 || rule.any.some((concept) => concepts.has(concept))) &&
    !rule.none.some((concept) => concepts.has(concept))
  );
}

function zoneOf(score: number, { hit, related }: Thresholds): Zone {
  if (score >= hit) return 'hit';
  return score >= related ? 'related' : 'miss';
}

function evidenceOf({ term, name, concepts, language, start, end }: Finding): Evidence {
  return { term, concept: name?.id ?? concepts[0] ?? '', language, start, end };
}
