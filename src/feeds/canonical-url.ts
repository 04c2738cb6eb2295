/** Parameters that tell how a reader came to a page, not which page it is. */
const TRACKING =
  /^(?:utm_.*|at_.*|mc_[ce]id|pk_.*|wt_.*|fbclid|[gyd]clid|msclkid|igshid|igsh|ref_src|referrer|rss|ncid|cmpid|ito|xtor|oc|outputtype|amp|amp_js_v|usqp|emc|smid|smtyp|ocid|srnd|taid|traffic_source|sharetype|wgu|wgexpiry|spm|_g[al]|ftag|intcmp|trk)$/;
/** Parameters that do so too, unless they hold the number of an article. */
const OFTEN_TRACKING = /^(?:ref|source|src|from|feed|cmp|cid|si|partner|share|campaign)$/;
const ARTICLE_NUMBER = /^\d{4,}$/;
const HOSTS_ASIDE = /^(?:www\d?|m|mobile|amp|wap|touch)\./;
const INDEX_PAGE = /\/(?:index|default)\.(?:html?|php|aspx?)$/i;

/**
 * Brings the addresses under which one page is known to one form, for comparing: no protocol, no `www`, mobile or
 * AMP host, no AMP path, no tracking parameters, fragment or closing slash; parameters in order; letters decoded.
 *
 * @returns such as `example.org/world/story?id=5`; `undefined` when the text is no web address
 */
export function canonicalUrl(address: string): string | undefined {
  const url = URL.parse(address.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const parameters = [...url.searchParams]
    .filter(([name, value]) => !isTracking(name, value))
    .map(([name, value]) => `${name}=${value}`)
    .toSorted();
  const query = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
  return canonicalHost(url) + canonicalPath(url.pathname) + query;
}

/** Tells whether an address names a whole site and not one page of it. */
export function isFrontPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && canonicalPath(url.pathname) === '' && url.search === '';
}

function isTracking(name: string, value: string): boolean {
  const small = name.toLowerCase();
  return TRACKING.test(small) || (OFTEN_TRACKING.test(small) && !ARTICLE_NUMBER.test(value));
}

function canonicalHost({ hostname, port }: URL): string {
  const aside = hostname.replace(HOSTS_ASIDE, '');
  // A site may live at `m.com`: what remains must still be a host.
  const host = aside.includes('.') ? aside : hostname;
  return port === '' || port === '80' || port === '443' ? host : `${host}:${port}`;
}

function canonicalPath(path: string): string {
  return decoded(path)
    .replace(INDEX_PAGE, '/')
    .replace(/[._]amp(?=\.html?$)|\.amp$/i, '')
    .replace(/\/amp(?=\/|$)/i, '')
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '');
}

function decoded(path: string): string {
  try {
    return decodeURI(path).normalize('NFC');
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}
