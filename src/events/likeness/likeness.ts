import type { NewsEvent, Signature } from '../../model.ts';
import { weekday } from '../../time.ts';
import { areOfOneDay, daysApart } from './days.ts';
import { prepare, shared, sharedWeight } from './prepared.ts';
import type { Scales } from './prepared.ts';
import { vetoOf } from './veto.ts';

/** Language of a signature made of titles in several (BCP 47). */
export const MANY_LANGUAGES = 'mul';

/** What speaks for and against two reports telling of one happening, each from 0 to 1. */
const evidenceKinds = [
  /** The same for every pair: how rare it is. */
  'always',
  /** One of them gives no day; it names the date of the other, it names its weekday, or other weekdays. */
  'undated',
  'namedDay',
  'weekday',
  'otherWeekday',
  /** The day of their news is the same, the next, a later one. */
  'sameDay',
  'nextDay',
  'laterDay',
  /** Printed within half a day, or on the same day where the hour is not known. */
  'printedTogether',
  'printedApart',
  /** Words shared, within a language, and how far beyond what fresh writing shares. */
  'words',
  'copied',
  /** Words that the titles share, where both speak of the topic. */
  'titles',
  /** Words that sound alike, across languages. */
  'sounds',
  /** Facts of the topic that both speak of, by weight, and the two rarest of them. */
  'facts',
  'rareFacts',
  'amounts',
  'speakers',
  'otherSpeakers',
  'kinds',
  'otherKinds',
  /** What both speak of as done is something else; one of them gives no day, and it is done with other weapons. */
  'otherDeeds',
  'otherWeapons',
] as const;
export type Evidence = Readonly<Record<(typeof evidenceKinds)[number], number>>;

/** Log-odds that each kind of evidence adds: fitted on labelled reports, rounded; of other weapons no two labelled ones tell. */
const WEIGHTS: Evidence = {
  always: -4.5,
  undated: -1.1,
  namedDay: 2,
  weekday: 1.6,
  otherWeekday: -1.6,
  sameDay: 2.3,
  nextDay: 1.5,
  laterDay: -2.8,
  printedTogether: 0.7,
  printedApart: -0.8,
  words: 0.8,
  copied: 2,
  titles: 2,
  sounds: 0.7,
  facts: 2.2,
  rareFacts: 3.3,
  amounts: 1,
  speakers: 0.5,
  otherSpeakers: -1.2,
  kinds: 0,
  otherKinds: -1,
  otherDeeds: -1,
  otherWeapons: -3,
};

/** One pair of reports says no more than this for or against. */
const MOST_FOR = 5;
const MOST_AGAINST = -8;

/** News of one evening is printed around midnight, under two dates. */
const TOGETHER_HOURS = 14;

/** Fresh writing on the same news shares about this much of its words. */
const FRESH_SHARE = 0.4;

/** A fact of this weight is as rare as facts get. */
const RAREST = 5;

/** Of an event's reports, so many of the nearest are asked about a report without a day. */
const NEAREST = 3;

/** Without a day, an event that is told of more is more likely meant: log-odds for each e-fold of its pages. */
const PROMINENCE = 0.45;

/**
 * Tells how likely it is that a report belongs to an event: the mean over the event's reports of the log-odds that
 * both tell of one happening. A report without a day may look back on an event from one side, so only the
 * dated reports nearest to it are asked, and how much the event is told of counts. 0 is even; `undefined` when half of them or more
 * forbid it.
 */
export function likenessTo(report: Signature, event: NewsEvent, scales: Scales): number | undefined {
  const { signatures = [], citations } = event;
  if (report.day !== undefined) {
    const odds = oddsBetween([report], signatures, scales);
    return odds && meanOf(odds);
  }
  const dated = signatures.filter(({ day }) => day !== undefined);
  const odds = oddsBetween([report], dated.length > 0 ? dated : signatures, scales);
  const nearest = odds?.toSorted((a, b) => b - a).slice(0, NEAREST);
  const told = citations.filter(({ published }) => published !== undefined).length;
  return nearest && meanOf(nearest) + PROMINENCE * Math.log(1 + told);
}

/** The same for two events, by all their reports. */
export function likenessBetween(one: NewsEvent, other: NewsEvent, scales: Scales): number | undefined {
  const odds = oddsBetween(one.signatures ?? [], other.signatures ?? [], scales);
  return odds && meanOf(odds);
}

