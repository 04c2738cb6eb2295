import { describe, expect, test } from 'vitest';
import { claimsOf, lines } from './claims-of.ts';

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

  test.each([
    [
      'who is spoken to does not speak',
      'Pyongyang a livré des missiles à Moscou, a accusé jeudi devant l’ONU l’ambassadeur américain Robert Wood.',
      'robert-wood',
    ],
    [
      'the subject of a second verb is that of the first',
      'Choe Son Hui met Lavrov in Moscow and said North Korea would send more shells to Russia.',
      'choe-son-hui',
    ],
    [
      'a source named once holds for the clause about it',
      'Des soldats nord-coréens ont été tués à Koursk, selon Kiev, qui avance le chiffre de six officiers.',
      'ukraine',
    ],
    [
      'a word of saying turned round says nothing',
      'North Korea is believed to have sent shells to Russia, Seoul says.',
      'rok',
    ],
  ])('%s', (_, text, claimant) => {
    const claims = claimsOf(text, { language: /[éà]/.test(text) ? 'fr' : 'en' });
    const speakers = claims.flatMap(({ claimants }) => claimants.map(({ id }) => id));
    expect(new Set(speakers)).toEqual(new Set([claimant]));
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
      '"Its soldiers fight in Kursk beside the Russians, and North Korean troops have died there."',
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
