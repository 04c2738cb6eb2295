/** A stretch of text, `start` included and `end` not, as UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const CLOSERS: Readonly<Record<string, string>> = {
  '«': '»',
  '“': '”“',
  '„': '“”"',
  '”': '”',
  '‘': '’',
  '"': '"',
  '「': '」',
  '『': '』',
  '〈': '〉',
  '《': '》',
};

const LETTER = /[\p{L}\p{N}]/u;

/**
 * Finds what stands between quotation marks, marks included. Marks that scrapes have mixed up or lost are borne
 * with: any closing mark may open, and no quotation goes on beyond its paragraph.
 */
export function quotesIn(text: string): Span[] {
  const quotes: Span[] = [];
  let open: { start: number; closers: string } | undefined;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '\n') {
      open = undefined;
    } else if (open !== undefined && open.closers.includes(character) && !isApostrophe(text, index)) {
      quotes.push({ start: open.start, end: index + 1 });
      open = undefined;
    } else if (open === undefined && CLOSERS[character] !== undefined) {
      open = { start: index, closers: CLOSERS[character] };
    }
  }
  return quotes;
}

function isApostrophe(text: string, index: number): boolean {
  return text[index] === '’' && LETTER.test(text[index + 1] ?? '') && LETTER.test(text[index - 1] ?? '');
}

/** Tells whether two spans share a character. */
export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Tells whether `inner` lies wholly within `outer`. */
export function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** How many characters lie between two spans; 0 when they touch or overlap. */
export function gapBetween(one: Span, other: Span): number {
  return Math.max(0, other.start - one.end, one.start - other.end);
}
