import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

import { dayFrom, onDay } from '../time.ts';
import { cleanArticle, cleanPageText, type CleanedArticle } from './clean.ts';
import type { About } from './parse.ts';
import { declaredIn } from './pages/declared.ts';
import { sectionsOf, type Section } from './pages/live-blog.ts';
import { decode } from './reading/decode.ts';
import { htmlToText } from './reading/html-text.ts';
import { safeLine } from './reading/safe-text.ts';

/** What came of reading a web page for its article. */
export type ReadPage =
  | {
      readonly kind: 'article';
      readonly title: string;
      /** Paragraphs on lines of their own; at most 64 KB. For a live blog the sections one after another. */
      readonly text: string;
      readonly language?: string;
      readonly author?: string;
      readonly published?: Date;
      /** The address that the page calls its own. */
      readonly url?: string;
      /** The entries of a live blog, newest first where it has them so; empty for other pages. */
      readonly sections: readonly Section[];
    }
  | { readonly kind: 'failed'; readonly reason: string };

const LONGEST_PAGE = 3_000_000;
const LONGEST_TEXT = 65_536;
const LEAST_TEXT = 200;

/**
 * Reads an article as a person or a scraper saved it: a web page, a piece of one, or plain text.
 *
 * @param raw - what the file holds, decoded
 */
export function readArticle(raw: string): CleanedArticle {
  const page = /<(?:html|body|article)[\s>]/i.test(raw) ? readHtml(raw, undefined) : undefined;
  if (page?.kind !== 'article') return cleanArticle(raw);
  const { title, text, published: moment, author, url } = page;
  const day = moment && dayFrom(moment.toISOString().slice(0, 10));
  const isWholeDay = moment?.toISOString().endsWith('T00:00:00.000Z');
  return {
    title,
    text,
    ...(day === undefined ? {} : { published: onDay(day) }),
    ...(moment === undefined || isWholeDay ? {} : { moment }),
    ...(url === undefined ? {} : { url }),
    ...(author === undefined ? {} : { author }),
    captions: [],
  };
}

/**
 * Finds the article in a web page: title, text without navigation and advertising, author, date, and the dated
 * sections of a live blog where its markup or its data tell them apart.
 *
 * It may take long on a hostile page: call it in a worker (parsers.ts).
 *
 * @returns `failed` with a reason meant for people when the page holds no article
 */
export function readPage(bytes: Uint8Array, about: About = {}): ReadPage {
  return readHtml(decode(bytes, about.contentType), about.url);
}

function readHtml(html: string, address: string | undefined): ReadPage {
  if (html.length > LONGEST_PAGE)
    return { kind: 'failed', reason: `the page is longer than ${LONGEST_PAGE} characters` };
  if (!html.includes('<')) return { kind: 'failed', reason: 'not a web page' };
  const { document } = parseHTML(html);
  const declared = declaredIn(document, address);
  const sections = sectionsOf(document, declared);
  // Readability changes the document: everything else has been read by now.
  const found = new Readability(document, { charThreshold: LEAST_TEXT }).parse();
  const title = safeLine(declared.title ?? found?.title ?? '');
  const body = withoutTitle(cleanPageText(htmlToText(found?.content ?? '')), title);
  const text = sections.length > 0 ? textOfSections(sections) : body;
  if (text.length < LEAST_TEXT) return { kind: 'failed', reason: 'the page holds no article' };
  const {
    language = found?.lang ?? undefined,
    author = found?.byline ?? undefined,
    published,
    url,
  } = declared;
  return {
    kind: 'article',
    title,
    text: text.slice(0, LONGEST_TEXT),
    ...(language === undefined ? {} : { language }),
    ...(author === undefined ? {} : { author: safeLine(author) }),
    ...(published === undefined ? {} : { published }),
    ...(url === undefined ? {} : { url }),
    sections,
  };
}

function textOfSections(sections: readonly Section[]): string {
  return sections.map(({ title, text }) => (title === undefined ? text : `${title}\n${text}`)).join('\n');
}

/** Pages say their headline once more above the text. */
function withoutTitle(text: string, title: string): string {
  return text.startsWith(`${title}\n`) ? text.slice(title.length + 1) : text;
}
