import { isAlert, isFresh } from '../../../digests/alert.ts';
import { newsIn } from '../../../digests/changes.ts';
import { quietUntil } from '../../../digests/due.ts';
import { weightOf } from '../../../digests/weight.ts';
import type { EventId, NewsEvent } from '../../model.ts';
import { addAlert, countAlerts, findMerged, findTellings, MERGER, type Telling } from '../../store/alerts.ts';
import type { DueDelivery } from '../../store/deliveries.ts';
import { findAlertSubscriptions } from '../../store/subscriptions.ts';
import { findStates, findVersions, nameOfVersion, type Version } from '../../store/versions.ts';
import type { Subscription } from '../../subscription.ts';
import { dayAt, dayFrom } from '../../time.ts';
import type { Topic } from '../../topics/topic.ts';
import type { Publish } from './outbox.ts';

const HOUR_MS = 60 * 60_000;
/** Posts of alerts into one channel within an hour; what there is beyond them is told together, or by the digest. */
const MOST_AN_HOUR = 6;

/** What has become known in the last hour, and what channels have been told of it. */
interface Lately {
  readonly topic: Topic;
  readonly now: Date;
  readonly versions: readonly Version[];
  readonly stateOf: (version: Version) => NewsEvent | undefined;
  /** Tellings of an event, and of those that were merged into it, the newest state last. */
  readonly tellingsOf: (subscription: string, event: EventId) => readonly Telling[];
}

/** An alert to record. */
interface Planned {
  readonly delivery: DueDelivery & { readonly slot: string };
  readonly events: readonly Version[];
}

/**
 * Records the alerts that are due: of each event of weight that has just become known, one post for each channel that wants
 * it, and of each later development a line under that post. What was known for longer, as after a time in which nothing ran,
 * is left to the digests.
 */
export async function planAlerts({ db, topic, clock }: Publish): Promise<void> {
  const subscriptions = await findAlertSubscriptions(db);
  if (subscriptions.length === 0) return;
  const now = clock();
  const versions = await findVersions(db, {
    topic: topic.id,
    from: new Date(now.getTime() - HOUR_MS),
    to: now,
  });
  if (versions.length === 0) return;
  const merged = await findMerged(
    db,
    versions.map(({ event }) => event),
  );
  const tellings = await findTellings(db, [...versions.map(({ event }) => event), ...merged.keys()]);
  const bySubscription = Map.groupBy(tellings, ({ subscription, event }) =>
    [subscription, merged.get(event) ?? event].join(' '),
  );
  const states = await findStates(db, [...versions, ...tellings]);
  const lately: Lately = {
    topic,
    now,
    versions,
    stateOf: (version) => states.get(nameOfVersion(version)),
    tellingsOf: (subscription, event) => bySubscription.get(`${subscription} ${event}`) ?? [],
  };
  const counts = await countAlerts(db, new Date(now.getTime() - HOUR_MS));
  for (const subscription of subscriptions.filter(({ topic: id }) => id === topic.id)) {
    const { platform, address } = subscription.channel;
    const channel = `${platform} ${address}`;
    const count = counts.get(channel) ?? 0;
    const first = firstAlerts(subscription, lately, MOST_AN_HOUR - count);
    counts.set(channel, count + first.length);
    const all = [...first, ...developments(subscription, lately), ...mergers(subscription, lately)];
    for (const { delivery, events } of all) await addAlert(db, delivery, events);
  }
}

