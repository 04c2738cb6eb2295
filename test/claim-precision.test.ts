import { describe, expect, test } from 'vitest';
import { claimsOf, lines } from './claims-of.ts';

const brief = (text: string, language: string) =>
  claimsOf('', { title: text, language }).map(({ kind, direction }) => `${kind} ${direction}`);
const transfers = (text: string, language: string) =>
  claimsOf('', { title: text, language }).filter(({ kind }) => kind === 'transfer');

describe('weapons that are only looked at go nowhere', () => {
  test.each([
    ['en', 'Kim Jong Un inspects Russian bombers and missiles near Vladivostok'],
    ['de', 'Kim Jong Un besichtigt russische Bomber und Raketen nahe Wladiwostok'],
    ['fr', 'Kim Jong-un inspecte des bombardiers et des missiles russes près de Vladivostok'],
    ['pl', 'Rosja pokazała Kim Dzong Unowi rakiety w pobliżu Władywostoku'],
    ['ko', '김정은, 블라디보스토크에서 러시아 미사일 시찰'],
    ['ru', 'Ким Чен Ын осмотрел российские ракеты под Владивостоком'],
  ])('%s: %s', (language, text) => {
    expect(brief(text, language)[0]).toBe('visit both');
    expect(transfers(text, language)).toEqual([]);
  });
});

describe('goods come from the party whose adjective they bear', () => {
  test.each([
    ['en', 'Russian ships deliver North Korean ammunition to a Pacific port'],
    ['en', 'Russian ships unload N. Korean arms shipment'],
    ['de', 'Russische Schiffe liefern nordkoreanische Munition an einen Hafen am Pazifik'],
    ['fr', "La Russie transporte des obus nord-coréens vers l'ouest"],
    ['pl', 'Rosyjskie statki transportują północnokoreańską amunicję'],
    ['ko', '러시아 선박, 북한 포탄 수송'],
    ['ru', 'Российские суда перевозят северокорейские снаряды'],
  ])('%s: %s', (language, text) => {
    expect(brief(text, language)[0]).toBe('transfer DPRK→Russia');
  });

  test.each([
    ['en', 'Russia delivers Russian air defence missiles to North Korea'],
    ['ru', 'Москва поставила российские ракеты в КНДР'],
  ])('%s, the other way: %s', (language, text) => {
    expect(brief(text, language)).toContain('transfer Russia→DPRK');
  });
});

test('somebody named before a comma is not who gives behind it', () => {
  const text = 'Le dirigeant de la Corée du Nord est proche de Poutine, à qui il fournit des munitions.';
  expect(brief(text, 'fr')).toContain('transfer DPRK→Russia');
});

describe('who wants weapons does not have them yet, and gets them from the other', () => {
  test.each([
    ['en', 'Putin turns to North Korea for shells'],
    ['en', 'Russia wants weapons from Pyongyang'],
    ['en', 'Putin turns to North Korea for supplies of weapons'],
    ['pl', 'Putin zwraca się do Korei Północnej o dostawy amunicji'],
    ['de', 'Putin bittet Nordkorea um Lieferung von Granaten'],
    ['de', 'Russland braucht Munition aus Nordkorea'],
    ['fr', 'La Russie cherche des obus en Corée du Nord'],
    ['pl', 'Rosja szuka amunicji w Korei Północnej'],
    ['ko', '러시아, 북한에 포탄 요청'],
    ['ru', 'Россия хочет снаряды из КНДР'],
  ])('%s: %s', (language, text) => {
    const [claim] = claimsOf('', { title: text, language });
    expect(claim).toMatchObject({ kind: 'transfer', direction: 'DPRK→Russia' });
    expect(['expects', 'demands']).toContain(claim?.stance);
  });
});

describe('whose missiles or soldiers they are does not speak', () => {
  test.each([
    ['en', 'North Korean missiles fired by Russia are now more precise, showing what tests brought'],
    ['en', 'A North Korean soldier held in Ukraine said he wants to go south'],
    ['de', 'Nordkoreanische Raketen, die Russland einsetzt, treffen genauer und zeigen Wirkung'],
    ['fr', 'Les missiles nord-coréens tirés par la Russie sont de plus en plus précis'],
    ['pl', 'Północnokoreańskie rakiety używane przez Rosję są coraz dokładniejsze'],
    ['ko', '러시아가 사용한 북한 미사일 갈수록 정확'],
    ['ru', 'Северокорейские ракеты, которые использует Россия, стали точнее'],
  ])('%s: %s', (language, text) => {
    expect(claimsOf('', { title: text, language })[0]?.claimants).toEqual([]);
  });

  test('a capital after the last colon does', () => {
    expect(claimsOf('', { title: 'Russia gets shells from North Korea: Seoul' })[0]?.claimants).toMatchObject(
      [{ id: 'rok' }],
    );
  });

  test('two names before a colon are the subject of a piece', () => {
    expect(claimsOf('', { title: 'Putin and Kim: new friends and old weapons' })[0]?.claimants).toEqual([]);
  });
});

