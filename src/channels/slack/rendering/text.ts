import type { types } from '@slack/bolt';
import { type Request, typedRequest } from '../../../form.ts';
import { harmless, plainText, type Line, type Manner, type Span } from '../../../message.ts';
import { shorten } from '../../shorten.ts';

/** The one command that Slack knows of ours; our commands are its first word. */
export const COMMAND = '/tumen';
/** Name of the shortcut on messages. */
export const SHORTCUT = 'find-event';

/** Longest stretch of foreign text in one line, and longest line, in UTF-16 units. */
const LONGEST_FOREIGN = 400;
const LONGEST_LINE = 1800;
/** Longest address that is made a link; of a button, Slack takes as long a one. */
const LONGEST_URL = 3000;

/** How Slack is asked to show a moment in the reader's own zone. */
const moments = {
  day: '{date_long}',
  time: '{time}',
  both: '{date_short} {time}',
  relative: '{ago}',
} as const;

/**
 * A line as elements of Slack's rich text, where nothing that stands in a text is ever read as markup or mention. What
 * passes the longest line is left out whole, so that no link is torn.
 */
export function richLine(line: Line, base?: Manner): types.RichTextElement[] {
  const elements: types.RichTextElement[] = [];
  let length = 0;
  for (const element of line.flatMap((span) => elementOf(span, base) ?? [])) {
    length += weightOf(element);
    if (length > LONGEST_LINE) return [...elements, { type: 'text', text: '…' }];
    elements.push(element);
  }
  return elements;
}

/** Characters that Slack counts for an element: its text, as it is after escaping, and its address. */
export function weightOf(element: types.RichTextElement): number {
  const text = 'text' in element ? (element.text ?? '') : '';
  const url = 'url' in element ? element.url : '';
  return escaped(text).length + url.length;
}

/** A line as plain text; moments are told in the message's zone. */
export function plainLine(line: Line, zone: string): string {
  const typed = line.map((span): Span =>
    span.kind === 'try' ? { kind: 'id', text: tried(span.request) } : span,
  );
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone });
  return plainText(typed, (at) => format.format(at))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Text for the places that Slack reads markup in: what could begin a mention or link is escaped. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What somebody typed or wrote, from the form in which Slack hands it over: mentions become ids, links addresses. */
export function unescaped(text: string): string {
  return text
    .replaceAll(/<(?:[#@]|!subteam\^)(\w+)(?:\|[^>]*)?>/g, '$1')
    .replaceAll(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** The address as it may be shown; `undefined` when it is none that we would show. */
export function safeUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, username, href } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && href.length <= LONGEST_URL ? href : undefined;
}

function elementOf(span: Span, base: Manner | undefined): types.RichTextElement | undefined {
  switch (span.kind) {
    case 'words':
    case 'foreign':
    case 'day':
      return textElement(span.text, styleOf(span.manner ?? base));
    case 'link':
      return linkElement(span.label, span.url);
    case 'moment':
      return {
        type: 'date',
        timestamp: Math.floor(span.at.getTime() / 1000),
        format: moments[span.show],
        fallback: span.at.toISOString().slice(0, 16).replace('T', ' '),
      };
    case 'id':
      return textElement(span.text, { code: true });
    case 'try':
      return textElement(tried(span.request), { code: true });
  }
}

function textElement(text: string, style: types.RichTextText['style']): types.RichTextText | undefined {
  const shown = shorten(harmless(text), LONGEST_FOREIGN);
  if (shown === '') return undefined;
  return style === undefined ? { type: 'text', text: shown } : { type: 'text', text: shown, style };
}

function linkElement(label: string, url: string): types.RichTextElement | undefined {
  const target = safeUrl(url);
  const text = shorten(harmless(label), LONGEST_FOREIGN);
  if (target === undefined) return textElement(label, undefined);
  return text.trim() === '' ? { type: 'link', url: target } : { type: 'link', url: target, text };
}

function styleOf(manner: Manner | undefined): types.RichTextText['style'] {
  if (manner === 'strong') return { bold: true };
  return manner === 'struck' ? { strike: true } : undefined;
}

function tried(request: Request): string {
  return `${COMMAND} ${typedRequest(request).slice(1)}`;
}
