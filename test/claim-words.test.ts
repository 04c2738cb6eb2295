import { describe, expect, test } from 'vitest';
import { makeFinder } from '../src/matches/finder.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { claimsOf } from './claims-of.ts';

describe('words that carry also mean other things, and hand over nothing without a ship or a train', () => {
  test.each([
    ['ar', 'نقلت وكالة الأنباء الروسية أن كوريا الشمالية اختبرت صواريخ.'],
    ['de', 'Russland brachte die Raketen Nordkoreas ins Gespräch.'],
    ['en', 'North Korea carried out missile tests this year, Russia said.'],
    ['en', 'The new North Korean destroyer can carry cruise missiles, Russian media say.'],
    ['es', 'Corea del Norte llevó a cabo un ensayo de misiles tras la visita de Rusia.'],
    ['fr', 'Le vice-ministre russe chargé de l’armement est arrivé en Corée du Nord.'],
    ['fr', 'La Russie a vu la charge du missile nord-coréen.'],
    ['hi', 'उत्तर कोरिया की मिसाइल को लेकर रूस ने बयान दिया।'],
    ['it', 'La Corea del Nord ha portato i missili in parata davanti alla delegazione della Russia.'],
    ['ko', '러시아는 북한의 미사일이 실은 위협이 아니라고 했다.'],
    ['pt', 'A Coreia do Norte levou a cabo um ensaio de mísseis depois da visita da Rússia.'],
    ['tr', 'Rusya, Kuzey Kore’nin füzelerini gündeme getirdi.'],
    ['vi', 'Nga cho biết Triều Tiên có tên lửa mới.'],
    ['vi', 'Hãng tin Nga đưa tin về tên lửa của Triều Tiên.'],
  ])('%s: %s', (language, text) => {
    const kinds = claimsOf(text, { language }).map(({ kind }) => kind);
    expect(kinds).not.toEqual([]);
    expect(kinds).not.toContain('transfer');
  });
});

describe('who takes back troops, or an earlier missile, takes back no report', () => {
  test.each([
    ['ar', 'قالت روسيا: سحبنا قواتنا من كورسك بعد وصول جنود كوريا الشمالية.'],
    ['bg', 'Оттеглихме войските си след севернокорейски удар с ракета по Харков.'],
    ['de', 'Wir haben diesen Bericht bestätigt: Nordkorea lieferte Raketen an Russland.'],
    ['de', 'Seoul zog den Bericht über Granaten aus Nordkorea für Russland in Zweifel.'],
    ['de', 'Eine frühere Version der nordkoreanischen Rakete KN-23 traf Charkiw.'],
    ['en', 'An earlier version of North Korea’s KN-23 missile hit Kharkiv on Tuesday.'],
    ['en', 'A previous version of the North Korean missile was sent to Russia.'],
    ['en', 'Ukraine took back its village from North Korean soldiers in Kursk.'],
    ['es', 'Hemos retirado las tropas de Kursk, donde luchan soldados norcoreanos.'],
    ['es', 'Una versión anterior del misil norcoreano cayó sobre Járkov.'],
    ['fr', 'Nous avons retiré nos troupes de Koursk, où combattent des soldats nord-coréens.'],
    ['fr', 'Une première version du missile nord-coréen a frappé Kharkiv.'],
    ['it', 'Abbiamo ritirato le truppe da Kursk, dove combattono soldati nordcoreani.'],
    ['it', 'La foto ritratta da Kiev mostra soldati nordcoreani a Kursk.'],
    ['pl', 'Wcześniejsza wersja północnokoreańskiej rakiety uderzyła w Charków.'],
    ['pt', 'Retirámos as tropas de Kursk, onde lutam soldados norte-coreanos.'],
    ['ru', 'Мы отзываем посла из-за отправки солдат КНДР в Россию.'],
    ['ru', 'Ракета КНДР более ранней версии упала в Харькове.'],
    ['tr', 'Kuzey Kore füzesinin önceki versiyonu Harkiv’i vurdu.'],
    ['uk', 'Ми відкликаємо посла через відправлення солдатів КНДР до Росії.'],
    ['uk', 'Попередня версія слідства: по Харкову вдарили північнокорейською ракетою.'],
    ['vi', 'Nga rút bài học từ việc Triều Tiên gửi binh sĩ tới Kursk.'],
    ['zh', '朝鲜导弹的早前版本击中哈尔科夫。'],
  ])('%s: %s', (language, text) => {
    const stances = claimsOf(text, { language }).map(({ stance }) => stance);
    expect(stances).not.toEqual([]);
    expect(stances).not.toContain('retracts');
  });

  test('an article that was put right is not taken back', () => {
    const text = 'An earlier version of this article misstated how many shells North Korea sent to Russia.';
    expect(claimsOf(text).map(({ stance }) => stance)).not.toContain('retracts');
  });
});

test.each([
  ['bg', 'Оттегляме публикацията, според която КНДР е изпратила снаряди на Русия.'],
  ['en', 'The agency has withdrawn its story that North Korea sent shells to Russia.'],
  ['en', 'We have retracted our article saying North Korea sent shells to Russia.'],
  ['es', 'Retiramos la noticia según la cual Corea del Norte envió proyectiles a Rusia.'],
  ['it', 'Abbiamo ritirato l’articolo secondo cui la Corea del Nord ha inviato proiettili alla Russia.'],
  ['pl', 'Wycofujemy artykuł, według którego Korea Północna wysłała pociski do Rosji.'],
  ['ru', 'Мы отзываем публикацию о том, что КНДР отправила России снаряды.'],
  ['zh', '本报撤回该报道：朝鲜向俄罗斯运送了炮弹。'],
])('a report is taken back by name: %s: %s', (language, text) => {
  expect(claimsOf(text, { language })[0]).toMatchObject({ kind: 'transfer', stance: 'retracts' });
});

