import { hyperlink, inlineCode, time, TimestampStyles } from 'discord.js';
import { typedRequest } from '../../../form.ts';
import type { Line, Manner, Span } from '../../../message.ts';
import { shorten } from '../../shorten.ts';

/** Longest stretch of foreign text in one line, in UTF-16 units; Discord's own limits count the same way or kinder. */
const LONGEST_FOREIGN = 400;
/** Longest line; what stands behind it is left out whole, so that no link is torn. */
const LONGEST_LINE = 1800;
/** Longest address that is made a link. */
const LONGEST_URL = 1024;

/** Control characters other than blanks, zero-width signs, and signs that turn the direction of writing. */
const STEERING = /[[\p{Cc}--[\t\n\r]]\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gv;

/** A line in Discord's markup. Foreign text in it stays plain text. */
export function discordLine(line: Line): string {
  let text = '';
  for (const span of line) {
    const next = spanText(span);
    if (text.length + next.length > LONGEST_LINE) return `${text}…`;
    text += next;
  }
  return text;
}

function spanText(span: Span): string {
  switch (span.kind) {
    case 'words':
    case 'foreign':
    case 'day':
      return inManner(escapeForeign(shorten(span.text, LONGEST_FOREIGN)), span.manner);
    case 'link':
      return linkText(span.label, span.url);
    case 'moment':
      return time(span.at, momentStyle(span.show));
    case 'id':
      return inlineCode(span.text.replaceAll('`', "'"));
    case 'try':
      return inlineCode(typedRequest(span.request).replaceAll('`', "'"));
  }
}

/**
 * Takes every meaning out of a text: no mention, formatting, heading, list, link, timestamp or emoji is left in it.
 *
 * Discord reads a backslash before any sign as that sign alone; `escapeMarkdown` of discord.js leaves mentions,
 * timestamps and bare addresses alone, so all signs that can begin something are escaped here.
 */
export function escapeForeign(text: string): string {
  const visible = text.replaceAll(STEERING, '').replaceAll(/\s+/g, ' ');
  return visible.replaceAll(/[\\*_~`|<>@#:/()[\]!+-]|(?<=^ ?\d{1,9})\./g, String.raw`\$&`);
}

function inManner(text: string, manner: Manner | undefined): string {
  if (text.trim() === '') return text;
  if (manner === 'strong') return `**${text}**`;
  return manner === 'struck' ? `~~${text}~~` : text;
}

function linkText(label: string, url: string): string {
  const shown = escapeForeign(shorten(label, LONGEST_FOREIGN));
  const target = safeUrl(url);
  return target === undefined ? shown : hyperlink(shown, target);
}

/** The address as Discord may have it inside brackets; `undefined` when it is none that we would show. */
export function safeUrl(url: string): string | undefined {
  if (url.length > LONGEST_URL || !URL.canParse(url)) return undefined;
  const { protocol, username, href } = new URL(url);
  if (!/^https?:$/.test(protocol) || username !== '') return undefined;
  return href.replaceAll(/[()<>\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function momentStyle(show: Extract<Span, { kind: 'moment' }>['show']) {
  switch (show) {
    case 'day':
      return TimestampStyles.LongDate;
    case 'time':
      return TimestampStyles.ShortTime;
    case 'both':
      return TimestampStyles.ShortDateTime;
    case 'relative':
      return TimestampStyles.RelativeTime;
  }
}
