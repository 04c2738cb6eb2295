import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { makeSigner } from '../src/channels/signer.ts';
import { renderSlack } from '../src/channels/slack/rendering/render.ts';
import { type Action, aMessage, day, foreign, type Line, words } from '../src/message.ts';
import { brokenRules, hasSchema, nodesIn } from './doubles/slack/rules.ts';
import { textOf } from './doubles/slack/slack.ts';

const signer = makeSigner('key', 2000);

test.runIf(hasSchema)('the official description of blocks is at hand and refuses what is none', () => {
  expect(
    brokenRules({ text: 'x', blocks: [{ type: 'nope' }], unfurl_links: false, unfurl_media: false }),
  ).not.toEqual([]);
});

test('days stand as text, moments as dates that Slack tells in the reader’s zone', () => {
  const at = new Date('2024-10-26T22:30:00Z');
  const elements = elementsOf([day('26 October 2024'), { kind: 'moment', at, show: 'both' }]);
  expect(elements).toMatchObject([
    { type: 'text', text: '26 October 2024' },
    { type: 'date', timestamp: 1_729_981_800, format: '{date_short} {time}' },
  ]);
});

test('what others wrote stays text, and only addresses of the web become links', () => {
  const line: Line = [
    foreign('*b* <!here> @everyone'),
    { kind: 'link', label: '<@U1>', url: 'https://a.example/' },
    { kind: 'link', label: 'run', url: 'javascript:alert(1)' },
  ];
  expect(elementsOf(line)).toEqual([
    { type: 'text', text: '*b* <!here> @everyone' },
    { type: 'link', url: 'https://a.example/', text: '<@U1>' },
    { type: 'text', text: 'run' },
  ]);
});

test('what a reader may try is shown as it is typed on Slack', () => {
  const request = { command: 'event', options: { id: 'kn-1' } };
  expect(elementsOf([{ kind: 'try', request }])).toEqual([
    { type: 'text', text: '/tumen event id:kn-1', style: { code: true } },
  ]);
});

test('a long message continues in further ones; buttons stand under the last, and what is too long for all is shown to go on', () => {
  const blocks = Array.from({ length: 400 }, () => ({
    kind: 'text' as const,
    line: [foreign('words '.repeat(60))],
  }));
  const actions: Action[] = [{ kind: 'link', label: 'More', url: 'https://a.example/' }];
  const parts = renderSlack(
    aMessage({ title: [words('Long')], blocks, actions, language: 'en', zone: 'UTC' }),
    signer,
    3,
  );
  expect(parts.map((part) => part.blocks.some(({ type }) => type === 'actions'))).toEqual([
    false,
    false,
    true,
  ]);
  expect(parts.map((part) => part.blocks.some(({ type }) => type === 'header'))).toEqual([
    true,
    false,
    false,
  ]);
  expect(parts.map((part) => textOf(part).includes('…'))).toEqual([false, false, true]);
});

test.each([
  ['few long', 200, 60],
  ['thousands of short', 2000, 3],
])(
  'in %s messages, no text that others wrote keeps a meaning, breaks a limit or loses a link of ours',
  (_, numRuns, maxLength) => {
    const hostile = oneof(
      string({ unit: 'grapheme', maxLength: 600 }),
      constantFrom(
        '<!channel>',
        '<@U1>',
        '<!date^1^x|y>',
        '<https://evil.example|a>',
        '*bold*',
        '\u202eevil',
        '&lt;',
        ':smile:',
        ' ',
        '',
        '한국어'.repeat(3000),
        '<&>'.repeat(2000),
        '👩‍👩‍👧'.repeat(500),
      ),
    );
    const url = 'https://a.example/x)y';
    assert(
      property(array(hostile, { maxLength }), (texts) => {
        const request = { command: 'events', options: { text: texts.join('|') } };
        const message = aMessage({
          title: [foreign(texts.join(' '))],
          blocks: [
            {
              kind: 'entries',
              entries: texts.map((text) => ({
                line: [foreign(text), { kind: 'link', label: text, url }],
                details: [[foreign(text)]],
              })),
            },
            { kind: 'facts', facts: texts.map((text) => ({ name: text, value: [foreign(text)] })) },
            ...texts.map((text) => ({ kind: 'heading' as const, line: [foreign(text)] })),
            ...texts.map((text) => ({ kind: 'text' as const, line: [foreign(text)] })),
          ],
          footer: texts.map((text) => [foreign(text)]),
          actions: texts.flatMap((text): Action[] => [
            { kind: 'button', label: text, request, effect: 'reply' },
            { kind: 'link', label: text, url },
            {
              kind: 'menu',
              label: text,
              option: 'kind',
              choices: texts.map((value) => ({ value, label: value })),
              request,
              effect: 'reply',
            },
          ]),
          files: texts.slice(0, 3).map((text) => ({ name: text, type: 'text/csv', text })),
          language: 'en',
          zone: 'UTC',
        });
        for (const part of renderSlack(message, signer)) {
          expect(brokenRules({ ...part, unfurl_links: false, unfurl_media: false })).toEqual([]);
          const links = nodesIn(part.blocks).flatMap((node) =>
            typeof node['url'] === 'string' ? [node['url']] : [],
          );
          expect(links.filter((link) => link !== url)).toEqual([]);
          expect(part.text + textOf(part)).not.toMatch(/\u202e/);
          expect(JSON.stringify(part).isWellFormed()).toBe(true);
        }
      }),
      { numRuns },
    );
  },
);

function elementsOf(line: Line) {
  const [part] = renderSlack(
    aMessage({ title: [words('x')], blocks: [{ kind: 'text', line }], language: 'en', zone: 'UTC' }),
    signer,
  );
  const block = part?.blocks.find(({ type }) => type === 'rich_text');
  const [section] = block?.type === 'rich_text' ? block.elements : [];
  return section?.elements.slice(0, -1);
}
