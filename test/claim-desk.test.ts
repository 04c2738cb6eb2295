import { describe, expect, test } from 'vitest';
import { claimsOf } from './claims-of.ts';

/** The ids of everybody who says something in a text, each once. */
const speakersOf = (language: string, text: string) => [
  ...new Set(claimsOf(text, { language }).flatMap(({ claimants }) => claimants.map(({ id }) => id))),
];

describe('a verb of saying before its subject, behind what is told', () => {
  test.each([
    ['uk', 'Росіяни вдарили по Харкову північнокорейською ракетою, повідомила Харківська прокуратура.'],
    ['ru', 'По Харькову выпущена северокорейская ракета, сообщила прокуратура Харьковской области.'],
    ['pl', 'Charków ostrzelano północnokoreańską rakietą, poinformowała prokuratura w Charkowie.'],
    [
      'de',
      'Charkiw wurde mit einer nordkoreanischen Rakete beschossen, teilte die Staatsanwaltschaft Charkiw mit.',
    ],
    ['es', 'Járkov fue atacada con un misil norcoreano, informó la fiscalía de Járkov.'],
    ['fr', 'Kharkiv a été visée par un missile nord-coréen, a annoncé le parquet de Kharkiv.'],
    ['it', 'Kharkiv è stata colpita da un missile nordcoreano, ha riferito la procura di Kharkiv.'],
  ])('%s: %s', (language, text) => {
    expect(speakersOf(language, text)).toEqual(['kharkiv-prosecutors']);
    expect(claimsOf(text, { language })[0]).toMatchObject({ kind: 'use', places: ['kharkiv'] });
  });

  test.each([
    ['en', 'North Korea has sent shells to Russia, reports a local newspaper.'],
    ['pl', 'Korea Północna dostarczyła Rosji pociski - podał lokalny dziennik.'],
    ['fr', 'La Corée du Nord a livré des obus à la Russie, rapporte un journal local.'],
    ['es', 'Corea del Norte ha entregado proyectiles a Rusia, informó un diario local.'],
    ['de', 'Nordkorea hat Granaten an Russland geliefert, berichtet eine Lokalzeitung.'],
    ['ru', 'КНДР поставила России снаряды, сообщила местная газета.'],
  ])('who delivers is not who tells of it, though nobody knows that one: %s: %s', (language, text) => {
    expect(speakersOf(language, text)).toEqual([]);
  });
});

describe('whose weapons are spoken of does not speak', () => {
  test.each([
    ['de', 'EU verurteilt Waffenlieferungen Nordkoreas an Russland', ['eu']],
    ['de', 'Verurteilt wurden die Waffenlieferungen Nordkoreas an Russland von der EU.', ['eu']],
    ['de', 'Der Verband verurteilte die Waffenlieferungen Nordkoreas an Russland.', []],
    ['uk', 'МЗС засудило постачання зброї Північної Кореї Росії', []],
    ['ru', 'ЕС осудил поставки оружия Северной Кореи в Россию', ['eu']],
    ['it', 'L’UE condanna le forniture di armi della Corea del Nord alla Russia', ['eu']],
  ])('%s: %s', (language, text, speakers) => {
    expect(speakersOf(language, text)).toEqual(speakers);
  });
});

test.each([
  [
    'en',
    'Reports that North Korea sent troops to Russia were denied by the Kremlin on Tuesday.',
    ['kremlin'],
  ],
  ['en', 'Germany has seen no proof that North Korea sent shells to Russia, officials said.', []],
  [
    'fr',
    'Alors que la ministre allemande a réaffirmé son soutien à Kiev, Vladimir Poutine a rencontré Kim Jong-un à Moscou.',
    [],
  ],
])('the doer, a title before its verb, a clause that stands back: %s: %s', (language, text, speakers) => {
  expect(speakersOf(language, text)).toEqual(speakers);
});

