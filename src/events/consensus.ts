import type { Bound, Citation, Claim, Claimant, NewsEvent, Precision, When } from '../model.ts';
import { newsroomOf } from '../newsrooms.ts';
import { stillTold } from '../standing.ts';
import { daysBetween } from '../time.ts';

/** One answer to the question when an event happened, and who gives it. */
export interface Vote {
  readonly when: When;
  /** Newsrooms (or the shipped history) whose items say so, each counted once; in alphabetical order. */
  readonly newsrooms: readonly string[];
}

/** How much one claimant counts of one thing, over all claims. */
export interface Count {
  /** Absent where the outlets speak for themselves. */
  readonly claimant?: Claimant;
  readonly unit: string;
  /** Lowest and highest value given; equal when only one was. */
  readonly least: number;
  readonly most: number;
  readonly bound: Bound;
}

/** Finest first: on equal votes the finer answer wins. */
const FINENESS: Readonly<Record<Precision, number>> = { day: 0, range: 1, week: 2, month: 3, year: 4 };

/** Newsroom of claims without an item: the shipped history. */
const HISTORY = 'history';

type Told = Pick<NewsEvent, 'claims' | 'citations'>;

/**
 * Counts the answers to when an event happened, strongest first. Every newsroom has one vote an answer; a wider
 * answer that contains a finer one backs it with half a vote. Expectations do not vote, nor does what was taken back. Answers that lost stay
 * in the list, so that a conflict can be shown.
 */
export function votesOn(told: Told): Vote[] {
  const newsrooms = newsroomsByItem(told.citations);
  const answers = new Map<string, { when: When; voters: Set<string> }>();
  for (const { when, stance, item } of stillTold(told)) {
    if (when === undefined || stance === 'expects' || stance === 'demands') continue;
    const key = `${when.start}/${when.end}`;
    const answer = answers.get(key) ?? { when, voters: new Set() };
    answer.voters.add(item === undefined ? HISTORY : (newsrooms.get(item) ?? item));
    answers.set(key, answer);
  }
  const votes = [...answers.values()].map(({ when, voters }) => ({
    when,
    newsrooms: [...voters].toSorted(),
  }));
  const strength = new Map(votes.map((vote) => [vote, strengthOf(vote, votes)]));
  return votes.toSorted(
    (a, b) =>
      (strength.get(b) ?? 0) - (strength.get(a) ?? 0) ||
      FINENESS[a.when.precision] - FINENESS[b.when.precision] ||
      (a.when.start < b.when.start ? -1 : 1),
  );
}

/** When an event happened by vote of its claims; `undefined` while none tells. */
export function whenOf(told: Told): When | undefined {
  return votesOn(told)[0]?.when;
}

/** The days that speak against the one that won: answers that do not overlap it. */
export function conflictsOver(told: Told): Vote[] {
  const [winner, ...others] = votesOn(told);
  return winner === undefined ? [] : others.filter(({ when }) => !overlaps(when, winner.when));
}

/** What each claimant counts, as the claims have it; contradictions stand side by side, nothing is averaged. */
export function countsOf(claims: readonly Claim[]): Count[] {
  const counts = new Map<string, Count>();
  for (const { claimants, quantities, stance } of claims) {
    if (stance === 'denies') continue;
    for (const claimant of claimants.length === 0 ? [undefined] : claimants) {
      for (const { value, unit, bound } of quantities) {
        const key = `${claimant?.id ?? ''} ${unit}`;
        const known = counts.get(key);
        counts.set(key, {
          ...(claimant !== undefined && { claimant }),
          unit,
          least: Math.min(value, known?.least ?? value),
          most: Math.max(value, known?.most ?? value),
          bound: known === undefined || known.bound === bound ? bound : 'about',
        });
      }
    }
  }
  return [...counts.values()];
}

/** Tells whether two answers share a day. */
export function overlaps(one: When, other: When): boolean {
  return one.start <= other.end && other.start <= one.end;
}

function newsroomsByItem(citations: readonly Citation[]): Map<string, string> {
  return new Map(
    citations.flatMap((citation) => {
      const { item, copyOf } = citation;
      return item === undefined ? [] : [[item, copyOf ?? newsroomOf(citation)] as const];
    }),
  );
}

function strengthOf(vote: Vote, votes: readonly Vote[]): number {
  const wider = votes.filter((other) => other !== vote && contains(other.when, vote.when));
  const backers = new Set(wider.flatMap(({ newsrooms }) => newsrooms)).difference(new Set(vote.newsrooms));
  return vote.newsrooms.length + backers.size / 2;
}

function contains(wide: When, narrow: When): boolean {
  return wide.start <= narrow.start && narrow.end <= wide.end && lengthOf(wide) > lengthOf(narrow);
}

function lengthOf({ start, end }: When): number {
  return daysBetween(start, end);
}
