/** One way in which a document can be made to cost its reader much; `bytes` is about how long it is to be. */
export interface HostileShape {
  readonly name: string;
  readonly make: (bytes: number) => string;
}

const WHOLE = '<title>T</title><item><title>A</title>';

/** Repetitions, nesting and unfinished markup on which one parser or another takes quadratic time. */
export const hostileShapes: readonly HostileShape[] = [
  ...[
    ['less-than signs', '<'],
    ['open tags', '<a '],
    ['open comments', '<!--'],
    ['open scripts', '<script '],
    ['closing tags', '</div> '],
  ].map(([name, unit]) => shape(`${name} in CDATA`, (bytes) => item(`<![CDATA[${filled(unit, bytes)}]]>`))),
  ...[
    ['open comments', '<!--'],
    ['open CDATA', '<![CDATA['],
    ['ampersands', '&'],
    ['entities without an end', '&a'],
    ['entities', '&amp;'],
    ['references without a number', '&#'],
    ['less-than signs', '< '],
    ['nested tags', '<a>'],
    ['empty tags', '<x/>'],
    ['open instructions', '<?'],
    ['open declarations', '<!'],
  ].map(([name, unit]) => shape(`${name} in a description`, (bytes) => item(filled(unit, bytes)))),
  shape('brackets in the document type', (bytes) => `<!DOCTYPE x ${filled('[', bytes)}${item('x')}`),
  shape(
    'many entities declared',
    (bytes) => `<!DOCTYPE x [${filled('<!ENTITY a "b">', bytes)}]>${item('x')}`,
  ),
  shape('entities begun', (bytes) => `<!DOCTYPE x [${filled('<!ENTITY ', bytes)}${item('x')}`),
  shape('blanks before', (bytes) => filled(' ', bytes) + item('x')),
  shape('less-than signs before', (bytes) => filled('<', bytes) + item('x')),
  shape('many namespaces', (bytes) => {
    const names = Array.from({ length: Math.floor(bytes / 20) }, (_, index) => `xmlns:a${index}="u${index}"`);
    return `<rss version="2.0" ${names.join(' ')}><channel><title>T</title></channel></rss>`;
  }),
  shape('nested namespaces', (bytes) => filled('<a xmlns:b="c">', bytes)),
  shape(
    'many items',
    (bytes) =>
      `<rss version="2.0"><channel>${filled('<item><title>x</title></item>', bytes)}</channel></rss>`,
  ),
  shape('many entries', (bytes) => atom(filled('<entry><link href="x"/></entry>', bytes))),
  shape('many links in one entry', (bytes) => atom(`<entry>${filled('<link href="x"/>', bytes)}</entry>`)),
  shape(
    'a long date',
    (bytes) =>
      `<rss version="2.0"><channel>${WHOLE}<pubDate>${filled('1', bytes)}</pubDate></item></channel></rss>`,
  ),
  shape('a long title', (bytes) => item('x').replace('>A<', `>${filled('A', bytes)}<`)),
  shape('a long attribute', (bytes) => item('x').replace('<item>', `<item a="${filled('b', bytes)}">`)),
  shape('blanks in a tag', (bytes) => item('x').replace('<item>', `<item${filled(' ', bytes)}>`)),
  shape('quotation marks in a tag', (bytes) => item('x').replace('<item>', `<item a=${filled('"', bytes)}>`)),
];

function shape(name: string, make: HostileShape['make']): HostileShape {
  return { name, make };
}

function item(description: string): string {
  return `<rss version="2.0"><channel>${WHOLE}<description>${description}</description></item></channel></rss>`;
}

function atom(entries: string): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom">${entries}</feed>`;
}

function filled(unit: string | undefined, bytes: number): string {
  return (unit ?? '').repeat(Math.floor(bytes / (unit?.length ?? 1)));
}
