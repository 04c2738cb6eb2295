import { describe, expect, test } from 'vitest';
import { whenOf } from '../src/events/consensus.ts';
import type { Claim, NewsEvent } from '../src/model.ts';
import { standing } from '../src/standing.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aCitation, aClaim, aClaimant, anEvent } from './builders.ts';
import { claimsOf } from './claims-of.ts';
import { told } from './told.ts';

const stancesIn = (text: string, language = 'en') =>
  claimsOf(text, { language }).map(
    ({ stance, claimants }) => `${stance} ${claimants.map(({ id }) => id).join()}`,
  );

describe('nothing is taken back by', () => {
  test.each([
    [
      'who is asked to',
      'Russia urged Seoul to retract its claim that North Korea had sent shells to Russia.',
    ],
    ['who refuses', 'Kyiv refused to retract its claim that North Korea had sent shells to Russia.'],
    ['who has not', 'Kyiv has not retracted its claim that North Korea sent shells to Russia.'],
    ['who may', 'Kyiv may withdraw its report that North Korea sent shells to Russia.'],
    [
      'who tells that others did',
      'Seoul said Bloomberg had withdrawn its report that North Korea had sent shells to Russia.',
    ],
    [
      'who prints that others did',
      'The Morning Crier has withdrawn its report that North Korea had sent shells to Russia.',
    ],
    [
      'who is quoted',
      'Seoul said: “We hear that they withdrew the report that North Korea had sent shells to Russia.”',
    ],
  ])('%s', (_, text) => {
    const stances = stancesIn(text);
    expect(stances.length).toBeGreaterThan(0);
    expect(stances.join()).not.toContain('retracts');
  });

  test('who denies and wants others to', () => {
    const stances = stancesIn(
      'The Kremlin denied the shipments and urged Seoul to retract its claim that North Korea sent shells to Russia.',
    );
    expect(stances).toContain('denies kremlin');
    expect(stances.join()).not.toContain('retracts');
  });

  test.each([
    [
      'fr',
      'Kiev a refusé, et n’a pas retiré son information selon laquelle la Corée du Nord a livré des obus à la Russie.',
    ],
    ['ko', '연합뉴스는 북한이 러시아에 포탄을 보냈다는 보도를 철회하지 않았다.'],
    ['ja', '共同通信は、北朝鮮がロシアに砲弾を送ったとの報道を撤回していない。'],
  ])('who does not, in %s', (language, text) => {
    expect(stancesIn(text, language).join()).not.toContain('retracts');
  });
});

test.each([
  ['Yonhap retracted on Friday its report that North Korea had sent shells to Russia.', 'retracts yonhap'],
  ['Yonhap said it had withdrawn its report that North Korea had sent shells to Russia.', 'retracts yonhap'],
  ['We have withdrawn our report that North Korea had sent shells to Russia.', 'retracts '],
])('who does, does: %s', (text, stance) => {
  expect(stancesIn(text)).toContain(stance);
});

const [nis, kyiv] = [aClaimant({ id: 'nis', name: 'the NIS' }), aClaimant({ id: 'ukraine', name: 'Kyiv' })];

/** An event of claims, each printed by a house on a day of March 2031, if it is known when. */
function eventOf(
  ...printed: readonly (readonly [
    house: string,
    day: number | undefined,
    claim: Partial<Claim>,
    title?: string,
  ])[]
): NewsEvent {
  const claims = printed.map(([, , claim]) => aClaim({ ...claim, offset: claim.offset ?? 100 }));
  const citations = printed.map(([family, day, , title], index) => {
    const item = claims[index]?.item;
    const { published: _, ...undated } = aCitation({
      family,
      outlet: family,
      ...(item !== undefined && { item }),
    });
    return {
      ...undated,
      ...(title !== undefined && { title }),
      ...(day !== undefined && { published: new Date(Date.UTC(2031, 2, day)) }),
    };
  });
  return anEvent({ claims, citations });
}

const stancesLeft = (event: NewsEvent) => standing(event).map(({ stance }) => stance);

describe('what somebody else tells of a withdrawal', () => {
  const said = ['lighthouse', 3, { claimants: [nis] }] as const;
  const withdrawn = { claimants: [nis], stance: 'retracts' } as const;

  test('by one newsroom takes nothing back', () => {
    expect(stancesLeft(eventOf(said, ['phare', 5, withdrawn]))).toEqual(['asserts', 'retracts']);
  });

  test('by two newsrooms takes back what these said, and no one else of their side', () => {
    const government = aClaimant({ id: 'rok', name: 'Seoul' });
    const event = eventOf(
      said,
      ['lighthouse', 3, { claimants: [government] }],
      ['lighthouse', 3, { claimants: [nis, kyiv] }],
      ['phare', 5, withdrawn],
      ['faro', 5, withdrawn],
    );
    expect(standing(event).flatMap(({ claimants }) => claimants.map(({ id }) => id))).toEqual([
      'rok',
      'nis',
      'ukraine',
      'nis',
      'nis',
    ]);
  });

  test('takes it back where they print it themselves', () => {
    const yonhap = aClaimant({ id: 'yonhap', name: 'Yonhap' });
    const event = eventOf(
      ['lighthouse', 3, { claimants: [yonhap] }],
      ['yonhap', 5, { claimants: [yonhap], stance: 'retracts' }],
    );
    expect(stancesLeft(event)).toEqual(['retracts']);
  });
});

