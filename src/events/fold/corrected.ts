import type { Corrected, NewsEvent, Status } from '../../model.ts';
import { whenOf } from '../consensus.ts';
import { kindOf } from './nature.ts';

/** Lays what people decided over what the claims of an event tell. */
export function laidOver(told: NewsEvent): NewsEvent {
  const { corrected } = told;
  if (corrected === undefined) return told;
  const { when = told.when, kind = told.kind, retracted } = corrected;
  return {
    ...told,
    kind,
    ...(when !== undefined && { when }),
    ...(retracted !== undefined && {
      status: 'retracted',
      corrected: { ...corrected, retracted: told.status },
    }),
  };
}

/**
 * An event with these corrections in the place of those that it had; none when `undefined`. An event that has lost all
 * its claims keeps its day and kind.
 *
 * @param corrected - `retracted` may be any status: that of the event without corrections takes its place
 */
export function withCorrected(event: NewsEvent, corrected: Corrected | undefined): NewsEvent {
  const { when: _, corrected: __, ...rest } = event;
  const isEmpty = event.claims.length === 0;
  const when = isEmpty ? event.when : whenOf(event);
  return laidOver({
    ...rest,
    kind: isEmpty ? event.kind : kindOf(event),
    ...(when !== undefined && { when }),
    status: statusWithout(event),
    ...(corrected !== undefined && { corrected }),
  });
}

/** What people decided about an event, also where it was retracted before its own status was kept beside. */
export function decidedIn({ corrected, status, claims }: NewsEvent): Corrected | undefined {
  const isTakenBack = claims.some(({ stance }) => stance === 'retracts');
  return status === 'retracted' && !isTakenBack ? { ...corrected, retracted: status } : corrected;
}

/** The status that an event would have had nobody retracted it. */
export function statusWithout({ status, corrected }: NewsEvent): Status {
  return corrected?.retracted ?? status;
}

/** What people decided about an event that is made of two: of its day and kind, the word on the one that stays counts first. */
export function correctedOfBoth(into: NewsEvent, from: NewsEvent): { corrected?: Corrected } {
  const { when, kind } = { ...from.corrected, ...into.corrected };
  const { retracted } = into.corrected ?? {};
  if (when === undefined && kind === undefined && retracted === undefined) return {};
  return {
    corrected: {
      ...(when !== undefined && { when }),
      ...(kind !== undefined && { kind }),
      ...(retracted !== undefined && { retracted }),
    },
  };
}
