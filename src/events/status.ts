import type { Claim, Status } from '../model.ts';
import { originsOf } from './independence.ts';
import type { Actors } from './independence.ts';

/**
 * Tells what the claims of an event add up to.
 *
 * - `confirmed`: one of the two parties says so itself, whoever denies it, or a UN body finds it and nobody denies it
 * - `contested`: somebody says so and somebody denies it
 * - `denied`: nobody says so, somebody denies it
 * - `corroborated`: two that do not speak for each other say so
 * - `claimed`: anything less
 *
 * - `retracted`: nobody says anything any more, and somebody has taken it back
 *
 * An expectation or a demand says nothing about what happened, nor does taking something back.
 */
export function statusOf(claims: readonly Claim[], actors: Actors): Status {
  if (claims.length > 0 && claims.every(({ stance }) => stance === 'retracts')) return 'retracted';
  const asserting = rootsOf(claims.filter(isAssertion), actors);
  const isDenied = claims.some(({ stance }) => stance === 'denies');
  if ([...asserting].some(actors.isParty)) return 'confirmed';
  if (isDenied) return claims.some(isAssertion) ? 'contested' : 'denied';
  if ([...asserting].some(actors.isUnitedNations)) return 'confirmed';
  return asserting.size > 1 ? 'corroborated' : 'claimed';
}

function isAssertion({ stance }: Claim): boolean {
  return !['denies', 'expects', 'demands', 'retracts'].includes(stance);
}

function rootsOf(claims: readonly Claim[], actors: Actors): Set<string> {
  return new Set(claims.flatMap((claim) => [...originsOf(claim, actors)]));
}
