import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import { labelIn } from '../digests/names.ts';
import { type Row, rowsOf, type Sheet, uuidOf, type Writer } from './export-rows.ts';

/** RSS 2.0. The text of an item counts as HTML there, so it is escaped. */
export function rss(sheet: Sheet, writer: Writer): string {
  const { topic, speech, now } = writer;
  const title = labelIn(topic, speech.language);
  const feed = generateRssFeed({
    title,
    link: feedUri(writer),
    description: title,
    language: speech.language,
    lastBuildDate: now,
    items: rowsOf(sheet, writer).map((row) => ({
      title: row.title,
      ...linkOf(row),
      description: escaped(summaryOf(row, writer)),
      guid: { value: row.id, isPermaLink: false },
      categories: [{ name: row.kind }],
      pubDate: row.seen,
    })),
  });
  return tidy(feed);
}

/** Atom 1.0 (RFC 4287). */
export function atom(sheet: Sheet, writer: Writer): string {
  const { topic, speech, now } = writer;
  const rows = rowsOf(sheet, writer);
  const latest = rows.map(({ changed }) => changed).toSorted((one, other) => other.getTime() - one.getTime());
  const feed = generateAtomFeed({
    id: feedUri(writer),
    title: { value: labelIn(topic, speech.language), type: 'text' },
    updated: latest[0] ?? now,
    authors: [{ name: 'Tumen' }],
    generator: { text: 'Tumen' },
    entries: rows.map((row) => ({
      id: row.uri,
      title: { value: row.title, type: 'text' },
      content: { value: summaryOf(row, writer), type: 'text' },
      links: row.pages.map(({ url, outlet, language }, index) => ({
        href: url,
        title: outlet,
        hreflang: language,
        rel: index === 0 ? 'alternate' : 'via',
      })),
      categories: [{ term: row.kind }],
      published: row.seen,
      updated: row.changed,
    })),
  });
  return tidy(feed);
}

/** JSON Feed 1.1 (jsonfeed.org). */
export function jsonFeed(sheet: Sheet, writer: Writer): string {
  const { topic, speech } = writer;
  const feed = generateJsonFeed({
    title: labelIn(topic, speech.language),
    language: speech.language,
    authors: [{ name: 'Tumen' }],
    items: rowsOf(sheet, writer).map((row) => ({
      id: row.id,
      title: row.title,
      content_text: summaryOf(row, writer),
      ...(row.pages[0] === undefined ? {} : { url: row.pages[0].url }),
      tags: [row.kind],
      date_published: row.seen,
      date_modified: row.changed,
    })),
  });
  return `${JSON.stringify(feed, undefined, 2)}\n`;
}

/** Takes away the blanks that feedsmith puts around CDATA: they would belong to titles and addresses, which are one line. */
function tidy(xml: string): string {
  return xml.replaceAll(/>\s*\n\s*<!\[CDATA\[/g, '><![CDATA[').replaceAll(/\]\]>\s*\n\s*<\//g, ']]></');
}

/** When it happened, who says so, and how well it is known. */
function summaryOf({ when, about, id }: Row, { speech }: Writer): string {
  const day = when === undefined ? speech.say('when.unknown') : speech.when(when);
  return [day, about, id].filter((part) => part !== '').join(' · ');
}

function linkOf({ pages: [first] }: Row) {
  return first === undefined ? {} : { link: first.url };
}

function feedUri({ topic, speech }: Writer): string {
  return `urn:uuid:${uuidOf('feed', topic.id, speech.language)}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
