/** What XML does not allow: controls and the two code units that stand for nothing. */
const FORBIDDEN = /[^\t\n\r\u0020-\ufffd]/;
const ALL_FORBIDDEN = new RegExp(FORBIDDEN, 'g');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The same text without the characters that XML does not allow. */
export function allowedInXml(text: string): string {
  const allowed = FORBIDDEN.test(text) ? text.replace(ALL_FORBIDDEN, '') : text;
  return allowed.isWellFormed() ? allowed : allowed.toWellFormed();
}

/** Text as it stands in an XML document: markup escaped, characters that XML does not allow left out. */
export function escapeXml(text: string): string {
  const allowed = allowedInXml(text);
  return /[&<>"]/.test(allowed)
    ? allowed.replace(/[&<>"]/g, (character) => entities[character] ?? '')
    : allowed;
}