/** Log-odds of all pairs that are not forbidden; `undefined` when half or more are. */
function oddsBetween(
  some: readonly Signature[],
  others: readonly Signature[],
  scales: Scales,
): number[] | undefined {
  const pairs = some.flatMap((a) => others.map((b) => [a, b] as const));
  const open = pairs.filter(([a, b]) => vetoOf(a, b, scales.kinds) === undefined);
  if (open.length * 2 <= pairs.length) return undefined;
  return open.map(([a, b]) => likenessOf(a, b, scales));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Log-odds that two reports tell of one happening, vetoes aside. */
export function likenessOf(a: Signature, b: Signature, scales: Scales): number {
  const evidence = evidenceOf(a, b, scales);
  const sum = evidenceKinds.reduce((total, kind) => total + WEIGHTS[kind] * evidence[kind], 0);
  return Math.max(MOST_AGAINST, Math.min(MOST_FOR, sum));
}

/** Weighs two reports against each other. */
export function evidenceOf(a: Signature, b: Signature, scales: Scales): Evidence {
  const { weightOf, kinds } = scales;
  const [one, other] = [prepare(a, scales), prepare(b, scales)];
  const words = shareLanguage(a, b) ? shared(one.words, other.words) : 0;
  const isOneLanguage = a.language === b.language;
  const isUndated = a.day === undefined || b.day === undefined;
  const evidence = {
    always: 1,
    ...timeEvidence(a, b, daysApart(a, b, kinds)),
    words: Math.sqrt(words),
    copied: Math.max(0, words - FRESH_SHARE),
    titles: isOneLanguage ? shared(one.headline, other.headline) ** 3 : 0,
    sounds: isOneLanguage ? 0 : Math.sqrt(shared(one.sounds, other.sounds)),
    facts: sharedWeight(one, other),
    rareFacts: rarityOf(a.facts.filter((fact) => other.facts.has(fact)).map(weightOf)),
    amounts: Number(a.amounts.some((amount) => b.amounts.includes(amount))),
    ...agreement('speakers', 'otherSpeakers', a.speakers, b.speakers),
    ...agreement('kinds', 'otherKinds', a.kinds.map(kinds.occasionOf), b.kinds.map(kinds.occasionOf)),
    otherDeeds: Number(areOthers(one.deeds, other.deeds)),
    otherWeapons: Number(isUndated && areOthers(new Set(a.weapons), new Set(b.weapons))),
  };
  // Of one deed many speak, and as late as they like.
  return areOfOneDay(a, b, kinds) ? { ...evidence, printedApart: 0, otherSpeakers: 0 } : evidence;
}

/** How rare the two rarest facts are: 0 to about 1. One rare name may be chance, two are a story. */
function rarityOf(weights: readonly number[]): number {
  const [first = 0, second = 0] = weights.toSorted((a, b) => b - a);
  return (first + second) / (2 * RAREST);
}

function areOthers(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return some.size > 0 && others.size > 0 && some.isDisjointFrom(others);
}

function shareLanguage(a: Signature, b: Signature): boolean {
  return a.language === b.language || a.language === MANY_LANGUAGES || b.language === MANY_LANGUAGES;
}

type TimeEvidence = Pick<
  Evidence,
  | 'undated'
  | 'namedDay'
  | 'weekday'
  | 'otherWeekday'
  | 'sameDay'
  | 'nextDay'
  | 'laterDay'
  | 'printedTogether'
  | 'printedApart'
>;

function timeEvidence(a: Signature, b: Signature, gap: number | undefined): TimeEvidence {
  const hours = a.hour === undefined || b.hour === undefined ? undefined : Math.abs(a.hour - b.hour);
  const onOneDay = a.published !== undefined && a.published === b.published;
  const isWeekday = weekdayFits(a, b) ?? weekdayFits(b, a);
  return {
    undated: Number(gap === undefined),
    namedDay: Number(namesDayOf(a, b) || namesDayOf(b, a)),
    weekday: Number(isWeekday === true),
    otherWeekday: Number(isWeekday === false),
    sameDay: Number(gap === 0),
    nextDay: Number(gap === 1 && isPrintedBy(a) && isPrintedBy(b)),
    laterDay: Number(gap !== undefined && gap > 1),
    printedTogether: Number(hours === undefined ? onOneDay : hours <= TOGETHER_HOURS),
    printedApart: Number(hours !== undefined && hours > TOGETHER_HOURS),
  };
}

/** The day of a report without a date is the one it names, never that of a paper which came out a day later. */
function isPrintedBy({ item, published }: Signature): boolean {
  return item === undefined || published !== undefined;
}

function namesDayOf(undated: Signature, { day }: Signature): boolean {
  return undated.day === undefined && day !== undefined && undated.days.includes(day);
}

/** Whether an undated report names the weekday of a dated one; `undefined` where it names none. */
function weekdayFits({ weekdays = [] }: Signature, { day }: Signature): boolean | undefined {
  return weekdays.length === 0 || day === undefined ? undefined : weekdays.includes(weekday(day));
}

function agreement<Yes extends string, No extends string>(
  yes: Yes,
  no: No,
  some: readonly unknown[],
  others: readonly unknown[],
): Record<Yes | No, number> {
  const told = some.length > 0 && others.length > 0;
  const common = some.some((one) => others.includes(one));
  return { [yes]: Number(common), [no]: Number(told && !common) } as Record<Yes | No, number>;
}
