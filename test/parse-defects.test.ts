import { expect, test } from 'vitest';

import { atom, DATE, ENTRY, firstItem, ITEM, read, rss } from './feed-texts.ts';

test.each([
  ['a byte order mark', '\ufeff', ''],
  ['blank lines before', '\n\n  ', ''],
  ['a warning of the server before', '<br />\n<b>Warning</b>: foo in /x.php<br />\n', ''],
  ['a notice before', 'Notice: x\n', ''],
  ['a comment before', '<!-- <rss> -->', ''],
  ['a script after', '', '<!-- cache --><script>x</script>'],
  ['text after', '', '\nCached in 0.1s'],
])('%s does no harm', async (_, before, after) => {
  const { items } = await read(before + rss(ITEM) + after);
  expect(items).toMatchObject([{ title: 'A', url: 'http://e.example/a' }]);
});

test.each([
  ['an HTML entity', 'A&nbsp;B', 'A B'],
  ['accented entities', 'Caf&eacute;&hellip;', 'Café…'],
  ['an unknown entity', 'A &foo; B', 'A &foo; B'],
  ['a bare ampersand', 'A & B', 'A & B'],
  ['an ampersand escaped twice', 'A &amp;amp; B', 'A & B'],
  ['a character reference escaped twice', 'It&amp;#8217;s', 'It’s'],
  ['control characters', 'A\u000b\u0008B', 'AB'],
  ['a reference to a control character', 'A&#x1F;B', 'AB'],
  ['a reference meant for windows-1252', 'A &#150; B', 'A – B'],
  ['CDATA', '<![CDATA[A & <b>B</b>]]>', 'A & B'],
  ['CDATA between text', 'x <![CDATA[y]]> z', 'x y z'],
  ['markup', '<b>A</b> &lt;i&gt;B&lt;/i&gt;', 'A B'],
  ['a script', '&lt;script&gt;alert(1)&lt;/script&gt;A', 'A'],
  ['less than', '1 &lt; 2', '1 < 2'],
])('%s in a title is read as meant', async (_, written, title) => {
  expect((await firstItem(rss(ITEM.replace('>A<', `>${written}<`)))).title).toBe(title);
});

test.each([
  ['html', '<title type="html">A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title>', 'A & B'],
  ['xhtml', '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>B</b></div></title>', 'A B'],
  ['text', '<title type="text">A &lt;b&gt;</title>', 'A <b>'],
])('an Atom title of type %s is plain text', async (_, written, title) => {
  expect((await firstItem(atom(ENTRY.replace('<title>A</title>', written)))).title).toBe(title);
});

test('XHTML content keeps its order and its paragraphs', async () => {
  const content =
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>one <b>two</b> three</p><p><i>four</i> five</p></div></content>';
  expect((await firstItem(atom(ENTRY.replace('<summary>s</summary>', content)))).content).toBe(
    'one two three\nfour five',
  );
});

