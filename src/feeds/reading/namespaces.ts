/** Namespaces by their address, as the short names that we use. Old and mistaken addresses mean what their authors meant. */
const byAddress: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/atom': 'atom',
  'http://purl.org/atom/ns#': 'atom',
  'http://purl.org/atom/': 'atom',
  'http://example.com/newformat#': 'atom',
  'http://example.com/necho': 'atom',
  'http://purl.org/echo/': 'atom',
  'uri/of/echo/namespace#': 'atom',
  'http://purl.org/pie/': 'atom',
  'http://purl.org/rss/1.0/': 'rss',
  'http://my.netscape.com/rdf/simple/0.9/': 'rss',
  'http://channel.netscape.com/rdf/simple/0.9/': 'rss',
  'http://purl.org/net/rss1.1#': 'rss',
  'http://backend.userland.com/rss': 'rss',
  'http://backend.userland.com/rss2': 'rss',
  'http://backend.userland.com/rss091': 'rss',
  'http://blogs.law.harvard.edu/tech/rss': 'rss',
  'http://cyber.law.harvard.edu/rss/rss.html': 'rss',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/elements/1.0/': 'dc',
  'http://purl.org/dc/terms/': 'dcterms',
  'http://purl.org/rss/1.0/modules/content/': 'content',
  'http://purl.org/rss/1.0/modules/syndication/': 'sy',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://search.yahoo.com/mrss/': 'media',
  'http://search.yahoo.com/mrss': 'media',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://example.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
};

/** Prefixes in force at one element: its own declarations, then those around it. */
export interface Scope {
  readonly declared: ReadonlyMap<string, string>;
  readonly around?: Scope;
}

/** The short name of the namespace with that address; the address itself where we have no name for it. */
export function namespaceAt(address: string): string {
  return byAddress[address.trim().toLowerCase()] ?? address.trim();
}

/** What a prefix in small letters stands for. Publishers often forget to declare the usual ones, which are our short names. */
export function namespaceOf(prefix: string, scope: Scope | undefined): string {
  for (let inner = scope; inner !== undefined; inner = inner.around) {
    const declared = inner.declared.get(prefix);
    if (declared !== undefined) return declared;
  }
  return prefix === 'a' ? 'atom' : prefix;
}
