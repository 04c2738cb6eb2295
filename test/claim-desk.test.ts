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
  ['fr', 'La Corée du Nord a livré des obus à la Russie.'],
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

const ofKind = (language: string, text: string, kind: string) =>
  claimsOf(text, { language }).find((claim) => claim.kind === kind);

describe('the day on which a report came out is not when what it tells happened', () => {
  test.each([
    [
      'en',
      'A UN panel of experts said in a report published on Monday that North Korea had shipped containers of munitions to Russia.',
    ],
    [
      'fr',
      'Les experts de l’ONU affirment dans un rapport publié lundi que Pyongyang a expédié des conteneurs de munitions vers la Russie.',
    ],
    [
      'es',
      'Los expertos de la ONU afirman en un informe publicado el lunes que Pionyang envió contenedores de munición a Rusia.',
    ],
    [
      'uk',
      'Експерти ООН у доповіді, оприлюдненій у понеділок, стверджують, що КНДР відправила Росії контейнери боєприпасів.',
    ],
    [
      'ru',
      'Эксперты ООН в докладе, опубликованном в понедельник, утверждают, что КНДР отправила России контейнеры с боеприпасами.',
    ],
    [
      'ko',
      '유엔 전문가패널은 13일 공개한 보고서에서 북한이 러시아에 컨테이너에 실린 탄약을 보냈다고 밝혔다.',
    ],
    ['zh', '联合国专家小组在13日公布的报告中称，朝鲜向俄罗斯运送了集装箱的弹药。'],
  ])('%s: %s', (language, text) => {
    const transfer = ofKind(language, text, 'transfer');
    expect(transfer?.said?.start).toBe('2025-01-13');
    expect(transfer?.when).toBeUndefined();
  });
});

describe('a meeting that is to come is dated ahead', () => {
  test.each([
    ['de', 'Kreml: Kim Jong Un kommt im Mai nach Moskau zu Wladimir Putin', 'kremlin'],
    ['en', 'Kim Jong Un and Putin to hold summit in Moscow in May, Kremlin says', 'kremlin'],
    ['fr', 'Vladimir Poutine recevra Kim Jong-un à Moscou en mai, a déclaré Dmitri Peskov.', 'peskov'],
    ['ru', 'Владимир Путин примет Ким Чен Ына в Москве в мае, сообщил Дмитрий Песков.', 'peskov'],
    ['uk', 'Володимир Путін прийме Кім Чен Ина в Москві у травні, сказав Дмитро Пєсков.', 'peskov'],
    [
      'ja',
      'ペスコフ大統領報道官は15日、プーチン大統領が5月にモスクワで金正恩総書記と会談すると述べた。',
      'peskov',
    ],
    ['zh', '克里姆林宫发言人佩斯科夫15日表示，普京总统将于5月在莫斯科会见金正恩。', 'peskov'],
  ])('%s: %s', (language, text, claimant) => {
    const visit = ofKind(language, text, 'visit');
    expect(visit).toMatchObject({
      stance: 'expects',
      when: { start: '2025-05-01' },
      claimants: [{ id: claimant }],
    });
  });
});

test.each([
  [
    'de',
    'Das russische Unterhaus hat am Dienstag den im Juni 2024 in Pjöngjang unterzeichneten Beistandspakt mit Nordkorea ratifiziert.',
  ],
  [
    'en',
    'Russia’s lower house on Tuesday ratified a mutual defence treaty with North Korea signed in Pyongyang in June 2024.',
  ],
  ['ko', '러시아 하원이 14일 지난해 6월 평양에서 서명한 북한과의 포괄적 전략 동반자 조약을 비준했다.'],
])('a treaty is ratified on its day, not in the month of its signature: %s: %s', (language, text) => {
  expect(ofKind(language, text, 'treaty')?.when?.start).toBe('2025-01-14');
});

describe('sappers and builders are counted', () => {
  test.each([
    [
      'en',
      'North Korea will send 1,000 sappers and 5,000 construction workers to Russia’s Kursk region, Sergei Shoigu said.',
    ],
    [
      'fr',
      'La Corée du Nord va envoyer 1 000 démineurs et 5 000 ouvriers dans la région de Koursk, a annoncé Sergueï Choïgou.',
    ],
    ['ko', '쇼이구 서기는 북한이 쿠르스크에 공병 1000명과 건설 인력 5000명을 보낼 것이라고 밝혔다.'],
  ])('%s: %s', (language, text) => {
    const troops = ofKind(language, text, 'troops');
    expect(troops).toMatchObject({ stance: 'expects', claimants: [{ id: 'shoigu' }] });
    expect(troops?.quantities.map(({ value, unit }) => `${value} ${unit}`)).toEqual([
      '1000 sappers',
      '5000 workers',
    ]);
  });
});

