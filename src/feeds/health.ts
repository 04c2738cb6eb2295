import type { FeedHealth, FeedState } from '../feed-state.ts';
import { redacted } from './web/address.ts';
import { isSilent, longestHabitMs } from './visits/rhythm.ts';

const DAY_MS = 86_400_000;

/** Tells how a feed fares after what its last visit found. */
export function healthOf(state: Omit<FeedState, 'health'>, now: Date): FeedHealth {
  const { last, paused, errorsInRow } = state;
  if (paused !== undefined) return 'paused';
  if (last === undefined) return 'new';
  if (last.wall !== undefined) return 'walled';
  if (errorsInRow > 0 || last.kind === 'failed') return 'failing';
  if (last.items === 0) return 'empty';
  if (last.held !== undefined) return 'held';
  if (isFrozen(state, now)) return 'frozen';
  return isSilent(state, now) ? 'silent' : 'well';
}

/** Frozen is not silent: not one byte has changed, where a living feed at least renews its dates or loses old items. */
function isFrozen({ rhythm, lastChange, lastNewItem }: Omit<FeedState, 'health'>, now: Date): boolean {
  if (rhythm === undefined || lastChange === undefined) return false;
  const since = Math.max(lastChange.getTime(), lastNewItem?.getTime() ?? 0);
  return now.getTime() - since > longestHabitMs(rhythm);
}

/** Says in a sentence without a full stop how a feed fares, for an operator. */
export function describeHealth(state: FeedState, now: Date): string {
  return DESCRIPTIONS[state.health](state, now);
}

const DESCRIPTIONS: Readonly<Record<FeedHealth, (state: FeedState, now: Date) => string>> = {
  new: () => 'not visited yet',
  well: ({ last, moved }) =>
    `well${last?.items === undefined ? '' : `, ${last.items} items`}${moved === undefined ? '' : `, moved to ${redacted(moved.to)}`}`,
  empty: () => 'answers, but holds no items',
  frozen: ({ lastChange }, now) => `answers, but not a byte has changed since ${ago(lastChange, now)}`,
  silent: ({ lastNewItem }, now) => `answers, but has had nothing new since ${ago(lastNewItem, now)}`,
  held: ({ last }) =>
    `answers, but ${last?.held ?? 0} of its ${last?.items ?? 0} items only look new: held for a second look`,
  walled: describeFailure,
  failing: describeFailure,
  paused: ({ paused }) => `paused: ${paused ?? ''}`,
};

function describeFailure({ last, errorsInRow, lastSuccess }: FeedState, now: Date): string {
  const read = lastSuccess === undefined ? 'never read' : `last read ${ago(lastSuccess, now)}`;
  return `${last?.reason ?? 'failing'} (${errorsInRow} in a row, ${read})`;
}

function ago(moment: Date | undefined, now: Date): string {
  if (moment === undefined) return 'the beginning';
  const days = Math.floor((now.getTime() - moment.getTime()) / DAY_MS);
  return days === 0 ? 'today' : `${days} days ago`;
}
