import { decodeHTMLStrict } from 'entities';
import { Tokenizer } from 'htmlparser2';

import { escapeXml } from './escape.ts';
import { namespaceAt, namespaceOf, type Scope } from './namespaces.ts';
import { resolveUrl } from './links.ts';

/** One element of a feed. */
export interface Element {
  /** Local name in small letters, behind the short name of its namespace where that is not a feed's own: `title`, `dc:date`. */
  readonly key: string;
  /** Short name of its namespace as in namespaces.ts; empty for none. */
  readonly space: string;
  /** By name in small letters, prefixes kept. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  /** Character data; for an element that carries HTML, its markup too, as HTML. */
  text: string;
  /** Address that its relative links count from. */
  readonly base?: string;
  /** Its `xml:lang`, or that of the nearest element around it. */
  readonly language?: string;
  readonly scope?: Scope;
}

interface Reader {
  readonly source: string;
  readonly document: Element;
  /** From the document down to the innermost open element. */
  readonly open: Element[];
  /** The names of the open elements with their prefixes, likewise, in small letters; that of the document is empty. */
  readonly names: string[];
  /** How many of the open elements bear each name. */
  readonly counts: Map<string, number>;
  /** Whether the innermost open element carries HTML, so that tags in it are text. */
  carriesHtml: boolean;
  /** How many tags are open inside the element that carries HTML, and how many of them have its own name. */
  inside: number;
  namesakes: number;
  tag: { name: string; start: number; attributes: ReadonlyMap<string, string> };
  attribute: { name: string; value: string };
  readonly entities: ReadonlyMap<string, string>;
}

/** Deeper than any feed; what lies below is left unread, as time may grow with depth. */
const DEEPEST = 500;
const MOST_ENTITIES = 200;
const ROOTS = new Set(['rss', 'feed', 'rdf:rdf', 'rdf']);
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const OWN_SPACES = new Set(['', 'atom', 'rss']);
/** Elements whose markup is HTML for the reader, not structure of the feed. */
const HTML_KEYS = new Set([
  ...'title subtitle tagline summary content description abstract body fullitem encoded'.split(' '),
  ...'content:encoded xhtml:body dc:title dc:description itunes:summary itunes:subtitle'.split(' '),
]);
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/**
 * Reads XML as leniently as a browser reads HTML: unknown entities, bare ampersands, tags left open or closed
 * wrongly, text before and after the document are all taken as they come. Nothing is thrown, nothing outside the
 * text is looked at: external entities stay unread, internal ones are replaced only when they hold plain text.
 *
 * @param source - decoded text
 * @param base - where the document came from, for relative links
 * @returns a nameless element with everything found at the top as its children
 */
export function readXml(source: string, base?: string): Element {
  const document: Element = {
    key: '',
    space: '',
    attributes: NO_ATTRIBUTES,
    children: [],
    text: '',
    ...(base === undefined ? {} : { base }),
  };
  const reader: Reader = {
    source,
    document,
    open: [document],
    names: [''],
    counts: new Map(),
    carriesHtml: false,
    inside: 0,
    namesakes: 0,
    tag: { name: '', start: 0, attributes: NO_ATTRIBUTES },
    attribute: { name: '', value: '' },
    entities: entitiesIn(source),
  };
  read(reader);
  return document;
}

