import { expect, test } from 'vitest';

import { cleanArticle, cleanText } from '../src/feeds/clean.ts';

test('labels that a scraper put around an article become fields', () => {
  const article = cleanArticle(
    [
      '[ad_1]',
      'Der Minister reiste am Freitag nach Pjöngjang. Dort traf er seinen Amtskollegen und sprach über Munition, Ausbildung und Öl. Danach flog er zurück nach Moskau, wie sein Ministerium am Abend mitteilte.',
      '[ad_2]',
      'Source link : https://www.example.org/welt/minister-pjoengjang',
      'Author : M. Muster',
      'Publish date : 2024-11-29 10:11:29',
      'Copyright for syndicated content belongs to the linked Source.',
    ].join('\n'),
  );

  expect(article).toMatchObject({
    url: 'https://www.example.org/welt/minister-pjoengjang',
    author: 'M. Muster',
    published: { start: '2024-11-29', end: '2024-11-29', precision: 'day' },
    moment: new Date('2024-11-29T10:11:29Z'),
  });
  expect(article.text).toMatch(/^Der Minister .* mitteilte\.$/);
});

test('a month before the text is when it was published', () => {
  const article = cleanArticle(' date 2024-01 Washington accuse Pyongyang. Moscou nie.');

  expect(article.published).toEqual({ start: '2024-01-01', end: '2024-01-31', precision: 'month' });
  expect(article.text).toBe('Washington accuse Pyongyang. Moscou nie.');
});

test.each([
  ['Опубликовано: 5 января 2024 г. 09:30', '2024-01-05T09:30:00.000Z'],
  ['입력 2024년 1월 5일 09:30', '2024-01-05T00:30:00.000Z'],
  ['Publié le 5 janvier 2024 à 09:30', '2024-01-05T09:30:00.000Z'],
  ['發布時間: 2024/01/05 09:30', '2024-01-05T09:30:00.000Z'],
])('a line such as "%s" dates the article', (line, moment) => {
  expect(cleanArticle(`${line}\nA ship docked.`).moment?.toISOString()).toBe(moment);
});

test('a sentence that only begins like a date label stays', () => {
  const text = 'Published photographs show a launcher near the border.';
  expect(cleanArticle(`Two ships docked.\n${text}`).text).toContain(text);
});

test.each([
  ['placeholders of templates', 'A ship {{#rendered}} docked{{/rendered}}.', 'A ship docked.'],
  ['marks of translation services', 'A ship docked.\nttn-fr-39', 'A ship docked.'],
  ['lone dashes', 'A ship docked.\n-\nIt left.', 'A ship docked.\nIt left.'],
  ['colons before a line', 'A ship docked.\n:It left again.', 'A ship docked.\nIt left again.'],
  [
    'links to other articles with their headline',
    'A ship docked.\nLire aussi\nUn missile en vitrine\nIt left.',
    'A ship docked.\nIt left.',
  ],
  [
    'the same on one line',
    'A ship docked.\nЧитайте также: Ракета на параде\nIt left.',
    'A ship docked.\nIt left.',
  ],
  ['invitations', 'A ship docked. Suivez les dernières informations.', 'A ship docked.'],
  [
    'welcomes',
    'A ship docked. BIENVENUE Bonjour et bienvenue sur ce live. Retrouvez ici tout.',
    'A ship docked.',
  ],
  ['credits', 'A ship docked.\nPhoto : KCNA / Agence X\nIt left.', 'A ship docked.\nIt left.'],
  ['Korean credits', '배가 도착했다.\n사진=조선중앙통신\n배가 떠났다.', '배가 도착했다.\n배가 떠났다.'],
  [
    'headlines in capitals',
    'A ship docked.\nUNRELATED MINISTER OPENS A SPLENDID BRIDGE: REPORT\nIt left.',
    'A ship docked.\nIt left.',
  ],
  [
    'posts of video platforms',
    'A ship docked. @paper 🇷🇺 A decree was signed. #news #world ♬ original sound – Paper It left.',
    'A ship docked.\nIt left.',
  ],
  ['posts of short messages', 'A ship docked. — Some Reporter (@reporter) January 5, 2024', 'A ship docked.'],
  [
    'scripts of the page',
    'A ship docked.\nwindow.yaContextCb.push(()=>{})\nIt left.',
    'A ship docked.\nIt left.',
  ],
])('%s are left out', (_, raw, text) => {
  expect(cleanArticle(raw).text).toBe(text);
});

test('a script in the middle of a line takes nothing of the article with it', () => {
  const raw =
    'A ship docked. if (!/paper/.test(window.location.hostname)) { document.getElementById("x").style.display = "none"; } .tdi_9{vertical-align:baseline} It left; nobody (not even the harbour) saw it.';
  const { text } = cleanArticle(raw);
  expect(text).toMatch(/^A ship docked\. /);
  expect(text).toMatch(/It left; nobody \(not even the harbour\) saw it\.$/);
  expect(text).not.toMatch(/[{}=]|tdi_9|display/);
});

