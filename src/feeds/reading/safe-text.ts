import { foldBlanks } from './html-text.ts';

/** Controls, bidirectional overrides, invisible spaces and hyphens; not the joiners that Persian and Hindi need, nor Arabic number signs. */
const INVISIBLE = /[[\p{Cc}\p{Cf}]--[\t\n\r\u200c\u0600-\u0605\u200d]]/gv;

/** Text that looks like what it is: nothing invisible, nothing that turns the direction of writing, one form for each letter. */
export function safeText(text: string): string {
  return foldBlanks(text.normalize('NFC').replace(INVISIBLE, ''));
}

/** The same on one line. */
export function safeLine(text: string): string {
  return safeText(text).replaceAll('\n', ' ');
}
