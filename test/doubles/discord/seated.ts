import { expect } from 'vitest';
import { makeDiscord } from '../../../src/channels/discord/discord.ts';
import type { Answer, Platform } from '../../../src/channels/platform.ts';
import type { Form } from '../../../src/form.ts';
import { aMessage, foreign, type Message, words } from '../../../src/message.ts';
import { type DiscordDouble, startDiscord } from './discord.ts';
import { TOKEN } from './fields.ts';

/** A started platform before its stand-in, and what it was told of failures that nobody waits for. */
export interface Seated {
  readonly double: DiscordDouble;
  readonly platform: Platform;
  readonly told: string[];
}

export interface Seating {
  readonly forms?: readonly Form[];
  readonly answer?: Answer;
  readonly clock?: () => Date;
  /** How long Discord may take; short where it hangs on purpose. */
  readonly timeoutMs?: number;
  /** Changes the stand-in before anybody logs in. */
  readonly prepare?: (double: DiscordDouble) => void;
}

/** Does work with a real client before the stand-in, which must have found nothing to object to in the end. */
export async function seatedAtDiscord(
  work: (seated: Seated) => Promise<void>,
  { forms = [], answer = silent, clock, timeoutMs, prepare }: Seating = {},
): Promise<void> {
  const double = await startDiscord(clock);
  prepare?.(double);
  const told: string[] = [];
  const platform = makeDiscord({
    token: TOKEN,
    api: double.api,
    onFault: (what) => told.push(what),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  try {
    await platform.start(forms, answer);
    await work({ double, platform, told });
  } finally {
    await platform.stop();
    await double.close();
  }
  expect(double.violations).toEqual([]);
}

export const silent: Answer = {
  run: () => Promise.resolve(aNote('')),
  typed: () => Promise.resolve(aNote('')),
  choices: () => Promise.resolve([]),
};

export function aNote(text: string, parts: Partial<Message> = {}): Message {
  return aMessage({
    title: [words('Note')],
    blocks: [{ kind: 'text', line: [foreign(text)] }],
    language: 'en',
    zone: 'UTC',
    ...parts,
  });
}

/** A note of so many lines, each long: one that takes several messages. */
export function aLongNote(lines: number): Message {
  const entries = Array.from({ length: lines }, (_, number) => ({
    line: [foreign(`Line ${number} ${'word '.repeat(60)}`)],
    details: [],
  }));
  return aNote('', { blocks: [{ kind: 'entries', entries }] });
}
