import type { Signature } from '../../model.ts';
import { daysBetween } from '../../time.ts';

/** Why two reports cannot tell of one happening, however alike they read. */
export type Veto = 'direction' | 'polarity' | 'kind' | 'amount' | 'day';

/** News days further apart than this are two happenings, even where the calendar is blurred by zones and deadlines. */
const WIDEST_GAP_DAYS = 3;

/** Counts of one thing that differ so many times over are not two counts of one happening. */
const OTHER_MAGNITUDE = 3;

/**
 * What is done in deeds of these kinds: two reports of different things done are two happenings. Visits, talks and
 * treaties are occasions at which any of it may be done, and statements may be about any of it.
 */
const DONE: Readonly<Record<string, string>> = {
  transfer: 'arms go over',
  use: 'arms are used',
  troops: 'people go over',
  casualties: 'people go over',
  labour: 'people work',
  technology: 'knowledge goes over',
  payment: 'something is paid',
  sanctions: 'somebody is punished',
  drill: 'something is practised',
};

/** Kinds in which something goes from one party to the other, so that its way tells happenings apart. */
const GOODS: ReadonlySet<string> = new Set(['transfer', 'technology', 'payment']);

/**
 * Tells what forbids to fold two reports, or `undefined` when nothing does. What one of them leaves open forbids
 * nothing; what one of them holds both ways (two kinds, two counts) forbids nothing either.
 */
export function vetoOf(a: Signature, b: Signature): Veto | undefined {
  if (areGoods(a) && areGoods(b) && isOpposite(a.direction, b.direction)) return 'direction';
  if ((a.denies && assertsDeed(b)) || (b.denies && assertsDeed(a))) return 'polarity';
  if (areOtherDeeds(a.kinds, b.kinds)) return 'kind';
  if (countsOtherMagnitude(a, b)) return 'amount';
  return isOtherTime(a, b) ? 'day' : undefined;
}

/** Tells whether two directions lead opposite ways: `A→B` and `B→A`. */
export function isOpposite(one: string, other: string): boolean {
  const [from, to] = one.split('→');
  return to !== undefined && from !== to && other === `${to}→${from}`;
}

/** A report that also tells what is said of a deed may tell of the denial. */
function assertsDeed({ denies, kinds }: Signature): boolean {
  return !denies && kinds.length > 0 && kinds.every((kind) => DONE[kind] !== undefined);
}

function areGoods({ kinds }: Signature): boolean {
  return kinds.some((kind) => GOODS.has(kind));
}

function areOtherDeeds(some: readonly string[], others: readonly string[]): boolean {
  const done = new Set(some.map((kind) => DONE[kind]));
  const otherDone = new Set(others.map((kind) => DONE[kind]));
  if (done.size === 0 || otherDone.size === 0 || done.has(undefined) || otherDone.has(undefined))
    return false;
  return done.isDisjointFrom(otherDone);
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
  if (isBefore(a, b) || isBefore(b, a)) return true;
  return a.day !== undefined && b.day !== undefined && Math.abs(daysBetween(a.day, b.day)) > WIDEST_GAP_DAYS;
}

/** Nothing is reported before it happens; zones blur one day. */
function isBefore({ published }: Signature, past: Signature): boolean {
  if (published === undefined || past.item !== undefined || past.days.length === 0) return false;
  return past.days.every((day) => daysBetween(published, day) > 0);
}
