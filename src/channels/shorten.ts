const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Cuts a text at a word so that it has at most `most` UTF-16 units; what was cut is shown by an ellipsis. No character is torn,
 * however many signs it is made of, unless it is longer than all that is kept.
 */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const torn = characters.segment(text.slice(0, most * 2)).containing(most - 1)?.index ?? 0;
  const kept = torn > 0 ? text.slice(0, torn) : whole(text.slice(0, most - 1));
  const border = kept.search(/\s\S*$/);
  return `${border > most / 2 ? kept.slice(0, border) : kept}…`;
}

/** Without half a surrogate pair at the end. */
function whole(text: string): string {
  return text.toWellFormed().replace(/\uFFFD$/, '');
}
