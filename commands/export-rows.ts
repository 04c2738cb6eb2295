import { v5 as uuidFrom } from 'uuid';
import { attribution, claimantsOf } from '../digests/attribution.ts';
import { headOf, joined } from '../digests/entry.ts';
import { directionName, kindName, nameOf, type Teller } from '../digests/names.ts';
import { amount, disputedQuantities, quantitiesOf } from '../digests/sentence.ts';
import { harmless, type Line, plainText } from '../src/message.ts';
import type { Citation, Claim, Claimant, NewsEvent, When } from '../src/model.ts';
import { standing } from '../src/standing.ts';

/** A teller that knows what time it is. */
export type Writer = Teller & { readonly now: Date };

/** An event with those of its claims that are handed over. */
export interface Told {
  readonly event: NewsEvent;
  readonly claims: readonly Claim[];
}

/** What is handed over: a row an event, or a row a claim. */
export interface Sheet {
  readonly of: 'events' | 'claims';
  readonly told: readonly Told[];
}

/** A page that a row rests on. */
export interface Page {
  readonly url: string;
  readonly outlet: string;
  readonly language: string;
}

/** One event or claim, as every format needs it. Its texts are plain and stand on one line. */
export interface Row {
  /** Unique in its archive: the event's id, or the claim's. */
  readonly id: string;
  /** Unique everywhere, and the same for ever: `urn:uuid:…`. */
  readonly uri: string;
  readonly title: string;
  /** Who says so, and how well it is known. */
  readonly about: string;
  readonly pages: readonly Page[];
  readonly kind: string;
  readonly when?: When;
  readonly seen: Date;
  readonly changed: Date;
  /** What the row says, by column. */
  readonly fields: Readonly<Record<string, string | number | readonly string[]>>;
}

/** Under this name our own UUIDs are made (RFC 9562, version 5). Never to be changed: they are cited. */
const NAMESPACE = '3e13a24a-3806-4ea2-a18f-5e1ee201b84f';

/** The UUID of something of ours, always the same for the same name. */
export function uuidOf(...name: readonly string[]): string {
  return uuidFrom(name.join('\n'), NAMESPACE);
}

/** The rows of a sheet, in its order. */
export function rowsOf({ of, told }: Sheet, writer: Writer): Row[] {
  if (of === 'events') return told.map(({ event }) => eventRow(event, writer));
  return told.flatMap(({ event, claims }) => claims.map((claim) => claimRow(claim, event, writer)));
}

function eventRow(event: NewsEvent, writer: Writer): Row {
  const { id, when, citations, newsrooms, firstSeen, changed } = event;
  const [title, pages] = [titleOf(event, writer), pagesOf(citations)];
  const status = writer.speech.say(`status.${event.status}`);
  const denials = event.claims.filter(({ stance }) => stance === 'denies');
  const attributed = plain(joined(attribution(event, writer), writer));
  const kind = kindName(event.kind, writer);
  const uri = `urn:uuid:${uuidOf('event', event.topic, id)}`;
  return {
    id,
    uri,
    title,
    pages,
    kind,
    seen: firstSeen,
    changed,
    ...(when !== undefined && { when }),
    about: [attributed, status].filter((part) => part !== '').join(' · '),
    fields: {
      id,
      ...daysOf(when),
      kind,
      direction: directionName(event.direction, writer),
      status,
      title,
      claimants: named(sayingSo(event.claims), writer),
      deniedBy: named(denials, writer),
      attribution: attributed,
      figures: eventFigures(event, writer),
      weapons: labels(event.weapons, writer),
      places: labels(event.places, writer),
      newsrooms,
      languages: [...new Set(citations.map(({ language }) => language))],
      outlets: pages.map(({ outlet }) => outlet),
      pages: pages.map(({ url }) => url),
      firstSeen: firstSeen.toISOString(),
      changed: changed.toISOString(),
      uri,
    },
  };
}

