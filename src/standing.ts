import type { Citation, Claim, ItemId, NewsEvent } from './model.ts';
import { countNewsrooms, newsroomOf } from './newsrooms.ts';

type Told = Pick<NewsEvent, 'claims' | 'citations'>;
type Pages = ReadonlyMap<ItemId, Citation>;

/** What somebody is told to have withdrawn is believed when so many newsrooms tell it. */
const WITNESSES = 2;

/**
 * The claims of an event that nobody has taken back since. An outlet that withdraws a report takes back what its
 * newsroom told of the event before; somebody whose withdrawal two newsrooms tell, what it said itself. An item
 * that goes on telling it below its headline takes nothing back, nor does one without a day anything of other items.
 */
export function standing({ claims, citations }: Told): readonly Claim[] {
  const withdrawals = claims.filter(({ stance }) => stance === 'retracts');
  if (withdrawals.length === 0) return claims;
  const pages = new Map(citations.flatMap((page) => (page.item === undefined ? [] : [[page.item, page]])));
  const sure = withdrawals.filter((one) =>
    one.claimants.length === 0
      ? !claims.some((claim) => isKept(claim, one, pages))
      : isWitnessed(one, withdrawals, pages),
  );
  return claims.filter(
    (claim) => claim.stance === 'retracts' || !sure.some((one) => takesBack(one, claim, pages)),
  );
}

/** The claims of an event that stand, without the withdrawals; all of them where none stands. */
export function stillTold({ claims, citations }: Told): readonly Claim[] {
  const left = standing({ claims, citations }).filter(({ stance }) => stance !== 'retracts');
  return left.length === 0 ? claims : left;
}

/** Tells whether somebody's withdrawal is printed by itself, or told by enough newsrooms. */
function isWitnessed(withdrawal: Claim, withdrawals: readonly Claim[], pages: Pages): boolean {
  const who = idsOf(withdrawal);
  const same = withdrawals.filter((other) => !idsOf(other).isDisjointFrom(who));
  const telling = new Set(same.flatMap((one) => pageOf(one, pages) ?? []));
  const isOwn = [...telling].some((page) => who.has(newsroomOf(page)));
  return isOwn || countNewsrooms([...telling]) >= WITNESSES;
}

/** Tells whether an outlet goes on telling what its item takes back: a note at its foot puts a detail right and no more. */
function isKept(claim: Claim, withdrawal: Claim, pages: Pages): boolean {
  const isBeside = claim.item === withdrawal.item && claim.stance !== 'retracts';
  return isBeside && claim.kind === withdrawal.kind && !isHeading(claim, withdrawal, pages);
}

function takesBack(withdrawal: Claim, claim: Claim, pages: Pages): boolean {
  if (claim.item === withdrawal.item) return isHeading(claim, withdrawal, pages);
  const [then, now] = [pageOf(claim, pages), pageOf(withdrawal, pages)];
  if (now?.published === undefined || (then?.published ?? now.published) > now.published) return false;
  if (withdrawal.claimants.length > 0) {
    return claim.claimants.length > 0 && idsOf(claim).isSubsetOf(idsOf(withdrawal));
  }
  return then !== undefined && newsroomOf(then) === newsroomOf(now);
}

/** `Correction: a missile in Kharkiv`, with no figure of its own. */
function isHeading(claim: Claim, withdrawal: Claim, pages: Pages): boolean {
  const { title = '' } = pageOf(claim, pages) ?? {};
  const isInTitle = claim.offset < title.length && withdrawal.offset >= title.length;
  return isInTitle && claim.kind === withdrawal.kind && claim.quantities.length === 0;
}

function pageOf({ item }: Claim, pages: Pages): Citation | undefined {
  return item === undefined ? undefined : pages.get(item);
}

function idsOf({ claimants }: Claim): Set<string> {
  return new Set(claimants.map(({ id }) => id));
}
