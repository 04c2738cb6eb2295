import { expect, test } from 'vitest';
import { actorsOf } from '../src/events/independence.ts';
import { statusOf } from '../src/events/status.ts';
import type { Stance } from '../src/model.ts';
import { aClaim, aClaimant } from './builders.ts';

const label = { en: 'an actor' };
const actors = actorsOf({
  parties: [
    { id: 'DPRK', actor: 'dprk', label },
    { id: 'Russia', actor: 'russia', label },
  ],
  names: Object.entries({ nis: 'rok', kirby: 'us', pentagon: 'us', kremlin: 'russia', 'un-panel': 'un' }).map(
    ([id, of]) => ({ id, of, type: 'actor', label, concepts: [], spellings: {} }),
  ),
});

const said = (stance: Stance, ...by: string[]) =>
  aClaim({ stance, claimants: by.map((id) => aClaimant({ id, name: id })) });

test.each([
  ['an outlet speaks for itself', [said('reports')], 'claimed'],
  ['one claimant', [said('asserts', 'nis')], 'claimed'],
  ['two bodies of one state', [said('asserts', 'kirby'), said('confirms', 'pentagon')], 'claimed'],
  ['two states in one sentence', [said('condemns', 'rok', 'us')], 'corroborated'],
  ['two states apart', [said('asserts', 'nis'), said('confirms', 'pentagon')], 'corroborated'],
  ['a party admits it', [said('asserts', 'nis'), said('acknowledges', 'kremlin')], 'confirmed'],
  ['a party admits what it denied', [said('denies', 'dprk'), said('acknowledges', 'kremlin')], 'confirmed'],
  ['a UN panel finds it', [said('confirms', 'un-panel')], 'confirmed'],
  [
    'a UN panel finds what a party denies',
    [said('confirms', 'un-panel'), said('denies', 'dprk')],
    'contested',
  ],
  ['said and denied', [said('asserts', 'nis'), said('denies', 'kremlin')], 'contested'],
  ['only denied', [said('denies', 'kremlin')], 'denied'],
  ['expected by a party', [said('expects', 'kremlin'), said('asserts', 'nis')], 'claimed'],
  ['demanded of nobody in particular', [said('demands', 'us', 'rok')], 'claimed'],
] as const)('%s: %#', (_, claims, status) => {
  expect(statusOf(claims, actors)).toBe(status);
});

test('the order of claims does not matter', () => {
  const claims = [said('denies', 'dprk'), said('asserts', 'nis'), said('confirms', 'pentagon')];
  expect(statusOf(claims.toReversed(), actors)).toBe(statusOf(claims, actors));
});
