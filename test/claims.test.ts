import { describe, expect, test } from 'vitest';
import { makeClaimReader } from '../src/events/claims.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import type { Claim } from '../src/model.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { anItem } from './builders.ts';

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));
const reader = makeClaimReader(finder.topic, finder);

interface Given {
  readonly language?: string;
  readonly published?: string;
  readonly title?: string;
}

/** What a text claims; an English one of Wednesday 15 January 2025 unless said otherwise. */
function claimsOf(
  text: string,
  { language = 'en', published = '2025-01-15', title = '' }: Given = {},
): Claim[] {
  const moment = new Date(`${published}T12:00:00Z`);
  const item = anItem({ title, text, language, published: moment, seen: moment });
  return reader.claimsOf(item, match(item, finder));
}

/** A claim in one line: kind, direction, stance, who, day. */
function line({ kind, direction, stance, claimants, when }: Claim): string {
  const who = claimants.map(({ id }) => id).join('+') || 'nobody';
  const day =
    when === undefined ? 'no day' : when.start === when.end ? when.start : `${when.start}..${when.end}`;
  return `${kind} ${direction} ${stance} ${who} ${day}`;
}

const lines = (text: string, given: Given = {}) => claimsOf(text, given).map(line);

describe('who says so', () => {
  test.each([
    [
      'a subject before its verb',
      'The White House said on Monday that North Korea had shipped shells to Russia.',
      ['white-house'],
    ],
    [
      'a subject behind its verb',
      '« La Corée du Nord a livré des obus à la Russie », a affirmé lundi la Maison Blanche.',
      ['white-house'],
    ],
    [
      'a name set off by commas, with its titles',
      'Le porte-parole de la Maison Blanche, John Kirby, a déclaré que la Corée du Nord avait livré des obus à la Russie.',
      ['kirby'],
    ],
    ['"according to"', 'Selon Séoul, Pyongyang a livré des obus à Moscou.', ['rok']],
    [
      'all subjects of one verb',
      'Séoul, Tokyo et Washington accusent la Corée du Nord de livrer des obus à la Russie.',
      ['rok', 'japan', 'us'],
    ],
    [
      'speakers without a name beside one that has one',
      'The United States and its allies accuse North Korea of arming Russia with missiles.',
      ['us', 'allies'],
    ],
    ['a headline with a colon', 'Kyiv: North Korea has delivered shells to Russia', ['ukraine']],
    ['a headline with its speaker last', 'North Korea has delivered shells to Russia, Seoul says', ['rok']],
  ])('%s', (_, text, claimants) => {
    const language = /[éà«]/.test(text) ? 'fr' : 'en';
    const [claim] = claimsOf(text, { language }).filter(({ kind }) => kind === 'transfer');
    expect(claim?.claimants.map(({ id }) => id)).toEqual(claimants);
  });

  test('a country that only names the subject of an article is not who speaks', () => {
    const [claim] = claimsOf('Ukraine : des soldats nord-coréens déployés à Koursk aux côtés des Russes', {
      language: 'fr',
    });
    expect(claim).toMatchObject({ kind: 'troops', claimants: [] });
  });

  test('an actor inside a quotation does not say it', () => {
    const text =
      '"We urge North Korea to stop its arms deliveries to Russia at once," the State Department said on Tuesday.';
    expect(new Set(claimsOf(text).flatMap(({ claimants }) => claimants.map(({ id }) => id)))).toEqual(
      new Set(['state-department']),
    );
  });

  test('pronouns, titles and quotations that go on belong to whoever spoke before', () => {
    const text = [
      'Kyrylo Budanov said that North Korean soldiers had arrived in the Kursk region.',
      'He added that North Korea also sends artillery shells to Russia every month.',
      '"Without the North Korean shells the Russian artillery would have fallen silent long ago."',
    ].join(' ');
    const speakers = claimsOf(text).map(({ claimants }) => claimants.map(({ id }) => id).join());
    expect(speakers.length).toBeGreaterThanOrEqual(3);
    expect(new Set(speakers)).toEqual(new Set(['budanov']));
  });

  test('what several signed together stays theirs when somebody else spoke in between', () => {
    const text = [
      'Les États-Unis, le Japon et la Corée du Sud ont condamné lundi les livraisons d’armes nord-coréennes à la Russie.',
      'Le Kremlin a affirmé que ces informations relevaient de la propagande.',
      '« Nous appelons la Corée du Nord à cesser ses livraisons d’armes à la Russie », indique le communiqué.',
    ].join(' ');
    const [last] = claimsOf(text, { language: 'fr' })
      .filter(({ kind }) => kind === 'statement')
      .slice(-1);
    expect(last?.claimants.map(({ id }) => id)).toEqual(['us', 'japan', 'rok']);
  });

  test('somebody whom the topic does not know takes nobody else’s place', () => {
    const text =
      'Kirby said North Korea had sent missiles to Russia. “North Korea gives Russia its oldest missiles”, said Jane Poulter.';
    const [, second] = claimsOf(text);
    expect(second?.claimants).toEqual([]);
  });
});

