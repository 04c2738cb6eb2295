import { describe, expect, test } from 'vitest';
import { claimsOf, line, lines } from './claims-of.ts';

describe('how they stand to it', () => {
  test.each([
    [
      'asserts',
      'South Korea says North Korea sent troops to Russia.',
      'troops DPRK→Russia asserts rok no day',
    ],
    [
      'confirms',
      'South Korea confirmed that North Korea had sent troops to Russia.',
      'troops DPRK→Russia confirms rok no day',
    ],
    [
      'acknowledges, when a party confirms',
      'North Korea confirmed that it had sent troops to Russia.',
      'troops DPRK→Russia acknowledges dprk no day',
    ],
    [
      'reports, when nobody is named',
      'North Korea has sent troops to Russia.',
      'troops DPRK→Russia reports nobody no day',
    ],
    [
      'condemns',
      'Japan condemned the transfer of North Korean missiles to Russia.',
      'statement DPRK→Russia condemns japan no day',
    ],
    [
      'demands',
      'Japan urged North Korea to stop sending weapons to Russia.',
      'statement DPRK→Russia demands japan no day',
    ],
    [
      'denies',
      'The Kremlin denied that North Korea had sent troops to Russia.',
      'denial DPRK→Russia denies kremlin no day',
    ],
    [
      'expects',
      'South Korea expects North Korea to send more troops to Russia.',
      'troops DPRK→Russia expects rok no day',
    ],
    [
      'expects what is only planned',
      'North Korea plans to send more troops to Russia.',
      'troops DPRK→Russia expects nobody no day',
    ],
    [
      'leaves open',
      'Putin did not deny that North Korean troops were in Russia.',
      'statement none asserts putin no day',
    ],
  ])('%s', (_, text, expected) => {
    expect(lines(text)).toContain(expected);
  });

  test('a denial leaves nothing behind that says it happened', () => {
    const claims = claimsOf(
      'Moscou et Pyongyang ont nié tout transfert d’armes nord-coréennes vers la Russie.',
      { language: 'fr' },
    );
    expect(claims.map(({ kind, stance }) => `${kind} ${stance}`)).toEqual([
      'denial denies',
      'transfer denies',
    ]);
    expect(claims[0]?.claimants.map(({ id }) => id)).toEqual(['russia', 'dprk']);
  });

  test('what did not happen is not claimed', () => {
    const claims = claimsOf('Seoul says North Korea has not delivered tanks to Russia.');
    expect(claims.filter(({ kind, stance }) => kind === 'transfer' && stance !== 'denies')).toEqual([]);
  });

  test('both sides of a contrast keep their own day and stance', () => {
    const text =
      'Moscou et Pyongyang ont nié tout transfert d’armes, mais se sont engagés en juin à renforcer leur coopération militaire.';
    expect(lines(text, { language: 'fr', published: '2024-09-10' })).toEqual([
      'denial DPRK→Russia denies russia+dprk no day',
      'transfer DPRK→Russia denies russia+dprk no day',
      'statement none asserts russia+dprk 2024-06-01..2024-06-30',
    ]);
  });
});

describe('when, and which way', () => {
  test('the day of saying and the day of happening are told apart', () => {
    const [claim] = claimsOf('Kyiv said on Tuesday that a North Korean missile had hit Kharkiv on Sunday.');
    expect(claim).toMatchObject({
      kind: 'use',
      when: { start: '2025-01-12', precision: 'day' },
      said: { start: '2025-01-14' },
      places: ['kharkiv'],
    });
  });

  test('a statement happens on the day on which it is made', () => {
    const [claim] = claimsOf(
      'Les États-Unis et l’Union européenne ont condamné mardi les livraisons de missiles nord-coréens à la Russie.',
      { language: 'fr' },
    );
    expect(claim).toMatchObject({ kind: 'statement', stance: 'condemns', when: { start: '2025-01-14' } });
  });

  test('one sentence may tell of a delivery and of its use', () => {
    const kinds = claimsOf(
      'The White House said Russia had fired ballistic missiles supplied by North Korea at Ukraine.',
    ).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['transfer', 'use']);
  });

  test('when something began is not when it happened', () => {
    const [claim] = claimsOf(
      'South Korea said North Korea has sent 20,000 containers of shells to Russia since August 2023.',
    );
    expect(claim).toMatchObject({ kind: 'transfer', quantities: [{ value: 20_000, unit: 'containers' }] });
    expect(claim?.when).toBeUndefined();
  });

  test('a date that opens a sentence holds for all of it', () => {
    const text =
      'En juin, lors d’une visite à Pyongyang, Poutine et Kim Jong Un ont signé un traité de défense mutuelle.';
    const starts = claimsOf(text, { language: 'fr' }).map(({ when }) => when?.start);
    expect(starts).toEqual(['2024-06-01', '2024-06-01']);
  });

  test('a count goes to what it counts', () => {
    const [claim] = claimsOf(
      'Séoul affirme que plus de 10 000 soldats nord-coréens ont été envoyés en Russie.',
      { language: 'fr' },
    );
    expect(claim).toMatchObject({
      kind: 'troops',
      quantities: [{ value: 10_000, unit: 'soldiers', bound: 'at_least' }],
    });
  });

  test('history told further down is background, news is not', () => {
    const text = [
      'North Korea sent another shipment of shells to Russia, South Korea said on Monday.',
      'The shells left the port of Rajin, according to South Korea.',
      'Officials in Seoul keep watching the border.',
      'In September 2023 Kim Jong Un met Vladimir Putin in the Russian Far East.',
    ].join(' ');
    const roles = claimsOf(text).map(({ kind, role }) => `${kind} ${role}`);
    expect(roles[0]).toBe('transfer news');
    expect(roles.at(-1)).toBe('visit background');
  });

  test.each([
    ['Russia supplies fuel and air defence missiles to North Korea in return.', 'Russia→DPRK'],
    ['En échange, Moscou livre du carburant et des missiles à Pyongyang.', 'Russia→DPRK'],
    ['North Korea delivers missiles to Russia.', 'DPRK→Russia'],
    ['Russia is buying artillery shells from North Korea.', 'DPRK→Russia'],
    ['러시아가 북한에 방공 미사일을 제공했다.', 'Russia→DPRK'],
    ['북한이 러시아에 미사일을 제공했다.', 'DPRK→Russia'],
  ])('%s', (text, direction) => {
    const language = /[가-힣]/.test(text) ? 'ko' : /[éà]/.test(text) ? 'fr' : 'en';
    const directions = claimsOf(text, { language })
      .filter(({ kind }) => kind === 'transfer')
      .map((claim) => claim.direction);
    expect(directions).toEqual([direction]);
  });
});

