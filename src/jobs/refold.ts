import { isDeepStrictEqual } from 'node:util';
import type { Article } from '../events/fold/article.ts';
import type { Folder } from '../events/fold/folder.ts';
import { partOf, withoutPart } from '../events/fold/removal.ts';
import { type Former, itemsOf, type Succession, succeed } from '../events/fold/succession.ts';
import type { Claim, Day, EventId, Item, Match, NewsEvent } from '../model.ts';
import { findIdsOfDay } from '../store/aliases.ts';
import { findCorrections, eventsTouched } from '../store/corrections.ts';
import type { Database, Queries } from '../store/database.ts';
import { findEvent } from '../store/events.ts';
import { foldingMark, lockUnchanged, takePendingItems } from '../store/folding.ts';
import { saveMatches } from '../store/matches.ts';
import { findAllEvents, findItemsEverOf } from '../store/refolding.ts';
import { keepEvents, keepMerge } from './event-keeping.ts';
import { foldAnew } from './refold-events.ts';
import { readAll, type Reading } from './refold-reading.ts';

/** What folding all anew takes. */
export interface RefoldTools {
  readonly topic: { readonly id: string };
  readonly folder: Folder;
  readonly matched: (item: Item) => { readonly item: Item; readonly match: Match };
  readonly articleOf: (item: Item, known?: readonly Claim[]) => Article;
}

/** What folding all anew came to. */
export interface Refolded {
  readonly items: number;
  /** Items about the topic. */
  readonly hits: number;
  /** Items that are judged otherwise than before. */
  readonly rejudged: number;
  /** Events before and after. */
  readonly before: number;
  readonly after: number;
  /** Events that hold the articles that they held, and those that hold others. */
  readonly same: number;
  readonly changed: number;
  /** Ids that lead to another event now. */
  readonly merged: number;
  /** New events made of articles of a former one, and of none. */
  readonly split: number;
  readonly fresh: number;
  /** Events none of whose articles is about the topic any more: they are kept, and retracted. */
  readonly gone: number;
}

export interface RefoldProgress {
  readonly step: 'reading' | 'folding' | 'writing';
  readonly done: number;
  readonly total?: number;
}

type Tell = (progress: RefoldProgress) => void;

/** What is to be written, worked out while others went on. */
interface Plan {
  readonly reading: Reading;
  readonly former: readonly Former[];
  readonly folded: readonly NewsEvent[];
  readonly succession: Succession;
}

/** How often all is worked out again because somebody folded meanwhile. */
const MOST_ATTEMPTS = 5;
/** Rows of one statement or step. */
const AT_ONCE = 200;

/**
 * Makes all events of a topic anew from the stored items, by today's rules. Ids, corrections, verdicts and the shipped history
 * are kept; states of the past stay as they were told. All that changes is written in one transaction: whatever happens before
 * its end, the events are as they were. Others may go on meanwhile; where they fold, all is worked out again.
 *
 * @returns `undefined` when others never paused long enough
 */
export async function refold(db: Database, tools: RefoldTools, tell: Tell): Promise<Refolded | undefined> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const mark = await foldingMark(db, tools.topic.id);
    const plan = await planned(db, tools, tell);
    const isWritten = await db.transaction(async (tx) => {
      if (!(await lockUnchanged(tx, tools.topic.id, mark))) return false;
      await write(tx, plan, tools, tell);
      return true;
    });
    if (isWritten) return told(plan);
  }
  return undefined;
}

async function planned(db: Queries, tools: RefoldTools, tell: Tell): Promise<Plan> {
  const { topic, matched } = tools;
  const reading = await readAll(db, topic.id, matched, (done) => tell({ step: 'reading', done }));
  const events = await findAllEvents(db, topic.id);
  const corrected = await correctedIds(db, new Set(events.map(({ id }) => id)));
  const { folded, kept } = await foldAnew(db, { ...reading, events, corrected }, tools, (done) =>
    tell({ step: 'folding', done, total: reading.hits.length }),
  );
  const former: Former[] = [];
  for (const event of events) {
    const items = event.claims.length === 0 ? await findItemsEverOf(db, event.id) : itemsOf(event);
    former.push({ event, items });
  }
  const shipped = new Set(tools.folder.history.map(({ id }) => id));
  const taken = await givenIds(db, folded);
  const succession = succeed(former, folded, {
    isFixed: (id) => shipped.has(id) || kept.has(id),
    isTaken: (id) => taken.has(id),
  });
  return { reading, former, folded, succession };
}

