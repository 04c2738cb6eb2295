import type { FeedState } from '../src/feed-state.ts';
import type { Feed } from '../src/model.ts';

/** How much of the press a digest rests on. */
export interface Coverage {
  /** How many sources were read. */
  readonly read: number;
  /** Names of the sources that could not be read, in alphabetical order. */
  readonly failing: readonly string[];
}

/** What must be known of a feed to tell whether it is being read. */
export type Reading = Pick<FeedState, 'errorsInRow' | 'paused' | 'lastSuccess'>;

/** A feed that failed this often in a row is failing; once may happen to anybody. */
const FAILURES = 2;

/**
 * Tells which sources are read and which fail, as their feeds did at their last visits. A source is failing when none of
 * its feeds can be read, and is not counted while none was reached or failed by its own fault.
 *
 * @param states - by id of the feed
 */
export function coverageOf(feeds: readonly Feed[], states: ReadonlyMap<string, Reading>): Coverage {
  const visited = feeds.filter(({ id, enabled }) => enabled && isVisited(states.get(id)));
  const sources = Map.groupBy(visited, ({ source }) => source.name);
  const failing = [...sources]
    .filter(([, some]) => some.every(({ id }) => isFailing(states.get(id))))
    .map(([name]) => name)
    .toSorted((one, other) => (one < other ? -1 : 1));
  return { read: sources.size - failing.length, failing };
}

function isVisited(state: Reading | undefined): boolean {
  return state?.lastSuccess !== undefined || isFailing(state);
}

/** Tells whether a feed fails, or is visited no more. */
export function isFailing(state: Reading | undefined): boolean {
  return state !== undefined && (state.paused !== undefined || state.errorsInRow >= FAILURES);
}
