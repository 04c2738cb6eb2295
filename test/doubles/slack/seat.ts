import { expect } from 'vitest';
import type { Answer, Platform } from '../../../src/channels/platform.ts';
import { makeSlack } from '../../../src/channels/slack/slack.ts';
import { type Action, aMessage, foreign, type Message, words } from '../../../src/message.ts';
import type { Seat } from '../../platform-contract.ts';
import { type SlackDouble, startSlack } from './slack.ts';
import { APP_TOKEN, BOT_TOKEN, CHANNEL } from './state.ts';

export interface SlackSeat extends Seat {
  readonly double: SlackDouble;
  /** What nobody waits for and went wrong. */
  readonly faults: unknown[];
}

const open: SlackDouble[] = [];

/** A place before a Slack of its own. */
export async function aSeat(): Promise<SlackSeat> {
  const double = await startSlack();
  open.push(double);
  const faults: unknown[] = [];
  return {
    double,
    faults,
    platform: slackAt(double, faults),
    address: CHANNEL,
    shown: () => double.shown(),
    async greet(name) {
      const before = double.told.length;
      await double.send('slash_commands', { text: `greet name:${name}` });
      await expect.poll(() => double.told.length).toBeGreaterThan(before);
    },
    close: () => Promise.resolve(expect(faults).toEqual([])),
  };
}

/** Ends every Slack that somebody took a seat at, and tells what any of them would have objected to. */
export async function leaveSeats(): Promise<void> {
  for (const double of open.splice(0)) {
    await double.close();
    if (double.violations.length > 0) throw new Error(`Slack would object: ${double.violations.join('; ')}`);
  }
}

/** Another process at the same Slack. */
export function slackAt(double: SlackDouble, faults: unknown[] = []): Platform {
  const tokens = { botToken: BOT_TOKEN, appToken: APP_TOKEN };
  return makeSlack({ ...tokens, api: double.api, onFault: (_, error) => faults.push(error) });
}

/** Says nothing. */
export const silent: Answer = {
  run: () => Promise.resolve(aNote('')),
  typed: () => Promise.resolve(aNote('')),
  choices: () => Promise.resolve([]),
};

/** A short message. */
export function aNote(text: string, actions: readonly Action[] = []): Message {
  return aMessage({
    title: [words('Note')],
    blocks: [{ kind: 'text', line: [foreign(text)] }],
    actions,
    language: 'en',
    zone: 'UTC',
  });
}
