import type { Signature } from '../../model.ts';
import { daysBetween } from '../../time.ts';
import type { KindBook } from '../../topics/kinds.ts';

/**
 * How many days lie between two reports: between the days of their news, or between the days on which the like deeds
 * that they tell of were done, whichever is less. Who comes with the news of a deed a week later tells of that
 * deed. `undefined` where one gives no day.
 */
export function daysApart(a: Signature, b: Signature, kinds: KindBook): number | undefined {
  const gaps = [gapOf(a.day, b.day), ...(tellOfLikeDeeds(a, b, kinds) ? [gapOf(a.done, b.done)] : [])];
  const known = gaps.filter((gap) => gap !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function gapOf(one: Signature['day'], other: Signature['day']): number | undefined {
  return one === undefined || other === undefined ? undefined : Math.abs(daysBetween(one, other));
}

/** Tells whether two reports give the same day for like deeds. */
export function areOfOneDay(a: Signature, b: Signature, kinds: KindBook): boolean {
  return a.done !== undefined && a.done === b.done && tellOfLikeDeeds(a, b, kinds);
}

function tellOfLikeDeeds(a: Signature, b: Signature, { deedOf }: KindBook): boolean {
  const deeds = new Set(a.kinds.flatMap((kind) => deedOf(kind) ?? []));
  return b.kinds.some((kind) => deeds.has(deedOf(kind) ?? ''));
}
