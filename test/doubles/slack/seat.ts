import { expect } from 'vitest';
import type { Answer } from '../../../src/channels/platform.ts';
import type { SlackOptions } from '../../../src/channels/slack/options.ts';
import { makeSlack, type Slack } from '../../../src/channels/slack/slack.ts';
import { type Action, aMessage, foreign, type Message, words } from '../../../src/message.ts';
import { workspacesIn } from '../../../src/jobs/slack.ts';
import { makeSeal } from '../../../src/store/sealing.ts';
import { emptyDatabase } from '../../database.ts';
import type { Seat } from '../../platform-contract.ts';
import { type SlackDouble, startSlack } from './slack.ts';
import { APP_TOKEN, BOT_TOKEN, CHANNEL, CLIENT, SIGNING_SECRET } from './state.ts';

/** In which ways Slack tells of what people do. */
export const modes = ['socket', 'http'] as const;

export interface SlackSeat extends Seat {
  readonly platform: Slack;
  readonly double: SlackDouble;
  /** What nobody waits for and went wrong. */
  readonly faults: unknown[];
  /** What passes by itself. */
  readonly warnings: unknown[];
}

const open: SlackDouble[] = [];

/** A place before a Slack of its own. */
export async function aSeat(
  mode: (typeof modes)[number] = 'socket',
  options: Partial<SlackOptions> = {},
): Promise<SlackSeat> {
  const double = await startSlack();
  open.push(double);
  const faults: unknown[] = [];
  const warnings: unknown[] = [];
  const slack = await slackAt(double, {
    ...(mode === 'socket' ? {} : { receiving: { kind: mode, signingSecret: SIGNING_SECRET } }),
    onFault: (_, error) => faults.push(error),
    onWarning: (_, error) => warnings.push(error),
    ...options,
  });
  const platform: Slack = {
    ...slack,
    async start(forms, answer) {
      await slack.start(forms, answer);
      if (mode === 'http') double.reach(slack.port());
    },
  };
  return {
    double,
    faults,
    warnings,
    platform,
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

/** What lets workspaces install Tumen. */
export const sharing = {
  clientId: CLIENT.id,
  clientSecret: CLIENT.secret,
  stateSecret: 'state',
  url: 'https://bot.example.org',
};

export const seal = makeSeal(['5e'.repeat(32)]);

/** Another process at the same Slack, with an archive of its own unless given one. */
export async function slackAt(double: SlackDouble, options: Partial<SlackOptions> = {}): Promise<Slack> {
  return makeSlack({
    botToken: BOT_TOKEN,
    receiving: { kind: 'socket', appToken: APP_TOKEN },
    port: 0,
    workspaces: options.workspaces ?? workspacesIn(await emptyDatabase(), seal),
    api: double.api,
    pause: (ms) => Promise.resolve(double.pass(ms)),
    onFault: () => undefined,
    onWarning: () => undefined,
    ...options,
    ...(options.sharing === undefined
      ? {}
      : { sharing: { ...options.sharing, authorizationUrl: double.authorizationUrl } }),
  });
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