describe('the dead and the wounded of one sentence are told apart', () => {
  test.each([
    [
      'en',
      'A North Korean missile struck a house in Poltava region on Monday, killing at least five people and wounding 17, Ukraine’s interior minister said.',
      ['5 killed'],
    ],
    [
      'uk',
      'Північнокорейська ракета влучила в будинок у Полтавській області, загинули щонайменше п’ятеро людей, ще 17 поранено.',
      ['5 killed', '17 wounded'],
    ],
    [
      'ko',
      '북한제 미사일이 폴타바주의 아파트를 타격해 최소 5명이 숨지고 17명이 다쳤다고 우크라이나 내무장관이 밝혔다.',
      ['5 killed', '17 wounded'],
    ],
  ])('%s: %s', (language, text, amounts) => {
    const use = ofKind(language, text, 'use');
    expect(use?.quantities.map(({ value, unit }) => `${value} ${unit}`)).toEqual(amounts);
  });
});

test.each([
  ['ja', '韓国軍は14日、北朝鮮がロシアに兵士2000人を派遣したと明らかにした。'],
  ['ko', '북한이 러시아에 병력 2000명을 보냈다고 합동참모본부가 14일 밝혔다.'],
  ['zh', '韩国联合参谋本部14日表示，朝鲜向俄罗斯增派了2000名士兵。'],
])('two thousand soldiers are no year: %s: %s', (language, text) => {
  expect(ofKind(language, text, 'troops')?.quantities).toMatchObject([{ value: 2000, unit: 'soldiers' }]);
});

test.each([
  [
    'ko',
    '러시아가 북한에 판치르 방공시스템을 제공했다고 다국적제재모니터링팀이 첫 보고서에서 밝혔다.',
    ['msmt'],
  ],
  ['zh', '绍伊古14日在平壤会见金正恩后表示，朝鲜将向库尔斯克派遣1000名工兵。', ['shoigu']],
  ['ja', '羅津港にロシア貨物船、弾薬を積載か　衛星画像で確認', []],
  ['ru', 'США ввели санкции против российского банка из-за КНДР', []],
])(
  'who speaks stands behind the quotation, is not whom one met, is no port: %s: %s',
  (language, text, speakers) => {
    expect(speakersOf(language, text)).toEqual(speakers);
  },
);

test('a ship of Russia in a port of North Korea does not carry from Russia', () => {
  const text =
    'Satellite images show the Russian ship Angara at Rajin, where some 200 containers were stacked.';
  expect(claimsOf(text)[0]).toMatchObject({ kind: 'transfer', direction: 'DPRK→Russia' });
});

describe('who summons an ambassador over troops condemns that they were sent', () => {
  test.each([
    ['en', 'South Korea summoned the Russian ambassador on Monday over the sending of North Korean troops.'],
    ['es', 'Seúl convocó al embajador ruso por el envío de tropas norcoreanas a Rusia.'],
    ['ko', '한국 정부는 북한군 파병과 관련해 러시아 대사를 초치했다.'],
  ])('%s: %s', (language, text) => {
    const [claim] = claimsOf(text, { language });
    expect(claim).toMatchObject({ kind: 'statement', stance: 'condemns', claimants: [{ id: 'rok' }] });
  });
});

test('goods between two names are no list of speakers', () => {
  const text = 'Iran and North Korea supply Russia with drones and shells, Rutte says';
  expect(speakersOf('en', text)).toEqual(['rutte']);
});

test.each([
  ['en', 'Russia is helping North Korea set up production of Shahed drones, Kyrylo Budanov said.'],
  ['uk', 'Росія допомагає КНДР налагодити виробництво дронів «Шахед», заявив Кирило Буданов.'],
])('help with building weapons is technology: %s: %s', (language, text) => {
  expect(claimsOf(text, { language })[0]).toMatchObject({
    kind: 'technology',
    direction: 'Russia→DPRK',
    claimants: [{ id: 'budanov' }],
  });
});