function read(reader: Reader): void {
  const { source, attribute } = reader;
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    {
      onopentagname(start, end) {
        reader.tag = {
          name: source.slice(start, end).toLowerCase(),
          start: start - 1,
          attributes: NO_ATTRIBUTES,
        };
      },
      onattribname(start, end) {
        Object.assign(attribute, { name: source.slice(start, end).toLowerCase(), value: '' });
      },
      onattribdata(start, end) {
        attribute.value += source.slice(start, end);
      },
      onattribend() {
        if (!reader.carriesHtml) addAttribute(reader);
      },
      onopentagend(end) {
        openTag(reader, end, false);
        if (reader.open.length > DEEPEST) tokenizer.pause();
      },
      onselfclosingtag: (end) => openTag(reader, end, true),
      onclosetag: (start, end) => closeTag(reader, start, end),
      ontext: (start, end) => addText(reader, source.slice(start, end)),
      oncdata: (start, end, offset) => addCharacters(reader, source.slice(start, end - offset)),
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onattribentity: nothing,
      ontextentity: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(source);
  tokenizer.end();
}

function nothing(): void {
  // The tokenizer wants a function for each sort of token; those of no meaning to a feed end here.
}

function addAttribute(reader: Reader): void {
  const { tag, attribute } = reader;
  const attributes =
    tag.attributes === NO_ATTRIBUTES ? new Map<string, string>() : (tag.attributes as Map<string, string>);
  tag.attributes = attributes.set(attribute.name, decoded(reader, attribute.value));
}

function openTag(reader: Reader, end: number, isClosed: boolean): void {
  const { source, tag } = reader;
  if (!reader.carriesHtml) {
    const element = open(reader);
    if (isClosed) closeFrom(reader, reader.open.length - 1);
    else reader.carriesHtml = HTML_KEYS.has(element.key);
    return;
  }
  innermost(reader).text += source.slice(tag.start, end + 1);
  if (isClosed || VOID.has(tag.name)) return;
  reader.inside += 1;
  if (tag.name === reader.names.at(-1)) reader.namesakes += 1;
}

function open(reader: Reader): Element {
  const { name, attributes } = reader.tag;
  const parent = innermost(reader);
  const colon = name.indexOf(':');
  const scope = scopeOf(name, attributes, parent.scope);
  const base = resolved(attributes.get('xml:base'), parent.base);
  const language = attributes.get('xml:lang') ?? parent.language;
  const space = namespaceOf(colon < 0 ? '' : name.slice(0, colon), scope);
  const local = colon < 0 ? name : name.slice(colon + 1);
  const element: Element = {
    key: OWN_SPACES.has(space) ? local : `${space}:${local}`,
    space,
    attributes,
    children: [],
    text: '',
    ...(base === undefined ? {} : { base }),
    ...(language === undefined ? {} : { language }),
    ...(scope === undefined ? {} : { scope }),
  };
  parent.children.push(element);
  reader.open.push(element);
  reader.names.push(name);
  reader.counts.set(name, (reader.counts.get(name) ?? 0) + 1);
  return element;
}

/** Closes the nearest open element of that name and all in it; a closing tag without one is passed over. */
function closeTag(reader: Reader, start: number, end: number): void {
  const name = reader.source.slice(start, end).toLowerCase();
  if (reader.carriesHtml && staysInside(reader, name)) {
    innermost(reader).text += `</${name}>`;
    return;
  }
  if ((reader.counts.get(name) ?? 0) > 0) closeFrom(reader, reader.names.lastIndexOf(name));
}

/** Tells whether a closing tag belongs to the HTML that an element carries, and counts it. */
function staysInside(reader: Reader, name: string): boolean {
  if (name === reader.names.at(-1)) {
    if (reader.namesakes === 0) return false;
    reader.namesakes -= 1;
  } else if ((reader.counts.get(name) ?? 0) > 0) {
    return false;
  }
  reader.inside = Math.max(0, reader.inside - 1);
  return true;
}

function closeFrom(reader: Reader, index: number): void {
  for (let last = reader.names.length - 1; last >= index; last -= 1) {
    const name = reader.names.pop() ?? '';
    reader.counts.set(name, (reader.counts.get(name) ?? 0) - 1);
  }
  reader.open.length = index;
  reader.carriesHtml = false;
  reader.inside = 0;
  reader.namesakes = 0;
}

function addText(reader: Reader, text: string): void {
  innermost(reader).text += reader.inside > 0 ? text : decoded(reader, text);
}

function addCharacters(reader: Reader, text: string): void {
  innermost(reader).text += reader.inside > 0 ? escapeXml(text) : text;
}

function innermost(reader: Reader): Element {
  return reader.open.at(-1) ?? reader.document;
}

function scopeOf(
  element: string,
  attributes: ReadonlyMap<string, string>,
  around: Scope | undefined,
): Scope | undefined {
  if (attributes === NO_ATTRIBUTES) return around;
  const declared = new Map<string, string>();
  for (const [name, value] of attributes) {
    if (name === 'xmlns') declared.set('', namespaceAt(value));
    else if (name.startsWith('xmlns:')) declared.set(name.slice(6), namespaceAt(value));
  }
  if (declared.size === 0) return around;
  // The namespace in which a feed's root stands is a feed's, whatever address it was given.
  if (ROOTS.has(element) && declared.get('')?.includes(':')) declared.set('', 'rss');
  return around === undefined ? { declared } : { declared, around };
}

/** Character references and entities, HTML's too, as characters; what is none of them stays as it is. */
function decoded(reader: Reader, text: string): string {
  if (!text.includes('&')) return text;
  const { entities } = reader;
  const expanded =
    entities.size === 0
      ? text
      : text.replace(/&([\w.-]{1,64});/g, (written, name: string) => entities.get(name) ?? written);
  return decodeHTMLStrict(expanded);
}

/** The entities that the document type declares, as far as they are short plain text: no entity can grow or fetch anything. */
function entitiesIn(source: string): ReadonlyMap<string, string> {
  const entities = new Map<string, string>();
  const prolog = source.slice(0, Math.max(0, source.search(/<[a-z]/i)));
  for (const [, name, , text] of prolog.matchAll(
    /<!ENTITY\s+([\w.-]{1,64})\s+(["'])([^"'<>&%]{0,256})\2\s*>/g,
  )) {
    if (entities.size === MOST_ENTITIES) break;
    if (name !== undefined && text !== undefined && !entities.has(name)) entities.set(name, text);
  }
  return entities;
}

function resolved(address: string | undefined, base: string | undefined): string | undefined {
  return address === undefined ? base : resolveUrl(address, base);
}