/** Posts of events that the channel has not been told of, the weightiest first. */
function firstAlerts(subscription: Subscription, lately: Lately, room: number): Planned[] {
  const { now, topic, versions, stateOf, tellingsOf } = lately;
  const { id, wishes = {}, created } = subscription;
  const worthy = versions
    .filter(({ version }) => version > created.getTime())
    .filter(({ event }) => tellingsOf(id, event).length === 0)
    .flatMap((version) => {
      const event = stateOf(version);
      const [news] = event === undefined ? [] : newsIn([event], new Map(), wishes);
      const isWorth = news !== undefined && isFresh(news.event, now) && isAlert(news, topic);
      return isWorth ? [{ version, weight: weightOf(news, topic.kinds) }] : [];
    })
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ version }) => version);
  const quiet = quietUntil(subscription, now);
  if (quiet !== undefined) return worthy.length === 0 ? [] : [together(subscription, 'quiet', quiet, worthy)];
  const [told, rest] = [worthy.slice(0, Math.max(0, room)), worthy.slice(Math.max(0, room))];
  const nextHour = new Date((Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS);
  return [
    ...told.map((version) => alone(subscription, version, now)),
    // Where no digest comes, nobody else would tell the rest.
    ...(rest.length > 0 && wishes.mode === 'instant' ? [together(subscription, 'rest', nextHour, rest)] : []),
  ];
}

/** Lines about what has changed since the channel was told. */
function developments(subscription: Subscription, lately: Lately): Planned[] {
  const { now, versions, stateOf, tellingsOf } = lately;
  const { id, wishes = {} } = subscription;
  return versions.flatMap((version) => {
    const last = tellingsOf(id, version.event).at(-1);
    const event = stateOf(version);
    if (last === undefined || event === undefined || last.version >= version.version) return [];
    const told = stateOf(last);
    const isNews = told === undefined || newsIn([event], new Map([[event.id, told]]), wishes).length > 0;
    if (!isNews) return [];
    // What has not been sent yet tells the newer state at once.
    const isWaiting = last.state === 'due' && last.attempts === 0;
    const { slot, root } = isWaiting ? last : { slot: slotOf(version), root: last.root ?? last.slot };
    const due = quietUntil(subscription, now) ?? now;
    const period = isWaiting
      ? { from: last.from, to: last.to, zone: subscription.zone }
      : periodOf(version.event, subscription, now);
    return [
      {
        delivery: { subscription: id, period, slot, due, ...(root !== undefined && { root }) },
        events: [version],
      },
    ];
  });
}

/** Of two posts about what turned out to be one event, the one of the id that was given up leads to the other. */
function mergers(subscription: Subscription, { now, versions, tellingsOf }: Lately): Planned[] {
  const { id } = subscription;
  return versions.flatMap(({ event }) => {
    const own = tellingsOf(id, event);
    const isTold = own.some((one) => one.event === event && one.root === undefined);
    const others = own.filter((one) => one.event !== event && one.root === undefined);
    if (!isTold) return [];
    return others.map((other): Planned => {
      const slot = `${MERGER}${other.event}`;
      const period = { from: other.from, to: other.to, zone: subscription.zone };
      const due = quietUntil(subscription, now) ?? now;
      return {
        delivery: { subscription: id, period, slot, root: other.slot, due },
        events: [{ event: other.event, version: other.version }],
      };
    });
  });
}

function alone(subscription: Subscription, version: Version, now: Date): Planned {
  const period = periodOf(version.event, subscription, now);
  const slot = `alert ${version.event}`;
  return { delivery: { subscription: subscription.id, period, slot, due: now }, events: [version] };
}

function together(
  { id, zone }: Subscription,
  why: 'quiet' | 'rest',
  due: Date,
  events: readonly Version[],
): Planned {
  const day = dayAt(due, zone);
  const slot = `alert ${why} ${due.toISOString()}`;
  return { delivery: { subscription: id, period: { from: day, to: day, zone }, slot, due }, events };
}

function slotOf({ event, version }: Version): string {
  return `alert ${event} ${version}`;
}

/** The same whoever records the alert, and whenever: the day in the event's id. */
function periodOf(event: EventId, { zone }: Subscription, now: Date): DueDelivery['period'] {
  const day = dayFrom(event.slice(0, 10)) ?? dayAt(now, zone);
  return { from: day, to: day, zone };
}
