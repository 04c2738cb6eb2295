import { describe, expect, test } from 'vitest';
import { makeClaimReader } from '../src/events/claims.ts';
import { foldRound } from '../src/events/fold/fold.ts';
import { makeFolder } from '../src/events/fold/folder.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { anItem } from './builders.ts';
import { claimsOf } from './claims-of.ts';

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));
const { signer, tools } = makeFolder(finder.topic, finder);
const reader = makeClaimReader(finder.topic, finder);

/** A report of one house on a day of March 2031. */
function told(family: string, day: number, language: string, [title, text]: readonly [string, string]) {
  const published = new Date(`2031-03-${String(day).padStart(2, '0')}T12:00:00Z`);
  const source = { name: family, family, kind: 'press' as const };
  const item = anItem({ title, text, language, source, published, seen: published });
  const found = match(item, finder);
  return signer.articleOf(item, reader.claimsOf(item, found), found);
}

const eventsOf = (...reports: readonly ReturnType<typeof told>[]) => foldRound(reports, [], tools).events;

const shells = told('lighthouse', 3, 'en', [
  'South Korea says North Korea shipped artillery shells to Russia',
  'North Korea shipped at least 20 containers of artillery shells from Rajin to Russia on Sunday, South Korea’s spy agency said on Monday.',
]);
const strike = told('lighthouse', 4, 'en', [
  'North Korean missile hits Kharkiv, killing at least three',
  'Russia struck Kharkiv with a North Korean missile on Tuesday, killing at least three people, prosecutors said.',
]);

describe('who comes with the news of a deed days later, and names its day, tells of that deed', () => {
  test.each([
    [
      5,
      'ja',
      '米政府、北朝鮮が2日にロシアへ砲弾を輸送と発表',
      '米政府は、北朝鮮が2日に羅津港からロシアへ砲弾のコンテナ約30個を輸送したと発表した。',
    ],
    [
      8,
      'fr',
      'Kiev confirme une livraison d’obus nord-coréens à la Russie',
      'La Corée du Nord a livré dimanche 2 mars des conteneurs d’obus à la Russie depuis Rajin, a confirmé samedi l’Ukraine.',
    ],
    [
      9,
      'es',
      'Tokio confirma un envío de proyectiles norcoreanos a Rusia',
      'Corea del Norte envió el domingo 2 de marzo contenedores de proyectiles de artillería a Rusia desde Rajin, dijo Japón.',
    ],
  ])('on the %sth: %s', (day, language, title, text) => {
    expect(eventsOf(shells, told('other', day, language, [title, text]))).toHaveLength(1);
  });

  test('of another day it is another deed', () => {
    const next = told('other', 9, 'en', [
      'Japan says North Korea shipped artillery shells to Russia',
      'North Korea shipped about 25 containers of artillery shells from Rajin to Russia on Saturday, Japan said on Sunday.',
    ]);
    expect(eventsOf(shells, next)).toHaveLength(2);
  });
});

test('a correction days later puts the figure of the event right and makes no new one', () => {
  const [event, ...others] = eventsOf(
    strike,
    told('lighthouse', 8, 'en', [
      'Correction: North Korean missile in Kharkiv killed two',
      'A North Korean missile that hit Kharkiv on Tuesday 4 March killed two people, not three as we reported.',
    ]),
  );
  expect(others).toEqual([]);
  expect(event?.claims.at(-1)?.quantities).toEqual([{ value: 2, bound: 'exact', unit: 'killed' }]);
});

const withdrawals: Readonly<Record<string, readonly [string, string]>> = {
  en: [
    'We have withdrawn our report on a North Korean missile',
    'We have withdrawn our report that a North Korean missile killed three people in Kharkiv on 4 March.',
  ],
  fr: [
    'Nous avons retiré notre information sur une frappe à Kharkiv',
    'Nous avons retiré notre article selon lequel un missile nord-coréen a tué trois personnes à Kharkiv le 4 mars.',
  ],
  de: [
    'Korrektur: Nordkoreanische Rakete auf Charkiw',
    'In einer früheren Version hieß es, eine nordkoreanische Rakete habe am 4. März in Charkiw drei Menschen getötet.',
  ],
  uk: [
    'Виправлення: удар північнокорейською ракетою по Харкову',
    'У попередній версії йшлося, що 4 березня північнокорейська ракета вбила в Харкові трьох людей.',
  ],
  ko: [
    '[정정] 북한 미사일 하르키우 타격',
    '본지는 4일 북한 미사일이 하르키우를 타격해 3명이 숨졌다는 기사를 철회합니다.',
  ],
  ja: [
    '訂正：北朝鮮のミサイルがハルキウに着弾',
    '4日に北朝鮮製ミサイルがハルキウに着弾し3人が死亡したとの記事を撤回しました。',
  ],
};

describe.each(Object.entries(withdrawals))('a report taken back in %s', (language, report) => {
  test('counts nobody again', () => {
    const claims = claimsOf(report[1], { language, published: '2031-03-07' });
    expect(claims).toMatchObject([{ kind: 'use', stance: 'retracts', claimants: [], quantities: [] }]);
  });

  test('retracts the event where its own house alone has told of it', () => {
    const [event, ...others] = eventsOf(strike, told('lighthouse', 7, language, report));
    expect(others).toEqual([]);
    expect(event?.status).toBe('retracted');
  });

  test('leaves what others have told', () => {
    const [event, ...others] = eventsOf(strike, told('phare', 7, language, report));
    expect(others).toEqual([]);
    expect(event?.status).toBe('claimed');
  });
});

test('what is told again after it was taken back stands again', () => {
  const [event, ...others] = eventsOf(
    strike,
    told('lighthouse', 5, 'en', withdrawals['en'] ?? ['', '']),
    told('lighthouse', 6, 'en', [
      'North Korean missile hit Kharkiv after all',
      'A North Korean missile hit Kharkiv on Tuesday 4 March and killed three people, Ukraine said on Thursday.',
    ]),
  );
  expect(others).toEqual([]);
  expect(event?.status).toBe('claimed');
});

test('somebody who takes back what it said does not take back what others say', () => {
  const [claim] = claimsOf(
    'Yonhap retracted on Friday its report that North Korea had sent shells to Russia.',
  );
  expect(claim).toMatchObject({ kind: 'transfer', stance: 'retracts', claimants: [{ id: 'yonhap' }] });
});

test('troops that are withdrawn are no report taken back', () => {
  const claims = claimsOf('North Korea has withdrawn its troops from Kursk region, Seoul says.');
  expect(claims.map(({ stance }) => stance)).not.toContain('retracts');
});

test.each([
  [
    'missiles',
    'North Korea shipped ballistic missiles to Russia, South Korea says',
    'North Korea shipped ballistic missiles to Russia, South Korea’s spy agency said on Monday.',
    2,
  ],
  [
    'munitions of whatever sort',
    'North Korea shipped munitions to Russia, South Korea says',
    'North Korea shipped munitions from Rajin to Russia on Sunday, South Korea’s spy agency said on Monday.',
    1,
  ],
])('a report without a date that tells of %s is held against one of shells', (_, title, text, count) => {
  const { published: _none, ...item } = told('other', 3, 'en', [title, text]).item;
  const found = match(item, finder);
  const undated = signer.articleOf(item, reader.claimsOf(item, found), found);
  expect(eventsOf(shells, undated)).toHaveLength(count);
});