function claimRow(claim: Claim, event: NewsEvent, writer: Writer): Row {
  const when = claim.when ?? event.when;
  const pages = pagesOf(pagesBehind(claim, event));
  const [title, sentence] = [titleOf(event, writer), harmless(claim.sentence)];
  const [claimants, figures] = [named([claim], writer), figuresOf([claim], writer)];
  const stance = writer.speech.say(`stance.${claim.stance}`);
  const kind = kindName(claim.kind, writer);
  const uri = `urn:uuid:${uuidOf('claim', event.topic, claim.id)}`;
  const said = [claimants.join(', '), stance, figures.join(', ')].filter((part) => part !== '').join(' · ');
  return {
    id: claim.id,
    uri,
    pages,
    kind,
    seen: event.firstSeen,
    changed: event.changed,
    ...(when !== undefined && { when }),
    title: `${said} · ${title}`,
    about: sentence,
    fields: {
      id: claim.id,
      event: event.id,
      ...daysOf(when),
      said: claim.said?.start ?? '',
      kind,
      direction: directionName(claim.direction, writer),
      claimants,
      stance,
      figures,
      weapons: labels(claim.weapons, writer),
      places: labels(claim.places, writer),
      sentence,
      language: claim.language,
      title,
      outlets: pages.map(({ outlet }) => outlet),
      pages: pages.map(({ url }) => url),
      uri,
    },
  };
}

/** The claims of those who say that it is so; where nobody does, of all who speak of it and do not deny it. */
function sayingSo(claims: readonly Claim[]): readonly Claim[] {
  const saying = claims.filter(
    ({ stance }) => !['denies', 'condemns', 'demands', 'retracts'].includes(stance),
  );
  return saying.length > 0 ? saying : claims.filter(({ stance }) => stance !== 'denies');
}

/** The amounts of an event, those on which claimants do not agree with who gives them. */
function eventFigures(event: NewsEvent, writer: Writer): string[] {
  const disputed = disputedQuantities(event, writer).map(plain);
  const others = figuresOf(standing(event), writer).filter(
    (figure) => !disputed.some((line) => line.startsWith(figure)),
  );
  return [...others, ...disputed];
}

/** A line of words and names as plain text. */
function plain(line: Line): string {
  return harmless(plainText(line, (at) => at.toISOString()));
}

/** What an event is called, on one line: by its id where that is nothing. */
export function titleOf(event: NewsEvent, writer: Teller): string {
  const head = headOf(event, writer);
  const title = 'text' in head ? harmless(head.text).trim() : '';
  return title === '' ? event.id : title;
}

/** What a claimant is called, on one line. */
export function calledIn({ id, name }: Claimant, writer: Teller): string {
  return nameOf(id, writer) ?? (harmless(name).trim() || id);
}

/** The pages that carry a claim: those of its item, or, where it has none, all of its event. */
export function pagesBehind({ item }: Claim, { citations }: NewsEvent): readonly Citation[] {
  return item === undefined ? citations : citations.filter((page) => page.item === item);
}

/** Pages that have an address of the web, once each. */
export function pagesOf(citations: readonly Citation[]): Page[] {
  const pages = citations.flatMap(({ url, outlet, language }) => {
    const address = url === undefined ? undefined : webAddress(url);
    return address === undefined ? [] : [{ url: address, outlet: harmless(outlet), language }];
  });
  return [...new Map(pages.map((page) => [page.url, page])).values()];
}

/** An address as it can stand in any file: encoded, and of the web; `undefined` for others. */
function webAddress(url: string): string | undefined {
  const address = URL.parse(url);
  return address !== null && /^https?:$/.test(address.protocol) ? address.href : undefined;
}

function daysOf(when: When | undefined) {
  return { start: when?.start ?? '', end: when?.end ?? '', precision: when?.precision ?? '' };
}

function named(claims: readonly Claim[], writer: Teller): string[] {
  return claimantsOf(claims).map((who) => calledIn(who, writer));
}

function labels(ids: readonly string[], writer: Teller): string[] {
  return ids.flatMap((id) => nameOf(id, writer) ?? []);
}

function figuresOf(claims: readonly Claim[], writer: Teller): string[] {
  return [...new Set(quantitiesOf(claims).map((quantity) => amount(quantity, writer)))];
}
