import type { Citation, Claim, ItemId, NewsEvent } from '../model.ts';
import { newsroomOf, originsOf } from './independence.ts';
import type { Actors } from './independence.ts';

/**
 * The claims of an event that nobody has taken back since. An outlet that withdraws a report takes back what its
 * newsroom told of the event before; somebody whose withdrawal is told, what was said by the same side. What the
 * withdrawing item itself says stands, but for a heading that only names what is withdrawn.
 */
export function standing(
  { claims, citations }: Pick<NewsEvent, 'claims' | 'citations'>,
  actors: Actors,
): readonly Claim[] {
  const withdrawals = claims.filter(({ stance }) => stance === 'retracts');
  if (withdrawals.length === 0) return claims;
  const pages = new Map(citations.flatMap((page) => (page.item === undefined ? [] : [[page.item, page]])));
  return claims.filter(
    (claim) =>
      claim.stance === 'retracts' || !withdrawals.some((one) => takesBack(one, claim, { pages, actors })),
  );
}

function takesBack(
  withdrawal: Claim,
  claim: Claim,
  { pages, actors }: { pages: ReadonlyMap<ItemId, Citation>; actors: Actors },
): boolean {
  if (claim.item === withdrawal.item) return isHeading(claim, withdrawal);
  const [then, now] = [claim, withdrawal].map(({ item }) =>
    item === undefined ? undefined : pages.get(item),
  );
  const isLater = (then?.published?.getTime() ?? 0) > (now?.published?.getTime() ?? Infinity);
  if (isLater) return false;
  if (withdrawal.claimants.length > 0) {
    return !originsOf(withdrawal, actors).isDisjointFrom(originsOf(claim, actors));
  }
  return then !== undefined && now !== undefined && newsroomOf(then) === newsroomOf(now);
}

/** `Correction: a missile in Kharkiv`, with no figure of its own. */
function isHeading({ offset, kind, quantities }: Claim, withdrawal: Claim): boolean {
  return offset < withdrawal.offset && kind === withdrawal.kind && quantities.length === 0;
}
