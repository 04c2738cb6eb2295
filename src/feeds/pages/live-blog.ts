import { cleanPageText } from '../clean.ts';
import { parseFeedDate } from '../reading/feed-dates.ts';
import { present } from '../reading/feed-document.ts';
import { htmlToText } from '../reading/html-text.ts';
import { safeLine } from '../reading/safe-text.ts';
import { textIn, type Declared, type Thing } from './declared.ts';

/** One entry of a live blog. */
export interface Section {
  readonly title?: string;
  readonly text: string;
  readonly published?: Date;
  readonly url?: string;
}

const LEAST_SECTIONS = 3;
const LEAST_SECTION_TEXT = 80;
const HIGHEST_CLIMB = 6;

/**
 * Splits a live blog into its dated entries: by its JSON-LD, else by its markup, where at least three neighbours
 * of some length bear a time each.
 *
 * @returns the entries in the order of the page; none when the page is no live blog
 */
export function sectionsOf(document: Document, { things }: Declared): Section[] {
  const declared = things.filter((thing) => textIn(thing['@type']) === 'LiveBlogPosting').flatMap(updatesOf);
  return declared.length > 0 ? declared : sectionsInMarkup(document);
}

function updatesOf(blog: Thing): Section[] {
  const updates: unknown = blog['liveBlogUpdate'];
  const list: unknown[] = Array.isArray(updates) ? updates : [updates];
  return list.flatMap((update) => {
    if (typeof update !== 'object' || update === null) return [];
    const { headline, articleBody, datePublished, url } = update as Thing;
    const text = cleanPageText(htmlToText(textIn(articleBody) ?? ''));
    const title = textIn(headline);
    return text === '' && title === undefined
      ? []
      : [section({ title, text, published: textIn(datePublished), url: textIn(url) })];
  });
}

function sectionsInMarkup(document: Document): Section[] {
  const [start] = document.querySelectorAll(
    'article time[datetime], main time[datetime], [itemprop="liveBlogUpdate"] time',
  );
  const entries = start === undefined ? [] : neighboursOf(start);
  const sections = entries.map(sectionIn).filter(({ text }) => text.length >= LEAST_SECTION_TEXT);
  return sections.length >= LEAST_SECTIONS ? sections : [];
}

/** The nearest elements around a time that stand side by side and bear a time each. */
function neighboursOf(time: Element): Element[] {
  let element = time;
  for (let climbed = 0; climbed < HIGHEST_CLIMB; climbed += 1) {
    const parent = element.parentElement;
    if (parent === null) return [];
    const dated = [...parent.children].filter(
      (child) => child !== time && child.querySelector('time[datetime]') !== null,
    );
    if (dated.length >= LEAST_SECTIONS) return dated;
    element = parent;
  }
  return [];
}

function sectionIn(element: Element): Section {
  const heading = element.querySelector('h1, h2, h3, h4')?.textContent?.trim() || undefined;
  const link = element.querySelector('a[href*="#"]')?.getAttribute('href') ?? undefined;
  const paragraphs = [...element.querySelectorAll('p, li, blockquote')]
    .map(({ innerHTML }) => innerHTML)
    .join('<br>');
  return section({
    title: heading,
    text: cleanPageText(htmlToText(paragraphs)),
    published: element.querySelector('time')?.getAttribute('datetime') ?? undefined,
    url: link,
  });
}

function section(found: {
  readonly title: string | undefined;
  readonly text: string;
  readonly published: string | undefined;
  readonly url: string | undefined;
}): Section {
  const { title, text, published, url } = found;
  return present({
    title: title === undefined ? undefined : safeLine(title),
    text,
    published: published === undefined ? undefined : parseFeedDate(published),
    url,
  });
}
