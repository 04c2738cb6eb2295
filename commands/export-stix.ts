import { v5 as uuidFrom } from 'uuid';
import { directionName, kindName, nameOf, type Teller } from '../digests/names.ts';
import { amount } from '../digests/sentence.ts';
import { speechIn } from '../digests/speech.ts';
import { harmless } from '../src/message.ts';
import type { Claim, Claimant, NewsEvent, Status } from '../src/model.ts';
import {
  calledIn,
  pagesBehind,
  pagesOf,
  type Sheet,
  titleOf,
  type Told,
  uuidOf,
  type Writer,
} from './export-rows.ts';

/** An object of STIX 2.1 (docs.oasis-open.org/cti/stix/v2.1). */
type StixObject = { readonly type: string; readonly id: string } & Readonly<Record<string, unknown>>;

/** Of what is the same in every bundle, and has no moment of its own. */
const FIXED = '2024-01-01T00:00:00.000Z';

/** STIX's own namespace for the ids of what can be observed, made from their value (section 2.9). */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7';

/** How sure a status is, on STIX's scale from 0 to 100, by the middle values of the Admiralty's grades (appendix A). */
const confidences: Readonly<Record<Status, number>> = {
  confirmed: 90,
  corroborated: 70,
  claimed: 50,
  contested: 30,
  denied: 10,
  retracted: 10,
};

const opinions: Partial<Record<Claim['stance'], string>> = {
  confirms: 'agree',
  acknowledges: 'agree',
  denies: 'disagree',
};

const tumen: StixObject = {
  ...fixed('identity', uuidOf('identity', 'tumen')),
  name: 'Tumen',
  identity_class: 'system',
};

/** What STIX has no property for. */
const extension: StixObject = {
  ...fixed('extension-definition', uuidOf('extension', 'event')),
  created_by_ref: tumen.id,
  name: 'Dated event',
  description: 'The day on which an event happened, what sort of event it was, and how well it is known.',
  schema:
    'start, end: YYYY-MM-DD, absent where not known; precision: day, range, week, month or year; kind, direction, status: words; newsrooms: how many independent newsrooms carry it; figures, weapons, places: lists of words',
  version: '1.0.0',
  extension_types: ['property-extension'],
};

/**
 * A bundle of STIX 2.1: a report an event, with its pages as observed data, and a note or an opinion a claim. Always in
 * English, so that one version of an object reads the same wherever it was exported.
 */
export function stix({ told }: Sheet, { topic }: Writer): string {
  const teller = { topic, speech: speechIn('en') };
  const all = [tumen, extension, ...told.flatMap((one) => objectsOf(one, teller))];
  const objects = [...new Map(all.map((one) => [one.id, one])).values()];
  const versions = objects.map(({ id, modified }) => `${id} ${String(modified)}`);
  const id = `bundle--${uuidOf('bundle', ...versions)}`;
  return `${JSON.stringify({ type: 'bundle', id, objects }, undefined, 2)}\n`;
}

function objectsOf({ event, claims }: Told, teller: Teller): StixObject[] {
  const claimants = claims.flatMap((claim) => claim.claimants);
  const identities = claimants.map((who) => identityOf(who, teller));
  const urls = pagesOf(event.citations).map(({ url }) => urlOf(url));
  const observed = urls.length === 0 ? [] : [observedIn(event, urls)];
  const about = [...identities, ...observed].map(({ id }) => id);
  const report = reportOf(event, about.length === 0 ? [tumen.id] : [...new Set(about)], teller);
  const views = claims.map((claim) => viewOf(claim, event, { report: report.id, teller }));
  return [...identities, ...urls, ...observed, report, ...views];
}

function reportOf(event: NewsEvent, about: readonly string[], teller: Teller): StixObject {
  const { id, kind, status, citations, firstSeen } = event;
  const pages = pagesOf(citations).map(({ url, outlet }) => ({ source_name: outlet, url }));
  return {
    ...common('report', uuidOf('event', event.topic, id)),
    ...momentsOf(event),
    ...(status === 'retracted' && { revoked: true }),
    name: titleOf(event, teller),
    report_types: ['observed-data'],
    published: firstSeen.toISOString(),
    object_refs: about,
    labels: [kind, status],
    confidence: confidences[status],
    lang: 'en',
    external_references: [{ source_name: 'Tumen', external_id: id }, ...pages],
    extensions: { [extension.id]: extensionOf(event, teller) },
  };
}