describe('what stays out', () => {
  test('strikes of a day digest that have nothing to do with it', () => {
    const title = 'Guerre en Ukraine : ce qu’il faut retenir de la journée';
    const text =
      'L’armée russe a lancé 90 missiles sur l’Ukraine, tuant quatre personnes. Zelensky a accusé la Russie d’avoir tiré un missile nord-coréen sur Kharkiv.';
    const claims = claimsOf(text, { language: 'fr', title });
    expect(claims.map(line)).toEqual(['use DPRK→Russia asserts zelensky no day']);
    expect(claims[0]?.quantities).not.toContainEqual(expect.objectContaining({ value: 90 }));
  });

  test('deliveries by another partner', () => {
    const text =
      'North Korea sent missiles to Russia, Kirby said. Russia also wants to buy short-range missiles from Iran. Iran has not yet delivered any missile.';
    expect(claimsOf(text).map(({ sentence }) => sentence)).toEqual([
      'North Korea sent missiles to Russia, Kirby said.',
    ]);
  });

  test('arms for somebody else', () => {
    const text =
      'Séoul n’exclut plus de livrer des armes à l’Ukraine si des soldats nord-coréens combattent avec la Russie.';
    expect(claimsOf(text, { language: 'fr' }).map(({ kind }) => kind)).not.toContain('transfer');
  });

  test.each([
    ['en', 'North Korea fired two ballistic missiles toward the sea while Kim Jong Un met Putin in Russia.'],
    ['ko', '김정은이 푸틴을 만난 날 북한이 탄도미사일 2발을 발사했다.'],
  ])('a missile test of its own (%s)', (language, text) => {
    expect(claimsOf(text, { language }).map(({ kind }) => kind)).not.toContain('use');
  });

  test('a paragraph that stands twice in an article claims once', () => {
    const paragraph =
      'Kyiv a déclaré lundi qu’au moins 30 soldats nord-coréens avaient été tués ou blessés samedi dans la région russe de Koursk.';
    const claims = claimsOf(`${paragraph}\nLe front reste agité.\n${paragraph}`, { language: 'fr' });
    expect(claims.map(line)).toEqual(['casualties DPRK→Russia asserts ukraine 2025-01-11']);
  });

  test('a sentence that points back keeps the topic: "one of the missiles"', () => {
    const text =
      'Kirby said on Monday that Russia had fired North Korean missiles at Ukraine. One of the missiles hit a field near Zaporizhzhia on 30 December, he said.';
    expect(lines(text)).toEqual([
      'use DPRK→Russia asserts kirby no day',
      'use DPRK→Russia asserts kirby 2024-12-30',
    ]);
  });
});

test('texts that are no texts are read without harm', () => {
  const list = 'missiles nord-coréens livrés à la Russie selon Séoul a déclaré '.repeat(900);
  const garbage = '»“"‘\u0000\ud800：「」;;；… \n'.repeat(2000);
  expect(claimsOf(list, { language: 'fr' }).length).toBeGreaterThan(0);
  expect(claimsOf(garbage)).toHaveLength(1);
  expect(claimsOf('')).toEqual([]);
});
