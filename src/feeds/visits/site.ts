/** The name of the server at an address; the text itself where it is no address. */
export function hostOf(address: string): string {
  return URL.parse(address)?.hostname ?? address;
}

/**
 * The site to which an address belongs: hosts of one registered domain are mostly one machine (`www.`, `en.`).
 * Told by the look of the name: where a country's second level is short (`co.kr`, `com.ua`), three labels, else two.
 */
export function siteOf(address: string): string {
  const host = hostOf(address);
  const labels = host.split('.');
  if (/[:\d]$/.test(host) || labels.length < 3) return host;
  const isShared = (labels.at(-1)?.length ?? 0) === 2 && (labels.at(-2)?.length ?? 0) <= 3;
  return labels.slice(isShared ? -3 : -2).join('.');
}
