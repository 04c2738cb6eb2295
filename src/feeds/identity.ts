import { createHash } from 'node:crypto';

import type { ItemId } from '../model.ts';
import { canonicalUrl, isFrontPage } from './canonical-url.ts';

/**
 * One name under which an item may be known, such as `url:example.org/story`. The sorts, strongest first: `guid`
 * (of one feed), `url`, `words` (title and text, of one house), `title` (with its day, of one feed).
 */
export type ItemKey = string;

/** What an item says of itself, as far as it tells it from others. */
export interface Identifying {
  /** Id of the feed; for an imported article the name of its source. */
  readonly feed: string;
  /** The house that publishes it. */
  readonly family: string;
  readonly guid?: string | undefined;
  readonly url?: string | undefined;
  readonly title: string;
  readonly text: string;
  readonly published?: Date | undefined;
}

/** A title of fewer letters names a column ("Live updates"), not an article. */
const LEAST_TITLE = 24;
/** Wording of fewer letters comes back by chance. */
const LEAST_WORDING = 40;
/** Scripts in which a letter is a word say as much with fewer of them. */
const WORD_LETTERS = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const WORD_LETTER_WEIGHT = 2.5;
/** A short number is a place in the list and wanders from item to item. */
const WANDERING_GUID = /^\d{1,4}$/;
/** How much of a text is compared as it is spoken; what follows is compared letter by letter, which is cheap. */
const SPOKEN = 8192;
const ID_LENGTH = 16;

/**
 * The names under which an item may be found again, strongest first, however its publisher changes the others.
 *
 * @returns at least one; the one of sort `words` is always there and changes with every change of the wording
 */
export function itemKeys(item: Identifying): ItemKey[] {
  const { feed, family, guid, url, title, published } = item;
  const page = url === undefined || isFrontPage(url) ? undefined : canonicalUrl(url);
  const day = published?.toISOString().slice(0, 10);
  const strong = [
    guid === undefined || WANDERING_GUID.test(guid)
      ? undefined
      : `guid:${feed}:${canonicalUrl(guid) ?? guid}`,
    page === undefined ? undefined : `url:${page}`,
  ].filter((key) => key !== undefined);
  const spoken = spokenForm(title);
  const words = `${spoken}\n${spokenForm(item.text.slice(0, SPOKEN))}${item.text.slice(SPOKEN)}`;
  const circumstance = weightOf(words) < LEAST_WORDING ? [feed, strong[0] ?? day ?? ''] : [family];
  const titled = day !== undefined && weightOf(spoken) >= LEAST_TITLE;
  return [
    ...strong,
    `words:${digest([...circumstance, words])}`,
    ...(titled ? [`title:${digest([feed, day, spoken])}`] : []),
  ];
}

/** Names one version of an item: the same for the same wording, however often and by whomever it is read. */
export function itemId(keys: readonly ItemKey[]): ItemId {
  const words = keys.find(isWording);
  return digest([keys[0] ?? '', words ?? '']).slice(0, ID_LENGTH) as ItemId;
}

/** Tells whether a key stands for the wording of one version. */
export function isWording(key: ItemKey): boolean {
  return key.startsWith('words:');
}

/** Tells whether a key is enough to recognise an item whatever else has changed. */
export function isStrong(key: ItemKey): boolean {
  return key.startsWith('guid:') || key.startsWith('url:');
}

/** Letters and digits only, in one case: what remains when a text is read aloud. */
function spokenForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function weightOf(text: string): number {
  return text.length + (text.match(WORD_LETTERS)?.length ?? 0) * (WORD_LETTER_WEIGHT - 1);
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url');
}
