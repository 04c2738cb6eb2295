/** Endings under which countries let houses register their names: `co.kr`, `com.au`. */
const SHARED_ENDING = /^(?:co|com|net|org|or|ne|go|gov|ac|edu|mil)$/;

/** The domain that a house registered: `yna.co.kr` of `https://en.yna.co.kr/view`; `undefined` for what is no address. */
export function domainOf(address: string | undefined): string | undefined {
  const labels = (address === undefined ? undefined : URL.parse(address)?.hostname)?.split('.') ?? [];
  const length = SHARED_ENDING.test(labels.at(-2) ?? '') && labels.length > 2 ? 3 : 2;
  return labels.length === 0 ? undefined : labels.slice(-length).join('.');
}

/** The name under which a house is registered: `yna` of `https://en.yna.co.kr`. */
export function familyOf(address: string | undefined): string | undefined {
  return domainOf(address)?.split('.')[0];
}