describe('a missile hits, a person meets', () => {
  test.each([
    ['de', 'Nordkoreanische Rakete trifft Charkiw'],
    ['en', 'North Korean missile hits Kharkiv'],
    ['fr', 'Un missile nord-coréen touche Kharkiv'],
    ['pl', 'Północnokoreańska rakieta trafia w Charków'],
    ['ko', '북한 미사일 하르키우 타격'],
    ['ru', 'Северокорейская ракета попала в Харьков'],
  ])('%s: %s', (language, text) => {
    expect(brief(text, language)).toEqual(['use DPRK→Russia']);
  });

  test.each(['Kim trifft Putin in Wladiwostok', 'Nach Raketentest trifft Kim Jong Un Putin in Wladiwostok'])(
    'de: %s',
    (text) => {
      expect(brief(text, 'de')).toEqual(['visit both']);
    },
  );
});

describe('what only asks or explains reports nothing', () => {
  test.each([
    ['en', 'What we know about North Korean soldiers in Russia'],
    ['en', 'Will North Korea send troops to Russia?'],
    ['en', 'Why North Korea sends weapons to Russia'],
    ['en', 'War in Ukraine - why North Korea sends weapons to Russia'],
    ['de', 'Warum Nordkorea Waffen an Russland liefert'],
    ['fr', 'Pourquoi la Corée du Nord livre des armes à la Russie'],
    ['pl', 'Dlaczego Korea Północna wysyła broń do Rosji'],
    ['ko', '북한은 왜 러시아에 무기를 제공하나'],
    ['ru', 'Почему КНДР поставляет оружие России'],
  ])('%s: %s', (language, text) => {
    const told = claimsOf('', { title: text, language });
    expect(
      told.filter(({ kind, stance }) => stance !== 'expects' && kind !== 'other' && kind !== 'statement'),
    ).toEqual([]);
  });
});

describe('the day of a visit in a headline', () => {
  test.each([
    ['en', 'Kim Jong Un arrives in Russia'],
    ['de', 'Kim Jong Un trifft Putin in Russland'],
    ['fr', 'Kim Jong-un arrive en Russie'],
    ['pl', 'Kim Dzong Un przybył do Rosji'],
    ['ko', '김정은 러시아 도착'],
    ['ru', 'Ким Чен Ын прибыл в Россию'],
  ])('is that of publication: %s: %s', (language, title) => {
    expect(claimsOf('', { title, language })[0]?.when?.start).toBe('2025-01-15');
  });

  test('is the one that the body names', () => {
    const [claim] = lines('The leader of North Korea arrived in Russia on Tuesday for a visit.', {
      title: 'Kim Jong Un arrives in Russia',
    });
    expect(claim).toBe('visit both reports nobody 2025-01-14');
  });

  test('is left open where the visit is still to come', () => {
    expect(claimsOf('', { title: 'Kim Jong Un to visit Russia' })[0]?.when).toBeUndefined();
  });
});

describe('a word in another sense', () => {
  test.each([
    ['fr', 'Poutine et Kim Jong-un renforcent leur coopération avant le sommet de Pékin', 'demands'],
    ['en', 'Kim Jong Un raised hopes of closer cooperation with Russia', 'demands'],
  ])('%s: no demand in "%s"', (language, title, stance) => {
    expect(claimsOf('', { title, language }).map((claim) => claim.stance)).not.toContain(stance);
  });

  test('fears are nobody’s words', () => {
    const [claim] = claimsOf(
      'The summit of Kim Jong Un with Vladimir Putin raised fears of a deal on shells.',
    );
    expect(claim?.claimants).toEqual([]);
  });

  test('military supplies are no troops', () => {
    expect(brief('Generał o dostawach wojskowych Korei Północnej dla Rosji', 'pl')[0]).toBe(
      'transfer DPRK→Russia',
    );
  });

  test('who asks for soldiers has not got them', () => {
    const [claim] = claimsOf('Zelensky said that Russia asked North Korea for 30,000 more soldiers.');
    expect(claim).toMatchObject({ kind: 'troops', direction: 'DPRK→Russia', stance: 'expects' });
  });

  test('a sanctioned plant is visited, not put under sanctions', () => {
    expect(brief('Kim Jong Un visits sanctioned shipyard in Russia', 'en')).toEqual(['visit both']);
  });

  test('what is promised in return goes to whom it is promised, whoever else is helped', () => {
    expect(
      brief('Kim vows support for Russia as Putin promises satellite technology for North Korea', 'en'),
    ).toContain('technology Russia→DPRK');
  });
});

test.each([
  ['en', 'Russia proposes joint naval drills to North Korea'],
  ['pl', 'Rosja proponuje Korei Północnej wspólne manewry'],
  ['ru', 'Россия предложила КНДР совместные учения'],
])('what is only proposed is still to come: %s: %s', (language, title) => {
  expect(claimsOf('', { title, language })[0]).toMatchObject({ kind: 'drill', stance: 'expects' });
});
