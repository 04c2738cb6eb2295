import { expect, test } from 'vitest';
import { withDatesAsFields } from '../commands/dates-in-words.ts';

const languages = ['en', 'fr', 'de', 'es', 'it', 'pt', 'ru', 'uk', 'pl', 'ko', 'ja', 'zh'];

test.each([
  ['sanctions in May 2024', 'sanctions in when:2024-05'],
  ['5 January 2024', 'when:2024-01-05'],
  ['January 5, 2024 missiles', 'when:2024-01-05 missiles'],
  ['sanctions en août 2024', 'sanctions en when:2024-08'],
  ['le 1er mars 2024', 'le when:2024-03-01'],
  ['am 3. März 2024', 'am when:2024-03-03'],
  ['5 de enero de 2024', 'when:2024-01-05'],
  ['войска октябрь 2024', 'войска when:2024-10'],
  ['в октябре 2024', 'в when:2024-10'],
  ['w październiku 2024', 'w when:2024-10'],
  ['у жовтні 2024', 'у when:2024-10'],
  ['23 октября 2024', 'when:2024-10-23'],
  ['2024년 10월 파병', 'when:2024-10 파병'],
  ['派兵 2024年10月18日', '派兵 when:2024-10-18'],
])('%s is searched as %s', (typed, searched) => {
  expect(withDatesAsFields(typed, languages).trim().replaceAll(/ +/g, ' ')).toBe(searched);
});

test.each([
  '"May 2024"',
  'Kursk 2024',
  'May',
  '2024',
  '2024年13月',
  '45 May 2024',
  '31 February 2024',
  '2024年2月31日',
  '0 May 2024',
  'Hwasong 11 2024',
  'place:May 20245',
])('%s stays as it is', (typed) => {
  expect(withDatesAsFields(typed, languages)).toBe(typed);
});

test.each([
  ['fr', 'en', 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'],
  ['en', 'in', 'January February March April May June July August September October November December'],
  ['de', 'im', 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'],
  ['es', 'en', 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'],
  [
    'it',
    'a',
    'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  ],
  ['pt', 'em', 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'],
  [
    'pl',
    'w',
    'styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu',
  ],
  ['uk', 'у', 'січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні'],
  ['ru', 'в', 'январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре'],
])('each month of %s is read as a text has it', (_, preposition, names) => {
  const searched = names
    .split(' ')
    .map((name) => withDatesAsFields(`${preposition} ${name} 2024`, languages).trim());
  const months = Array.from({ length: 12 }, (__, index) => String(index + 1).padStart(2, '0'));
  expect(searched.map((text) => text.replace(/ +/g, ' '))).toEqual(
    months.map((month) => `${preposition} when:2024-${month}`),
  );
});
