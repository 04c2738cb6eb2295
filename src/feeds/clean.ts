import type { When } from '../model.ts';
import { withoutCode } from './cleaning/code.ts';
import { mend } from './cleaning/glue.ts';
import { takeLabels } from './cleaning/labels.ts';
import { sift, type Caption, type Sifted } from './cleaning/noise.ts';
import { withoutRepeats } from './cleaning/repeats.ts';
import { htmlToText } from './reading/html-text.ts';
import { safeText } from './reading/safe-text.ts';

/** An article freed from what its page, a scraper and a translator put around it. */
export interface CleanedArticle {
  /** Empty where the text does not begin with one. */
  readonly title: string;
  /** Paragraphs on lines of their own; the title is not among them. */
  readonly text: string;
  /** When the text says that it was published: a day, or the month that a label gives. */
  readonly published?: When;
  /** The same as a moment, where the text gives the time of day. */
  readonly moment?: Date;
  readonly url?: string;
  readonly author?: string;
  /** What was said below pictures and videos; their dates help to date an article that does not say when it was published. */
  readonly captions: readonly Caption[];
}

const LONGEST_TITLE = 200;

/** Tells whether a text is an HTML page or a piece of one, rather than plain text. */
export function looksLikeHtml(text: string): boolean {
  return /<(?:!doctype html|html|head|body|article|p|div)[\s>]/i.test(text.slice(0, 4096));
}

/**
 * Leaves out of a text that was found in a web page what the page put between its paragraphs: invitations, links to
 * other articles, credits, captions, repeated paragraphs.
 */
export function cleanPageText(text: string): string {
  return withoutRepeats(sift(safeText(text)).paragraphs).join('\n');
}

/** Cleans the text of an item as its feed carried it: as `cleanArticle` does, for a text without a title. */
export function cleanText(raw: string): string {
  return withoutRepeats(siftArticle(takeLabels(raw).text).paragraphs).join('\n');
}

/**
 * Cleans a scraped article: labels become fields; advertising marks, invitations, links to other articles, credits,
 * captions, embedded posts and repeated paragraphs go; glued headings, sentences and quotation marks are mended.
 *
 * @param raw - plain text, or a piece of HTML; for whole pages see article.ts, which finds the article first
 */
export function cleanArticle(raw: string): CleanedArticle {
  const { labels, text } = takeLabels(looksLikeHtml(raw) ? htmlToText(raw) : raw.replaceAll('\r\n', '\n'));
  const { paragraphs, captions } = siftArticle(text);
  const [first = '', ...rest] = withoutRepeats(paragraphs);
  const isTitle = rest.length > 0 && first.length <= LONGEST_TITLE && !/[.!…»”"]$/.test(first);
  return {
    title: isTitle ? first : '',
    text: (isTitle ? rest : [first, ...rest]).join('\n'),
    ...labels,
    captions,
  };
}

function siftArticle(text: string): Sifted {
  return sift(mend(withoutCode(safeText(text))));
}
