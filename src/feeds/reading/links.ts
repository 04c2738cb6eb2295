/** An address made absolute: against `base` where there is one and the address is relative. What cannot be resolved stays as it is. */
export function resolveUrl(address: string, base: string | undefined): string {
  const trimmed = address.trim();
  if (base === undefined) return trimmed;
  if (trimmed === '') return base;
  return URL.parse(trimmed, base)?.href ?? trimmed;
}

/** The same, but an address that is absolute already is kept letter by letter: publishers compare links as text. */
export function absoluteLink(address: string, base: string | undefined): string {
  const trimmed = address.trim();
  return /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : resolveUrl(trimmed, base);
}
