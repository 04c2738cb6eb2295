import { splitEvent, mergeEvents } from '../events/fold/assembly.ts';
import { withCorrected } from '../events/fold/corrected.ts';
import type { Folder } from '../events/fold/folder.ts';
import { whenOf } from '../events/consensus.ts';
import { eventId } from '../events/id.ts';
import type { Corrected as Decided, Day, EventId, ItemId, NewsEvent } from '../model.ts';
import { findAliases, findIdsOfDay } from '../store/aliases.ts';
import {
  type Change,
  type Corrected,
  type Correction,
  type CorrectionWish,
  findCorrections,
  momentAfterOthers,
  saveCorrection,
} from '../store/corrections.ts';
import type { Queries } from '../store/database.ts';
import { findEvent } from '../store/events.ts';
import { lockFolding } from '../store/folding.ts';
import { findItems } from '../store/items.ts';
import { dayAt } from '../time.ts';
import { keepEvents, keepMerge } from './event-keeping.ts';

/** What correcting events takes. */
export interface CorrectionTools {
  readonly topic: { readonly id: string };
  readonly folder: Folder;
}

/** Who corrects, when and why. */
export type Author = Pick<Correction, 'id' | 'at' | 'by' | 'reason'>;

type Refusal = Extract<Corrected, { kind: 'refused' }>;
type Done = { readonly kind: 'done'; readonly event: EventId; readonly change: Change } | Refusal;

/** What one correction works with, inside its transaction. */
interface Work {
  readonly tx: Queries;
  readonly at: Date;
  readonly folder: Folder;
}

/** Corrects an event, in one transaction, and notes who did so and why; what folding finds later respects it. */
export async function giveCorrection(
  db: Queries,
  wish: CorrectionWish,
  author: Author,
  { topic, folder }: CorrectionTools,
): Promise<Corrected> {
  return db.transaction(async (tx) => {
    await lockFolding(tx, topic.id);
    const at = await momentAfterOthers(tx, author.at);
    const event = await findEvent(tx, wish.event);
    if (event === undefined) return { kind: 'refused', why: 'gone', event: wish.event };
    if (event.status === 'retracted' && wish.kind === 'retract')
      return { kind: 'refused', why: 'retracted', event: event.id };
    if (event.claims.length === 0) return { kind: 'refused', why: 'empty', event: event.id };
    const done = await carryOut(event, wish, { tx, at, folder });
    if (done.kind === 'refused') return done;
    const correction: Correction = { ...author, at, event: done.event, change: done.change };
    await saveCorrection(tx, correction);
    return { kind: 'corrected', correction };
  });
}

/** What the corrections that hold decide about an event: those made of it count before those of events that became part of it. */
export async function decidedOn(tx: Queries, { id, status }: NewsEvent): Promise<Decided | undefined> {
  const events = [id, ...(await findAliases(tx, id))];
  const held = await findCorrections(tx, { events, isHolding: true });
  const ownFirst = held.toSorted((a, b) => Number(b.event === id) - Number(a.event === id));
  const changes = ownFirst.map(({ change }) => change);
  const when = changes.find((change) => change.kind === 'date')?.when;
  const kind = changes.find((change) => change.kind === 'kind')?.to;
  const isRetracted = held.some(({ event, change }) => event === id && change.kind === 'retract');
  if (when === undefined && kind === undefined && !isRetracted) return undefined;
  return {
    ...(when !== undefined && { when }),
    ...(kind !== undefined && { kind }),
    ...(isRetracted && { retracted: status }),
  };
}

async function carryOut(event: NewsEvent, wish: CorrectionWish, work: Work): Promise<Done> {
  switch (wish.kind) {
    case 'retract':
      return decide(event, { ...event.corrected, retracted: event.status }, work, {
        kind: 'retract',
        before: event.status,
      });
    case 'date':
      return decide(event, { ...event.corrected, when: wish.when }, work, {
        kind: 'date',
        when: wish.when,
      });
    case 'kind':
      return decide(event, { ...event.corrected, kind: wish.to }, work, { kind: 'kind', to: wish.to });
    case 'merge':
      return merge(event, wish.into, work);
    case 'split':
      return split(event, wish.items, work);
  }
}

async function decide(
  event: NewsEvent,
  corrected: Decided,
  { tx, at, folder }: Work,
  change: Change,
): Promise<Done> {
  await keepEvents(tx, [{ ...withCorrected(event, corrected), changed: at }], folder);
  return { kind: 'done', event: event.id, change };
}

async function merge(from: NewsEvent, wished: EventId, { tx, at, folder }: Work): Promise<Done> {
  const into = await findEvent(tx, wished);
  if (into === undefined) return { kind: 'refused', why: 'gone', event: wished };
  if (into.id === from.id) return { kind: 'refused', why: 'same', event: into.id };
  if (into.claims.length === 0) return { kind: 'refused', why: 'empty', event: into.id };
  await keepEvents(tx, [{ ...mergeEvents(into, from, folder.tools), changed: at }], folder);
  await keepMerge(tx, { from: from.id, into: into.id, moment: at });
  return { kind: 'done', event: into.id, change: { kind: 'merge', into, from } };
}

async function split(whole: NewsEvent, given: readonly ItemId[], { tx, at, folder }: Work): Promise<Done> {
  const items = given.toSorted();
  const day = dayOfItems(whole, new Set(items));
  const taken = await findIdsOfDay(tx, day);
  const parted = eventId(day, items.join(' '), (id) => taken.has(id));
  const parts = splitEvent(whole, new Set(items), parted, folder.tools);
  if (parts === undefined) return { kind: 'refused', why: 'whole', event: whole.id };
  const seen = (await findItems(tx, items)).map((item) => item.seen.getTime());
  const firstSeen = seen.length === 0 ? whole.firstSeen : new Date(Math.min(...seen));
  await keepEvents(
    tx,
    [
      { ...parts.kept, changed: at },
      { ...parts.parted, firstSeen, changed: at },
    ],
    folder,
  );
  return { kind: 'done', event: whole.id, change: { kind: 'split', whole, items, parted } };
}

/** The day of what some items of an event tell: the first by vote of their claims, else that of the event. */
function dayOfItems({ claims, citations, when, firstSeen }: NewsEvent, items: ReadonlySet<ItemId>): Day {
  const own = claims.filter(({ item }) => item !== undefined && items.has(item));
  return (whenOf({ claims: own, citations }) ?? when)?.start ?? dayAt(firstSeen, 'UTC');
}