describe('what a ship carries from Rajin to Russia is handed over', () => {
  test.each([
    ['ar', 'نقلت سفينة شحن 20 حاوية من راجين إلى روسيا.'],
    ['de', 'Ein Frachter brachte 20 Container von Rajin nach Russland.'],
    ['en', 'A freighter carried 20 containers from Rajin to Russia.'],
    ['es', 'Un carguero transportó 20 contenedores desde Rajin hasta Rusia.'],
    ['fr', 'Un cargo a transporté 20 conteneurs de Rajin vers la Russie.'],
    ['it', 'Una nave cargo ha trasportato 20 container da Rajin alla Russia.'],
    ['ja', '貨物船が羅津港からロシアへコンテナ20個を運んだ。'],
    ['ko', '화물선이 라진항에서 러시아로 컨테이너 20개를 실어 날랐다.'],
    ['pl', 'Frachtowiec przewiózł 20 kontenerów z Radżin do Rosji.'],
    ['pt', 'Um cargueiro transportou 20 contêineres de Rajin para a Rússia.'],
    ['ru', 'Сухогруз доставил 20 контейнеров из Раджина в Россию.'],
    ['tr', 'Bir yük gemisi Rajin’den Rusya’ya 20 konteyner taşıdı.'],
    ['uk', 'Суховантаж перевіз 20 контейнерів з Раджина до Росії.'],
    ['zh', '一艘货轮将20个集装箱从罗津运往俄罗斯。'],
  ])('%s: %s', (language, text) => {
    const [claim] = claimsOf(text, { language });
    expect(claim).toMatchObject({ kind: 'transfer', direction: 'DPRK→Russia', stance: 'reports' });
    expect(claim?.quantities).toContainEqual({ value: 20, bound: 'exact', unit: 'containers' });
  });

  test('the way is that of the ship', () => {
    const [claim] = claimsOf('A Russian freighter carried weapons from Vladivostok to North Korea.');
    expect(claim).toMatchObject({ kind: 'transfer', direction: 'Russia→DPRK' });
  });
});

describe('a picture from a satellite shows a delivery and no satellite', () => {
  test.each([
    ['de', 'Satellitenbilder zeigen russische Schiffe in Rajin, beladen mit Munition für Russland.'],
    ['en', 'Satellite images show a Russian ship loading ammunition at Rajin for Russia.'],
    ['es', 'Imágenes satelitales muestran buques rusos en Rajin con munición de Corea del Norte.'],
    ['ja', '衛星画像に羅津港で弾薬を積むロシア船が写っていた。'],
    ['ko', '위성사진에 나진항에서 탄약을 싣는 러시아 선박이 포착됐다.'],
    ['pl', 'Zdjęcia satelitarne pokazują rosyjskie statki w porcie Radżin z amunicją.'],
    ['ru', 'Спутниковые снимки показывают российские суда в порту Раджин с боеприпасами.'],
    ['uk', 'Супутникові знімки показують російські судна в порту Раджин з боєприпасами.'],
    ['zh', '卫星图像显示俄罗斯船只在罗津港装载弹药。'],
  ])('%s: %s', (language, text) => {
    const claims = claimsOf(text, { language });
    expect(claims.map(({ kind }) => kind)).toEqual(['transfer']);
    expect(claims[0]?.weapons).toEqual(['munitions']);
  });
});

test.each([
  ['de', 'Russische Truppen griffen Charkiw mit einer nordkoreanischen Rakete an.'],
  ['ja', 'ロシア軍は北朝鮮製ミサイルをハルキウに撃ち込んだ。'],
  ['ko', '러시아군이 북한산 미사일로 하르키우를 강타했다.'],
  ['uk', 'Росія вдарила по Харкову північнокорейською ракетою.'],
  ['zh', '俄军用朝鲜导弹空袭哈尔科夫。'],
])('a missile that is fired is used: %s: %s', (language, text) => {
  expect(claimsOf(text, { language }).map(({ kind }) => kind)).toEqual(['use']);
});

test.each([
  ['en', 'North Korea has shipped artillery and mortar shells to Russia.'],
  ['pt', 'A Coreia do Norte enviou munições de artilharia à Rússia.'],
  ['ru', 'КНДР поставила России артиллерийские снаряды.'],
  ['tr', 'Kuzey Kore Rusya’ya topçu mermisi gönderdi.'],
  ['uk', 'КНДР передала Росії артилерійські снаряди.'],
])('shells for guns are no guns: %s: %s', (language, text) => {
  expect(claimsOf(text, { language })[0]?.weapons).toEqual(['artillery-shells']);
});

test.each([
  ['朝鲜将炮弹运往俄罗斯。', 'reports'],
  ['朝鲜将向俄罗斯运送100万枚炮弹。', 'expects'],
])('a word of the future that touches the thing marks the object: %s', (text, stance) => {
  expect(claimsOf(text, { language: 'zh' })[0]).toMatchObject({ kind: 'transfer', stance });
});
