import { expect, test } from 'vitest';
import type { Answer, Platform } from '../src/channels/platform.ts';
import type { Form, Request } from '../src/form.ts';
import { aMessage, day, foreign, words, type Message } from '../src/message.ts';

/** A platform under test, with what a person in front of it can do and see. */
export interface Seat {
  readonly platform: Platform;
  /** An address that can be written to. */
  readonly address: string;
  /** Everything that has been shown to anybody so far, as text without markup. */
  shown(): string;
  /** Asks for `/greet name:<name>` as a person would; resolves when the answer can be seen. */
  greet(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Takes a seat at a platform that has not been started. */
export type TakeSeat = () => Promise<Seat>;

const greetForm: Form = {
  name: 'greet',
  description: 'Says hello',
  descriptions: { fr: 'Dit bonjour' },
  options: [
    {
      name: 'name',
      description: 'Whom to greet',
      descriptions: {},
      type: 'text',
      required: true,
      choices: [],
      completes: false,
    },
  ],
  subcommands: [],
  audience: 'asker',
  managers: false,
};

/** What every platform must do. Call it once a platform, inside a test file of its own. */
export function platformContract(takeSeat: TakeSeat): void {
  async function seated(work: (seat: Seat, asked: Request[]) => Promise<void>): Promise<void> {
    const seat = await takeSeat();
    const asked: Request[] = [];
    try {
      await seat.platform.start([greetForm], greeter(asked));
      await work(seat, asked);
    } finally {
      await seat.platform.stop();
      await seat.close();
    }
  }

  test('a filled-in form reaches the answer once, and its message is shown once', () =>
    seated(async (seat, asked) => {
      await seat.greet('Mina');
      expect(asked.map(({ command, options }) => ({ command, options }))).toEqual([
        { command: 'greet', options: { name: 'Mina' } },
      ]);
      expect(count(seat.shown(), 'Hello Mina')).toBe(1);
    }));

  test('a message is posted, and its days stand as they were written', () =>
    seated(async (seat) => {
      await seat.platform.post(seat.address, aNote('It left on ', '1 January 2024'), { key: 'k1' });
      expect(seat.shown()).toContain('It left on 1 January 2024');
    }));

  test('posting again with the same key shows no second copy and gives the same name', () =>
    seated(async (seat) => {
      const note = aNote('Only once', '2 January 2024');
      const first = await seat.platform.post(seat.address, note, { key: 'k2' });
      const second = await seat.platform.post(seat.address, note, { key: 'k2' });
      expect(second).toBe(first);
      expect(count(seat.shown(), 'Only once')).toBe(1);
    }));

  test('a post that arrived can be found by its key, and one that was never made cannot', () =>
    seated(async (seat) => {
      const since = new Date(0);
      await seat.platform.post(seat.address, aNote('Findable', '2 January 2024'), { key: 'k3' });
      expect((await seat.platform.find(seat.address, 'k3', since)).kind).not.toBe('absent');
      expect((await seat.platform.find(seat.address, 'k4', since)).kind).not.toBe('arrived');
    }));

  test('a posted message can be replaced', () =>
    seated(async (seat) => {
      const posted = await seat.platform.post(seat.address, aNote('First', '2 January 2024'), { key: 'k5' });
      await seat.platform.edit(seat.address, posted, aNote('Second', '2 January 2024'));
      expect(seat.shown()).toContain('Second');
    }));

  test('what others wrote neither steers the screen nor calls anybody', () =>
    seated(async (seat) => {
      const hostile = '\u001b[2J@everyone <!channel> <@1> \u202egnp.exe [x](https://evil.example) **b**';
      await seat.platform.post(seat.address, aNote(hostile, 'never'), { key: 'k6' });
      // oxlint-disable-next-line no-control-regex -- the control character is what must not be there
      expect(seat.shown()).not.toMatch(/\u001b\[2J|\u202e/);
    }));

  test('stopping twice does no harm', () =>
    seated(async (seat) => {
      await seat.platform.stop();
      await expect(seat.platform.stop()).resolves.toBeUndefined();
    }));
}

function greeter(asked: Request[]): Answer {
  return {
    run(request) {
      asked.push(request);
      return Promise.resolve(aNote(`Hello ${request.options['name'] ?? ''}`, 'today'));
    },
    typed(line, asker) {
      const name = /name:(\S+)/.exec(line)?.[1] ?? '';
      return this.run({ command: 'greet', options: { name } }, asker);
    },
    choices: () => Promise.resolve([]),
  };
}

function aNote(text: string, when: string): Message {
  return aMessage({
    title: [words('Note')],
    blocks: [{ kind: 'text', line: [foreign(text), day(when)] }],
    language: 'en',
    zone: 'America/New_York',
  });
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