test('dashes that open direct speech stay', () => {
  const text = '– Vi så skipet i går.\n– Det lå ved kaia.';
  expect(cleanArticle(text).text).toBe(text);
});

test('what follows a link to another article stays when it is a sentence', () => {
  const article = cleanArticle('A ship docked.\nRead also\nThe port had been closed for two years.');
  expect(article.text).toBe('A ship docked.\nThe port had been closed for two years.');
});

test('words that also begin a notice stay in an article', () => {
  const text = 'Loading of the containers began on Monday. Subscribers of the agency saw it first.';
  expect(cleanArticle(text).text).toBe(text);
});

test.each([
  [
    'a heading',
    'Les liens avec le NordLe ministre est venu. Il va au Nord.',
    'Les liens avec le Nord\nLe ministre est venu. Il va au Nord.',
  ],
  ['a sentence', 'Il est venu.Ce vendredi il repart.', 'Il est venu.\nCe vendredi il repart.'],
  ['a quotation', 'Il parle de « paix »Le Kremlin se tait.', 'Il parle de « paix »\nLe Kremlin se tait.'],
])('%s glued to the next is split off', (_, raw, whole) => {
  const { title, text } = cleanArticle(raw);
  expect([title, text].join('\n').trim()).toBe(whole);
});

test.each([
  ['Scandinavian quotation marks', 'Han smilede. »Jeg går hjem nu!« udbrød han. ”Hon var ute”, sade en.'],
  ['initials', 'А.Иванов и Б.Петров встретились на ул.Мира. J.Smith and U.S.Navy ships were there.'],
  ['numbers', 'The index rose by 3.5 per cent to 1.200 points on 5.11.2024 at noon.'],
])('%s stay together', (_, text) => {
  expect(cleanArticle(text).text).toBe(text);
});

test('names with a capital inside stay whole', () => {
  const text = 'TikTok, YouTube and McDonald sold shares to BioNTech.';
  expect(cleanArticle(text).text).toBe(text);
});

test.each([
  [
    'a full stop in mid-sentence',
    'Une déclaration en réponse. à cette activité.',
    'Une déclaration en réponse à cette activité.',
  ],
  [
    'a reporting phrase in mid-sentence',
    '“Stop”, a-t-il ajouté. ont déclaré les ministres.',
    '“Stop” ont déclaré les ministres.',
  ],
  [
    'quotation marks turned round',
    "Kiev dit qu'”au moins 30 soldats” sont morts.",
    "Kiev dit qu'“au moins 30 soldats” sont morts.",
  ],
])('%s is mended', (_, raw, text) => {
  expect(cleanArticle(raw).text).toBe(text);
});

test('a reporting phrase that ends its own sentence stays', () => {
  const text = '“Cela doit cesser”, ont-ils déclaré dans un communiqué commun. Moscou nie.';
  expect(cleanArticle(text).text).toBe(text);
});

test('captions leave the text and keep their dates', () => {
  const article = cleanArticle(
    'A ship docked.\nA port at night, filmed by a resident.02/01/2024 | 1:52 minutes\nSoldiers on parade (archives)\nIt left.',
  );

  expect(article.captions).toEqual([
    { text: 'A port at night, filmed by a resident.', date: '02/01/2024' },
    { text: 'Soldiers on parade (archives)' },
  ]);
  expect(article.text).toBe('A ship docked.\nIt left.');
});

test('a paragraph that comes again is left out, one that differs in a number is not', () => {
  const first =
    'On Tuesday the ministry said that 30 containers had crossed the border by train near Khasan.';
  const second =
    'On Tuesday the ministry said that 300 containers had crossed the border by train near Khasan.';
  const article = cleanArticle([first, second, first].join('\n'));
  expect(article.text).toBe(`${first}\n${second}`);
});

test('a short first line without a full stop is the title', () => {
  const article = cleanArticle('USA: Moscow used new missiles\n\nThe speaker said so on Thursday.');
  expect(article).toMatchObject({
    title: 'USA: Moscow used new missiles',
    text: 'The speaker said so on Thursday.',
  });
});

test('a piece of HTML is read as text', () => {
  expect(cleanArticle('<p>A ship <b>docked</b>.</p><script>x()</script><p>It left.</p>').text).toBe(
    'A ship docked.\nIt left.',
  );
});

const costly =
  'A |A" |a\n|aaaA |a. A|«|“a”A|{|}|); |/*|@a |#a |♬ @a |漢|1 mai 2024|- 1:11|window.a {|aaaa. de a |source: |Lire aussi\n|\u0301';

test.each(costly.split('|'))('64 KB of %j are cleaned like any text', (unit) => {
  expect(cleanText(unit.repeat(65_536 / unit.length)).length).toBeLessThanOrEqual(2 * 65_536);
});
