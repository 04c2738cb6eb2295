import { foreign, words, type Line, type Span } from '../src/message.ts';
import type { Claim, Claimant, NewsEvent, Stance } from '../src/model.ts';
import { isSpokenFor, nameOf, type Teller } from './names.ts';
import type { Speech, Values } from './speech.ts';

/** At most so many claimants or outlets are named; the others are counted. */
const MOST_NAMED = 3;

/** Under which phrase each stance is told. */
const phrases: Readonly<Record<Stance, string>> = {
  asserts: 'said.asserts',
  reports: 'said.asserts',
  confirms: 'said.confirms',
  acknowledges: 'said.acknowledges',
  expects: 'said.expects',
  condemns: 'said.condemns',
  demands: 'said.demands',
  denies: 'said.denies',
  retracts: 'said.retracts',
};

/** All phrases, in the order in which they are told. */
const order = [
  'said.asserts',
  'said.confirms',
  'said.acknowledges',
  'said.says',
  'said.expects',
  'said.condemns',
  'said.demands',
  'said.denies',
  'said.retracts',
];

/** Stances of those who vouch for an event. */
const vouching: readonly Stance[] = ['asserts', 'reports', 'confirms', 'acknowledges'];

/**
 * Tells who stands behind an event and how: `according to Ukraine and the United States`, `denied by Russia`;
 * where nobody is named who vouches for it, which outlets report it, and which have taken that back.
 */
export function attribution(event: NewsEvent, teller: Teller): Line[] {
  const lines = voices(event, event.claims, teller);
  const withdrawn = outletsOf(event, ['retracts']);
  const reporting = outletsBehind(event, lines.length === 0).filter((outlet) => !withdrawn.includes(outlet));
  return [
    ...byOutlets('said.reported', reporting, teller),
    ...lines,
    ...byOutlets('said.retracts', withdrawn, teller),
  ];
}

function byOutlets(phrase: string, outlets: readonly string[], { speech }: Teller): Line[] {
  const spans = outlets.map((outlet) => foreign(outlet));
  return spans.length === 0 ? [] : [inPhrase(phrase, spans, speech)];
}

/** The outlets that tell an event in their own words, where nobody else vouches for it; all where nobody is named at all. */
function outletsBehind(event: NewsEvent, isUnnamed: boolean): string[] {
  const { kind, claims, citations } = event;
  if (isUnnamed) return [...new Set(citations.map(({ outlet }) => outlet))];
  const isVouched = claims.some(({ stance, claimants }) => vouching.includes(stance) && claimants.length > 0);
  return isDeed(kind) && !isVouched ? outletsOf(event, vouching) : [];
}

/** The outlets that take one of some stances in their own words. */
function outletsOf({ claims, citations }: NewsEvent, stances: readonly Stance[]): string[] {
  const own = claims.filter(({ stance, claimants }) => stances.includes(stance) && claimants.length === 0);
  const items = new Set(own.flatMap(({ item }) => item ?? []));
  const pages = citations.filter(({ item }) => item !== undefined && items.has(item));
  return [...new Set(pages.map(({ outlet }) => outlet))];
}

/** Tells whether a kind is something done, not something said. */
function isDeed(kind: string): boolean {
  return kind !== 'statement' && kind !== 'denial';
}

/** Phrases that say more than another: who stands under one of them is not told under the other as well. */
const stronger: Readonly<Record<string, readonly string[]>> = {
  'said.asserts': ['said.confirms', 'said.acknowledges'],
  'said.confirms': ['said.acknowledges'],
  'said.says': ['said.condemns', 'said.demands'],
  'said.condemns': ['said.asserts', 'said.confirms', 'said.acknowledges'],
  'said.expects': ['said.asserts', 'said.confirms', 'said.acknowledges', 'said.condemns', 'said.demands'],
};

/**
 * Tells who stands behind some claims of an event and how, a line a phrase. Everybody is told under the phrase that says
 * most, and a state not at all where one of its own bodies or people says the same.
 */
export function voices(event: NewsEvent, claims: readonly Claim[], teller: Teller): Line[] {
  const byPhrase = Map.groupBy(claims, ({ stance }) => phraseIn(event, stance));
  const under = (phrase: string) => claimantsOf(byPhrase.get(phrase) ?? []);
  return order.flatMap((phrase) => {
    const rivals = (stronger[phrase] ?? []).flatMap(under);
    const isToldElsewhere = (one: Claimant) =>
      rivals.some(({ id }) => id === one.id) || isSpokenFor(one, rivals, teller.topic);
    const who = under(phrase).filter((one) => !isToldElsewhere(one));
    const named = who.filter((one) => !isSpokenFor(one, who, teller.topic));
    return named.length === 0 ? [] : [attributed(phrase, named, teller)];
  });
}

