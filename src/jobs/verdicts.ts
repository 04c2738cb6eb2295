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
    if (!isOff) await addPendingItems(tx, tools.topic.id, await unfolded(tx, items));
    const verdict: Verdict = { ...opinion, at, topic: tools.topic.id, items, taken };
    await saveVerdict(tx, verdict, keys);
    return verdict;
  });
}

/** Takes a verdict back: matches are as the topic has them, and events as they would be without it. */
export async function undoVerdict(
  db: Queries,
  verdict: Verdict,
  undone: Date,
  tools: VerdictTools,
): Promise<Undone> {
  return db.transaction(async (tx) => {
    const items = await familyOf(tx, verdict);
    await lockFolding(tx, tools.topic.id);
    const first = await restingOnVerdict(tx, verdict);
    if (first !== undefined) return { kind: 'later', first };
    await takePendingItems(tx, tools.topic.id, items);
    const found = (await findItems(tx, items)).map((one) => ({
      item: one.id,
      match: tools.matched(one).match,
    }));
    await saveMatches(tx, found);
    const others = found.filter(({ match }) => match.zone !== 'hit').map(({ item }) => item);
    if (verdict.label === 'relevant') await takeOut(tx, others, undone, tools);
    await putBack(tx, verdict.taken, undone, tools);
    const hits = new Set(items).difference(new Set(others));
    await addPendingItems(tx, tools.topic.id, await unfolded(tx, [...hits]));
    await saveVerdict(tx, { ...verdict, undone }, []);
    return { kind: 'undone' };
  });
}

/** The articles of a verdict, with the copies and versions that came after it. */
async function familyOf(tx: Queries, { items }: Verdict): Promise<ItemId[]> {
  const [first] = items;
  return first === undefined ? [] : (await findFamily(tx, first)).items;
}

function keysOf({ item, keys, copyOf }: NewItem): string[] {
  const ids = [item.id, copyOf, item.replaces];
  return [...keys, ...ids.flatMap((id) => (id === undefined ? [] : [itemKey(id)]))];
}

async function takeOut(
  tx: Queries,
  items: readonly ItemId[],
  at: Date,
  { folder }: VerdictTools,
): Promise<Taken[]> {
  if (items.length === 0) return [];
  const taken: Taken[] = [];
  for (const id of await findEventsOfItems(tx, items)) {
    const event = await findEvent(tx, id);
    if (event === undefined) continue;
    const part = partOf(event, new Set(items));
    const left = withoutPart(event, part, at, folder.tools);
    await keepEvents(tx, [left], folder);
    taken.push({ event: id, ...part, titles: { before: event.titles, after: left.titles } });
  }
  return taken;
}

async function putBack(
  tx: Queries,
  taken: readonly Taken[],
  at: Date,
  { folder }: VerdictTools,
): Promise<void> {
  for (const { event: id, ...part } of taken) {
    const event = await findEvent(tx, id);
    if (event !== undefined) await keepEvents(tx, [withPart(event, part, at, folder.tools)], folder);
  }
}

/** Those of some items that feed no event. */
async function unfolded(tx: Queries, items: readonly ItemId[]): Promise<ItemId[]> {
  const free: ItemId[] = [];
  for (const item of items) if ((await findEventsOfItems(tx, [item])).length === 0) free.push(item);
  return free;
}
