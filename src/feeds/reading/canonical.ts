import { parseFeedDate } from './feed-dates.ts';
import type { FeedHints } from '../../feed-state.ts';
import { present, type FeedDocument, type FeedHeader, type ItemEntry } from './feed-document.ts';
import { htmlToLine, htmlToText } from './html-text.ts';
import { absoluteLink } from './links.ts';
import { escapeXml } from './escape.ts';
import { readXml, type Element } from './xml.ts';

interface Link {
  readonly url: string;
  readonly relation: string;
  readonly type: string;
}

const PERIOD_MINUTES: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const OTHER_SUMMARIES = [
  'abstract',
  'dc:description',
  'media:description',
  'itunes:summary',
  'itunes:subtitle',
];
const FEED_KEYS = new Set(['feed', 'rss', 'rdf', 'rdf:rdf', 'channel']);

/**
 * Reads a feed in XML: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF, in whatever state it is.
 *
 * @param base - where the document came from, for relative links
 * @returns `undefined` when there is no feed in the text
 */
export function readFeed(source: string, base?: string): FeedDocument | undefined {
  const document = readXml(source, base);
  const [items, others] = [itemsIn(document, 'item'), itemsIn(document, 'entry')];
  const feed = find(document, isFeed) ?? (items.length + others.length > 0 ? document : undefined);
  if (feed === undefined) return undefined;
  const channel = (feed.key === 'feed' ? undefined : find(feed, ({ key }) => key === 'channel')) ?? feed;
  const header = headerOf(channel);
  return {
    header,
    hints: hintsOf(channel),
    items: (others.length > items.length ? others : items).map((item) => entryOf(item, header.url)),
  };
}

function isFeed({ key }: Element): boolean {
  return FEED_KEYS.has(key);
}

function find(element: Element, wanted: (element: Element) => boolean): Element | undefined {
  if (wanted(element)) return element;
  for (const child of element.children) {
    const found = find(child, wanted);
    if (found) return found;
  }
  return undefined;
}

/** All items, wherever they stand: some publishers forget to close tags, others wrap the items once more. */
function itemsIn(element: Element, key: 'item' | 'entry', found: Element[] = []): Element[] {
  for (const child of element.children) {
    if (child.key === key) found.push(child);
    itemsIn(child, key, found);
  }
  return found;
}

function headerOf(channel: Element): FeedHeader {
  return present({
    title: lineOf(first(channel, ['title', 'dc:title'])),
    url: mainLink(linksOf(channel)) ?? linkIn(channel, 'href'),
    language: (channel.language ?? valueOf(channel, ['language', 'dc:language']))?.replaceAll('_', '-'),
    description: textOf(
      first(channel, ['subtitle', 'tagline', 'description', 'abstract', 'dc:description']) ??
        first(channel, ['itunes:summary', 'itunes:subtitle']),
    ),
    updated:
      dateOf(channel, ['updated', 'modified', 'lastbuilddate', 'pubdate']) ??
      dateOf(channel, ['dc:date', 'dcterms:modified', 'dcterms:issued']) ??
      dateIn(channel.attributes.get('lastmod')),
  });
}

function hintsOf(channel: Element): FeedHints {
  const links = linksOf(channel);
  const ttl = Number(valueOf(channel, ['ttl']));
  return present({
    ttlMinutes: ttl > 0 ? ttl : undefined,
    updateEveryMinutes: updateEveryMinutes(channel),
    updateBase: parseFeedDate(valueOf(channel, ['sy:updatebase']) ?? ''),
    skipHours: listIn(channel, 'skiphours')
      ?.map(Number)
      .filter((hour) => Number.isInteger(hour)),
    skipDays: listIn(channel, 'skipdays')
      ?.map((day) => WEEKDAYS.indexOf(day.slice(0, 3).toLowerCase()) + 1)
      .filter((day) => day > 0),
    hub: links.find(({ relation }) => relation === 'hub')?.url,
    self: links.find(({ relation }) => relation === 'self')?.url,
  });
}

function updateEveryMinutes(channel: Element): number | undefined {
  const period = PERIOD_MINUTES[valueOf(channel, ['sy:updateperiod'])?.toLowerCase() ?? ''];
  const frequency = Number(valueOf(channel, ['sy:updatefrequency']) ?? 1);
  return period !== undefined && frequency > 0 ? period / frequency : undefined;
}

function listIn(channel: Element, name: string): string[] | undefined {
  return first(channel, [name])?.children.map(({ text }) => text.trim());
}

function entryOf(item: Element, site: string | undefined): ItemEntry {
  const links = linksOf(item);
  const guid = guidOf(item);
  const url = mainLink(links) ?? linkIn(item, 'href') ?? permalinkOf(item, guid);
  const [summary, content] = bodiesOf(item);
  const published = dateOf(item, [
    'published',
    'pubdate',
    'issued',
    'dcterms:created',
    'dcterms:issued',
    'dc:date',
  ]);
  const updated =
    dateOf(item, ['updated', 'modified', 'dc:date', 'dcterms:modified', 'pubdate']) ??
    dateIn(item.attributes.get('lastmod'));
  return present({
    guid,
    url: url === undefined ? undefined : absoluteLink(url, site),
    title: lineOf(first(item, ['title', 'dc:title', 'media:title'])),
    published,
    updated,
    summary: textOf(summary),
    content: textOf(content),
    author: authorOf(item),
    origin: originOf(item),
  });
}

