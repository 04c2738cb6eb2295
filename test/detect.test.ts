import { expect, test } from 'vitest';
import { detectLanguage } from '../src/language/detect.ts';
import tables from '../src/language/tables.json' with { type: 'json' };
import { languageTables } from './language-tables.ts';

test.each([
  ['fr', 'La Corée du Nord a livré des obus à la Russie, selon Séoul'],
  ['en', 'North Korea has shipped artillery shells to Russia, Seoul says'],
  ['de', 'Nordkorea hat laut Seoul Granaten an Russland geliefert'],
  ['es', 'Corea del Norte entregó proyectiles a Rusia, según Seúl'],
  ['it', 'La Corea del Nord ha consegnato proiettili alla Russia, secondo Seul'],
  ['pt', 'A Coreia do Norte entregou munições à Rússia, segundo Seul'],
  ['pl', 'Korea Północna dostarczyła Rosji pociski, twierdzi Seul'],
  ['uk', 'Північна Корея передала Росії снаряди, заявили в Сеулі'],
  ['ru', 'Северная Корея передала снаряды, заявили в Сеуле вчера вечером'],
  ['bg', 'Северна Корея е доставила снаряди на Русия, твърдят от Сеул'],
  ['tr', 'Kuzey Kore, Rusya’ya top mermisi gönderdi, Seul açıkladı'],
  ['vi', 'Triều Tiên đã chuyển đạn pháo cho Nga, theo Seoul'],
  ['ar', 'كوريا الشمالية سلمت قذائف إلى روسيا'],
  ['hi', 'उत्तर कोरिया ने रूस को गोले भेजे'],
  ['ko', '북한, 러시아에 KN-23 포탄 제공'],
  ['ja', '北朝鮮がロシアに砲弾を供与'],
  ['zh', '朝鲜向俄罗斯提供炮弹'],
])('tells %s by its wording or script', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});

test('believes the declared language where the text leaves a doubt', () => {
  expect(detectLanguage('Kim em Moscou', 'pt-BR')).toBe('pt');
  expect(detectLanguage('北朝鮮軍撤退', 'ja')).toBe('ja');
  expect(detectLanguage('12 345', 'nb')).toBe('no');
});

test('does not believe a declaration that the text plainly contradicts', () => {
  expect(detectLanguage('La Corée du Nord a livré des obus à la Russie, selon Séoul', 'en')).toBe('fr');
  expect(detectLanguage('북한이 러시아에 포탄을 보냈다', 'en')).toBe('ko');
});

test('a foreign name in the text does not change its language', () => {
  expect(detectLanguage('The party paper Rodong Sinmun (로동신문) reported the visit on Monday')).toBe('en');
  expect(detectLanguage('LG, SK hynix 등 북한 관련 발표')).toBe('ko');
});

test('says und when nothing tells', () => {
  expect(detectLanguage('')).toBe('und');
  expect(detectLanguage('123 — 456', 'und')).toBe('und');
  expect(detectLanguage('\ud800\udc00\udfff')).toBe('und');
});

test('the tables of wording are those of the detector that is installed', async () => {
  expect(tables).toEqual(await languageTables());
});
