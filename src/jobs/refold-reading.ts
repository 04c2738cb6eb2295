import { isDeepStrictEqual } from 'node:util';
import type { Item, ItemId, Match } from '../model.ts';
import type { Queries } from '../store/database.ts';
import { allItems } from '../store/refolding.ts';
import { findFamily, findVerdicts, type Verdict } from '../store/verdicts.ts';
import { asJudged } from './verdicts.ts';

/** An item that is about the topic, and the moment after which it comes in its turn. */
interface Hit {
  readonly id: ItemId;
  readonly moment: number;
  readonly replaces?: ItemId;
}

/** What all stored items are about by today's rules. */
export interface Reading {
  readonly items: number;
  /** Those about the topic in the order of their publication; those without a date in that of their arrival. Only newest versions. */
  readonly hits: readonly ItemId[];
  /** Those of them whose texts were forgotten: nothing can be read anew in them. */
  readonly forgotten: ReadonlySet<ItemId>;
  /** Matches that differ from what is stored. */
  readonly changed: readonly { readonly item: ItemId; readonly match: Match }[];
}

/** Reads all stored items anew; what people said of an article holds against the rules. */
export async function readAll(
  db: Queries,
  topic: string,
  matched: (item: Item) => { readonly match: Match },
  onProgress: (items: number) => void,
): Promise<Reading> {
  const labels = await labelsOf(db, topic);
  const hits: Hit[] = [];
  const changed: { item: ItemId; match: Match }[] = [];
  const forgotten = new Set<ItemId>();
  let items = 0;
  for await (const part of allItems(db, topic)) {
    for (const { item, match: before } of part) {
      if (isForgotten(item, before)) forgotten.add(item.id);
      const label = labels.get(item.id);
      const read = before !== undefined && forgotten.has(item.id) ? before : matched(item).match;
      const match = label === undefined ? read : asJudged(read, label);
      if (match.zone === 'hit') hits.push(hitOf(item));
      if (before === undefined ? match.zone !== 'miss' : !isDeepStrictEqual(before, match))
        changed.push({ item: item.id, match });
    }
    items += part.length;
    onProgress(items);
  }
  const replaced = new Set(hits.flatMap(({ replaces }) => replaces ?? []));
  const newest = hits.filter(({ id }) => !replaced.has(id));
  return {
    items,
    hits: newest.toSorted((a, b) => a.moment - b.moment || (a.id < b.id ? -1 : 1)).map(({ id }) => id),
    forgotten,
    changed,
  };
}

/** Tells whether the text of an item was forgotten: more was found in it than its title holds. */
function isForgotten({ title, text }: Item, match: Match | undefined): boolean {
  const ends = [
    ...(match?.evidence ?? []).map(({ end }) => end),
    ...(match?.passages ?? []).map(([, end]) => end),
  ];
  return text === '' && ends.some((end) => end > title.length + 1);
}

function hitOf({ id, published, seen, replaces }: Item): Hit {
  return { id, moment: (published ?? seen).getTime(), ...(replaces !== undefined && { replaces }) };
}

/** What people say of articles, by the ids of these, their copies and their versions; the latest word counts. */
async function labelsOf(db: Queries, topic: string): Promise<Map<ItemId, Verdict['label']>> {
  const labels = new Map<ItemId, Verdict['label']>();
  for (const { items, label } of await findVerdicts(db, topic)) {
    const [first] = items;
    if (first === undefined) continue;
    for (const item of (await findFamily(db, first)).items) labels.set(item, label);
  }
  return labels;
}
