import { partOf, withoutPart, withPart } from '../events/fold/removal.ts';
import type { Folder } from '../events/fold/folder.ts';
import type { Item, ItemId, Match } from '../model.ts';
import { momentAfterOthers, type Undone } from '../store/corrections.ts';
import type { Queries } from '../store/database.ts';
import { findEvent } from '../store/events.ts';
import { addPendingItems, lockFolding, takePendingItems } from '../store/folding.ts';
import { findItems, type NewItem } from '../store/items.ts';
import { saveMatches } from '../store/matches.ts';
import {
  findEventsOfItems,
  findFamily,
  findVerdicts,
  findVerdictsByKeys,
  itemKey,
  saveVerdict,
  type Taken,
  type Verdict,
} from '../store/verdicts.ts';
import { keepEvents } from './event-keeping.ts';
import { restingOnVerdict } from './undoing.ts';

/** What carrying out a verdict takes. */
export interface VerdictTools {
  readonly topic: { readonly id: string };
  readonly folder: Folder;
  matched(item: Item): { readonly item: Item; readonly match: Match };
}

/** What somebody says of an article. */
export type Opinion = Pick<Verdict, 'id' | 'label' | 'at' | 'by' | 'reason'>;

/** The match of an item as a verdict has it: certain, one way or the other. */
export function asJudged(match: Match, label: Verdict['label']): Match {
  return label === 'relevant'
    ? { ...match, zone: 'hit', score: 1 }
    : { ...match, zone: 'miss', score: 0, passages: [] };
}

/** The verdicts that hold for items which have just come, by the id of the item. */
export async function verdictsOn(
  db: Queries,
  topic: string,
  arrived: readonly NewItem[],
): Promise<Map<ItemId, Verdict>> {
  const verdicts = await findVerdictsByKeys(db, topic, arrived.flatMap(keysOf));
  return new Map(
    arrived.flatMap((one) => {
      const verdict = keysOf(one).flatMap((key) => verdicts.get(key) ?? [])[0];
      return verdict === undefined ? [] : [[one.item.id, verdict] as const];
    }),
  );
}

/**
 * Lets a verdict hold for an article, its copies and its versions: their match is what it says. Those that are off the
 * topic leave the events that they fed; those that are about it wait to be folded.
 */
export async function giveVerdict(
  db: Queries,
  item: ItemId,
  opinion: Opinion,
  tools: VerdictTools,
): Promise<Verdict> {
  return db.transaction(async (tx) => {
    const { items, keys } = await findFamily(tx, item);
    const isOff = opinion.label === 'off';
    await takePendingItems(tx, tools.topic.id, items);
    const at = await momentAfterOthers(tx, opinion.at);
    const taken = isOff ? await takeOut(tx, items, at, tools) : [];
    const stored = await findItems(tx, items);
    const found = stored.map((one) => ({
      item: one.id,
      match: asJudged(tools.matched(one).match, opinion.label),
    }));
    await saveMatches(tx, found);
    if (!isOff) {
      const before = latestOf(await findVerdictsByKeys(tx, tools.topic.id, keys));
      if (before !== undefined) await putBack(tx, before, at, tools);
      await addPendingItems(tx, tools.topic.id, await unfolded(tx, items));
    }
    const verdict: Verdict = { ...opinion, at, topic: tools.topic.id, items, taken };
    await saveVerdict(tx, verdict, keys);
    return verdict;
  });
}

/**
 * Takes a verdict back: matches are as the verdict before it or the topic has them, and events as they would be without it.
 */