/** The events, as they are called now, that people have corrected. */
async function correctedIds(db: Queries, current: ReadonlySet<EventId>): Promise<Set<EventId>> {
  const ids = new Set((await findCorrections(db, { isHolding: true })).flatMap(eventsTouched));
  const corrected = new Set<EventId>();
  for (const id of ids) {
    const now = current.has(id) ? id : (await findEvent(db, id))?.id;
    if (now !== undefined && current.has(now)) corrected.add(now);
  }
  return corrected;
}

async function givenIds(db: Queries, folded: readonly NewsEvent[]): Promise<Set<EventId>> {
  const given = new Set<EventId>();
  for (const day of new Set(folded.map(({ id }) => id.slice(0, 10) as Day)))
    for (const id of await findIdsOfDay(db, day)) given.add(id);
  return given;
}

async function write(tx: Queries, plan: Plan, tools: RefoldTools, tell: Tell): Promise<void> {
  const { topic, folder } = tools;
  const { reading, former, succession } = plan;
  for (const part of partsOf(reading.changed)) await saveMatches(tx, part);
  for (const part of partsOf(reading.hits)) await takePendingItems(tx, topic.id, part);
  const states = changedStates(plan, folder);
  for (const [index, part] of partsOf(states).entries()) {
    await keepEvents(tx, part, folder);
    tell({ step: 'writing', done: Math.min(states.length, (index + 1) * AT_ONCE), total: states.length });
  }
  const before = new Map(former.map(({ event }) => [event.id, event]));
  for (const { from, into } of succession.merged) {
    const ended = before.get(from);
    if (ended !== undefined) await keepMerge(tx, { from, into, moment: momentAfter(ended) });
  }
}

/** The events that are not as they are stored, in their new state. */
function changedStates({ former, folded, succession }: Plan, { tools }: Folder): NewsEvent[] {
  const before = new Map(former.map(({ event }) => [event.id, event]));
  const changed = folded.flatMap((event) => {
    const id = succession.ids.get(event.id) ?? event.id;
    const old = before.get(id);
    if (old === undefined) return [{ ...event, id }];
    const renewed = { ...event, id, changed: old.changed };
    if (isDeepStrictEqual(renewed, old)) return [];
    const after = momentAfter(old);
    return [{ ...renewed, changed: after > event.changed ? after : event.changed }];
  });
  const gone = succession.gone.flatMap((id) => {
    const event = before.get(id);
    return event === undefined
      ? []
      : [withoutPart(event, partOf(event, itemsOf(event)), momentAfter(event), tools)];
  });
  return [...changed, ...gone];
}

/**
 * The moment right after an event last changed. What was known does not change by being read anew: the new state holds from
 * when the old one did, no digest tells it as news, and the old one is kept all the same.
 */
function momentAfter({ changed }: NewsEvent): Date {
  return new Date(changed.getTime() + 1);
}

function told({ reading, former, folded, succession }: Plan): Refolded {
  const living = former.filter(({ event }) => event.claims.length > 0);
  const before = new Map(living.map((one) => [one.event.id, one.items]));
  const all = new Set(living.flatMap(({ items }) => [...items]));
  const renamed = folded.map((event) => ({
    items: itemsOf(event),
    was: before.get(succession.ids.get(event.id) ?? event.id),
  }));
  const kept = renamed.filter(({ was }) => was !== undefined);
  const same = kept.filter(({ items, was }) => was !== undefined && isDeepStrictEqual(was, items)).length;
  const others = renamed.filter(({ was }) => was === undefined);
  const split = others.filter(({ items }) => !items.isDisjointFrom(all)).length;
  return {
    items: reading.items,
    hits: reading.hits.length,
    rejudged: reading.changed.length,
    before: living.length,
    after: folded.length,
    same,
    changed: kept.length - same,
    merged: succession.merged.length,
    split,
    fresh: others.length - split,
    gone: succession.gone.length,
  };
}

function partsOf<Value>(values: readonly Value[]): Value[][] {
  return Array.from({ length: Math.ceil(values.length / AT_ONCE) }, (_, index) =>
    values.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}
