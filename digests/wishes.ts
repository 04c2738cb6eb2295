import type { NewsEvent, Status } from '../src/model.ts';
import type { Wishes } from '../src/subscription.ts';

/** How well an event must at least be known to be told for the first time; what somebody disputes counts as spoken of twice. */
const SURENESS: Readonly<Record<Status, number>> = {
  claimed: 0,
  denied: 0,
  retracted: 0,
  contested: 1,
  corroborated: 1,
  confirmed: 2,
};

/** Tells whether a channel wants to hear of an event. */
export function isWanted({ kind, direction, status }: NewsEvent, wishes: Wishes): boolean {
  const { kinds, direction: wanted, leastStatus = 'claimed' } = wishes;
  if (kinds !== undefined && !kinds.includes(kind)) return false;
  if (wanted !== undefined && direction !== wanted && direction !== 'both') return false;
  return SURENESS[status] >= SURENESS[leastStatus];
}

/** Tells whether a wall-clock time, such as `23:15`, lies in the quiet hours; their end does not belong to them. */
export function isQuiet(time: string, { quiet }: Wishes): boolean {
  if (quiet === undefined) return false;
  const { from, to } = quiet;
  return from < to ? time >= from && time < to : time >= from || time < to;
}
