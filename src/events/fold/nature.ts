import type { Claim, Direction, NewsEvent } from '../../model.ts';

type Told = Pick<NewsEvent, 'id' | 'claims'>;

/** What kind of event its claims tell: what most items say that it is; between equals, what was said first. */
export function kindOf(event: Told): string {
  const shipped = shippedClaim(event);
  if (shipped !== undefined) return shipped.kind;
  const { claims } = event;
  const told = claims.filter(({ role, stance }) => role === 'news' && stance !== 'expects');
  const perItem = new Map(
    (told.length === 0 ? claims : told).map((claim) => [`${claim.item} ${claim.kind}`, claim.kind]),
  );
  return byFrequency([...perItem.values()])[0] ?? 'other';
}

/** Which way it goes by most claims that tell; `none` where none does. */
export function directionOf(event: Told): Direction {
  const shipped = shippedClaim(event);
  if (shipped !== undefined) return shipped.direction;
  const directed = event.claims.map(({ direction }) => direction).filter((direction) => direction !== 'none');
  return byFrequency(directed)[0] ?? 'none';
}

/** Each once, the most frequent first; between equals, the first met. */
export function byFrequency(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value);
}

/** The editors' claim that decides; where two shipped events are one, that of the event whose id it has. */
function shippedClaim({ id, claims }: Told): Claim | undefined {
  const shipped = claims.filter(({ item }) => item === undefined);
  return shipped.find((claim) => claim.id.startsWith(`${id}/`)) ?? shipped[0];
}
