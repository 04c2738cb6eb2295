import { decodeHTML } from 'entities';

/** One text, and which elements are known not to be closed any more: looking again and again would take quadratic time. */
interface Page {
  readonly html: string;
  readonly neverClosed: Set<string>;
}

/** Elements whose content nobody reads. Left open, the first ones hide all that follows, as in a browser; the others only their tag. */
const HIDING = new Set('script style template xml'.split(' '));
const UNREAD = new Set([...HIDING, ...'noscript iframe object applet head'.split(' ')]);
const BLOCKS = new Set(
  (
    'address article aside blockquote br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
/** Inline, but words of their own. */
const SPACED = new Set('td th mi mn mo'.split(' '));
const NAME = /[a-z][\w-]{0,20}(?::([a-z][\w-]{0,20}))?/iy;
const BANG = 33;
const SLASH = 47;
const QUESTION = 63;
const LONGEST_QUOTE = 4096;

/**
 * Makes plain text of HTML: paragraphs on lines of their own, no markup, scripts and comments left out, entities
 * decoded once, blanks folded. Text without markup passes unchanged but for its blanks.
 *
 * Time grows with the length of the text whatever it holds; nothing is thrown.
 */
export function htmlToText(html: string): string {
  const bare = html.includes('<') ? withoutTags(html) : html;
  return foldBlanks(bare.includes('&') ? decodeHTML(bare) : bare);
}

/** The same on one line. */
export function htmlToLine(html: string): string {
  return htmlToText(html).replaceAll('\n', ' ');
}

/** Leaves one blank where there were several and one line break where there were blank lines; trims. */
export function foldBlanks(text: string): string {
  return text
    .replace(/[^\S\n]{2,}|[^\S\n ]/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim();
}

function withoutTags(html: string): string {
  const page: Page = { html, neverClosed: new Set() };
  let text = '';
  let at = 0;
  for (let open = html.indexOf('<'); open >= 0;) {
    const mark = isMark(html, open) ? readMark(page, open) : undefined;
    if (mark !== undefined) {
      text += html.slice(at, open) + mark.stands;
      at = mark.end;
    }
    open = html.indexOf('<', mark?.end ?? open + 1);
  }
  return text + html.slice(at);
}

/** Tells a tag, comment or declaration from a less-than sign. */
function isMark(html: string, open: number): boolean {
  const code = html.charCodeAt(open + 1);
  return code === BANG || code === QUESTION || isLetter(code === SLASH ? html.charCodeAt(open + 2) : code);
}

/** What stands at a mark: where it ends, and the text that takes its place. */
function readMark(page: Page, open: number): { readonly end: number; readonly stands: string } {
  const { html } = page;
  if (html.startsWith('<!--', open)) return { end: after(html, '-->', open + 4), stands: '' };
  const end = endOfTag(html, open + 1);
  const isClosing = html.charCodeAt(open + 1) === SLASH;
  const name = tagName(html, open + (isClosing ? 2 : 1));
  if (UNREAD.has(name) && !isClosing) return { end: endOfElement(page, name, end), stands: ' ' };
  if (BLOCKS.has(name)) return { end, stands: '\n' };
  return { end, stands: SPACED.has(name) ? ' ' : '' };
}

/** The name of the tag that starts here, without prefix, in small letters; empty for `<!…` and `<?…`. */
function tagName(html: string, start: number): string {
  NAME.lastIndex = start;
  const found = NAME.exec(html);
  return (found?.[1] ?? found?.[0] ?? '').toLowerCase();
}

function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}

/** Just behind the `>` that ends a tag; one inside a quoted value does not count. A tag that never ends takes the rest. */
function endOfTag(html: string, start: number): number {
  const end = html.indexOf('>', start);
  if (end < 0) return html.length;
  const quote = openQuote(html.slice(start, end));
  if (quote === '') return end + 1;
  const closing = html.slice(end, end + LONGEST_QUOTE).indexOf(quote);
  return closing < 0 ? end + 1 : after(html, '>', end + closing);
}

/** The quotation mark that is still open at the end of a piece of a tag; empty when none is. */
function openQuote(tag: string): string {
  let quote = '';
  for (let at = tag.indexOf('='); at >= 0; at = tag.indexOf('=', at + 1)) {
    quote = tag[at + 1] ?? '';
    if (quote !== '"' && quote !== "'") continue;
    at = tag.indexOf(quote, at + 2);
    if (at < 0) return quote;
  }
  return '';
}

/** Just behind the closing tag of an element whose opening tag ends at `start`. */
function endOfElement({ html, neverClosed }: Page, name: string, start: number): number {
  if (!neverClosed.has(name) && html[start - 2] !== '/') {
    const closing = new RegExp(`</(?:[\\w-]{1,20}:)?${name}\\s*>`, 'gi');
    closing.lastIndex = start;
    if (closing.test(html)) return closing.lastIndex;
    neverClosed.add(name);
  }
  return HIDING.has(name) ? html.length : start;
}

function after(html: string, mark: string, start: number): number {
  const found = html.indexOf(mark, start);
  return found < 0 ? html.length : found + mark.length;
}
