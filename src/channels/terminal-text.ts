/** A stretch of text and how it looks: the parameters of an ANSI "select graphic rendition" sequence. */
export interface Piece {
  readonly text: string;
  readonly style: string;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Scripts and signs that take two columns (East Asian Width W and F), and emoji. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;

/** How many columns a text takes on a terminal. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += widthOf(segment);
  return columns;
}

/**
 * Breaks pieces into lines of at most `width` columns, between words; East Asian text breaks anywhere. A word that is longer
 * than a line, such as an address, stands alone and is not cut.
 */
export function wrap(pieces: readonly Piece[], width: number): Piece[][] {
  const lines: Piece[][] = [[]];
  let used = 0;
  for (const { text, style } of pieces.flatMap(units)) {
    const columns = columnsOf(text.trimEnd());
    if (used > 0 && used + columns > width) {
      lines.push([]);
      used = 0;
    }
    const shown = used === 0 ? text.trimStart() : text;
    lines.at(-1)?.push({ text: shown, style });
    used += columnsOf(shown);
  }
  return lines;
}

/** What may not be broken: a word with the spaces after it, or one East Asian sign with the marks that close it. No-break spaces belong to words. */
function units({ text, style }: Piece): Piece[] {
  const found = text.match(
    /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef][、。，．：；！？）」』】]* *|[^ \u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+ *| +/g,
  );
  return (found ?? []).map((unit) => ({ text: unit, style }));
}

function widthOf(grapheme: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}
