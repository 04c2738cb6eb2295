import { mergeEvents, splitEvent } from '../events/fold/assembly.ts';
import { withCorrected } from '../events/fold/corrected.ts';
import type { Folder } from '../events/fold/folder.ts';
import { type Part, partOf, withoutPart, withPart } from '../events/fold/removal.ts';
import type { EventId, ItemId, NewsEvent } from '../model.ts';
import { removeAlias } from '../store/aliases.ts';
import {
  type Change,
  type Correction,
  eventsTouched,
  findCorrections,
  saveCorrection,
  type Undone,
} from '../store/corrections.ts';
import type { Queries } from '../store/database.ts';
import { findEvent } from '../store/events.ts';
import { lockFolding } from '../store/folding.ts';
import { findVerdicts, type Verdict } from '../store/verdicts.ts';
import { type CorrectionTools, decidedOn } from './corrections.ts';
import { keepEvents, keepMerge } from './event-keeping.ts';

/** What taking one correction back works with, inside its transaction. */
interface Work {
  readonly tx: Queries;
  readonly at: Date;
  readonly folder: Folder;
}

/**
 * Takes a correction of an event back, in one transaction: its events are as they would be without it. What has joined them
 * since stays with the one that it joined.
 */
export async function undoCorrection(
  db: Queries,
  correction: Correction,
  undone: Date,
  { topic, folder }: CorrectionTools,
): Promise<Undone> {
  return db.transaction(async (tx) => {
    await lockFolding(tx, topic.id);
    const first = await restingOn(tx, topic.id, correction);
    if (first !== undefined) return { kind: 'later', first };
    for (const event of standing(correction.change)) {
      const into = (await findEvent(tx, event))?.id;
      if (into !== undefined && into !== event) return { kind: 'moved', event, into };
    }
    await saveCorrection(tx, { ...correction, undone });
    await takeBack(correction, { tx, at: undone, folder });
    return { kind: 'undone' };
  });
}

/** A merge or split of an event from which a verdict has taken something, made after it; what it took would go astray. */
export async function restingOnVerdict(
  tx: Queries,
  { at, taken }: Pick<Verdict, 'at' | 'taken'>,
): Promise<string | undefined> {
  const events = taken.map(({ event }) => event);
  const held = await findCorrections(tx, { events, isHolding: true });
  return held.find((later) => later.at > at && isStructural(later.change))?.id;
}

/** The latest correction or verdict that was made after one, and on what that one did. */
async function restingOn(tx: Queries, topic: string, correction: Correction): Promise<string | undefined> {
  const { at, change } = correction;
  if (!isStructural(change)) return undefined;
  const events = eventsTouched(correction);
  const held = await findCorrections(tx, { events, isHolding: true });
  const later = held.filter(
    (other) => other.at > at && (isStructural(other.change) || isLost(other, change)),
  );
  const verdicts = (await findVerdicts(tx, topic)).filter(
    (verdict) => verdict.at > at && verdict.taken.some(({ event }) => events.includes(event)),
  );
  return [...later, ...verdicts].toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]?.id;
}

function isStructural({ kind }: Change): boolean {
  return kind === 'merge' || kind === 'split';
}

/** A correction of an event that is there only because of a split. */
function isLost({ event }: Correction, change: Change): boolean {
  return change.kind === 'split' && event === change.parted;
}

/** The events that must still stand by themselves for a correction to be taken back. */
function standing(change: Change): EventId[] {
  if (change.kind === 'merge') return [change.into.id];
  return change.kind === 'split' ? [change.whole.id, change.parted] : [];
}

async function takeBack({ event, change }: Correction, work: Work): Promise<void> {
  switch (change.kind) {
    case 'merge':
      return unmerge(change, work);
    case 'split':
      return unsplit(change, work);
    case 'date':
    case 'kind':
    case 'retract':
      return undecide(event, change, work);
  }
}

async function undecide(id: EventId, change: Change, work: Work): Promise<void> {
  const event = await findEvent(work.tx, id);
  if (event === undefined) return;
  // An archive may hold events that were retracted before their own status was kept beside.
  const isBare = change.kind === 'retract' && event.id === id && event.corrected?.retracted === undefined;
  await keepDecided([isBare ? { ...event, status: change.before } : event], work);
}

async function unmerge({ into, from }: Extract<Change, { kind: 'merge' }>, work: Work): Promise<void> {
  const { tx, folder } = work;
  const now = await findEvent(tx, into.id);
  if (now === undefined) return;
  const merged = mergeEvents(into, from, folder.tools);
  const since = changesSince(merged, [now]);
  await removeAlias(tx, from.id);
  await keepDecided(
    [again(into, since, work), again(from, { gone: since.gone, added: [], titles: {} }, work)],
    work,
  );
}

async function unsplit({ whole: event, items, parted }: Extract<Change, { kind: 'split' }>, work: Work) {
  const { tx, at, folder } = work;
  const now = [await findEvent(tx, event.id), await findEvent(tx, parted)].flatMap((part) => part ?? []);
  const parts = splitEvent(event, new Set(items), parted, folder.tools);
  const titles = { ...event.titles, ...parts?.kept.titles, ...parts?.parted.titles };
  await keepDecided([again(event, changesSince({ ...event, titles }, now), work)], work);
  await keepMerge(tx, { from: parted, into: event.id, moment: at });
}

/** What has become of the articles of an event since a correction. */
interface Since {
  /** Items that have left. */
  readonly gone: ReadonlySet<ItemId>;
  /** What items have brought that have come. */
  readonly added: readonly Part[];
  /** Titles in languages that had none. */
  readonly titles: NewsEvent['titles'];
}

/** How events that a correction made differ from what it made. */
function changesSince(made: NewsEvent, now: readonly NewsEvent[]): Since {
  const had = itemsOf([made]);
  const has = itemsOf(now);
  const come = has.difference(had);
  const titles = now.flatMap((event) => Object.entries(event.titles));
  return {
    gone: had.difference(has),
    added: come.size === 0 ? [] : now.map((event) => partOf(event, come)),
    titles: Object.fromEntries(titles.filter(([language]) => made.titles[language] === undefined)),
  };
}

/** An event as it was before a correction, with what has happened to it since. */
function again(before: NewsEvent, { gone, added, titles }: Since, { at, folder }: Work): NewsEvent {
  const event = { ...before, titles: { ...titles, ...before.titles }, changed: at };
  const lost = partOf(event, gone);
  const left = lost.citations.length === 0 ? event : withoutPart(event, lost, at, folder.tools);
  return added.reduce((whole, part) => withPart(whole, part, at, folder.tools), left);
}

/** Stores events with the corrections that hold for them. */
async function keepDecided(events: readonly NewsEvent[], { tx, at, folder }: Work): Promise<void> {
  for (const event of events) {
    const decided = withCorrected(event, await decidedOn(tx, event));
    await keepEvents(tx, [{ ...decided, changed: at }], folder);
  }
}

function itemsOf(events: readonly NewsEvent[]): Set<ItemId> {
  return new Set(events.flatMap(({ citations }) => citations.flatMap(({ item }) => item ?? [])));
}
