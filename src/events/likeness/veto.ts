import type { Signature } from '../../model.ts';
import { daysBetween } from '../../time.ts';

/** Why two reports cannot tell of one happening, however alike they read. */
export type Veto = 'direction' | 'polarity' | 'kind' | 'amount' | 'day';

/** News days further apart than this are two happenings, even where the calendar is blurred by zones and deadlines. */
const WIDEST_GAP_DAYS = 3;

/** Counts of one thing that differ so many times over are not two counts of one happening. */
const OTHER_MAGNITUDE = 3;

/** Kinds that say something was done; the others say that something was said, and may be said of any of these. */
const DEEDS = new Set([
  'transfer',
  'use',
  'troops',
  'casualties',
  'treaty',
  'visit',
  'talks',
  'drill',
  'technology',
  'payment',
  'sanctions',
  'labour',
]);

/**
 * Tells what forbids to fold two reports, or `undefined` when nothing does. What one of them leaves open forbids
 * nothing; what one of them holds both ways (two kinds, two counts) forbids nothing either.
 */
export function vetoOf(a: Signature, b: Signature): Veto | undefined {
  if (isOpposite(a.direction, b.direction)) return 'direction';
  if (a.denies !== b.denies && a.kinds.length > 0 && b.kinds.length > 0) return 'polarity';
  if (areOtherDeeds(a.kinds, b.kinds)) return 'kind';
  if (countsOtherMagnitude(a, b)) return 'amount';
  return isOtherTime(a, b) ? 'day' : undefined;
}

/** Tells whether two directions lead opposite ways: `A→B` and `B→A`. */
export function isOpposite(one: string, other: string): boolean {
  const [from, to] = one.split('→');
  return to !== undefined && from !== to && other === `${to}→${from}`;
}

function areOtherDeeds(some: readonly string[], others: readonly string[]): boolean {
  if (some.length === 0 || others.length === 0) return false;
  if (![...some, ...others].every((kind) => DEEDS.has(kind))) return false;
  return !some.some((kind) => others.includes(kind));
}

function countsOtherMagnitude(a: Signature, b: Signature): boolean {
  const pairs = a.counts.flatMap((one) =>
    b.counts.flatMap((other) => (one.unit === other.unit ? [[one.value, other.value] as const] : [])),
  );
  return pairs.length > 0 && pairs.every(([one, other]) => isOtherMagnitude(one, other));
}

/** Tells whether two counts of one thing are too far apart to be counts of one happening. */
export function isOtherMagnitude(one: number, other: number): boolean {
  return Math.max(one, other) >= OTHER_MAGNITUDE * Math.min(one, other);
}

function isOtherTime(a: Signature, b: Signature): boolean {
  return a.day !== undefined && b.day !== undefined && Math.abs(daysBetween(a.day, b.day)) > WIDEST_GAP_DAYS;
}
