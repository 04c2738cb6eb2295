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
import { findIssues, type KeptIssue, keptIssue, type LastIssue } from '../../store/issues.ts';
import { watchedFeeds } from '../../store/own-feeds.ts';
import {
  findStates,
  findVersions,
  findVersionsAt,
  nameOfVersion,
  type Version,
} from '../../store/versions.ts';
import type { Delivery, Subscription } from '../../subscription.ts';
import { startOf } from '../../time.ts';
import type { Topic } from '../../topics/topic.ts';

/** A digest that is posted later than this after its slot says so. */
const LATE_MS = 10 * 60_000;
/** More composed digests than these are not kept for others. */
const MOST_KEPT = 2000;

/** A digest that can be sent. */
export interface Composed {
  readonly kept: KeptIssue;
  readonly issue: Issue;
  readonly message: Message;
  readonly isEmpty: boolean;
}

/** What a digest is wanted for. */
export interface Wanted {
  readonly delivery: Pick<Delivery, 'period' | 'slot'>;
  readonly subscription: Pick<Subscription, 'language' | 'wishes' | 'created'>;
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
  const composed = new Map<string, Promise<Composed>>();
  const changesIn = finder(db, topic.id);
  const again = composer(db, topic);
  let coverage: Promise<Coverage> | undefined;

  const issuesOf = async (names: readonly string[]) => {
    const missing = names.filter((name) => !issues.has(name));
    for (const [name, issue] of await findIssues(db, missing)) issues.set(name, issue as Issue);
    return issues;
  };
  const composeAnew = async (wanted: Wanted) => {
    const { delivery, before } = wanted;
    const cutOff = momentOf(delivery);
    const name = before?.issue ?? '';
    const issue = (await issuesOf(name === '' ? [] : [name])).get(name);
    const ended = before === undefined ? undefined : { known: before.known, ...(issue && { issue }) };
    const base = baseOf(ended, firstBase(wanted));
    const found = await changesIn(name, { before: ended, base, cutOff });
    coverage ??= coverageNow(db, topic);
    return again(issueFrom(wanted, found, await coverage));
  };

  return {
    issuesOf,
    again,
    compose(wanted) {
      if (composed.size >= MOST_KEPT) composed.clear();
      return composed.getOrInsertComputed(shapeOf(wanted), () => composeAnew(wanted));
    },
  };
}

/** All on which it depends what a digest says. */
function shapeOf(wanted: Wanted): string {
  const { delivery, subscription, before, alerted, now } = wanted;
  const { kinds, direction, leastStatus } = subscription.wishes ?? {};
  return JSON.stringify([
    [delivery.period, delivery.slot, isLate(delivery, now)],
    [subscription.language, kinds, direction, leastStatus],
    before === undefined ? firstBase(wanted).getTime() : [before.issue, before.known.getTime()],
    [...alerted],
  ]);
}

/** Where the first digest of a subscription begins: with its period, or where the slots before were missed, with the subscription. */
function firstBase({ delivery: { period }, subscription: { created } }: Wanted): Date {
  const start = startOf(period.from, period.zone);
  return created < start ? created : start;
}

/** What has changed since the digest before. */
interface Since {
  readonly before: Ended | undefined;
  readonly base: Date;
  readonly cutOff: Date;
}

/** Finds what has changed; the same for one issue before, base and cut-off. */
function finder(
  db: Queries,
  topic: string,
): (name: string, since: Since) => Promise<Pick<Issue, 'changes' | 'seen'>> {
  const versions = new Map<string, Promise<Version[]>>();
  const changes = new Map<string, Promise<Pick<Issue, 'changes' | 'seen'>>>();
  const versionsIn = (from: Date, to: Date) =>
    versions.getOrInsertComputed(`${from.getTime()} ${to.getTime()}`, () =>
      findVersions(db, { topic, from, to }),
    );
  const changesSince = async (since: Since) => {
    const { base, cutOff } = since;
    const { changes: found, seen } = newStates(await versionsIn(reachOf(base, cutOff), cutOff), since);
    const unseen = found.filter(({ told }) => told === undefined).map(({ event }) => event);
    const earlier = await findVersionsAt(db, unseen, base);
    return { seen, changes: found.map((change) => withTold(change, earlier.get(change.event))) };
  };
  return (name, since) =>
    changes.getOrInsertComputed(`${name} ${since.base.getTime()} ${since.cutOff.getTime()}`, () =>
      changesSince(since),
    );
}

function composer(db: Queries, topic: Topic): Desk['again'] {
  const states = new Map<string, NewsEvent>();
  const composed = new Map<string, Composed>();
  const stateOf: StateOf = (event, version) => states.get(nameOfVersion({ event, version }));
  return async (issue) => {
    const kept = keptIssue(issue);
    const known = composed.get(kept.id);
    if (known !== undefined) return known;
    await fetchStates(db, issue, states);
    const made = { kept, issue, ...digestOf(issue, stateOf, { topic, speech: speechIn(issue.language) }) };
    if (composed.size >= MOST_KEPT) composed.clear();
    composed.set(kept.id, made);
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
    ...(isLate(delivery, now) && { dueAt: cutOff }),
    ...withAlerts(found, alerted),
  };
}

function isLate(delivery: Wanted['delivery'], now: Date): boolean {
  return now.getTime() - momentOf(delivery).getTime() > LATE_MS;
}

/** A digest with its number, as it is posted. */
export function printed({ message, issue }: Composed, number: number | undefined, topic: Topic): Message {
  return numbered(message, number, { topic, speech: speechIn(issue.language) });
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
