import { array, assert, boolean, constantFrom, integer, oneof, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { renderEmbed } from '../src/channels/discord/rendering/fallback.ts';
import { renderDiscord } from '../src/channels/discord/rendering/render.ts';
import { shorten } from '../src/channels/shorten.ts';
import { makeSigner } from '../src/channels/signer.ts';
import { type Action, aMessage, type Block, foreign, type Message, words } from '../src/message.ts';
import { brokenRules, type MessageBody } from './doubles/discord/rules.ts';
import { judge } from './doubles/discord/spec.ts';

const RUNS = 1000;
const signer = makeSigner('key', 100);
const OURS = 'https://a.example/x)y';
const family = '👨‍👩‍👧‍👦';

/** What people have tried on bots. */
const hostile = oneof(
  string({ unit: 'grapheme', maxLength: 300 }),
  string({ unit: 'binary', maxLength: 300 }),
  constantFrom(
    '@everyone',
    '@here',
    '<@1>',
    '<@&1>',
    '<#1>',
    '<t:1:R>',
    '</events:1>',
    '<id:home>',
    '<a:wave:1>',
    ':smile:',
    '[a](https://evil.example)',
    '[a](<https://evil.example>)',
    '<https://evil.example>',
    'https://evil.example',
    'discord.gg/evil',
    '# big',
    '### big',
    '-# small',
    '>>> all quoted',
    '1. one',
    '- one',
    '||spoiler||',
    '```\ncode',
    '`',
    '\\',
    '**',
    '\u202eevil',
    'gnp\u200b.exe',
    '',
    ' ',
    '\n\n',
    '한국어'.repeat(3000),
    '漢字'.repeat(4000),
    family.repeat(900),
    `e${'\u0301'.repeat(5000)}`,
    'x'.repeat(10_000),
    'word '.repeat(2000),
    '**'.repeat(3000),
  ),
);

const messages = record({
  title: hostile,
  texts: array(hostile, { maxLength: 40 }),
  names: array(hostile, { maxLength: 6 }),
  buttons: array(hostile, { maxLength: 20 }),
  files: integer({ min: 0, max: 5 }),
  isDigest: boolean(),
});

test('no text that others wrote breaks a limit, keeps a meaning, or is torn', { timeout: 120_000 }, () => {
  assert(
    property(messages, (given) => {
      const message = messageOf(given);
      for (const { components, flags, allowedMentions, files } of renderDiscord(message, signer)) {
        const attachments = files.map(({ name }, id) => ({ id: String(id), filename: name }));
        const body = { components, flags, allowed_mentions: allowedMentions, attachments };
        expect(faultsOf(body as MessageBody)).toEqual([]);
        expect(textsIn(components).filter(isAlive)).toEqual([]);
      }
      const embed = renderEmbed(message);
      const body = { embeds: [embed], allowed_mentions: { parse: [] } };
      expect(faultsOf(body as MessageBody)).toEqual([]);
      expect([embed.title ?? '', embed.description ?? ''].filter(isAlive)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test('a shortened text keeps its limit and whole characters, and says that it was cut', () => {
  assert(
    property(
      array(oneof(string({ unit: 'grapheme' }), constantFrom(family, '한', ' ')), { maxLength: 80 }),
      integer({ min: 30, max: 120 }),
      (parts, most) => {
        const text = parts.join('');
        const shown = shorten(text, most);
        expect(shown.length).toBeLessThanOrEqual(most);
        const isCut = text.length > most;
        const kept = isCut ? shown.slice(0, -1) : shown;
        const borders = [...new Intl.Segmenter('en').segment(text)].map(({ index }) => index);
        borders.push(text.length);
        expect(shown).toBe(isCut ? `${kept}…` : text);
        expect(text.startsWith(kept)).toBe(true);
        expect(borders).toContain(kept.length);
      },
    ),
    { numRuns: RUNS },
  );
});

test('what does not fit is left out by whole lines, and links of ours stay whole', () => {
  const entries = Array.from({ length: 200 }, (_, number) => ({
    line: [
      foreign(`Event ${number}`),
      { kind: 'link' as const, label: 'Paper', url: `https://a.example/${number}` },
    ],
    details: [],
  }));
  const parts = renderDiscord(noteOf([{ kind: 'entries', entries }]), signer, 2);
  const lines = parts.flatMap(({ components }) => textsIn(components)).flatMap((text) => text.split('\n'));
  expect(parts).toHaveLength(2);
  expect(lines.at(-1)).toBe('…');
  for (const line of lines.slice(1, -1))
    expect(line).toMatch(/^- Event \d+\[Paper\]\(https:\/\/a\.example\/\d+\)$/);
});

/** A mention, timestamp, emoji, link or heading that Discord would make something of: nothing before it takes its meaning. */
function isAlive(text: string): boolean {
  const own = text.replaceAll(/\]\(https:\/\/a\.example\/[^)\s]*\)/g, ']');
  const bare = own.replaceAll(/\\[^\w\s]/g, '');
  return (
    /@everyone|@here|<[@#/at]|<id:|\w:\/\/|\]\(|```|\|\||\u202e|\u200b/.test(bare) ||
    /^(?:> |>>> |# |-# |\d+\. )/m.test(bare.replaceAll(/^(?:##? |### |-# )/gm, '')) ||
    !text.isWellFormed()
  );
}

function faultsOf(body: MessageBody): string[] {
  const sent = { ...body, nonce: 'a', enforce_nonce: true };
  return [...judge.request('POST', '/channels/1/messages', sent), ...brokenRules(sent)];
}

function textsIn(components: readonly unknown[]): string[] {
  return (components as { content?: string; components?: unknown[] }[]).flatMap(
    ({ content, components: under }) => [
      ...(content === undefined ? [] : [content]),
      ...textsIn(under ?? []),
    ],
  );
}

interface Given {
  readonly title: string;
  readonly texts: readonly string[];
  readonly names: readonly string[];
  readonly buttons: readonly string[];
  readonly files: number;
  readonly isDigest: boolean;
}

function messageOf({ title, texts, names, buttons, files, isDigest }: Given): Message {
  const entries = texts.map((text) => ({
    line: [foreign(text, 'strong'), { kind: 'link' as const, label: text, url: OURS }],
    details: [[foreign(text, 'struck')], [words('said'), foreign(text)]],
  }));
  const blocks: Block[] = [
    { kind: 'heading', line: [foreign(title)] },
    { kind: 'text', line: texts.map((text) => foreign(text)) },
    { kind: 'entries', entries },
    { kind: 'facts', facts: names.map((value) => ({ name: 'Name', value: [foreign(value)] })) },
  ];
  const actions = buttons.flatMap((label, number): Action[] => [
    { kind: 'button', label, request: { command: 'events', options: { text: label } }, effect: 'reply' },
    { kind: 'link', label, url: number % 2 === 0 ? OURS : label },
    {
      kind: 'menu',
      label,
      option: 'kind',
      choices: buttons.map((value) => ({ value, label: value })),
      request: { command: 'events', options: {} },
      effect: 'replace',
    },
  ]);
  return {
    ...noteOf(blocks),
    title: [foreign(title)],
    footer: names.map((name) => [foreign(name)]),
    actions,
    files: Array.from({ length: files }, (_, number) => ({
      name: `events-${number}.csv`,
      type: 'text/csv',
      text: title,
    })),
    tone: isDigest ? 'digest' : 'answer',
  };
}

function noteOf(blocks: readonly Block[]): Message {
  return aMessage({ title: [words('Note')], blocks, language: 'en', zone: 'UTC' });
}