/** The phrase under which a stance is told of an event. */
function phraseIn({ kind, status }: NewsEvent, stance: Stance): string {
  if (kind === 'statement' && (stance === 'expects' || vouching.includes(stance))) return 'said.says';
  if (kind === 'denial' && stance === 'denies') return 'said.says';
  // Only the parties and the United Nations can confirm; anybody else who "confirms" says that it is so.
  return stance === 'confirms' && status !== 'confirmed' ? 'said.asserts' : phrases[stance];
}

/** One phrase with everybody of one stance in its gap. */
export function attributed(phrase: string, who: readonly Claimant[], teller: Teller): Line {
  return inPhrase(phrase, namesOf(who, teller), teller.speech);
}

/** The phrase under which a stance is told. */
export function phraseOf(stance: Stance): string {
  return phrases[stance];
}

/** Everybody behind some claims, once each, in the order of the claims. */
export function claimantsOf(claims: readonly Claim[]): Claimant[] {
  const all = claims.flatMap(({ claimants }) => claimants);
  return [...new Map(all.map((claimant) => [claimant.id, claimant])).values()];
}

/** Claimants as they stand after "according to"; those that nobody knows are quoted. */
function namesOf(who: readonly Claimant[], teller: Teller): Span[] {
  return who.map(({ id, name }) => {
    const known = teller.speech.words.attributed[id] ?? nameOf(id, teller);
    return known === undefined ? foreign(name) : words(known);
  });
}

/** Spans as the language lists them, each but the first after `again`, the ones over the limit counted. */
function listed(spans: readonly Span[], speech: Speech, again: string): Line {
  const others = spans.length - MOST_NAMED;
  const shown =
    others > 1 ? [...spans.slice(0, MOST_NAMED), words(speech.say('said.others', { count: others }))] : spans;
  const pattern = speech.list(shown.map((_, index) => `${index === 0 ? '' : again}{${index}}`));
  return pattern
    .split(/\{(\d+)\}/)
    .flatMap((part, index) => (index % 2 === 1 ? (shown[Number(part)] ?? []) : words(part)));
}

/** An amount with who gives it: `about 31 containers according to the White House`. */
export function amountBy(amount: string, who: readonly Claimant[], teller: Teller): Line {
  if (who.length === 0) return [words(amount)];
  const named = who.filter((one) => !isSpokenFor(one, who, teller.topic));
  return inPhrase('figures.by', namesOf(named, teller), teller.speech, { amount });
}

/** A phrase with spans in place of its gap `{who}`. */
function inPhrase(phrase: string, spans: readonly Span[], speech: Speech, values: Values = {}): Line {
  const [before = '', after = ''] = speech.say(phrase, values).split('{who}');
  const line = listed(spans, speech, repeated(before, spans, speech));
  return melted([words(before), ...line, words(after)], speech.words.contractions ?? {});
}

/** What the language says again before each of several names, as it melts with one of them: `vom Kreml und von KCNA`. */
function repeated(
  before: string,
  spans: readonly Span[],
  { words: { again = [], contractions = {} } }: Speech,
) {
  const word = again.find((one) => before.endsWith(one)) ?? '';
  const melts = (text: string) =>
    Object.keys(contractions).some((apart) => `${word}${text}`.startsWith(apart));
  return spans.some((span) => span.kind === 'words' && melts(span.text)) ? word : '';
}

/** Our own words that follow each other as one stretch, with what melts together in the language; foreign ones as they are. */
function melted(line: Line, contractions: Readonly<Record<string, string>>): Line {
  const spans: Span[] = [];
  for (const span of line) {
    const last = spans.at(-1);
    if (last?.kind === 'words' && span.kind === 'words') spans.splice(-1, 1, words(last.text + span.text));
    else spans.push(span);
  }
  return spans.flatMap((span) => {
    if (span.kind !== 'words') return [span];
    const text = Object.entries(contractions).reduce(
      (whole, [apart, one]) => whole.replaceAll(apart, one),
      span.text,
    );
    return text === '' ? [] : [words(text)];
  });
}
