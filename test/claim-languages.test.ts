import { describe, expect, test } from 'vitest';
import { claimsOf } from './claims-of.ts';

/** What a sentence of that language claims first: kind, stance and who says so. */
function first(language: string, text: string): string {
  const [claim] = claimsOf(text, { language });
  const who = claim?.claimants.map(({ id }) => id).join('+');
  return `${claim?.kind} ${claim?.stance} ${who === '' ? 'nobody' : who}`;
}

describe('somebody says so', () => {
  test.each([
    ['ar', 'قال البنتاغون إن كوريا الشمالية أرسلت جنودا إلى روسيا.', 'pentagon'],
    ['bg', 'Пентагонът заяви, че Северна Корея е изпратила войници в Русия.', 'pentagon'],
    ['hi', 'पेंटागन ने कहा कि उत्तर कोरिया ने रूस में सैनिक भेजे हैं।', 'pentagon'],
    ['it', 'Il Pentagono ha dichiarato che la Corea del Nord ha inviato soldati in Russia.', 'pentagon'],
    ['pt', 'O Pentágono afirmou que a Coreia do Norte enviou soldados para a Rússia.', 'pentagon'],
    ['tr', 'Pentagon, Kuzey Kore’nin Rusya’ya asker gönderdiğini açıkladı.', 'pentagon'],
    ['vi', 'Lầu Năm Góc cho biết Triều Tiên đã gửi binh sĩ sang Nga.', 'pentagon'],
    ['ar', 'بحسب سيول، أرسلت كوريا الشمالية جنودا إلى روسيا.', 'rok'],
    ['bg', 'Според Сеул Северна Корея е изпратила войници в Русия.', 'rok'],
    ['hi', 'सियोल के अनुसार उत्तर कोरिया ने रूस में सैनिक भेजे हैं।', 'rok'],
    ['it', 'Secondo Seul, la Corea del Nord ha inviato soldati in Russia.', 'rok'],
    ['pt', 'Segundo Seul, a Coreia do Norte enviou soldados para a Rússia.', 'rok'],
    ['tr', 'Seul’e göre Kuzey Kore Rusya’ya asker gönderdi.', 'rok'],
    ['vi', 'Theo Seoul, Triều Tiên đã gửi binh sĩ sang Nga.', 'rok'],
  ])('%s: %s', (language, text, who) => {
    expect(first(language, text)).toBe(`troops asserts ${who}`);
  });
});

describe('somebody denies it', () => {
  test.each([
    ['ar', 'نفى الكرملين إرسال كوريا الشمالية جنودا إلى روسيا.'],
    ['bg', 'Кремъл отрече Северна Корея да е изпратила войници в Русия.'],
    ['de', 'Der Kreml bestritt, dass Nordkorea Soldaten nach Russland geschickt hat.'],
    ['hi', 'क्रेमलिन ने रूस में उत्तर कोरियाई सैनिकों की तैनाती का खंडन किया।'],
    ['it', 'Il Cremlino ha smentito l’invio di soldati nordcoreani in Russia.'],
    ['pl', 'Kreml zaprzeczył, że Korea Północna wysłała żołnierzy do Rosji.'],
    ['pt', 'O Kremlin negou o envio de soldados norte-coreanos para a Rússia.'],
    ['tr', 'Kremlin, Kuzey Kore’nin Rusya’ya asker gönderdiği iddiasını yalanladı.'],
    ['uk', 'Кремль заперечив, що КНДР відправила солдатів до Росії.'],
    ['vi', 'Điện Kremlin phủ nhận việc Triều Tiên gửi binh sĩ sang Nga.'],
  ])('%s: %s', (language, text) => {
    expect(first(language, text)).toBe('denial denies kremlin');
  });
});

describe('somebody who neither confirms nor denies it says nothing against it', () => {
  test.each([
    ['ar', 'لم ينف بوتين وجود جنود كوريين شماليين في روسيا.'],
    ['bg', 'Путин не отрече, че в Русия има севернокорейски войници.'],
    ['de', 'Putin hat die Anwesenheit nordkoreanischer Soldaten in Russland nicht dementiert.'],
    ['es', 'Putin no negó la presencia de soldados norcoreanos en Rusia.'],
    ['hi', 'पुतिन ने रूस में उत्तर कोरियाई सैनिकों की मौजूदगी से इनकार नहीं किया।'],
    ['it', 'Putin non ha smentito la presenza di soldati nordcoreani in Russia.'],
    ['pl', 'Putin nie zaprzeczył obecności północnokoreańskich żołnierzy w Rosji.'],
    ['pt', 'Putin não negou a presença de soldados norte-coreanos na Rússia.'],
    ['tr', 'Putin, Rusya’da Kuzey Kore askerlerinin varlığını yalanlamadı.'],
    ['vi', 'Ông Putin không phủ nhận sự hiện diện của binh sĩ Triều Tiên ở Nga.'],
  ])('%s: %s', (language, text) => {
    expect(claimsOf(text, { language }).map(({ stance }) => stance)).not.toContain('denies');
  });
});

describe('what is planned has not happened', () => {
  test.each([
    ['ar', 'سترسل كوريا الشمالية جنودا إلى روسيا.'],
    ['bg', 'Северна Корея ще изпрати войници в Русия.'],
    ['de', 'Nordkorea will Soldaten nach Russland schicken.'],
    ['hi', 'उत्तर कोरिया रूस में और सैनिक भेजेगा।'],
    ['it', 'La Corea del Nord invierà soldati in Russia.'],
    ['pl', 'Korea Północna ma wysłać żołnierzy do Rosji.'],
    ['pt', 'A Coreia do Norte enviará soldados para a Rússia.'],
    ['tr', 'Kuzey Kore Rusya’ya asker gönderecek.'],
    ['vi', 'Triều Tiên sẽ gửi binh sĩ sang Nga.'],
  ])('%s: %s', (language, text) => {
    expect(first(language, text)).toBe('troops expects nobody');
  });
});

describe('what may have happened is reported, not planned', () => {
  test.each([
    ['de', 'Nordkorea soll Soldaten nach Russland geschickt haben.'],
    ['fr', 'La Corée du Nord aurait envoyé des soldats en Russie.'],
    ['it', 'La Corea del Nord avrebbe inviato soldati in Russia.'],
  ])('%s: %s', (language, text) => {
    expect(first(language, text)).toBe('troops reports nobody');
  });
});

describe('the month in which a war began is not when something was delivered', () => {
  test.each([
    ['en', 'Since the invasion of Ukraine in February 2022, North Korea has sent missiles to Russia.'],
    [
      'fr',
      'Depuis l’invasion de l’Ukraine en février 2022, la Corée du Nord livre des missiles à la Russie.',
    ],
    ['de', 'Seit dem Einmarsch in die Ukraine im Februar 2022 liefert Nordkorea Raketen an Russland.'],
    [
      'pt',
      'Na guerra iniciada com a invasão em fevereiro de 2022, a Coreia do Norte envia mísseis à Rússia.',
    ],
  ])('%s: %s', (language, text) => {
    expect(claimsOf(text, { language }).map(({ when }) => when)).toEqual([undefined]);
  });
});

test('a title and its state behind a name and a colon are whose name it is', () => {
  const [described] = claimsOf('Kim Jong Un: North Korea’s leader arrives in Russia to meet Putin');
  expect(described?.claimants).toEqual([]);
  const [quoted] = claimsOf('Kirby: North Korea has sent missiles to Russia');
  expect(quoted?.claimants).toMatchObject([{ id: 'kirby' }]);
});