test('a withdrawal without a day takes back nothing that was printed elsewhere', () => {
  const event = eventOf(
    ['lighthouse', 3, { claimants: [] }],
    ['lighthouse', undefined, { claimants: [], stance: 'retracts' }],
  );
  expect(stancesLeft(event)).toEqual(['asserts', 'retracts']);
});

/** An item that takes a report back and tells the same besides, so far from its beginning; its headline has 30 characters. */
const besides = (offset: number) => {
  const event = eventOf([
    'lighthouse',
    5,
    { claimants: [], stance: 'retracts', offset: 100, kind: 'use' },
    'Correction: missile in Kharkiv',
  ]);
  const [withdrawal] = event.claims;
  const heading = aClaim({ ...withdrawal, stance: 'reports', offset, quantities: [] });
  return { ...event, claims: [heading, ...event.claims] };
};

describe('what an item itself says beside its withdrawal', () => {
  test('in its headline only names what is withdrawn', () => {
    expect(stancesLeft(besides(0))).toEqual(['retracts']);
  });

  test('in its text stands, with what its house told before', () => {
    const before = eventOf(['lighthouse', 3, { claimants: [], kind: 'use' }]);
    const item = besides(60);
    const event = {
      ...item,
      claims: [...before.claims, ...item.claims],
      citations: [...before.citations, ...item.citations],
    };
    expect(stancesLeft(event)).toEqual(['asserts', 'reports', 'retracts']);
  });
});

const containers = (value: number) => [{ value, bound: 'exact', unit: 'containers' }] as const;

describe('what was taken back', () => {
  const [second, fourth] = [onDay(parseDay('2031-03-02')), onDay(parseDay('2031-03-04'))];
  const event = eventOf(
    ['lighthouse', 3, { claimants: [], when: second, quantities: containers(20) }],
    ['lighthouse', 5, { claimants: [], stance: 'retracts', when: second, quantities: [] }],
    ['phare', 5, { claimants: [kyiv], when: fourth, quantities: containers(31) }],
  );

  test('has no vote on the day', () => {
    expect(whenOf(event)).toEqual(fourth);
  });

  test('is no figure of the event', () => {
    const text = told({ events: [event] });
    expect(text).toContain('31 containers');
    expect(text).not.toContain('20 containers');
  });

  test('is told as that and not as denied', () => {
    const [report, withdrawal] = event.claims;
    const claims = [report, withdrawal].flatMap((claim) => claim ?? []);
    const text = told({ events: [{ ...event, claims, status: 'retracted' }] });
    expect(text).toContain('Taken back: ');
    expect(text).not.toMatch(/Denials|Denied/);
  });
});

test.each([
  [
    'en',
    'Russia urged Seoul to retract its claim that North Korea had sent shells to Russia.',
    'denies russia',
  ],
  ['ja', 'ロシアは韓国に、北朝鮮がロシアに砲弾を送ったとの報道を撤回するよう求めた。', 'denies russia'],
])('who wants others to take something back does not say that it is so: %s', (language, text, stance) => {
  const stances = stancesIn(text, language);
  expect(stances).toContain(stance);
  expect(stances.join()).not.toContain('asserts');
});

describe('a sentence that begins with', () => {
  test.each(['But', 'However,'])('%s denies like any other', (opener) => {
    const stances = stancesIn(
      `${opener} the Kremlin denied on Tuesday that North Korea had sent troops to Russia, calling South Korea’s claims contradictory.`,
    );
    expect(stances).toContain('denies kremlin');
  });

  test('a clause that stands back does not say what the main one tells', () => {
    const stances = stancesIn(
      'While Ukraine reaffirmed its call for aid, Russia signed a treaty with North Korea on Tuesday.',
    );
    expect(stances.join()).not.toContain('ukraine');
  });
});

test.each([
  [
    'de',
    'Während des Besuchs sagte Putin am Mittwoch, Nordkorea werde Russland weitere Granaten liefern.',
    'putin',
  ],
  [
    'ru',
    'Хотя Киев заявил о поставках, Кремль опроверг, что КНДР отправила снаряды в Россию.',
    'denies kremlin',
  ],
])('who speaks in the main clause speaks, in %s', (language, text, stance) => {
  expect(stancesIn(text, language).join()).toContain(stance);
});

test('the other side of a contrast has its own speaker', () => {
  const stances = stancesIn(
    'South Korea says North Korea has sent troops to Russia, while the Kremlin denied sending for troops from North Korea, calling Seoul’s claims contradictory.',
  );
  expect(stances).toContain('denies kremlin');
});
