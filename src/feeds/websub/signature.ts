import { createHmac, timingSafeEqual } from 'node:crypto';

/** The methods of the Recommendation, the one that is asked for first. */
const METHODS = ['sha256', 'sha512', 'sha384', 'sha1'];

/**
 * Tells whether a body was sent by somebody who knows the secret. Of several signatures one counts, the best.
 *
 * @param header - `X-Hub-Signature`: `sha256=` and the HMAC of the body in hexadecimal
 */
export function isSigned(body: Uint8Array, header: string | undefined, secret: string): boolean {
  const given = new Map(
    (header ?? '').split(',').map((part) => {
      const [method = '', hex = ''] = part.trim().split('=', 2);
      return [method.toLowerCase(), hex];
    }),
  );
  const method = METHODS.find((one) => given.has(one));
  if (method === undefined) return false;
  const expected = createHmac(method, secret).update(body).digest();
  return isSame(expected, Buffer.from(given.get(method) ?? '', 'hex'));
}

/** Compares secrets in a time that does not tell how much of them is right. */
export function isSame(expected: Uint8Array, given: Uint8Array): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}