test.each([
  ['a tag left open', ITEM.replace('>d<', '>one<br>two<'), 1],
  ['tags that do not match', `${ITEM.replace('>d<', '><b>one</i><')}${ITEM}`, 2],
  ['an attribute without quotes', ITEM.replace('<guid>', '<guid isPermaLink=false>'), 1],
  [
    'a __proto__ tag',
    ITEM.replace('<guid>', '<__proto__><polluted>1</polluted></__proto__><constructor>x</constructor><guid>'),
    1,
  ],
  ['100,000 open tags', ITEM.replace('>d<', `>${'<b>'.repeat(100_000)}<`), 1],
  [
    '10,000 attributes',
    ITEM.replace(
      '<title>',
      `<title ${Array.from({ length: 10_000 }, (_unused, index) => `a${index}="1"`).join(' ')}>`,
    ),
    1,
  ],
  ['20,000 items', ITEM.repeat(20_000), 20_000],
])('%s loses no item', async (_, items, count) => {
  const parsed = await read(rss(items));
  expect(parsed.items).toHaveLength(count);
  expect(parsed.items.at(-1)).toMatchObject({ title: 'A', guid: 'g1' });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('a feed cut off in mid-item keeps the items before', async () => {
  const { items } = await read(rss(ITEM.repeat(3)).slice(0, -200));
  expect(items.slice(0, 2)).toMatchObject([{ title: 'A' }, { title: 'A' }]);
});

test.each([
  ['blanks around it', ITEM.replace('http://e.example/a', '\n  http://e.example/a\n '), 'http://e.example/a'],
  [
    'a bare ampersand in it',
    ITEM.replace('http://e.example/a', 'http://e.example/?a=1&copy=2'),
    'http://e.example/?a=1&copy=2',
  ],
  [
    'only a guid that is a permalink',
    '<item><title>A</title><guid>http://e.example/a</guid></item>',
    'http://e.example/a',
  ],
  [
    'only a guid that is no permalink',
    '<item><title>A</title><guid isPermaLink="false">http://e.example/a</guid></item>',
    undefined,
  ],
  [
    'a link to the feed before',
    '<item><atom:link href="http://e.example/self" rel="self"/><link>http://e.example/a</link></item>',
    'http://e.example/a',
  ],
])('an RSS link with %s is found', async (_, item, url) => {
  expect((await firstItem(rss(item, 'xmlns:atom="http://www.w3.org/2005/Atom"'))).url).toBe(url);
});

test.each([
  ['rel=self first', '<link rel="self" href="http://e.example/api/a"/><link href="http://e.example/a"/>'],
  [
    'an enclosure first',
    '<link rel="enclosure" href="http://e.example/a.mp3"/><link rel="alternate" type="text/html" href="http://e.example/a"/>',
  ],
  ['the address as text', '<link>http://e.example/a</link>'],
])('an Atom link with %s is found', async (_, links) => {
  expect((await firstItem(atom(ENTRY.replace('<link href="http://e.example/a"/>', links)))).url).toBe(
    'http://e.example/a',
  );
});

test('relative links count from xml:base, else from where the feed came from', async () => {
  const relative = ENTRY.replace('http://e.example/a', 'a');
  expect((await firstItem(atom(relative, 'xml:base="http://e.example/x/"'))).url).toBe(
    'http://e.example/x/a',
  );
  expect(
    (await firstItem(rss(ITEM.replace('http://e.example/a', '/a')), 'http://e.example/feed.xml')).url,
  ).toBe('http://e.example/a');
});

test.each([
  ['media:title', '<media:title>M</media:title>'],
  ['dc:title', '<dc:title>D</dc:title>'],
])('%s does not stand in for a title that is there', async (_, other) => {
  const namespaces =
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"';
  expect((await firstItem(rss(`<item>${other}<title>A</title></item>`, namespaces))).title).toBe('A');
});

test.each([
  ['Tue, 05 Nov 2024 18:00:00 KST', DATE],
  ['Tue, 05 Nov 2024 12:00:00 MSK', DATE],
  ['Вт, 05 ноя 2024 12:00:00 +0300', DATE],
  ['Tue, 05 Nov 2024 09:00:00', DATE],
  ['yesterday', undefined],
])('the date %s spoils nothing and means the same in every zone', async (written, published) => {
  const { items } = await read(rss(ITEM.replace('Tue, 05 Nov 2024 09:00:00 GMT', written) + ITEM));
  expect(items.map((item) => item.published)).toEqual([published, DATE]);
});

test('a declared entity is replaced when it is plain text, and nothing else is', async () => {
  const title = ITEM.replace('>A<', '>&co; &file; &big;<');
  const doctype =
    '<!DOCTYPE rss [<!ENTITY co "Acme"><!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY one "lol"><!ENTITY big "&one;&one;">]>';
  expect((await firstItem(rss(title, '', doctype))).title).toBe('Acme &file; &big;');
});

test('entities that would grow without end stay small', async () => {
  const growing = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
  ).join('');
  const laughs = rss(ITEM.replace('>A<', '>&l9;<'), '', `<!DOCTYPE rss [<!ENTITY l0 "lol">${growing}]>`);
  const quadratic = rss(
    ITEM.replace('>A<', `>${'&a;'.repeat(20_000)}<`),
    '',
    `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(50_000)}">]>`,
  );
  expect((await firstItem(laughs)).title?.length).toBeLessThan(1000);
  expect((await firstItem(quadratic)).title?.length).toBeLessThan(100_000);
});

test('without an address of its own, a feed counts relative links from its site', async () => {
  expect((await firstItem(rss(ITEM.replace('http://e.example/a', '/a')))).url).toBe('http://e.example/a');
});

test('an ampersand escaped twice in a link is one', async () => {
  const item = ITEM.replace('http://e.example/a', 'http://e.example/?a=1&amp;amp;b=2');
  expect((await firstItem(rss(item))).url).toBe('http://e.example/?a=1&b=2');
});

test.each([
  ['an entry', ENTRY],
  ['an item', ITEM],
])('%s without a feed around it is read', async (_, text) => {
  expect(await read(text)).toMatchObject({ items: [{ title: 'A' }] });
});
