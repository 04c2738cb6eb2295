import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { isShipped } from '../events/fold/assembly.ts';
import { decidedIn } from '../events/fold/corrected.ts';
import type { Folder } from '../events/fold/folder.ts';
import { historyStates } from '../events/fold/history.ts';
import { partOf, withPart } from '../events/fold/removal.ts';
import type { NewsEvent } from '../model.ts';
import type { Queries } from '../store/database.ts';
import { type EventState, findAllStates, forgetStates } from '../store/event-states.ts';
import { saveEvents } from '../store/events.ts';
import { lockFolding } from '../store/folding.ts';
import { findSetting, saveSetting } from '../store/settings.ts';
import { keepEvents } from './event-keeping.ts';

/** Events stored in one transaction: few enough not to hold up whoever else uses the archive. */
const BATCH = 25;

/**
 * Stores the past events that ship with a topic, each in the states that it went through. Where they have changed since they
 * were stored, the archive gets them as they are now; what folding and people have added to them is kept.
 */
export async function storeHistory(
  db: Queries,
  { topic, folder }: { readonly topic: { readonly id: string }; readonly folder: Folder },
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  const { history } = folder;
  const setting = `history ${topic.id}`;
  const shipped = hash('sha1', JSON.stringify(history));
  if ((await findSetting<string>(db, setting)) === shipped) return;
  for (let start = 0; start < history.length; start += BATCH) {
    const batch = history.slice(start, start + BATCH);
    await db.transaction(async (tx) => {
      await lockFolding(tx, topic.id);
      for (const event of batch) await storeShipped(tx, event, folder);
    });
    onProgress?.(start + batch.length, history.length);
  }
  await saveSetting(db, setting, shipped);
}

/**
 * Stores events that reports have joined. A report that is older than what the archive knows of a shipped event, as in a
 * replay, joins it as it was known then, and in all its later states.
 *
 * @param seen - when the latest of these reports was fetched
 */
export async function keepGrown(
  tx: Queries,
  events: readonly NewsEvent[],
  seen: Date,
  folder: Folder,
): Promise<void> {
  const [late, others] = [[], []] as [NewsEvent[], NewsEvent[]];
  for (const event of events) (isShipped(event) && event.changed > seen ? late : others).push(event);
  await keepEvents(tx, others, folder);
  for (const event of late) {
    const shipped = folder.history.find(({ id }) => id === event.id);
    const { states } = await findAllStates(tx, event.id);
    if (shipped === undefined || holdsAnother(event)) await keepEvents(tx, [event], folder);
    else {
      const before = states.filter(({ since }) => since < seen);
      await rewrite(tx, grownStates(shipped, [...before, { since: seen, event }], folder), folder);
    }
  }
}

async function storeShipped(tx: Queries, shipped: NewsEvent, folder: Folder): Promise<void> {
  const { states, isCurrent } = await findAllStates(tx, shipped.id);
  const latest = states.at(-1);
  if (latest !== undefined && (!isCurrent || holdsAnother(latest.event))) return;
  const wanted = grownStates(shipped, states, folder);
  const stored = states.map(({ event }) => event);
  if (!isDeepStrictEqual(wanted, stored)) await rewrite(tx, wanted, folder);
}

async function rewrite(tx: Queries, states: readonly NewsEvent[], folder: Folder): Promise<void> {
  const latest = states.at(-1);
  if (latest === undefined) return;
  await forgetStates(tx, latest.id);
  for (const state of states.slice(0, -1)) await saveEvents(tx, [state]);
  await keepEvents(tx, [latest], folder);
}

/** The states of a shipped event, with what was added to it from the moments on at which it was. */
function grownStates(shipped: NewsEvent, stored: readonly EventState[], folder: Folder): NewsEvent[] {
  const states = historyStates(shipped, folder.tools.actors);
  const grown = stored.filter(({ event }) => isGrown(event));
  const moments = [...states.map(({ changed }) => changed), ...grown.map(({ since }) => since)];
  const inOrder = [...new Set(moments.map((moment) => moment.getTime()))].toSorted((a, b) => a - b);
  return inOrder.flatMap((time) => {
    const changed = new Date(time);
    const known = states.findLast((state) => state.changed <= changed) ?? states[0];
    const own = grown.findLast(({ since }) => since <= changed)?.event;
    if (known === undefined) return [];
    const firstSeen = known.firstSeen <= changed ? known.firstSeen : changed;
    const then = { ...known, firstSeen, changed };
    return own === undefined ? [then] : [withOwn(then, own, folder)];
  });
}

/** What a shipped event was known for, with what reports and people had added to it. */
function withOwn(known: NewsEvent, own: NewsEvent, { tools }: Folder): NewsEvent {
  const { apart } = own;
  const decided = decidedIn(own);
  const titled = {
    ...known,
    titles: { ...own.titles, ...known.titles },
    ...(apart !== undefined && { apart }),
    ...(decided !== undefined && { corrected: decided }),
  };
  const items = new Set(own.citations.flatMap(({ item }) => item ?? []));
  return withPart(titled, partOf(own, items), known.changed, tools);
}

/** Tells whether reports have joined a shipped event, or people have corrected it. */
function isGrown({ citations, corrected, apart, status }: NewsEvent): boolean {
  const isJoined = citations.some(({ item }) => item !== undefined);
  return isJoined || corrected !== undefined || apart !== undefined || status === 'retracted';
}

/** Tells whether a person has made another shipped event part of this one: which state has what of which is not known. */
function holdsAnother({ id, claims }: NewsEvent): boolean {
  return claims.some((claim) => claim.item === undefined && !claim.id.startsWith(`${id}/`));
}
