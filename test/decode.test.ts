import iconv from 'iconv-lite';
import { expect, test } from 'vitest';

import { decode } from '../src/feeds/reading/decode.ts';

const sentences = {
  ru: 'Поезда с боеприпасами пересекли границу, сообщает разведка. Грузы отправлены через станцию Хасан.',
  uk: 'Ешелони з боєприпасами перетнули кордон, повідомляє розвідка. Їхній вантаж пройшов станцію Хасан.',
  ko: '국경을 넘은 열차에 탄약이 실려 있었다고 정보 당국이 밝혔다. 화물은 하산역을 지났다.',
  ja: '弾薬を積んだ列車が国境を越えたと情報当局が発表した。貨物はハサン駅を通過した。',
  zh: '情报部门称，装有弹药的列车已越过边境，货物经过哈桑车站。',
  tw: '情報部門稱，裝有彈藥的列車已越過邊境，貨物經過哈桑車站。',
  fr: 'Des trains chargés de munitions ont franchi la frontière, déclare l’enquête menée à Séoul. Le convoi était déjà passé à Khassan.',
  de: 'Züge mit Munition überquerten die Grenze, erklärte die Behörde für Aufklärung. Größere Güter rollten über Chassan.',
  pl: 'Pociągi z amunicją przekroczyły granicę, twierdzi wywiad. Ładunki wyjechały przez stację Chasan, mówią źródła.',
  el: 'Τρένα με πυρομαχικά πέρασαν τα σύνορα, λένε οι υπηρεσίες. Τα φορτία πέρασαν από τον σταθμό.',
  ar: 'عبرت قطارات محملة بالذخيرة الحدود حسب الاستخبارات ومرت الشحنات عبر محطة حسن',
  tr: 'Mühimmat yüklü trenler sınırı geçti, diyor istihbarat. Yükler Hasan istasyonundan geçti, şimdi doğuya gidiyor.',
  th: 'รถไฟบรรทุกกระสุนข้ามชายแดนแล้วตามรายงานข่าวกรอง สินค้าผ่านสถานี',
  he: 'רכבות עמוסות תחמושת חצו את הגבול כך מסר המודיעין המטענים עברו בתחנה',
} as const;

type Language = keyof typeof sentences;

const charsets: readonly (readonly [language: Language, charset: string, mark?: 'marked'])[] = [
  ['ru', 'windows-1251'],
  ['ru', 'koi8-r'],
  ['ru', 'iso-8859-5'],
  ['ru', 'cp866'],
  ['ru', 'utf-8'],
  ['ru', 'maccyrillic'],
  ['uk', 'windows-1251'],
  ['uk', 'koi8-u'],
  ['ko', 'euc-kr'],
  ['ko', 'cp949'],
  ['ko', 'ks_c_5601-1987'],
  ['ja', 'shift_jis'],
  ['ja', 'euc-jp'],
  ['ja', 'utf-8'],
  ['zh', 'gb2312'],
  ['zh', 'gbk'],
  ['zh', 'gb18030'],
  ['tw', 'big5'],
  ['fr', 'windows-1252'],
  ['fr', 'iso-8859-1'],
  ['fr', 'iso-8859-15'],
  ['de', 'windows-1252'],
  ['de', 'iso-8859-1'],
  ['pl', 'iso-8859-2'],
  ['pl', 'windows-1250'],
  ['el', 'iso-8859-7'],
  ['el', 'windows-1253'],
  ['ar', 'windows-1256'],
  ['tr', 'iso-8859-9'],
  ['tr', 'windows-1254'],
  ['th', 'tis-620'],
  ['he', 'windows-1255'],
  ['ko', 'utf-16le'],
  ['ko', 'utf-16be'],
  ['zh', 'utf-16le', 'marked'],
  ['ru', 'utf-16be', 'marked'],
  ['ja', 'utf-8', 'marked'],
  ['ko', 'utf-32le', 'marked'],
];

const declarations: readonly (readonly [how: string, xml: boolean, http: 'same' | 'utf-8' | undefined])[] = [
  ['declared in the document', true, undefined],
  ['declared by the server', false, 'same'],
  ['declared by both', true, 'same'],
  ['called utf-8 by the server', true, 'utf-8'],
  ['not declared', false, undefined],
];

const rows = declarations.flatMap(([how, xml, http]) =>
  charsets.map(([language, charset, mark]) => ({ language, charset, mark, how, xml, http })),
);

test.each(rows)('$language in $charset, $how, is read right', ({ language, charset, mark, xml, http }) => {
  const encode = (text: string) => iconv.encode(text, charset, { addBOM: mark === 'marked' });
  const representable = iconv.decode(encode(sentences[language]), charset);
  const declaration = xml ? `<?xml version="1.0" encoding="${charset}"?>` : '<?xml version="1.0"?>';
  const item = `<item><title>${representable}</title></item>`;
  const bytes = encode(`${declaration}<rss><channel>${item.repeat(8)}</channel></rss>`);
  const contentType =
    http === undefined ? 'text/xml' : `text/xml; charset=${http === 'same' ? charset : http}`;

  expect(decode(bytes, contentType)).toContain(`<title>${representable}</title>`);
});

test('a single-byte label on bytes that are UTF-8 is not believed', () => {
  expect(decode(Buffer.from('<a>Séoul – Хасан</a>'), 'text/xml; charset=iso-8859-1')).toBe(
    '<a>Séoul – Хасан</a>',
  );
});

test('a few broken bytes leave the rest of a UTF-8 text whole', () => {
  const bytes = Buffer.concat([
    Buffer.from('<a>Séoul, '.repeat(40)),
    Buffer.of(0xe2, 0x28),
    Buffer.from('Хасан</a>'),
  ]);
  expect(decode(bytes)).toMatch(/^<a>Séoul, .*Хасан<\/a>$/);
});

test('a charset that nobody knows is passed over', () => {
  expect(decode(Buffer.from('<a>Séoul</a>'), 'text/xml; charset=klingon')).toBe('<a>Séoul</a>');
});

test('what windows-1252 has in place of controls is read as it was meant', () => {
  expect(decode(Buffer.from('L\u0092enqu\u00eate \u0096 suite'))).toBe('L’enquête – suite');
});

test('no bytes are no text', () => {
  expect(decode(new Uint8Array())).toBe('');
});
