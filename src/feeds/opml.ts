import { Parser } from 'htmlparser2';
import { escapeXml } from './reading/escape.ts';

/** One feed in a list of feeds to pass on. */
export interface Outline {
  readonly title: string;
  readonly url: string;
  /** The site that the feed belongs to. */
  readonly site?: string;
  /** BCP 47. */
  readonly language?: string;
  /** Names of the folders that it lies in, outermost first. */
  readonly folders: readonly string[];
}

const MOST_OUTLINES = 10_000;
const LONGEST_TITLE = 200;

/**
 * Reads the feeds of an OPML document (1.0 or 2.0), however carelessly it is written: each address once, http(s) only.
 * Empty when it is no OPML.
 */
export function readOpml(text: string): Outline[] {
  const found = new Map<string, Outline>();
  /** One entry an open outline: the folder's name, or nothing for a feed. */
  const open: (string | undefined)[] = [];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (name.toLowerCase() !== 'outline') return;
        const given = lowerCased(attributes);
        const feed = outlineOf(given, open);
        if (feed !== undefined && found.size < MOST_OUTLINES && !found.has(feed.url))
          found.set(feed.url, feed);
        open.push(feed === undefined ? titleOf(given) : undefined);
      },
      onclosetag: (name) => {
        if (name.toLowerCase() === 'outline') open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return [...found.values()];
}

function lowerCased(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value.trim()]),
  );
}

function outlineOf(
  given: Record<string, string>,
  open: readonly (string | undefined)[],
): Outline | undefined {
  const url = webUrl(given['xmlurl'] ?? (given['type'] === 'rss' ? given['url'] : undefined));
  if (url === undefined) return undefined;
  const site = webUrl(given['htmlurl']);
  const language = given['language'];
  return {
    title: titleOf(given) ?? new URL(url).hostname,
    url,
    folders: open.filter((folder) => folder !== undefined),
    ...(site === undefined ? {} : { site }),
    ...(language === undefined || language === '' ? {} : { language }),
  };
}

function titleOf(given: Record<string, string>): string | undefined {
  const title = [given['title'], given['text']].find((each) => each !== undefined && each !== '');
  return title?.replace(/\s+/g, ' ').slice(0, LONGEST_TITLE);
}

/** `feed:` is an old way of writing the address of a feed. */
function webUrl(text: string | undefined): string | undefined {
  const url = URL.parse((text ?? '').replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:/i, 'http:'));
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : undefined;
}

/**
 * Writes feeds as OPML 2.0, grouped by their folders, in a form that `readOpml` reads back.
 *
 * @param title - of the whole list
 */
export function writeOpml(title: string, outlines: readonly Outline[], now: Date): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>${escapeXml(title)}</title><dateCreated>${now.toUTCString()}</dateCreated></head>`,
    '  <body>',
    ...linesOf(outlines, 0),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function linesOf(outlines: readonly Outline[], depth: number): string[] {
  const indent = '  '.repeat(depth + 2);
  const groups = Map.groupBy(outlines, ({ folders }) => folders[depth]);
  return [...groups].flatMap(([folder, some]) => {
    if (folder === undefined) return some.map((outline) => `${indent}${lineOf(outline)}`);
    return [
      `${indent}<outline text="${escapeXml(folder)}">`,
      ...linesOf(some, depth + 1),
      `${indent}</outline>`,
    ];
  });
}

function lineOf({ title, url, site, language }: Outline): string {
  const attributes = Object.entries({ text: title, title, xmlUrl: url, htmlUrl: site, language });
  const written = attributes.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${escapeXml(value)}"`],
  );
  return `<outline type="rss" ${written.join(' ')}/>`;
}
