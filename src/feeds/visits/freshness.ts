import type { Headers } from '../http.ts';

const DAY_SECONDS = 86_400;

/**
 * For how many seconds a server declares its answer to be fresh: max-age less Age, else Expires less its own Date
 * (RFC 9111 section 4.2). `undefined` when it declares nothing; nothing is guessed from Last-Modified.
 *
 * @param received - when the answer came; stands in for a missing Date
 */
export function freshSeconds(headers: Headers, received: Date): number | undefined {
  const control = headers['cache-control'] ?? '';
  if (/\bno-(?:store|cache)\b/i.test(control)) return 0;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})/i.exec(control)?.[1];
  if (maxAge !== undefined)
    return atLeastZero(Number(maxAge) - Number(/^\d{1,12}$/.exec(headers['age'] ?? '0')?.[0] ?? 0));
  const expires = httpDate(headers['expires']);
  if (expires === undefined) return headers['expires'] === undefined ? undefined : 0;
  const now = httpDate(headers['date']) ?? received;
  return atLeastZero((expires.getTime() - now.getTime()) / 1000);
}

/**
 * For how many seconds a server asks to be left alone, from 0 to a day: Retry-After as seconds, or as a date seen
 * from the server's own clock (RFC 9110 section 10.2.3). `undefined` when it does not, or not readably.
 */
export function retryAfterSeconds(
  retryAfter: string | undefined,
  headers: Headers,
  received: Date,
): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(retryAfter)) return Math.min(Number(retryAfter), DAY_SECONDS);
  const until = httpDate(retryAfter);
  if (until === undefined) return undefined;
  const now = httpDate(headers['date']) ?? received;
  return Math.min(atLeastZero((until.getTime() - now.getTime()) / 1000), DAY_SECONDS);
}

function httpDate(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  // The old asctime form names no zone, and would be read in this machine's own.
  const zoned = /(?:GMT|UTC|Z|[+-]\d{4})\s*$/i.test(text) ? text : `${text} GMT`;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function atLeastZero(seconds: number): number {
  return Math.max(0, seconds);
}
