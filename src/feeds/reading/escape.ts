/** Controls, halves of characters and code points that stand for none. */
const FORBIDDEN = /[[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]--[\t\n\r]]/v;
const ALL_FORBIDDEN = new RegExp(FORBIDDEN, 'gv');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands in an XML document: markup escaped, characters that XML does not allow left out. */
export function escapeXml(text: string): string {
  const allowed = FORBIDDEN.test(text) ? text.replace(ALL_FORBIDDEN, '') : text;
  return /[&<>"]/.test(allowed)
    ? allowed.replace(/[&<>"]/g, (character) => entities[character] ?? '')
    : allowed;
}
