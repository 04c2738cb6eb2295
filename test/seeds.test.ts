import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { articleItem } from '../src/cli/article-file.ts';
import { makeClaimReader } from '../src/events/claims.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import type { Claim, ItemId } from '../src/model.ts';
import { loadTopic } from '../src/topics/topic.ts';

/** Real articles and the facts that they hold, where they lie beside the project; they are not ours to ship. */
const seeds = '../shared/seeds';
const hasSeeds = existsSync(`${seeds}/gold.json`);

interface Fact {
  readonly id: string;
  readonly role: 'main' | 'background' | 'offtopic' | 'trap';
  readonly kind?: string;
  readonly sources?: readonly string[];
  readonly event_date?: string;
  readonly claim_date?: string;
  readonly numbers?: readonly string[];
  readonly place?: string;
  readonly polarity?: string;
  readonly needle: string;
}

/** The gold's names for kinds and sources, in those of the topic. */
const kinds: Record<string, readonly string[]> = {
  strike: ['use'],
  reverse: ['transfer', 'payment', 'technology', 'statement'],
  veto: ['un'],
  forecast: ['use', 'transfer'],
};
const sources: Record<string, readonly string[]> = {
  US: ['us'],
  EU: ['eu'],
  UA: ['ukraine'],
  SK: ['rok'],
  NK: ['dprk'],
  RU: ['russia'],
  KIRBY: ['kirby'],
  STATE: ['state-department'],
  BELOUSOV: ['belousov'],
  NOKC: ['no-kwang-chol'],
  UNPANEL: ['un-panel'],
  ALLIES: ['allies', 'joint-foreign-ministers'],
  '47 foreign ministers': ['allies', 'joint-foreign-ministers'],
};

const topic = loadTopic('src/topics/dprk-russia');
const finder = makeFinder(topic);
const reader = makeClaimReader(topic, finder);
const roots = new Map(topic.names.map(({ id, of }) => [id, of]));
const plain = (text: string) => text.replace(/[’']/g, "'").replace(/\s+/g, ' ').toLowerCase();

function claimsOf(file: string): Claim[] {
  const raw = readFileSync(`${seeds}/${file}`, 'utf8');
  const { item } = articleItem(raw, file as ItemId, new Date('2026-01-01T00:00:00Z'), finder);
  return reader.claimsOf(item, match(item, finder));
}

/** What is wrong with the claims made of a fact's sentence; empty when nothing is. */
function faultsOf(fact: Fact, claims: readonly Claim[]): string[] {
  const needles = fact.needle.split('|').map(plain);
  const told = claims.filter(({ sentence }) => needles.some((needle) => plain(sentence).includes(needle)));
  if (fact.role === 'offtopic') return told.map(({ kind }) => `leaks as ${kind}`);
  if (told.length === 0) return ['not found'];
  const wanted = (fact.kind ?? '').split('+').flatMap((kind) => kinds[kind] ?? [kind]);
  const ofKind = told.filter(({ kind }) => wanted.includes(kind));
  const days = told.flatMap(({ when }) =>
    when === undefined ? [] : [`${when.start}/${when.end}`, when.start],
  );
  const said = told.flatMap((claim) =>
    claim.said === undefined ? [] : [`${claim.said.start}/${claim.said.end}`, claim.said.start],
  );
  const speakers = new Set(
    ofKind.flatMap(({ claimants }) => claimants.flatMap(({ id }) => [id, roots.get(id) ?? id])),
  );
  const amounts = claims.flatMap(({ quantities }) => quantities.map(({ value }) => value));
  return [
    ofKind.length === 0 && `kind is ${told.map(({ kind }) => kind).join()}, not ${wanted.join()}`,
    fact.kind === 'reverse' && !told.some(({ direction }) => direction === 'Russia→DPRK') && 'direction',
    fact.sources?.some((source) => (sources[source] ?? []).some((id) => speakers.has(id))) === false &&
      `claimants are ${[...speakers].join()}, not ${fact.sources.join()}`,
    fact.event_date !== undefined &&
      ![...days, ...said].some((day) => day.startsWith(fact.event_date ?? '')) &&
      `day is ${days.join()}, not ${fact.event_date}`,
    fact.claim_date !== undefined &&
      !said.includes(fact.claim_date) &&
      `said on ${said.join()}, not ${fact.claim_date}`,
    fact.numbers?.every((number) => amounts.includes(Number(number.replace(/\D/g, '')))) === false &&
      `counts ${amounts.join()}, not ${fact.numbers.join()}`,
    fact.place !== undefined &&
      !told.some(({ places }) => places.some((place) => place.startsWith(plain(fact.place ?? '')))) &&
      `place is not ${fact.place}`,
    fact.polarity === 'forecast' && !told.some(({ stance }) => stance === 'expects') && 'not expected',
    fact.polarity === 'denied' && !told.some(({ stance }) => stance === 'denies') && 'not denied',
  ].filter((fault) => fault !== false);
}

const gold: Record<string, { file: string; facts: readonly Fact[] }> = hasSeeds
  ? (
      JSON.parse(readFileSync(`${seeds}/gold.json`, 'utf8')) as {
        seeds: Record<string, { file: string; facts: readonly Fact[] }>;
      }
    ).seeds
  : {};
const facts = Object.values(gold).flatMap(({ file, facts: all }) => {
  const claims = claimsOf(file);
  return all.filter(({ role }) => role !== 'trap').map((fact) => ({ fact, claims }));
});

test.skipIf(!hasSeeds)('the real articles beside the project give every fact that they hold', () => {
  const faults = facts.map(({ fact, claims }) => [fact.id, ...faultsOf(fact, claims)]);
  expect(faults.filter(({ length }) => length > 1)).toEqual([]);
});
