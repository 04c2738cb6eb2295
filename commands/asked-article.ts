import type { Item, ItemId } from '../src/model.ts';
import { findItem, findItemByKeys } from '../src/store/items.ts';
import { searchItems } from '../src/store/searching.ts';
import type { Context } from './command.ts';

/** Articles that have all the words of a title, among which the one of that very title is looked for. */
const MOST_ALIKE = 10;

/** Whether what was typed is an address of the web and nothing else. */
export function isAddress(typed: string): boolean {
  return /^https?:\/\/\S+$/i.test(typed);
}

/** The stored article that somebody named by its address, its id, or its title; `undefined` when there is none. */
export async function articleAsked(typed: string, context: Context): Promise<Item | undefined> {
  const { db, articles } = context;
  if (isAddress(typed)) {
    const key = articles?.keyOf(typed);
    return key === undefined ? undefined : findItemByKeys(db, [key]);
  }
  return (await findItem(db, typed as ItemId)) ?? (await itemOfTitle(typed, context));
}

/** The stored article that has a title, however its letters are written. */
async function itemOfTitle(title: string, { db }: Context): Promise<Item | undefined> {
  const alike = await searchItems(db, { text: title, limit: MOST_ALIKE });
  return alike.find(({ item }) => letters(item.title) === letters(title))?.item;
}

function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
