import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { makeAnswer } from '../commands/answer.ts';
import { commandsFor } from '../commands/index.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import { openPassingArchive } from '../src/jobs/archive.ts';
import type { Answer } from '../src/channels/platform.ts';
import { reader } from './desk.ts';

const asker = { ...reader, zone: 'UTC' };
let answer: Answer;

beforeAll(async () => {
  const { db, absorber } = await openPassingArchive(true);
  answer = makeAnswer({
    commands: commandsFor(absorber.topic),
    db,
    topic: absorber.topic,
    clock: () => new Date('2026-06-01T12:00:00Z'),
    zone: 'UTC',
    log: { info: () => undefined, error: ({ err }: { err?: unknown }) => expect.fail(String(err)) },
  });
  return () => db.close();
}, 60_000);

test.each<[question: string, line: string, events: string[]]>([
  [
    'what Seoul said about troops in October 2024',
    '/claims who:Seoul about:kind:troops when:2024-10',
    ['2024-10-23-nis-3000', '2024-10-29-nis-kim-yong-bok', '2024-10-18-nis-deployment'],
  ],
  [
    'what Moscow denied',
    '/claims who:Moscow stance:denies',
    ['2024-10-30-unsc-body-bags', '2023-10-17-peskov-no-proof', '2024-01-02-kharkiv-strike'],
  ],
  [
    'Hwasong-11 in Kharkiv',
    '/search Hwasong-11 in Kharkiv',
    ['2024-01-02-kharkiv-strike', '2024-04-25-un-monitors-kharkiv', '2024-02-07-kharkiv-two-kn23'],
  ],
  [
    'sanctions in May 2024',
    '/events kind:sanctions when:2024-05',
    ['2024-05-31-eu-dprk-sanctions', '2024-05-24-seoul-tokyo-sanctions'],
  ],
  [
    'what was known on 5 January 2024',
    '/events as-of:2024-01-05',
    ['2024-01-04-kirby-missiles', '2023-12-29-shin-5000-containers'],
  ],
  [
    'artillery shells, by claimant',
    '/claims about:"artillery shells"',
    [
      '2024-06-14-shin-five-million',
      '2023-11-01-nis-one-million-shells',
      '2024-03-07-skibitskyi-shell-quality',
    ],
  ],
  ['Belousov', '/search Belousov', ['2024-11-29-belousov-pyongyang', '2025-10-no-kwang-chol-moscow']],
  ['北朝鮮 派兵', '/search 北朝鮮 派兵', ['2024-10-18-nis-deployment', '2025-06-17-shoigu-sappers']],
  [
    'deliveries by ship',
    '/search deliveries by ship',
    ['2023-10-16-rusi-orient-express', '2024-03-01-nknews-sea-pause', '2024-03-12-lady-r-resumes'],
  ],
  [
    'deliveries by rail',
    '/search deliveries by train',
    ['2022-11-20-tokyo-shimbun-train', '2023-01-20-railcar-imagery'],
  ],
  [
    '북한군 파병',
    '/search 북한군 파병 2024년 10월',
    ['2024-10-08-first-shipment-1500', '2024-10-23-us-nato-confirm'],
  ],
  [
    'sanctions in May 2024, as a search',
    '/search sanctions in May 2024',
    ['2024-05-31-eu-dprk-sanctions', '2024-05-24-seoul-tokyo-sanctions'],
  ],
  ['what Moscow denied, as a search', '/search denials by Moscow', ['2023-10-17-peskov-no-proof']],
  ['treaty', '/search treaty', ['2024-06-19-treaty', '2024-10-24-duma-ratifies', '2024-11-11-dprk-ratifies']],
])('the first page answers: %s', async (_, line, events) => {
  const shown = await ask(line);
  for (const id of events) expect(shown).toContain(id);
});

test('a means of transport is not taken for any delivery', async () => {
  const [count] = /^\d+/.exec(await ask('/search deliveries by ship')) ?? [];
  expect(Number(count)).toBeLessThan(30);
});

test('what was known then leaves out what became known later', async () => {
  const shown = await ask('/events when:2024-01 as-of:2024-01-05');
  expect(shown).toContain('2024-01-04-kirby-missiles');
  expect(shown).not.toContain('2024-01-02-kharkiv-strike');
  expect(shown).not.toContain('2024-01-car-hangul-label');
});

test.each([
  ['a place', ['Kharkiv', 'Харків', '하르키우', 'Kharkov', 'в Харькове']],
  ['a person', ['Kim Jong Un', 'Ким Чен Ын', '김정은', '金正恩']],
  ['a weapon', ['Hwasong-11', 'KN-23', '화성-11']],
])('%s is found by any of its names, in every look-up', async (_, names) => {
  const counts = new Map<string, Set<string | undefined>>();
  for (const name of names) {
    for (const line of [`/search ${name}`, `/events text:"${name}"`, `/claims about:"${name}"`]) {
      const [look = ''] = line.split(' ');
      const [count] = /^\d+/.exec(await ask(line)) ?? [];
      counts.set(look, (counts.get(look) ?? new Set()).add(count));
    }
  }
  for (const found of counts.values()) expect([...found]).toEqual([expect.stringMatching(/^\d+$/)]);
});

