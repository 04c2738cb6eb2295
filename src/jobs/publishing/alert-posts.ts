import { alertOf, followUpOf, mergedLineOf, type Told } from '../../../digests/alert.ts';
import { newsIn } from '../../../digests/changes.ts';
import type { Teller } from '../../../digests/names.ts';
import { speechIn } from '../../../digests/speech.ts';
import { PostError } from '../../errors.ts';
import type { Message } from '../../message.ts';
import type { EventId, NewsEvent } from '../../model.ts';
import { findAlertStates, findMerged, findThread, MERGER, type Telling } from '../../store/alerts.ts';
import { findCorrections } from '../../store/corrections.ts';
import type { Queries } from '../../store/database.ts';
import { markFailed, markPosted, releaseDelivery } from '../../store/deliveries.ts';
import { findEvent } from '../../store/events.ts';
import { findStates, nameOfVersion, type Version } from '../../store/versions.ts';
import { type Parcel, postOnce, type Publish } from './outbox.ts';

const MINUTE_MS = 60_000;

/** Posts an alert, or edits the post of an earlier one and adds a line under it. */
export async function postAlert(publish: Publish, parcel: Parcel): Promise<void> {
  const { db, clock, log } = publish;
  const { delivery, subscription } = parcel;
  const states = await findAlertStates(db, delivery);
  const message =
    delivery.root === undefined
      ? await postFirst(publish, parcel, states)
      : await postFurther(publish, parcel, { root: delivery.root, states });
  if (message === undefined) return;
  await markPosted(db, { claimed: delivery, message, at: clock(), events: [] });
  log.info(
    { subscription: subscription.id, slot: delivery.slot, attempt: delivery.attempts },
    'alert posted',
  );
}

async function postFirst(
  { db, topic }: Publish,
  parcel: Parcel,
  states: readonly Version[],
): Promise<string | undefined> {
  const { delivery, subscription } = parcel;
  const events = await toldIn(db, states);
  const still = await Promise.all(events.map(({ event }) => stands(db, event.id)));
  const standing = events.filter((_, index) => still[index]);
  if (standing.length === 0) {
    await markFailed(db, delivery, { reason: 'what it was to tell has been taken back' });
    return undefined;
  }
  const message = alertOf(standing, { topic, speech: speechIn(subscription.language) }, subscription.zone);
  return postOnce(parcel, message, { since: beginningOf(parcel, states) });
}

/** Edits first, then adds the line: whoever follows the line finds the post as it says. */
async function postFurther(
  publish: Publish,
  parcel: Parcel,
  { root, states }: { readonly root: string; readonly states: readonly Version[] },
): Promise<string | undefined> {
  const { db, topic, clock } = publish;
  const { delivery, subscription, platform } = parcel;
  const thread = await findThread(db, subscription.id, root);
  const post = thread.find(({ slot }) => slot === root);
  const state = states.at(-1);
  if (post?.message === undefined || post.state !== 'posted' || state === undefined) {
    const isComing = post?.state === 'due' || post?.state === 'sending';
    if (isComing) await releaseDelivery(db, delivery, new Date(clock().getTime() + MINUTE_MS));
    else await markFailed(db, delivery, { reason: 'the alert that it continues was not posted' });
    return undefined;
  }
  const earlier = thread.filter((one) => one.state === 'posted' && one.slot !== delivery.slot);
  const teller = { topic, speech: speechIn(subscription.language) };
  const isMerger = delivery.slot?.startsWith(MERGER) === true;
  const change = { root, earlier, state, teller, zone: subscription.zone };
  const { whole, line } = isMerger ? await mergerOf(db, change) : await developmentOf(db, change);
  await platform.edit(subscription.channel.address, post.message, whole);
  // Where all goes into one thread, there is none under a post.
  const under = subscription.wishes?.thread ?? post.message;
  return underPost(parcel, line, { since: beginningOf(parcel, states), thread: under });
}