describe('who says so, in other languages', () => {
  test.each([
    [
      'de',
      '„Nordkorea liefert Russland Granaten“, sagte der ukrainische Präsident Wolodymyr Selenskyj am Montag.',
      'zelensky',
      '2025-01-13',
    ],
    [
      'de',
      'Das Pentagon teilte am Montag mit, dass Nordkorea Russland mit Granaten beliefert.',
      'pentagon',
      '2025-01-13',
    ],
    [
      'es',
      'El Pentágono dijo el lunes que Corea del Norte ha entregado proyectiles a Rusia.',
      'pentagon',
      '2025-01-13',
    ],
    [
      'ru',
      '«КНДР поставляет России снаряды», — заявил в понедельник президент Украины Владимир Зеленский.',
      'zelensky',
      '2025-01-13',
    ],
    [
      'ru',
      'В Пентагоне в понедельник заявили, что КНДР поставляет России снаряды.',
      'pentagon',
      '2025-01-13',
    ],
    [
      'uk',
      'Президент України Володимир Зеленський заявив у понеділок, що КНДР передала Росії снаряди.',
      'zelensky',
      '2025-01-13',
    ],
    [
      'pl',
      'Prezydent Ukrainy Wołodymyr Zełenski powiedział w poniedziałek, że Korea Północna dostarcza Rosji pociski.',
      'zelensky',
      '2025-01-13',
    ],
    [
      'ko',
      '젤렌스키 우크라이나 대통령은 13일 북한이 러시아에 포탄을 제공했다고 밝혔다.',
      'zelensky',
      '2025-01-13',
    ],
    [
      'ja',
      'ウクライナのゼレンスキー大統領は13日、北朝鮮がロシアに砲弾を供与したと明らかにした。',
      'zelensky',
      '2025-01-13',
    ],
    ['zh', '乌克兰总统泽连斯基13日表示，朝鲜向俄罗斯提供了炮弹。', 'zelensky', '2025-01-13'],
    ['ko', '우크라이나 국방정보총국에 따르면 북한은 러시아에 포탄을 제공했다.', 'hur', undefined],
    ['ja', '韓国の情報機関によると、北朝鮮はロシアに砲弾を供与した。', 'nis', undefined],
  ])('%s: %s', (language, text, claimant, said) => {
    const [claim] = claimsOf(text, { language });
    expect(claim).toMatchObject({
      kind: 'transfer',
      direction: 'DPRK→Russia',
      claimants: [{ id: claimant }],
    });
    expect(claim?.said?.start).toBe(said);
  });

  test.each([
    ['es', 'Rusia negó que soldados norcoreanos combatan en Kursk.', 'russia'],
    ['ru', 'Песков опроверг сообщения об отправке северокорейских военных в Россию.', 'peskov'],
    ['ko', '크렘린궁은 북한군 파병 보도를 부인했다.', 'kremlin'],
    ['zh', '克里姆林宫否认朝鲜士兵在俄罗斯作战。', 'kremlin'],
  ])('a denial in %s', (language, text, claimant) => {
    const [claim] = claimsOf(text, { language });
    expect(claim).toMatchObject({ kind: 'denial', stance: 'denies', claimants: [{ id: claimant }] });
  });
});

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

describe('the first lines of a feed item', () => {
  test.each([
    ['de', 'Südkorea: Nordkorea hat 3000 Soldaten nach Russland geschickt', 'troops', ['rok']],
    ['es', 'Corea del Norte envió 3.000 soldados a Rusia, según Seúl', 'troops', ['rok']],
    ['it', 'Seul: la Corea del Nord ha inviato 3.000 soldati in Russia', 'troops', ['rok']],
    ['pt', 'Coreia do Norte enviou 3.000 soldados para a Rússia, diz Seul', 'troops', ['rok']],
    ['pl', 'Seul: Korea Północna wysłała do Rosji 3 tys. żołnierzy', 'troops', ['rok']],
    ['ru', 'Сеул заявил, что КНДР отправила в Россию 3 тысячи солдат', 'troops', ['rok']],
    ['uk', 'Сеул заявив, що КНДР відправила до Росії 3 тисячі солдатів', 'troops', ['rok']],
    ['ko', '국정원 "북한, 러시아에 병력 3000명 파병"', 'troops', ['nis']],
    ['ja', '韓国国家情報院は、北朝鮮がロシアに兵士3000人を派遣したと明らかにした', 'troops', ['nis']],
    ['zh', '韩国国家情报院表示，朝鲜已向俄罗斯派遣3000名士兵', 'troops', ['nis']],
    ['ar', 'أعلنت سيول أن كوريا الشمالية أرسلت 3000 جندي إلى روسيا', 'troops', ['rok']],
    ['tr', 'Güney Kore, Kuzey Kore’nin Rusya’ya 3 bin asker gönderdiğini açıkladı', 'troops', ['rok']],
    ['vi', 'Hàn Quốc cho biết Triều Tiên đã gửi 3.000 binh sĩ sang Nga', 'troops', ['rok']],
    ['bg', 'Сеул заяви, че Северна Корея е изпратила 3000 войници в Русия', 'troops', ['rok']],
    ['hi', 'दक्षिण कोरिया ने कहा कि उत्तर कोरिया ने रूस में 3000 सैनिक भेजे', 'troops', ['rok']],
  ])('%s: %s', (language, title, kind, claimants) => {
    const [claim] = claimsOf('', { language, title });
    expect(claim).toMatchObject({ kind, direction: 'DPRK→Russia', quantities: [{ value: 3000 }] });
    expect(claim?.claimants.map(({ id }) => id)).toEqual(claimants);
  });

  test('an item whose words say nothing that the rules know still claims something', () => {
    expect(lines('', { title: 'Pyongyang and Moscow, a tale of two cities' })).toEqual([
      'other none reports nobody no day',
    ]);
  });
});