test.each([
  ['a field', '/search place:Харків kind:use', '2024-01-02-kharkiv-strike', '2024-02-20-car-components'],
  ['a minus', '/search ratifies -Duma', '2024-11-11-dprk-ratifies', '2024-10-24-duma-ratifies'],
  ['OR', '/search Duma OR Belousov', '2024-10-24-duma-ratifies', '2024-11-11-dprk-ratifies'],
  ['a phrase', '/search "decree ratifying"', '2024-11-11-dprk-ratifies', '2024-10-24-duma-ratifies'],
  [
    'a phrase in an option',
    '/search text:"\\"decree ratifying\\""',
    '2024-11-11-dprk-ratifies',
    'duma-ratifies',
  ],
  ['a beginning', '/search Belous*', '2024-11-29-belousov-pyongyang', '2024-10-24-duma-ratifies'],
  ['days', '/search ratif* when:2024-11', '2024-11-11-dprk-ratifies', '2024-10-24-duma-ratifies'],
])('a search can be narrowed from a typed line by %s', async (_, line, found, left) => {
  const shown = await ask(line);
  expect(shown).toContain(found);
  expect(shown).not.toContain(left);
});

test.each(['"', '-', 'OR', 'foo:bar', 'place:', ':', 'a" b', '-"', 'when:2024', '\\"', '()*&^%'])(
  'searching for %s is no error',
  async (text) => {
    const { tone } = await answer.run({ command: 'search', options: { text } }, asker);
    expect(tone).toBe('answer');
  },
);

test('what was found is marked', async () => {
  const { blocks } = await answer.typed('/search Belousov', asker);
  const [entries] = blocks.filter((block) => block.kind === 'entries');
  expect(entries?.entries[0]?.line).toContainEqual({ kind: 'foreign', text: 'Belousov', manner: 'strong' });
});

test('an event is proposed while its words are still being typed', async () => {
  const request = { command: 'event', options: { id: 'decree ratif' } };
  const choices = await answer.choices(request, 'id', asker);
  expect(choices.map(({ value }) => value)).toContain('2024-11-11-dprk-ratifies');
});

test.each([
  ['the beginning of its id', '2024-01-02-kh', '2024-01-02-kharkiv-strike'],
  ['the beginning of its day', '2024-01-0', '2024-01-02-kharkiv-strike'],
  ['the beginning of a month', '2024-1', '2024-12-04-treaty-in-force'],
  ['a Korean name that is still being typed', '하르', '2024-01-02-kharkiv-strike'],
  ['a Russian one', 'Хар', '2024-01-02-kharkiv-strike'],
  ['a Chinese one', '金正', '2025-06-29-kim-coffins'],
])('an event is proposed by %s', async (_, typed, id) => {
  const choices = await answer.choices({ command: 'event', options: { id: typed } }, 'id', asker);
  expect(choices.map(({ value }) => value)).toContain(id);
  expect(choices.length).toBeLessThanOrEqual(25);
});

const odd =
  ' |"|\'|\\|%|_|*|-|--|OR|a OR|:|place:|2024-|2024-13|2024-99-9|0000-0|(|[|{|<script>|;drop table|NEAR(|AND|NOT a|col:x|^a|\u0000|\ud800|🚀|👨‍👩‍👧|\u202eabc|\n|a\tb|é\u0301\u0301|ﷺ|ǅ|ｷﾑ|ㄱ|İst|ß|œ|Łó|Đ|ال'.split(
    '|',
  );

test.each([
  ['event', 'id'],
  ['events', 'place'],
  ['events', 'actor'],
  ['events', 'weapon'],
  ['events', 'source'],
  ['claims', 'who'],
  ['claims', 'about'],
  ['subscribe', 'zone'],
])('/%s %s proposes something or nothing for whatever is typed, and never fails', async (command, option) => {
  for (const typed of [...odd, '9'.repeat(99), 'x'.repeat(5000)]) {
    const choices = await answer.choices({ command, options: { [option]: typed } }, option, asker);
    const values = choices.map(({ value }) => value);
    expect({ typed, values }).toEqual({ typed, values: [...new Set(values)].slice(0, 25) });
  }
});

const examples = [...readFileSync('docs/guide.md', 'utf8').matchAll(/```text\n> (\/.*)\n([^]*?)```/g)];

test('the guide shows ten questions', () => {
  expect(examples).toHaveLength(10);
});

test.each(examples.map(([, line = '', shown = '']) => [line, shown]))(
  'the guide shows the answer to %s as it is',
  async (line, shown) => {
    const beginning = shown.replace(/…\n$/, '');
    expect((await ask(line, 100)).slice(0, beginning.length)).toBe(beginning);
  },
);

async function ask(line: string, width = 500): Promise<string> {
  return renderTerminal(await answer.typed(line, asker), { width, colour: false });
}
