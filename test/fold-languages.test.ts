import { describe, expect, test } from 'vitest';
import { makeClaimReader } from '../src/events/claims.ts';
import type { Article, Merge } from '../src/events/fold/article.ts';
import { foldRound } from '../src/events/fold/fold.ts';
import { makeFolder } from '../src/events/fold/folder.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import type { NewsEvent } from '../src/model.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { anItem } from './builders.ts';

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));
const { signer, tools, history } = makeFolder(finder.topic, finder);
const claims = makeClaimReader(finder.topic, finder);

/** Days without a shipped event near them, so that only these articles decide. */
const day = new Date('2027-03-10T09:00:00Z');
const nextMonth = new Date('2027-04-13T09:00:00Z');

function told(language: string, title: string, text = '', published: Date | null = day): Article {
  const source = { name: `Paper ${title}`, family: title, kind: 'press' as const };
  const item = { ...anItem({ language, title, text, source, seen: day }) };
  if (published === null) delete item.published;
  else item.published = published;
  const found = match(item, finder);
  return signer.articleOf(item, claims.claimsOf(item, found), found);
}

function eventsOf(...articles: readonly Article[]): (string | undefined)[] {
  return foldRound(articles, history, tools).placements.map(({ main }) => main);
}

/** One happening as six papers tell it. */
const million: Readonly<Record<string, [title: string, text: string]>> = {
  en: [
    'North Korea has shipped two million artillery shells to Russia, South Korean spy agency says',
    'The NIS told lawmakers on Wednesday that the shells left the port of Rajin in 5,400 containers.',
  ],
  fr: [
    'La Corée du Nord a livré deux millions d’obus à la Russie, selon les services de renseignement sud-coréens',
    'Le NIS a déclaré mercredi aux députés que les obus ont quitté le port de Rajin dans 5 400 conteneurs.',
  ],
  de: [
    'Nordkorea hat laut Südkoreas Geheimdienst zwei Millionen Artilleriegranaten an Russland geliefert',
    'Der NIS sagte am Mittwoch vor Abgeordneten, die Granaten hätten den Hafen Rajin in 5.400 Containern verlassen.',
  ],
  es: [
    'Corea del Norte ha enviado dos millones de proyectiles de artillería a Rusia, según la inteligencia surcoreana',
    'El NIS dijo el miércoles a los diputados que los proyectiles salieron del puerto de Rajin en 5.400 contenedores.',
  ],
  ru: [
    'Северная Корея поставила России два миллиона снарядов, заявила разведка Южной Кореи',
    'NIS сообщила депутатам в среду, что снаряды вышли из порта Раджин в 5400 контейнерах.',
  ],
  ko: [
    '국정원 "북한, 러시아에 포탄 200만발 보냈다"',
    '국정원은 10일 국회에서 포탄이 컨테이너 5400개에 실려 나진항을 떠났다고 밝혔다.',
  ],
};

test.each(Object.keys(million).filter((language) => language !== 'en'))(
  'one happening told in English and in "%s" is one event',
  (language) => {
    const [english, other] = [million['en'], million[language]];
    if (english === undefined || other === undefined) throw new Error('no such language');
    const [first, second] = eventsOf(told('en', ...english), told(language, ...other));
    expect(second).toBe(first);
  },
);

