import { publicationOf } from '../events/publication.ts';
import type { Publication } from '../events/publication.ts';
import { cleanArticle } from '../feeds/clean.ts';
import { detectLanguage } from '../language/detect.ts';
import type { Finder } from '../matches/finder.ts';
import { matchedText } from '../matches/match.ts';
import type { Day, Item, ItemId } from '../model.ts';

/** An article from a file, as an item. */
export interface ArticleFile {
  readonly item: Item;
  /** How its day of publication was told; absent where nothing tells it. */
  readonly publication?: Publication;
}

/**
 * Makes an item of an article as it was scraped: cleaned, its language told, its day of publication inferred where
 * the text does not give it.
 *
 * @param raw - plain text or HTML
 * @param id - the id to give to the item
 * @param seen - the moment at which it is read; it was not published later
 */
export function articleItem(raw: string, id: ItemId, seen: Date, finder: Finder): ArticleFile {
  const { title, text, published: label, moment, url, captions } = cleanArticle(raw);
  const language = detectLanguage(matchedText({ title, text }));
  const clues = {
    language,
    label,
    url,
    captions: captions.flatMap(({ date }) => date ?? []),
    notAfter: seen.toISOString().slice(0, 10) as Day,
  };
  const publication = publicationOf(matchedText({ title, text }), clues, finder);
  const published = moment ?? (publication && new Date(`${publication.day}T00:00:00Z`));
  const item: Item = {
    id,
    source: { name: 'unknown', family: 'unknown', kind: 'press' },
    ...(url !== undefined && { url }),
    title,
    text,
    language,
    ...(published !== undefined && { published }),
    ...(moment === undefined && publication !== undefined && { publishedPrecision: publication.precision }),
    seen,
  };
  return { item, ...(publication !== undefined && { publication }) };
}
