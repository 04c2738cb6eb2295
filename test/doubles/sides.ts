import type { Platform } from '../../src/channels/platform.ts';
import type { Database } from '../../src/store/database.ts';
import { aPlace, TEXT_CHANNEL, TOKEN } from './discord/fields.ts';
import { startDiscord, textOf as discordText } from './discord/discord.ts';
import { startSlack, textOf as slackText } from './slack/slack.ts';
import { APP_TOKEN, BOT_TOKEN, CHANNEL } from './slack/state.ts';

/** A platform of which there is a stand-in. */
export const sides = ['slack', 'discord'] as const;
export type Side = (typeof sides)[number];

/** A stand-in as a test of posting sees it, whichever platform it stands for. */
export interface SideDouble {
  readonly side: Side;
  readonly api: string;
  readonly address: string;
  /** Makes further channels, at most 1000, and tells their addresses. Call it before a platform is started. */
  channels(count: number): string[];
  /** Everything that stands in channels and threads, oldest first, as readers see it. */
  texts(): string[];
  /** Lets the next request of a sort be carried out and never answered. */
  hang(what: 'post' | 'edit'): void;
  /** Ends what `hang` began, and lets minutes pass for the platform. */
  goOn(minutes: number): void;
  readonly violations: readonly string[];
  close(): Promise<void>;
}

/** Starts a stand-in. */
export async function startSide(side: Side): Promise<SideDouble> {
  return side === 'slack' ? slackSide() : discordSide();
}

async function slackSide(): Promise<SideDouble> {
  const double = await startSlack();
  return {
    side: 'slack',
    api: double.api,
    address: CHANNEL,
    // See `MANY_CHANNELS`.
    channels: (count) => Array.from({ length: count }, (_, index) => `C${1000 + index}`),
    texts: () => double.messages.map(slackText),
    hang: (what) =>
      void double.faults.push({ method: what === 'post' ? 'chat.postMessage' : 'chat.update', how: 'hung' }),
    goOn: () => void double.faults.splice(0),
    violations: double.violations,
    close: () => double.close(),
  };
}

async function discordSide(): Promise<SideDouble> {
  let ahead = 0;
  const double = await startDiscord(() => new Date(Date.now() + ahead));
  return {
    side: 'discord',
    api: double.api,
    address: TEXT_CHANNEL,
    channels(count) {
      const ids = Array.from({ length: count }, (_, index) => `4100000000000${10_000 + index}`);
      for (const id of ids) double.places.set(id, aPlace(id, 0, `channel-${id}`));
      return ids;
    },
    texts: () => [...double.messages.values()].map(discordText),
    hang: (what) =>
      void double.faults.push({
        method: what === 'post' ? 'POST' : 'PATCH',
        path: /^\/channels\/\d+\/messages/,
        how: 'hung',
      }),
    goOn(minutes) {
      double.faults.splice(0);
      ahead += minutes * 60_000;
    },
    violations: double.violations,
    close: () => double.close(),
  };
}

/** The platform before a stand-in, ready to post. Loaded only when wanted: each library takes half a second. */
export async function platformAt(side: Side, api: string, db: Database): Promise<Platform> {
  if (side === 'slack') {
    const [{ makeSlack }, { workspacesIn }, { makeSeal }] = await Promise.all([
      import('../../src/channels/slack/slack.ts'),
      import('../../src/jobs/slack.ts'),
      import('../../src/store/sealing.ts'),
    ]);
    return makeSlack({
      botToken: BOT_TOKEN,
      receiving: { kind: 'socket', appToken: APP_TOKEN },
      port: 0,
      workspaces: workspacesIn(db, makeSeal(['5e'.repeat(32)])),
      api,
      onFault: () => undefined,
      onWarning: () => undefined,
    });
  }
  const { makeDiscord } = await import('../../src/channels/discord/discord.ts');
  const platform = makeDiscord({ token: TOKEN, api, onFault: () => undefined });
  await platform.start([], { run: never, typed: never, choices: () => Promise.resolve([]) });
  return platform;
}

function never(): never {
  throw new Error('Nobody asks here');
}