function extensionOf(event: NewsEvent, teller: Teller) {
  const { when, kind, direction, status, newsrooms, claims, weapons, places } = event;
  const quantities = claims.flatMap((claim) => claim.quantities);
  const lists = {
    figures: [...new Set(quantities.map((quantity) => amount(quantity, teller)))],
    weapons: weapons.flatMap((one) => nameOf(one, teller) ?? []),
    places: places.flatMap((one) => nameOf(one, teller) ?? []),
  };
  return {
    extension_type: 'property-extension',
    ...when,
    kind: kindName(kind, teller),
    direction: directionName(direction, teller),
    status: teller.speech.say(`status.${status}`),
    newsrooms,
    // STIX knows no empty lists.
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
  };
}

/** What somebody says of an event: an opinion where it bears out or denies the report, else a note. */
function viewOf(
  claim: Claim,
  event: NewsEvent,
  { report, teller }: { report: string; teller: Teller },
): StixObject {
  const { stance, sentence, claimants, quantities } = claim;
  const opinion = opinions[stance];
  const said = [teller.speech.say(`stance.${stance}`), ...quantities.map((one) => amount(one, teller))];
  const text = sentence === '' ? said.join(' · ') : harmless(sentence);
  const pages = pagesOf(pagesBehind(claim, event)).map(({ url, outlet }) => ({ source_name: outlet, url }));
  return {
    ...common(opinion === undefined ? 'note' : 'opinion', uuidOf('claim', event.topic, claim.id)),
    ...momentsOf(event),
    ...(opinion === undefined ? { content: text } : { opinion, explanation: text }),
    ...(claimants.length > 0 && { authors: claimants.map((who) => calledIn(who, teller)) }),
    object_refs: [report],
    lang: sentence === '' || claim.language === 'und' ? 'en' : claim.language,
    ...(pages.length > 0 && { external_references: pages }),
  };
}

/** The pages that carry an event, from the first that is dated to the last. */
function observedIn(event: NewsEvent, urls: readonly StixObject[]): StixObject {
  const dates = event.citations.flatMap(({ published }) => published?.getTime() ?? []);
  const [first, last] = dates.length === 0 ? [event.firstSeen, event.firstSeen] : ends(dates);
  return {
    ...common('observed-data', uuidOf('pages', event.topic, event.id)),
    ...momentsOf(event),
    first_observed: first.toISOString(),
    last_observed: last.toISOString(),
    number_observed: urls.length,
    object_refs: urls.map(({ id }) => id),
  };
}

function ends(moments: readonly number[]): [first: Date, last: Date] {
  return [new Date(Math.min(...moments)), new Date(Math.max(...moments))];
}

function identityOf(who: Claimant, teller: Teller): StixObject {
  return {
    ...fixed('identity', uuidOf('claimant', teller.topic.id, who.id)),
    created_by_ref: tumen.id,
    name: calledIn(who, teller),
  };
}

function urlOf(value: string): StixObject {
  const id = uuidFrom(JSON.stringify({ value }), OBSERVABLES);
  return { ...common('url', id), value };
}

/** What every object has that is always the same, whenever it is written. */
function fixed(type: string, uuid: string) {
  return { ...common(type, uuid), created: FIXED, modified: FIXED };
}

function common(type: string, uuid: string) {
  return { type, spec_version: '2.1', id: `${type}--${uuid}` };
}

/** A version of an object is its event's. */
function momentsOf({ firstSeen, changed }: NewsEvent) {
  const modified = changed < firstSeen ? firstSeen : changed;
  return {
    created: firstSeen.toISOString(),
    modified: modified.toISOString(),
    created_by_ref: tumen.id,
  };
}