describe('two reports stay apart', () => {
  test.each([
    [
      'en',
      'direction',
      'North Korea sends ballistic missiles to Russia, Seoul says',
      'Russia sends ballistic missiles to North Korea, Seoul says',
    ],
    [
      'fr',
      'direction',
      'La Corée du Nord livre des missiles balistiques à la Russie, selon Séoul',
      'La Russie livre des missiles balistiques à la Corée du Nord, selon Séoul',
    ],
    [
      'en',
      'claim and denial',
      'The Kremlin confirms that North Korean soldiers fight in Kursk',
      'The Kremlin denies that North Korean soldiers fight in Kursk',
    ],
    [
      'ru',
      'claim and denial',
      'Кремль подтвердил, что северокорейские солдаты воюют в Курской области',
      'Кремль опроверг, что северокорейские солдаты воюют в Курской области',
    ],
    [
      'en',
      'amount',
      'Kyiv: 30 North Korean soldiers killed in Kursk region',
      'Kyiv: 300 North Korean soldiers killed in Kursk region',
    ],
    [
      'de',
      'amount',
      'Kiew: 30 nordkoreanische Soldaten in der Region Kursk getötet',
      'Kiew: 300 nordkoreanische Soldaten in der Region Kursk getötet',
    ],
    [
      'en',
      'kind',
      'North Korea has sent new missiles to Russia, Seoul says',
      'North Korea has sent new soldiers to Russia, Seoul says',
    ],
    [
      'es',
      'kind',
      'Corea del Norte ha enviado misiles a Rusia, según Seúl',
      'Corea del Norte ha enviado soldados a Rusia, según Seúl',
    ],
    [
      'de',
      'direction',
      'Nordkorea liefert ballistische Raketen an Russland, sagt Seoul',
      'Russland liefert ballistische Raketen an Nordkorea, sagt Seoul',
    ],
    [
      'ru',
      'direction',
      'КНДР поставила России баллистические ракеты, заявили в Сеуле',
      'Россия поставила КНДР баллистические ракеты, заявили в Сеуле',
    ],
    [
      'ko',
      'direction',
      '북한, 러시아에 탄도미사일 지원…국정원 발표',
      '러시아, 북한에 탄도미사일 지원…국정원 발표',
    ],
    [
      'fr',
      'claim and denial',
      'Le Kremlin confirme que des soldats nord-coréens combattent à Koursk',
      'Le Kremlin dément que des soldats nord-coréens combattent à Koursk',
    ],
    [
      'es',
      'claim and denial',
      'El Kremlin confirma que soldados norcoreanos combaten en Kursk',
      'El Kremlin desmiente que soldados norcoreanos combatan en Kursk',
    ],
    [
      'tr',
      'claim and denial',
      'Kremlin, Kuzey Kore askerlerinin Kursk’ta savaştığını doğruladı',
      'Kremlin, Kuzey Kore askerlerinin Kursk’ta savaştığını yalanladı',
    ],
    [
      'fr',
      'amount',
      'Kiev : 30 soldats nord-coréens tués dans la région de Koursk',
      'Kiev : 300 soldats nord-coréens tués dans la région de Koursk',
    ],
    ['zh', 'amount', '基辅：30名朝鲜士兵在库尔斯克阵亡', '基辅：300名朝鲜士兵在库尔斯克阵亡'],
    ['hi', 'amount', 'कीव: कुर्स्क में 30 उत्तर कोरियाई सैनिक मारे गए', 'कीव: कुर्स्क में 300 उत्तर कोरियाई सैनिक मारे गए'],
    ['ja', 'kind', '北朝鮮、ロシアにミサイルを供与 韓国が発表', '北朝鮮、ロシアに兵士を派遣 韓国が発表'],
    [
      'pl',
      'kind',
      'Korea Północna wysłała do Rosji rakiety, podaje Seul',
      'Korea Północna wysłała do Rosji żołnierzy, podaje Seul',
    ],
    [
      'ar',
      'kind',
      'كوريا الشمالية أرسلت صواريخ إلى روسيا، بحسب سيول',
      'كوريا الشمالية أرسلت جنودا إلى روسيا، بحسب سيول',
    ],
  ])('%s: by %s', (language, _, one, other) => {
    const [first, second] = eventsOf(told(language, one), told(language, other));
    expect(second).not.toBe(first);
  });

  test.each([
    ['en', 'Russia strikes Kharkiv with a North Korean missile, prosecutors say'],
    ['fr', 'La Russie frappe Kharkiv avec un missile nord-coréen, selon le parquet'],
    ['ko', '러시아, 북한 미사일로 하르키우 공격…검찰 발표'],
    ['de', 'Russland trifft Charkiw mit nordkoreanischer Rakete, sagt die Staatsanwaltschaft'],
    ['uk', 'Росія вдарила по Харкову північнокорейською ракетою, повідомила прокуратура'],
    ['zh', '检方：俄罗斯用朝鲜导弹袭击哈尔科夫'],
  ])('%s: one template in two months', (language, title) => {
    const [first, second] = eventsOf(told(language, title), told(language, title, '', nextMonth));
    expect(second).not.toBe(first);
  });
});

test('two events of one day stay two, each told in two languages', () => {
  const [losses, pertes, freight, fracht] = eventsOf(
    told('en', 'Ukraine’s HUR says 40 North Korean soldiers were killed in Kursk on Tuesday'),
    told(
      'fr',
      'Le renseignement ukrainien (HUR) dit que 40 soldats nord-coréens ont été tués mardi à Koursk',
    ),
    told(
      'en',
      'White House: North Korea shipped 900 containers of munitions to Russia through Rajin on Tuesday',
    ),
    told('de', 'Weißes Haus: Nordkorea lieferte am Dienstag über Rajin 900 Container Munition an Russland'),
  );
  expect(pertes).toBe(losses);
  expect(fracht).toBe(freight);
  expect(freight).not.toBe(losses);
});