export async function undoVerdict(
  db: Queries,
  verdict: Verdict,
  undone: Date,
  tools: VerdictTools,
): Promise<Undone> {
  return db.transaction(async (tx) => {
    await lockFolding(tx, tools.topic.id);
    const first = await restingOnVerdict(tx, verdict);
    if (first !== undefined) return { kind: 'later', first };
    await saveVerdict(tx, { ...verdict, undone }, []);
    const { items, other } = await familyOf(tx, verdict);
    await takePendingItems(tx, tools.topic.id, items);
    const found = (await findItems(tx, items)).map((one) => {
      const { match } = tools.matched(one);
      return { item: one.id, match: other === undefined ? match : asJudged(match, other.label) };
    });
    await saveMatches(tx, found);
    const off = found.filter(({ match }) => match.zone !== 'hit').map(({ item }) => item);
    if (verdict.label === 'relevant') await takeOut(tx, off, undone, tools);
    if (other?.label === 'off') {
      await saveVerdict(tx, { ...other, taken: [...other.taken, ...verdict.taken] }, []);
    } else {
      await putBack(tx, verdict, undone, tools);
      await addPendingItems(
        tx,
        tools.topic.id,
        await unfolded(tx, [...new Set(items).difference(new Set(off))]),
      );
    }
    return { kind: 'undone' };
  });
}

/** The articles of a verdict, with the copies and versions that came after it, and another verdict that holds for them. */
async function familyOf(
  tx: Queries,
  { items, topic }: Verdict,
): Promise<{ items: ItemId[]; other?: Verdict | undefined }> {
  const [first] = items;
  if (first === undefined) return { items: [] };
  const family = await findFamily(tx, first);
  return { items: family.items, other: latestOf(await findVerdictsByKeys(tx, topic, family.keys)) };
}

function latestOf(verdicts: ReadonlyMap<string, Verdict>): Verdict | undefined {
  return [...verdicts.values()].toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
}

function keysOf({ item, keys, copyOf }: NewItem): string[] {
  const ids = [item.id, copyOf, item.replaces];
  return [...keys, ...ids.flatMap((id) => (id === undefined ? [] : [itemKey(id)]))];
}

async function takeOut(
  tx: Queries,
  items: readonly ItemId[],
  at: Date,
  { topic, folder }: VerdictTools,
): Promise<Taken[]> {
  if (items.length === 0) return [];
  const others = await takenByVerdicts(tx, topic.id);
  const taken: Taken[] = [];
  for (const id of await findEventsOfItems(tx, items)) {
    const event = await findEvent(tx, id);
    if (event === undefined) continue;
    const part = partOf(event, new Set(items));
    const left = withoutPart(event, part, at, folder.tools);
    await keepEvents(tx, [left], folder);
    const [first] = others.filter((other) => other.event === id);
    taken.push({ event: id, ...part, titles: { ...event.titles, ...first?.titles } });
  }
  return taken;
}

async function putBack(
  tx: Queries,
  { id: verdict, taken }: Verdict,
  at: Date,
  { topic, folder }: VerdictTools,
): Promise<void> {
  const others = await takenByVerdicts(tx, topic.id, verdict);
  for (const { event: id, titles = {}, ...part } of taken) {
    const event = await findEvent(tx, id);
    if (event === undefined) continue;
    const out = others.filter((other) => other.event === id).flatMap(({ citations }) => citations);
    const back = Object.entries(titles).filter(([, title]) => !out.some((page) => page.title === title));
    const titled = { ...event, titles: { ...event.titles, ...Object.fromEntries(back) } };
    await keepEvents(tx, [withPart(titled, part, at, folder.tools)], folder);
  }
}

/** What verdicts that hold have taken out of events, the earliest first; `except` that of one of them. */
async function takenByVerdicts(tx: Queries, topic: string, except?: string): Promise<Taken[]> {
  const others = (await findVerdicts(tx, topic)).filter(({ id }) => id !== except);
  return others.flatMap(({ taken }) => taken);
}

/** Those of some items that feed no event. */
async function unfolded(tx: Queries, items: readonly ItemId[]): Promise<ItemId[]> {
  const free: ItemId[] = [];
  for (const item of items) if ((await findEventsOfItems(tx, [item])).length === 0) free.push(item);
  return free;
}
