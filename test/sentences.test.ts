import { expect, test } from 'vitest';
import { sentencesOf } from '../src/language/sentences.ts';

test.each([
  ['a title before a name', 'M. Kim a parlé. Gen. Ri too.', ['M. Kim a parlé.', 'Gen. Ri too.']],
  ['initials', 'John F. Kirby spoke. He left.', ['John F. Kirby spoke.', 'He left.']],
  [
    'U.S. inside and at the end of a sentence',
    'The U.S. Army left the U.S. The ministry said so.',
    ['The U.S. Army left the U.S.', 'The ministry said so.'],
  ],
  ['a German ordinal', 'Er kam am 7. Februar. Dann ging er.', ['Er kam am 7. Februar.', 'Dann ging er.']],
  ['a month cut short', 'It fired on Dec. 30. Nobody died.', ['It fired on Dec. 30.', 'Nobody died.']],
  ['grouped numbers', 'Environ 335.000 habitants. Fin.', ['Environ 335.000 habitants.', 'Fin.']],
  [
    'Polish and Russian short forms',
    'Ok. 10 tys. żołnierzy. Это 5 тыс. солдат.',
    ['Ok. 10 tys. żołnierzy.', 'Это 5 тыс. солдат.'],
  ],
  [
    'a quotation and its speaker',
    '« Quoi ? » dit-il. "Yes." he said.',
    ['« Quoi ? » dit-il.', '"Yes." he said.'],
  ],
  ['Japanese', '「渡した。」と述べた。次の文。', ['「渡した。」と述べた。', '次の文。']],
  ['Chinese', '朝鲜发射导弹。韩国谴责！美国呢？', ['朝鲜发射导弹。', '韩国谴责！', '美国呢？']],
  ['Korean', '북한이 쐈다. 러시아는 부인했다.', ['북한이 쐈다.', '러시아는 부인했다.']],
  [
    'paragraphs',
    'Title without a stop\nFirst. Second\n\n• third',
    ['Title without a stop', 'First.', 'Second', '• third'],
  ],
])('keeps or cuts at %s', (_, text, expected) => {
  expect(sentencesOf(text).map((sentence) => sentence.text)).toEqual(expected);
});

test('offsets lead back into the text', () => {
  const text = '  One.\r\n\tTwo “2.5” three.  Four\u2028five ';
  for (const { text: sentence, start, end } of sentencesOf(text))
    expect(text.slice(start, end)).toBe(sentence);
  expect(sentencesOf(text)).toHaveLength(4);
});

test('nothing gives nothing', () => {
  expect(sentencesOf('')).toEqual([]);
  expect(sentencesOf(' \n\n ')).toEqual([]);
  expect(sentencesOf('\ud800')).toHaveLength(1);
});
