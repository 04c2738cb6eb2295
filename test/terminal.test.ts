import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import { makeTerminal } from '../src/channels/terminal.ts';
import { aMessage, day, foreign, words, type Message } from '../src/message.ts';
import { platformContract, type Seat } from './platform-contract.ts';

const plain = { width: 60, colour: false };

platformContract(() => {
  const { terminal, input, shown } = aTerminal();
  const seat: Seat = {
    platform: terminal,
    address: 'screen',
    shown,
    async greet(name) {
      input.write(`/greet name:${name}\n`);
      await expect.poll(shown).toContain(`Hello ${name}`);
    },
    close: () => Promise.resolve(),
  };
  return Promise.resolve(seat);
});

test('leaving is told once, when somebody types exit or the input ends', async () => {
  const left: string[] = [];
  const { terminal, input } = aTerminal(() => left.push('left'));
  await terminal.start([], { run: never, typed: never, choices: never });
  input.write('exit\n');
  input.end();
  await expect.poll(() => left).toEqual(['left']);
  await terminal.stop();
  expect(left).toEqual(['left']);
});

test('progress is not written where there is no screen', () => {
  const { terminal, shown } = aTerminal();
  terminal.progress('12 of 80 feeds');
  expect(shown()).toBe('');
});

test('lines are as wide as the terminal, and signs that take two columns count two', () => {
  const korean = '북한 나진항에서 러시아로 가는 화물선이 포착되었다고 한국 당국이 밝혔다';
  const lines = renderTerminal(aNote([foreign(korean)]), plain).split('\n');
  expect(lines.slice(2)).toEqual([
    '북한 나진항에서 러시아로 가는 화물선이 포착되었다고 한국',
    '당국이 밝혔다',
    '',
  ]);
});

test('a terminal that says it is no column wide gets lines that can be read', async () => {
  const { terminal, shown } = aTerminal(undefined, 0);
  const note = aNote([words('Nine freight wagons crossed the Tumen bridge')]);
  await terminal.post('screen', note, { key: 'k' });
  expect(shown()).toContain('Nine freight wagons crossed the Tumen bridge');
});

test('an address is never cut, however narrow the terminal', () => {
  const url = 'https://lighthouse.example/articles/a-ship-docks-in-rajin-and-nobody-knows-why';
  const text = renderTerminal(aNote([{ kind: 'link', label: 'Lighthouse', url }]), { ...plain, width: 20 });
  expect(text.split('\n')).toContain(url);
});

test('an address that is none for the web is left out', () => {
  const text = renderTerminal(aNote([{ kind: 'link', label: 'x', url: 'javascript:alert(1)' }]), plain);
  expect(text).not.toContain('javascript');
});

test.each([
  ['an escape sequence', '\u001b[31mred\u001b[0m', '[31mred [0m'],
  ['a title of the window', 'a\u001b]0;b\u0007c', 'a ]0;b c'],
  ['a change of direction', 'a\u202eb\u2066c', 'abc'],
  ['invisible signs', 'a\u200bb\u{e0041}c', 'abc'],
  ['line breaks', 'a\r\n\u2028b', 'a b'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
])('%s in foreign text does nothing', (_, text, shown) => {
  expect(
    renderTerminal(aNote([foreign(text)]), plain)
      .split('\n')[2]
      ?.trim(),
  ).toBe(shown);
});

test('moments are told in the zone of the message, days stay as they are', () => {
  const at = new Date('2024-01-01T22:30:00Z');
  const line = [day('1 January 2024'), words(' · '), { kind: 'moment', at, show: 'both' } as const];
  expect(renderTerminal(aNote(line), plain)).toContain('1 January 2024 · 2 Jan 2024, 07:30');
});

test('buttons are shown as what to type; sharing makes no sense here', () => {
  const request = { command: 'events', options: { when: 'last month', page: '2' } };
  const text = renderTerminal(
    {
      ...aNote([]),
      actions: [
        { kind: 'button', label: 'Next', request, effect: 'replace' },
        { kind: 'button', label: 'Share', request, effect: 'publish' },
      ],
    },
    plain,
  );
  expect(text).toContain('Next: /events when:"last month" page:2');
  expect(text).not.toContain('Share');
});

test('colours appear only where they are wanted', () => {
  expect(renderTerminal(aNote([words('x', 'strong')]), plain)).not.toContain('\u001b');
  expect(renderTerminal(aNote([words('x', 'strong')]), { ...plain, colour: true })).toContain('\u001b[1mx');
});

function aNote(line: Message['title']): Message {
  return aMessage({
    title: [words('Note')],
    blocks: [{ kind: 'text', line }],
    language: 'en',
    zone: 'Asia/Seoul',
  });
}

function aTerminal(leave: () => void = () => undefined, columns = 100) {
  const [input, output] = [new PassThrough(), Object.assign(new PassThrough(), { columns })];
  const written: string[] = [];
  output.on('data', (part: Buffer) => written.push(part.toString()));
  const terminal = makeTerminal({
    input,
    output,
    language: 'en',
    zone: 'Asia/Seoul',
    leave,
    takesCommands: true,
  });
  return { terminal, input, shown: () => written.join('') };
}

function never(): never {
  throw new Error('Nobody asked anything');
}