/** What has become of an event that an earlier post tells. */
interface Change {
  readonly root: string;
  /** What has been posted of it so far, the newest state last. */
  readonly earlier: readonly Telling[];
  readonly state: Version;
  readonly teller: Teller;
  readonly zone: string;
}

/** The post as it is to be, and the line under it that says what changed. */
interface Changed {
  readonly whole: Message;
  readonly line: Message;
}

async function developmentOf(db: Queries, change: Change): Promise<Changed> {
  const { root, earlier, state, teller, zone } = change;
  const merged = await findMerged(db, [state.event]);
  const idOf = (event: EventId) => merged.get(event) ?? event;
  const newest = newestOf([...earlier, state], idOf);
  const shown = new Set(earlier.filter(({ slot }) => slot === root).map(({ event }) => idOf(event)));
  const events = await toldIn(
    db,
    [...shown].flatMap((event) => newest.get(event) ?? []),
  );
  const before = newestOf(earlier, idOf).get(state.event);
  const [known] = before === undefined ? [] : await toldIn(db, [before]);
  const whole = alertOf(events, teller, zone);
  const told = events.find(({ event }) => event.id === state.event);
  const [news] =
    told === undefined || known === undefined
      ? []
      : newsIn([told.event], new Map([[told.event.id, known.event]]), {});
  return { whole, line: news === undefined ? whole : followUpOf(news, teller, { zone, why: told?.why }) };
}

async function mergerOf(db: Queries, { root, earlier, state, teller, zone }: Change): Promise<Changed> {
  const into = (await findEvent(db, state.event))?.id ?? state.event;
  const newest = newestOf(earlier, (event) => event);
  const shown = new Set(earlier.filter(({ slot }) => slot === root).map(({ event }) => event));
  const events = await toldIn(
    db,
    [...shown].flatMap((event) => newest.get(event) ?? []),
  );
  const told = events.map((one) => (one.event.id === state.event ? { ...one, into } : one));
  return { whole: alertOf(told, teller, zone), line: mergedLineOf(into, teller, zone) };
}

/**
 * Posts a line under a post.
 *
 * @throws {PostError} never as `gone`, which would be said of the channel: what is gone is the post
 */
async function underPost(
  parcel: Parcel,
  line: Message,
  place: { readonly since: Date; readonly thread: string },
): Promise<string> {
  try {
    return await postOnce(parcel, line, place);
  } catch (error) {
    if (!(error instanceof PostError) || error.reason !== 'gone') throw error;
    throw new PostError(error.message, { reason: 'refused', cause: error });
  }
}

/** The newest state of each event. */
function newestOf(states: readonly Version[], idOf: (event: EventId) => EventId): Map<EventId, Version> {
  const inOrder = states.toSorted((one, other) => one.version - other.version);
  return new Map(inOrder.map((state) => [idOf(state.event), state]));
}

/** Events in some states; those that a person has retracted with the reason given. */
async function toldIn(db: Queries, states: readonly Version[]): Promise<Told[]> {
  const found = await findStates(db, states);
  const events = states.flatMap((state) => found.get(nameOfVersion(state)) ?? []);
  return Promise.all(events.map((event) => withReason(db, event)));
}

async function withReason(db: Queries, event: NewsEvent): Promise<Told> {
  if (event.status !== 'retracted') return { event };
  const corrections = await findCorrections(db, { events: [event.id], isHolding: true });
  const retraction = corrections.find(({ change }) => change.kind === 'retract');
  return retraction === undefined ? { event } : { event, why: retraction.reason };
}

/** Whether an event is still there and has not been taken back. */
async function stands(db: Queries, id: EventId): Promise<boolean> {
  const event = await findEvent(db, id);
  return event !== undefined && event.status !== 'retracted';
}

/** Nothing of an alert was sent before: it was recorded after what it tells had become known, or held until its slot. */
function beginningOf({ delivery }: Parcel, states: readonly Version[]): Date {
  const held = Date.parse(delivery.slot?.split(' ').at(-1) ?? '');
  return new Date(Number.isNaN(held) ? Math.max(...states.map(({ version }) => version)) : held);
}
