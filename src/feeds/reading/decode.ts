import iconv from 'iconv-lite';
import { detect } from 'jschardet';

/** Labels that the encoding standard does not know, or knows as a smaller set than publishers mean by them. */
const aliases: Readonly<Record<string, string>> = {
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  'gb_2312-80': 'gb18030',
  'ks_c_5601-1987': 'euc-kr',
  ks_c_5601: 'euc-kr',
  utf8: 'utf-8',
  u8: 'utf-8',
  utf: 'utf-8',
  unicode: 'utf-16le',
  latin1: 'windows-1252',
  cp1252: 'windows-1252',
  'x-mac-roman': 'macintosh',
};

/** First bytes that give the encoding away: byte order marks, then `<` or `<?` as the encoding writes it. */
const signatures: readonly (readonly [bytes: readonly number[], label: string])[] = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0, 0, 0, 0x3c], 'utf-32be'],
  [[0x3c, 0, 0, 0], 'utf-32le'],
  [[0, 0x3c, 0], 'utf-16be'],
  [[0x3c, 0], 'utf-16le'],
  [[0x4c, 0x6f, 0xa7, 0x94], 'cp037'],
];

const SINGLE_BYTE =
  /^(?:iso-?8859|windows-?125|cp125|latin|us-ascii|ascii|koi8|ibm|cp\d|macintosh|x-mac|tis-620)/;
const WIDE = /^(?:utf-?16|utf-?32|ucs-?[24]|iso-10646)/;
const HEAD_BYTES = 1024;
const GUESS_BYTES = 65_536;
const LEAST_CONFIDENCE = 0.02;
const MOST_DAMAGE = 0.05;

/**
 * Reads bytes as text, whatever their charset: byte order mark, the zero bytes of UTF-16 and UTF-32, the charset
 * of the content type, the XML declaration or HTML meta element, UTF-8, and then a guess from the bytes.
 *
 * A declaration that the bytes contradict is not believed: single-byte labels on valid UTF-8 are a common mistake.
 *
 * @param contentType - the header as the server sent it
 * @returns the text without byte order mark, C1 controls read as windows-1252; never throws
 */
export function decode(bytes: Uint8Array, contentType = ''): string {
  const text = decodeStrictly(bytes, contentType) ?? decodeLoosely(bytes, contentType);
  const unmarked = text.startsWith('\ufeff') ? text.slice(1) : text;
  return /[\u0080-\u009f]/.test(unmarked) ? withoutC1(unmarked) : unmarked;
}

function decodeStrictly(bytes: Uint8Array, contentType: string): string | undefined {
  const signature = signatureOf(bytes);
  const declared = declaredIn(bytes, contentType);
  const mayLie = signature === undefined && declared[0] !== undefined && SINGLE_BYTE.test(declared[0]);
  const labels = [signature, ...(mayLie && hasHighBytes(bytes) ? ['utf-8'] : []), ...declared, 'utf-8'];
  for (const label of labels) {
    const text = label === undefined ? undefined : decodeAs(bytes, label);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** For bytes that are valid in none of the declared charsets. */
function decodeLoosely(bytes: Uint8Array, contentType: string): string {
  const utf8 = new TextDecoder().decode(bytes);
  const damaged = utf8.match(/\ufffd/g)?.length ?? 0;
  const beyondAscii = (utf8.match(/[\u0080-\uffff]/g)?.length ?? 0) - damaged;
  if (beyondAscii > 0 && damaged <= beyondAscii * MOST_DAMAGE) return utf8;

  const declared = declaredIn(bytes, contentType).filter((label) => !/^(?:utf-8|us-ascii)$/.test(label));
  for (const label of declared) {
    if (isStandard(label)) return new TextDecoder(label).decode(bytes);
  }
  return guess(bytes) ?? new TextDecoder('windows-1252').decode(bytes);
}

function guess(bytes: Uint8Array): string | undefined {
  const { encoding, confidence } = detect(Buffer.from(bytes.subarray(0, GUESS_BYTES)));
  if (!encoding || confidence <= LEAST_CONFIDENCE) return undefined;
  return decodeAs(bytes, normalLabel(encoding));
}

function signatureOf(bytes: Uint8Array): string | undefined {
  return signatures.find(([start]) => start.every((byte, index) => bytes[index] === byte))?.[1];
}

/** The charsets that the server and the document name, in that order, as labels. */
function declaredIn(bytes: Uint8Array, contentType: string): string[] {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const http = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1];
  const document =
    /<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)\s*["']/i.exec(head)?.[1] ??
    /<meta[^>]+charset=["']?([\w.:-]+)/i.exec(head)?.[1];
  const labels = [http, document].filter((label) => label !== undefined).map(normalLabel);
  // A declaration that could be read byte by byte was not written in a wide encoding.
  return labels.map((label) => (WIDE.test(label) && signatureOf(bytes) === undefined ? 'utf-8' : label));
}

function normalLabel(label: string): string {
  const small = label.toLowerCase();
  return aliases[small] ?? small;
}

/** The text in that charset; `undefined` when the charset is not known or the bytes are not valid in it. */
function decodeAs(bytes: Uint8Array, label: string): string | undefined {
  if (isStandard(label)) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch (error) {
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  }
  if (!iconv.encodingExists(label)) return undefined;
  const text = iconv.decode(Buffer.from(bytes), label);
  return text.includes('\ufffd') ? undefined : text;
}

function isStandard(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function hasHighBytes(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte > 127);
}

/** Reads C1 controls as the windows-1252 characters that were meant. */
function withoutC1(text: string): string {
  const windows = new TextDecoder('windows-1252');
  return text.replace(/[\u0080-\u009f]/g, (control) => windows.decode(Uint8Array.of(control.charCodeAt(0))));
}