function guidOf(item: Element): string | undefined {
  const id = first(item, ['id']);
  if (id?.text.trim().startsWith('/')) return absoluteLink(id.text, id.base);
  const about = [...item.attributes].find(([name]) => name === 'about' || name.endsWith(':about'));
  return valueOf(item, ['id', 'guid']) ?? about?.[1];
}

/** The identifier where it is the address of the item too: RSS says whether it is, Atom leaves it to be guessed. */
function permalinkOf(item: Element, guid: string | undefined): string | undefined {
  const isPermalink = first(item, ['guid'])?.attributes.get('ispermalink')?.toLowerCase() !== 'false';
  return isPermalink && guid !== undefined && /^https?:/i.test(guid) ? guid : undefined;
}

/** Summary and full text. Where an RSS item has both a description and a summary, the one that comes second is the text. */
function bodiesOf(item: Element): [summary: Element | undefined, content: Element | undefined] {
  const [summary, second] = item.children.filter(({ key }) => key === 'summary' || key === 'description');
  const content = first(item, ['content:encoded', 'content', 'xhtml:body', 'body', 'fullitem']);
  return [
    summary ?? first(item, OTHER_SUMMARIES) ?? first(first(item, ['media:group']) ?? item, OTHER_SUMMARIES),
    content ?? (second?.key === summary?.key ? undefined : second),
  ];
}

function authorOf(item: Element): string | undefined {
  const author = first(item, ['author']);
  const name = author === undefined ? undefined : valueOf(author, ['name']);
  const email = author === undefined ? undefined : valueOf(author, ['email']);
  if (name !== undefined) return email === undefined ? name : `${name} (${email})`;
  return email ?? (valueOf(item, ['author']) || valueOf(item, ['dc:creator', 'dc:author', 'itunes:author']));
}

function originOf(item: Element): ItemEntry['origin'] {
  const source = first(item, ['source']);
  const name = source === undefined ? undefined : (lineOf(first(source, ['title'])) ?? lineOf(source));
  if (source === undefined || !name) return undefined;
  return present({ name, url: linkIn(source, 'url') ?? mainLink(linksOf(source)) });
}

function linksOf(element: Element): Link[] {
  return element.children
    .filter(({ key }) => key === 'link')
    .map(({ attributes, text, base }) => ({
      url: absoluteLink((attributes.get('href') ?? text).replaceAll('&amp;', '&'), base),
      relation: (attributes.get('rel') ?? 'alternate')
        .toLowerCase()
        .replace(/^http:\/\/www\.iana\.org\/assignments\/relation\//, ''),
      type: (attributes.get('type') ?? '').toLowerCase(),
      isEmpty: (attributes.get('href') ?? text.trim()) === '',
    }))
    .filter(({ isEmpty }) => !isEmpty);
}

function mainLink(links: readonly Link[]): string | undefined {
  const alternates = links.filter(({ relation }) => relation === 'alternate');
  return (alternates.find(({ type }) => type === '' || type.includes('html')) ?? alternates[0])?.url;
}

function linkIn(element: Element, attribute: string): string | undefined {
  const value = element.attributes.get(attribute);
  return value === undefined ? undefined : absoluteLink(value, element.base);
}

/** The first child that bears the first of these keys that any child bears. */
function first(element: Element, names: readonly string[]): Element | undefined {
  for (const name of names) {
    const found = element.children.find(({ key }) => key === name);
    if (found) return found;
  }
  return undefined;
}

function valueOf(element: Element, names: readonly string[]): string | undefined {
  return first(element, names)?.text.trim();
}

/** The latest word wherever one name is given twice; the first name that holds a date wins. */
function dateOf(element: Element, names: readonly string[]): string | undefined {
  for (const name of names) {
    const dates = element.children.filter(({ key }) => key === name).map(({ text }) => dateIn(text));
    const date = dates.findLast((found) => found !== undefined);
    if (date !== undefined) return date;
  }
  return undefined;
}

function dateIn(text: string | undefined): string | undefined {
  return text === undefined ? undefined : parseFeedDate(text)?.toISOString();
}

function lineOf(element: Element | undefined): string | undefined {
  return element === undefined ? undefined : htmlToLine(htmlIn(element));
}

function textOf(element: Element | undefined): string | undefined {
  return element === undefined ? undefined : htmlToText(htmlIn(element));
}

/** What an element carries, as HTML. Atom says how to read it; RSS always means HTML. */
function htmlIn({ space, text, attributes }: Element): string {
  const type = attributes.get('type')?.toLowerCase() ?? '';
  const mode = attributes.get('mode')?.toLowerCase();
  if (mode === 'base64' || (type === 'application/octet-stream' && /^[\w+/=\s]{4,}$/.test(text))) {
    return new TextDecoder().decode(Buffer.from(text, 'base64'));
  }
  // Atom without a type is plain text, yet many publishers put HTML there: a closing tag gives them away.
  const isPlain = type === 'text' || type === 'text/plain' || (type === '' && mode !== 'escaped');
  return space === 'atom' && isPlain && !text.includes('</') ? escapeXml(text) : text;
}
