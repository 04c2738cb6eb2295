/** Cuts a text at a word so that it has at most `most` UTF-16 units; what was cut is shown by an ellipsis. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  const border = kept.search(/\s\S*$/);
  return `${border > most / 2 ? kept.slice(0, border) : kept}…`;
}
