import { coverageOf, type Coverage } from '../../../digests/coverage.ts';
import {
  baseOf,
  type ChangedState,
  digestOf,
  type Ended,
  type Issue,
  newStates,
  numbered,
  reachOf,
  type StateOf,
  statesIn,
} from '../../../digests/issue.ts';
import { momentOf } from '../../../digests/period.ts';
import { speechIn } from '../../../digests/speech.ts';
import type { Message } from '../../message.ts';
import type { EventId, NewsEvent } from '../../model.ts';
import type { Queries } from '../../store/database.ts';
import { findFeedStates } from '../../store/feeds.ts';
import { findIssues, issueText, type LastIssue } from '../../store/issues.ts';
import { watchedFeeds } from '../../store/own-feeds.ts';
import { findStates, findVersions, findVersionsAt, nameOfVersion } from '../../store/versions.ts';
import type { Delivery, Subscription } from '../../subscription.ts';
import { startOf } from '../../time.ts';
import type { Topic } from '../../topics/topic.ts';

/** A digest that is posted later than this after its slot says so. */
const LATE_MS = 10 * 60_000;
/** More composed digests than these are not kept for others. */
const MOST_KEPT = 2000;

/** A digest that can be sent. */
export interface Composed {
  /** As it is kept: equal digests have equal texts. */
  readonly text: string;
  readonly issue: Issue;
  readonly message: Message;
  readonly isEmpty: boolean;
}

/** What a digest is wanted for. */
export interface Wanted {
  readonly delivery: Pick<Delivery, 'period' | 'slot'>;
  readonly subscription: Pick<Subscription, 'language' | 'wishes'>;
  /** The digest of the subscription before; absent for its first. */
  readonly before: LastIssue | undefined;
  /** States in which alerts have told events to the channel since, by event. */
  readonly alerted: ReadonlyMap<EventId, number>;
  readonly now: Date;
}

/** Composes digests; what several of them have in common is looked up and composed once. */
export interface Desk {
  compose(wanted: Wanted): Promise<Composed>;
  /** The digest of an issue that is kept. */
  again(issue: Issue): Promise<Composed>;
  /** Issues that are kept, by name. */
  issuesOf(names: readonly string[]): Promise<ReadonlyMap<string, Issue>>;
}

/** Makes a desk for one run: what it has looked up is not looked up again. */
export function makeDesk(db: Queries, topic: Topic): Desk {
  const issues = new Map<string, Issue>();
  const changes = new Map<string, Promise<Pick<Issue, 'changes' | 'seen'>>>();
  const again = composer(db, topic);
  let coverage: Promise<Coverage> | undefined;

  const issuesOf = async (names: readonly string[]) => {
    const missing = names.filter((name) => !issues.has(name));
    for (const [name, issue] of await findIssues(db, missing)) issues.set(name, issue as Issue);
    return issues;
  };

  return {
    issuesOf,
    again,
    async compose(wanted) {
      const { delivery, before } = wanted;
      const cutOff = momentOf(delivery);
      const name = before?.issue ?? '';
      const issue = (await issuesOf(name === '' ? [] : [name])).get(name);
      const ended = before === undefined ? undefined : { known: before.known, ...(issue && { issue }) };
      const base = baseOf(ended, startOf(delivery.period.from, delivery.period.zone));
      const window = `${name} ${base.getTime()} ${cutOff.getTime()}`;
      const found = changes.get(window) ?? changesSince(db, topic.id, { before: ended, base, cutOff });
      changes.set(window, found);
      coverage ??= coverageNow(db, topic);
      return again(issueFrom(wanted, await found, await coverage));
    },
  };
}

function composer(db: Queries, topic: Topic): Desk['again'] {
  const states = new Map<string, NewsEvent>();
  const composed = new Map<string, Composed>();
  const stateOf: StateOf = (event, version) => states.get(nameOfVersion({ event, version }));
  return async (issue) => {
    const text = issueText(issue);
    const known = composed.get(text);
    if (known !== undefined) return known;
    await fetchStates(db, issue, states);
    const made = { text, issue, ...digestOf(issue, stateOf, { topic, speech: speechIn(issue.language) }) };
    if (composed.size >= MOST_KEPT) composed.clear();
    composed.set(text, made);
    return made;
  };
}

function issueFrom(
  { delivery, subscription, alerted, now }: Wanted,
  found: Pick<Issue, 'changes' | 'seen'>,
  coverage: Coverage,
): Issue {
  const cutOff = momentOf(delivery);
  const { kinds, direction, leastStatus } = subscription.wishes ?? {};
  return {
    period: delivery.period,
    cutOff,
    language: subscription.language,
    wishes: {
      ...(kinds !== undefined && { kinds }),
      ...(direction !== undefined && { direction }),
      ...(leastStatus !== undefined && { leastStatus }),
    },
    coverage,
    ...(now.getTime() - cutOff.getTime() > LATE_MS && { dueAt: cutOff }),
    ...withAlerts(found, alerted),
  };
}

/** A digest with its number, as it is posted. */
export function printed({ message, issue }: Composed, number: number | undefined, topic: Topic): Message {
  return numbered(message, number, { topic, speech: speechIn(issue.language) });
}

async function changesSince(
  db: Queries,
  topic: string,
  window: { before: Ended | undefined; base: Date; cutOff: Date },
): Promise<Pick<Issue, 'changes' | 'seen'>> {
  const { base, cutOff } = window;
  const found = await findVersions(db, { topic, from: reachOf(base, cutOff), to: cutOff });
  const { changes, seen } = newStates(found, window);
  const unseen = changes.filter(({ told }) => told === undefined).map(({ event }) => event);
  const earlier = await findVersionsAt(db, unseen, base);
  return { seen, changes: changes.map((change) => withTold(change, earlier.get(change.event))) };
}

function withTold(change: ChangedState, earlier: number | undefined): ChangedState {
  return change.told !== undefined || earlier === undefined ? change : { ...change, told: earlier };
}

/** What an alert has told need not be told as new: the digest goes on from there. */
function withAlerts(
  { changes, seen }: Pick<Issue, 'changes' | 'seen'>,
  alerted: ReadonlyMap<EventId, number>,
): Pick<Issue, 'changes' | 'seen' | 'alerted'> {
  const told = changes.filter(({ event, told: before = 0 }) => (alerted.get(event) ?? 0) > before);
  const since = new Set(told.map(({ event }) => event));
  return {
    changes: changes.map((change) =>
      since.has(change.event) ? { ...change, told: alerted.get(change.event) ?? 0 } : change,
    ),
    alerted: [...since],
    seen,
  };
}

async function fetchStates(db: Queries, issue: Issue, states: Map<string, NewsEvent>): Promise<void> {
  const missing = statesIn(issue).filter((version) => !states.has(nameOfVersion(version)));
  for (const [name, event] of await findStates(db, missing)) states.set(name, event);
}

async function coverageNow(db: Queries, topic: Topic): Promise<Coverage> {
  return coverageOf(await watchedFeeds(db, topic.feeds), await findFeedStates(db));
}
