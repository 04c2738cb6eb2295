import { parseFeedDate } from '../reading/feed-dates.ts';
import { present } from '../reading/feed-document.ts';
import { resolveUrl } from '../reading/links.ts';

/** One object of a page's JSON-LD data. */
export type Thing = Readonly<Record<string, unknown>>;

/** What a page declares about itself for machines. */
export interface Declared {
  readonly title?: string;
  readonly language?: string;
  readonly author?: string;
  readonly published?: Date;
  readonly url?: string;
  /** Its JSON-LD objects, nested ones too. */
  readonly things: readonly Thing[];
}

const MOST_THINGS = 2000;
const ARTICLE = /(?:Article|Posting|Report)$/;

/** Reads what the head and the JSON-LD of a page say; `address` is where it came from. */
export function declaredIn(document: Document, address: string | undefined): Declared {
  const things = thingsIn(document);
  const article = things.find((thing) => ARTICLE.test(textIn(thing['@type']) ?? ''));
  const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute('href');
  const published =
    textIn(article?.['datePublished']) ??
    meta(document, 'article:published_time') ??
    meta(document, 'date') ??
    document.querySelector('article time[datetime]')?.getAttribute('datetime');
  return present({
    title: textIn(article?.['headline']) ?? meta(document, 'og:title') ?? headingIn(document),
    language: document.documentElement?.getAttribute('lang') || textIn(article?.['inLanguage']),
    author: nameIn(article?.['author']) ?? meta(document, 'author'),
    published: published ? parseFeedDate(published) : undefined,
    url: canonical ? resolveUrl(canonical, address) : address,
    things,
  });
}

/** The text in a value of JSON-LD; `undefined` when it holds something else. */
export function textIn(value: unknown): string | undefined {
  const single: unknown = Array.isArray(value) ? value[0] : value;
  return typeof single === 'string' && single.trim() !== '' ? single.trim() : undefined;
}

function nameIn(value: unknown): string | undefined {
  const single: unknown = Array.isArray(value) ? value[0] : value;
  return typeof single === 'object' && single !== null && 'name' in single
    ? textIn(single.name)
    : textIn(single);
}

function meta(document: Document, name: string): string | undefined {
  const element = document.querySelector(`meta[property="${name}"], meta[name="${name}"]`);
  return element?.getAttribute('content')?.trim() || undefined;
}

/** The main heading, where the page has one and only one. */
function headingIn(document: Document): string | undefined {
  const [heading, ...others] = document.querySelectorAll('h1');
  return others.length === 0 ? heading?.textContent?.trim() || undefined : undefined;
}

function thingsIn(document: Document): Thing[] {
  const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')];
  const waiting = scripts.map(({ textContent }) => jsonIn(textContent ?? ''));
  const things: Thing[] = [];
  while (waiting.length > 0 && things.length < MOST_THINGS) {
    const value = waiting.shift();
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) things.push(value as Thing);
    waiting.push(...Object.values(value).slice(0, MOST_THINGS));
  }
  return things;
}

function jsonIn(text: string): unknown {
  try {
    // Publishers leave raw line breaks in their strings.
    return JSON.parse(text.replace(/\s+/g, ' '));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