test('a live blog feeds every event that it tells of', () => {
  const blog = told(
    'en',
    'War in Ukraine, live',
    [
      'Ukraine’s HUR says 40 North Korean soldiers were killed in Kursk on 9 March.',
      'The White House said on 8 March that North Korea had delivered 300 containers of munitions to Russia.',
      'Russian defence minister Belousov arrived in Pyongyang on 10 March and met Kim Jong Un.',
    ].join('\n'),
  );
  const { placements, events } = foldRound([blog], history, tools);
  expect(placements[0]?.events).toHaveLength(3);
  expect(kindsOf(events)).toEqual(['casualties', 'transfer', 'visit']);
});

test('a background paragraph joins the shipped event that it tells again', () => {
  const article = told(
    'en',
    'North Korean soldiers parade in Moscow',
    'North Korean soldiers marched in Moscow on Wednesday, the Kremlin said. Putin and Kim Jong Un signed the treaty on strategic partnership in Pyongyang on 19 June 2024.',
  );
  const [placement] = foldRound([article], history, tools).placements;
  expect(placement?.events).toContain('2024-06-19-treaty-signed');
  expect(placement?.main).not.toBe('2024-06-19-treaty-signed');
});

test('an article without a date finds its event by what it tells', () => {
  const undated = told('ru', 'Путин и Ким Чен Ын подписали договор о стратегическом партнёрстве', '', null);
  expect(eventsOf(undated)).toEqual(['2024-06-19-treaty-signed']);
});

describe('an article without a date that came before anybody gave the day', () => {
  const loose = told('ru', 'КНДР отправила снаряды России', 'Контейнеры вышли из порта Раджин.', null);

  test('belongs to the event that later reports tell; the older id stays', () => {
    const { events, merged } = inRounds(
      loose,
      ...['en', 'fr', 'es'].map((language) => told(language, ...(million[language] ?? ['', '']))),
    );
    expect(events.map(({ citations }) => citations.length)).toEqual([4]);
    expect(merged).toHaveLength(1);
  });

  test('stays alone while what they tell is something else', () => {
    const { events } = inRounds(loose, told('en', 'Kim Jong Un receives Lavrov in Wonsan'));
    expect(events.map(({ citations }) => citations.length)).toEqual([1, 1]);
  });
});

test('an article without a date belongs to the day that it names', () => {
  const title = 'The treaty that Putin and Kim Jong Un signed on 19 June 2024 changes the war';
  expect(eventsOf(told('en', title, '', null))).toEqual(['2024-06-19-treaty-signed']);
});

test('a page that a shipped event cites belongs to that event', () => {
  const url = history.find(({ citations }) => citations.length > 0)?.citations[0]?.url;
  const event = history.find(({ citations }) => citations[0]?.url === url);
  const article = told('en', 'Something else about North Korean arms for Russia');
  const [main] = eventsOf({ ...article, item: { ...article.item, ...(url !== undefined && { url }) } });
  expect(main).toBe(event?.id);
});

test('papers that print one agency’s dispatch are one newsroom', () => {
  const title = 'North Korea has sent 900 missiles to Russia, Seoul says';
  const texts = ['(Reuters) Seoul said so on Wednesday.', 'Officials told Reuters about it on Wednesday.'];
  const { events } = foldRound(
    texts.map((text, index) => told('en', `${title}${' again'.repeat(index)}`, text)),
    history,
    tools,
  );
  expect(events.map(({ citations, newsrooms }) => [citations.length, newsrooms])).toEqual([[2, 1]]);
});

/** Folds articles in rounds of one, without the shipped history. */
function inRounds(...articles: readonly Article[]): { events: NewsEvent[]; merged: Merge[] } {
  const events = new Map<string, NewsEvent>();
  const merged = articles.flatMap((article) => {
    const folding = foldRound([article], events.values(), tools);
    for (const { from } of folding.merged) events.delete(from);
    for (const event of folding.events) events.set(event.id, event);
    return folding.merged;
  });
  return { events: [...events.values()], merged };
}

function kindsOf(events: readonly NewsEvent[]): string[] {
  return events.map(({ kind }) => kind).toSorted();
}
