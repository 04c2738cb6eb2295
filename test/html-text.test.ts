import { expect, test } from 'vitest';

import { htmlToLine, htmlToText } from '../src/feeds/reading/html-text.ts';

test.each([
  ['paragraphs stand on lines of their own', '<p>one</p>\n\n<p>two</p>', 'one\ntwo'],
  ['so do list items', '<ul><li>one</li><li>two</li></ul>', 'one\ntwo'],
  ['line breaks stay', 'one<br>two<br />three', 'one\ntwo\nthree'],
  ['words in bold are not torn', 'N<b>orth</b> Korea', 'North Korea'],
  ['cells are apart', '<td>one</td><td>two</td>', 'one two'],
  ['prefixes of tags do not matter', '<xhtml:p>one</xhtml:p><xhtml:p>two</xhtml:p>', 'one\ntwo'],
  ['scripts are left out', 'one<script>if (a < b) { x("</p>") }</script> two', 'one two'],
  ['styles are left out', '<style>p > a { color: red }</style>one', 'one'],
  ['a script left open hides the rest', 'one<script>two', 'one'],
  ['a frame left open hides only itself', 'one<iframe src="x"> two', 'one two'],
  ['comments are left out', 'one<!-- <p>x</p> --> two', 'one two'],
  ['a greater-than in an attribute ends no tag', '<img alt="a > b" src="x">one', 'one'],
  ['an attribute may quote the other way', '<img alt=\'a > "b"\' src=x>one', 'one'],
  ['entities are read', 'Caf&eacute; &amp; &#8217;&hellip;&nbsp;x', 'Café & ’… x'],
  ['escaped markup stays inert text', '&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
  ['less-than signs between words stay', 'if 1 < 2 and 3 <4', 'if 1 < 2 and 3 <4'],
  ['a tag cut off is left out', 'one <a href="x', 'one'],
  ['blanks are folded', ' one \t two\u00a0 three ', 'one two three'],
])('%s', (_, html, text) => {
  expect(htmlToText(html)).toBe(text);
});

test('a line has no line breaks', () => {
  expect(htmlToLine('<p>one</p><p>two</p>')).toBe('one two');
});
