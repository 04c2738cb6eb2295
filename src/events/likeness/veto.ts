import type { Signature } from '../../model.ts';
import { daysBetween } from '../../time.ts';
import type { KindBook } from '../../topics/kinds.ts';
import { daysApart } from './days.ts';

/** Why two reports cannot tell of one happening, however alike they read. */
export type Veto = 'direction' | 'polarity' | 'kind' | 'amount' | 'day';

/** News days further apart than this are two happenings, even where the calendar is blurred by zones and deadlines. */
const WIDEST_GAP_DAYS = 3;

/** Counts of one thing that differ so many times over are not two counts of one happening. */
const OTHER_MAGNITUDE = 3;

/**
 * Tells what forbids to fold two reports, or `undefined` when nothing does. What one of them leaves open forbids
 * nothing; what one of them holds both ways (two kinds, two counts) forbids nothing either.
 */
export function vetoOf(a: Signature, b: Signature, kinds: KindBook): Veto | undefined {
  if (areGoods(a, kinds) && areGoods(b, kinds) && isOpposite(a.direction, b.direction)) return 'direction';
  if ((a.denies && assertsDeed(b, kinds)) || (b.denies && assertsDeed(a, kinds))) return 'polarity';
  if (areOtherDeeds(a, b, kinds)) return 'kind';
  if (countsOtherMagnitude(a, b)) return 'amount';
  return isOtherTime(a, b, kinds) ? 'day' : undefined;
}

/** Tells whether two directions lead opposite ways: `A→B` and `B→A`. */
export function isOpposite(one: string, other: string): boolean {
  const [from, to] = one.split('→');
  return to !== undefined && from !== to && other === `${to}→${from}`;
}

/** A report that also tells what is said of a deed may tell of the denial. */
function assertsDeed({ denies, kinds: told }: Signature, kinds: KindBook): boolean {
  return !denies && told.length > 0 && told.every((kind) => kinds.deedOf(kind) !== undefined);
}

function areGoods({ kinds: told }: Signature, kinds: KindBook): boolean {
  return told.some((kind) => kinds.is(kind, 'goods'));
}

/** Two reports of different things done are two happenings; what is said, or done where people meet, may be about any. */
function areOtherDeeds(a: Signature, b: Signature, kinds: KindBook): boolean {
  const [some, others] = [a, b].map((report) => new Set(report.kinds.map(kinds.deedOf)));
  if (some === undefined || others === undefined || some.has(undefined) || others.has(undefined))
    return false;
  return some.size > 0 && others.size > 0 && some.isDisjointFrom(others);
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

function isOtherTime(a: Signature, b: Signature, kinds: KindBook): boolean {
  if (isBefore(a, b) || isBefore(b, a)) return true;
  return (daysApart(a, b, kinds) ?? 0) > WIDEST_GAP_DAYS;
}

/** Nothing is reported before it happens; zones blur one day. */
function isBefore({ published }: Signature, past: Signature): boolean {
  if (published === undefined || past.item !== undefined || past.days.length === 0) return false;
  return past.days.every((day) => daysBetween(published, day) > 0);
}
