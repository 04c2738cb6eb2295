import type { Answer, Headers } from '../http.ts';

/** What may stand where a feed should be. */
export type Wall = 'challenge' | 'login' | 'page';

const HEAD_BYTES = 64 * 1024;
const FEED_ROOT = /<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]/i;
const PAGE_ROOT = /<!doctype\s+html|<html[\s>]/i;
/** Marks of the well-known tests for robots (Cloudflare, DDoS-Guard, Imperva, Akamai, DataDome, reCAPTCHA and kin). */
const CHALLENGE =
  /cf-chl|challenge-platform|ddos-guard|_incapsula_|\bcaptcha|datadome|akamai.{0,40}denied|just a moment\.\.\./i;
const PASSWORD_FIELD = /<input[^>]{1,200}type\s*=\s*["']?password/i;

/** Tells what stands in the way, when a web page came in place of a feed; `undefined` when it looks like no page. */
export function wallIn({ bytes, status, headers }: Answer): Wall | undefined {
  if (headers['cf-mitigated'] === 'challenge') return 'challenge';
  if (status === 401) return 'login';
  const head = headOf(bytes);
  if (!looksLikePage(head, headers)) return undefined;
  if (CHALLENGE.test(head)) return 'challenge';
  return PASSWORD_FIELD.test(head) ? 'login' : 'page';
}

function looksLikePage(head: string, headers: Headers): boolean {
  // A JSON feed may quote whole pages.
  if (FEED_ROOT.test(head) || /^[^<]{0,9}[{[]/.test(head)) return false;
  if (PAGE_ROOT.test(head.slice(0, 4096))) return true;
  return (
    (headers['content-type'] ?? '').startsWith('text/html') &&
    /^\s*<(?:!--|head|body|meta|title|script)/i.test(head)
  );
}

/** The beginning as Latin letters: enough to see tags by, in UTF-16 too once its zero bytes are gone. */
function headOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1').replaceAll('\0', '');
}
