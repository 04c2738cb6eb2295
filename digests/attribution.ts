import { foreign, words, type Line, type Span } from '../src/message.ts';
import type { Claim, Claimant, NewsEvent, Stance } from '../src/model.ts';
import { nameOf, type Teller } from './names.ts';
import type { Speech } from './speech.ts';

/** At most so many claimants or outlets are named; the others are counted. */
const MOST_NAMED = 3;

/** How stances are told, in the order in which they are told. */
const stanceGroups: readonly { readonly phrase: string; readonly stances: readonly Stance[] }[] = [
  { phrase: 'said.asserts', stances: ['asserts', 'reports'] },
  { phrase: 'said.confirms', stances: ['confirms'] },
  { phrase: 'said.acknowledges', stances: ['acknowledges'] },
  { phrase: 'said.expects', stances: ['expects'] },
  { phrase: 'said.condemns', stances: ['condemns'] },
  { phrase: 'said.demands', stances: ['demands'] },
  { phrase: 'said.denies', stances: ['denies'] },
];

/**
 * Tells who stands behind an event and how: `according to Ukraine and the United States`, `denied by Russia`;
 * where nobody is named, which outlets report it.
 */
export function attribution(event: NewsEvent, teller: Teller): Line[] {
  const lines = stanceGroups.flatMap(({ phrase, stances }) => {
    const who = claimantsOf(event.claims.filter(({ stance }) => stances.includes(stance)));
    return who.length === 0 ? [] : [attributed(phrase, who, teller)];
  });
  if (lines.length > 0) return lines;
  const outlets = [...new Set(event.citations.map(({ outlet }) => outlet))].map((name) => foreign(name));
  return outlets.length === 0
    ? []
    : [inPhrase('said.reported', listed(outlets, teller.speech), teller.speech)];
}

/** One phrase with everybody of one stance in its gap. */
export function attributed(phrase: string, who: readonly Claimant[], teller: Teller): Line {
  return inPhrase(phrase, claimantList(who, teller), teller.speech);
}

/** The phrase under which a stance is told. */
export function phraseOf(stance: Stance): string {
  return stanceGroups.find(({ stances }) => stances.includes(stance))?.phrase ?? 'said.asserts';
}

/** Everybody behind some claims, once each, in the order of the claims. */
export function claimantsOf(claims: readonly Claim[]): Claimant[] {
  const all = claims.flatMap(({ claimants }) => claimants);
  return [...new Map(all.map((claimant) => [claimant.id, claimant])).values()];
}

/** Claimants one after the other, as they stand after "according to"; those that nobody knows are quoted. */
export function claimantList(who: readonly Claimant[], teller: Teller): Line {
  const spans = who.map(({ id, name }) => {
    const known = teller.speech.words.attributed[id] ?? nameOf(id, teller);
    return known === undefined ? foreign(name) : words(known);
  });
  return listed(spans, teller.speech);
}

/** Spans as the language lists them, the ones over the limit counted. */
function listed(spans: readonly Span[], speech: Speech): Line {
  const others = spans.length - MOST_NAMED;
  const shown =
    others > 1 ? [...spans.slice(0, MOST_NAMED), words(speech.say('others', { count: others }))] : spans;
  const pattern = speech.list(shown.map((_, index) => `{${index}}`));
  return pattern
    .split(/\{(\d+)\}/)
    .flatMap((part, index) => (index % 2 === 1 ? (shown[Number(part)] ?? []) : words(part)));
}

/** A phrase with spans in place of its gap `{who}`. */
function inPhrase(phrase: string, spans: Line, speech: Speech): Line {
  const [before = '', after = ''] = speech.say(phrase).split('{who}');
  return melted([words(before), ...spans, words(after)], speech.words.contractions ?? {});
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
