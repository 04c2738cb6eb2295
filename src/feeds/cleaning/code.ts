/** Signs that scripts, style sheets or data of the page were scraped along with its text. */
const CODE =
  /window\.\w|document\.\w+\(|\bgoogletag\b|\.push\(|@media\b|\bfunction\s*\w*\(|"@context"|\}\s*\.[\w-]+\{|\/\*/;
const STATEMENT = /\b(?:if|for|while|switch|catch)\s*\(/g;
const BLOCK = /\{[^{}]*\}/g;
const DEEPEST_BLOCK = 8;
const COMMENT = /\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$)/g;
/** Words that no language has: with braces, assignments, calls, selectors. */
const CODE_WORD =
  /[{}=]|&&|\|\||\)[;,.]\S{0,99}\(|\w\.\w+\(|\(\)|\);$|^[.#@][\w-]+(?:[,>:]|$)|^(?:var|let|const|function|return)$|^\w+\.\w+\.\w+;?$|^[()[\],;]+$/;

/** Takes scripts, style sheets and data out of a text, also where they stand in the middle of a line. */
export function withoutCode(text: string): string {
  if (!CODE.test(text)) return text;
  return text
    .split('\n')
    .map((line) => (CODE.test(line) ? withoutBlocks(line) : line))
    .join('\n');
}

function withoutBlocks(line: string): string {
  let rest = line.replace(COMMENT, ' ').replace(STATEMENT, '=(');
  for (let depth = 0; depth < DEEPEST_BLOCK && BLOCK.test(rest); depth += 1)
    rest = rest.replace(BLOCK, ' {} ');
  return rest
    .split(/\s+/)
    .filter((word) => !CODE_WORD.test(word))
    .join(' ');
}