test.each([
  ['en', 'Putin summoned his generals on Monday over the North Korean troops in Kursk.'],
  ['ko', '러시아는 북한군 파병 문제로 장성들을 초치했다.'],
  ['zh', '普京召见将领，讨论朝鲜军队在库尔斯克的部署。'],
])('generals who are summoned are no ambassador: %s: %s', (language, text) => {
  expect(claimsOf(text, { language }).map(({ stance }) => stance)).not.toContain('condemns');
});

test.each([
  ['en', 'Seoul said soldiers released on Monday had been sent to Russia by North Korea.', 'troops'],
  ['ko', '한국 국방부는 북한이 13일 공개한 미사일을 러시아에 보냈다고 밝혔다.', 'transfer'],
])('who is set free, or a weapon that is shown, is no report come out: %s: %s', (language, text, kind) => {
  const claim = claimsOf(text, { language }).find((one) => one.kind === kind);
  expect(claim?.when?.start).toBe('2025-01-13');
});

test.each([
  ['绍伊古会晤金正恩后表示，朝鲜将派工兵。', ['shoigu']],
  ['拉夫罗夫在平壤与崔善姬会谈后表示，朝鲜支持俄罗斯。', ['lavrov']],
])('who meets somebody speaks afterwards: %s', (text, speakers) => {
  const claimants = claimsOf(text, { language: 'zh' }).flatMap((claim) => claim.claimants);
  expect([...new Set(claimants.map(({ id }) => id))]).toEqual(speakers);
});

test('where a ship is loaded is not where it goes', () => {
  const [claim] = claimsOf('俄罗斯货轮在朝鲜罗津港装载弹药。', { language: 'zh' });
  expect(claim).toMatchObject({ kind: 'transfer', direction: 'DPRK→Russia' });
});

describe('who receives goods, takes part, or does a thing next, visits nobody', () => {
  test.each([
    ['de', 'Russland ist Empfänger von Granaten aus Nordkorea.'],
    ['de', 'Das Angebot Russlands an Nordkorea kommt nach dem Raketentest.'],
    ['pl', 'Korea Północna przyjmie od Rosji rakiety.'],
    ['ru', 'КНДР примет меры против ракет, сказали в России.'],
    ['tr', 'Kuzey Kore’nin gelecek füzeleri Rusya’ya gönderiliyor.'],
    ['uk', 'КНДР прийме рішення про ракети для Росії.'],
  ])('%s: %s', (language, text) => {
    const kinds = claimsOf(text, { language }).map(({ kind }) => kind);
    expect(kinds).not.toEqual([]);
    expect(kinds).not.toContain('visit');
  });
});

test.each([
  ['en', 'Russia will train North Korean crews on missiles, Kyiv says.'],
  ['fr', 'La Russie est en train de juger les missiles de la Corée du Nord.'],
])('a word that is spelt like a train is none: %s: %s', (language, text) => {
  const kinds = claimsOf(text, { language }).map(({ kind }) => kind);
  expect(kinds).not.toEqual([]);
  expect(kinds).not.toContain('transfer');
});

test.each([
  ['de', 'Putin empfängt im Kreml den nordkoreanischen Außenminister.'],
  ['ja', '北朝鮮の兵士派遣への非難が韓国で広がった。'],
])('what is told of today is not to come: %s: %s', (language, text) => {
  const stances = claimsOf(text, { language }).map(({ stance }) => stance);
  expect(stances).not.toEqual([]);
  expect(stances).not.toContain('expects');
});

describe('a word of two meanings', () => {
  const topic = loadTopic('src/topics/dprk-russia');
  const searching = makeFinder({ ...topic, terms: topic.searchTerms, names: [], concepts: [] });
  const matching = makeFinder(topic);

  test.each([
    ['ru', 'Решение суда вступило в силу.', 'by-sea'],
    ['ru', 'Поездка делегации завершилась.', 'by-rail'],
    ['uk', 'Поїздка делегації завершилася.', 'by-rail'],
    ['tr', 'Yeni trend sürüyor.', 'by-rail'],
    ['fr', 'Le vol de données inquiète.', 'by-air'],
    ['vi', 'Tình hình căng thẳng.', 'by-sea'],
    ['ru', 'Это отрицательный результат.', 'denial'],
  ])('is not searched for: %s: %s', (_language, text, concept) => {
    expect(searching.find(text).flatMap(({ concepts }) => concepts)).not.toContain(concept);
  });

  test.each([
    ['ru', 'Российские суда стояли в порту, судно с грузом вышло.', 'by-sea'],
    ['ru', 'Поезд вышел из Пхеньяна.', 'by-rail'],
    ['fr', 'Plusieurs vols ont relié Vladivostok à Pyongyang.', 'by-air'],
    ['vi', 'Tàu đã cập bến cảng.', 'by-sea'],
  ])('is found in its own sense: %s: %s', (_language, text, concept) => {
    expect(searching.find(text).flatMap(({ concepts }) => concepts)).toContain(concept);
  });

  test.each([
    ['de', 'Der Marathon der Gespräche geht weiter.', 'sport'],
    ['uk', 'Про це він сказав в ефірі єдиного марафону.', 'sport'],
    ['ko', '기업 지배구조를 바꾼다.', 'sport'],
    ['de', 'Russland liefert Technik für Spionagesatelliten.', 'test'],
    ['en', 'Russia launches rocket attack on Kharkiv.', 'test'],
  ])('is no sport and no test: %s: %s', (_language, text, concept) => {
    expect(matching.find(text).flatMap(({ concepts }) => concepts)).not.toContain(concept);
  });
});
