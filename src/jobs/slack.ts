import { createHmac } from 'node:crypto';
import type { Platform } from '../channels/platform.ts';
import { spotOf } from '../channels/slack/address.ts';
import type { SlackOptions } from '../channels/slack/options.ts';
import type { Workspaces } from '../channels/slack/workspaces.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import {
  findInstallation,
  findWorkspaces,
  removeInstallation,
  saveInstallation,
} from '../store/installations.ts';
import { makeSeal, type Seal } from '../store/sealing.ts';
import { findSubscriptions, saveSubscription } from '../store/subscriptions.ts';

const PLATFORM = 'slack';

/** Makes Slack where it is set up, and loads its library only then; `undefined` where it is not. */
export async function openSlack(config: Config, db: Database, log: Log): Promise<Platform | undefined> {
  const receiving = receivingOf(config);
  if (receiving === undefined) return undefined;
  const { makeSlack } = await import('../channels/slack/slack.ts');
  return makeSlack({
    botToken: config.SLACK_BOT_TOKEN,
    receiving,
    port: config.SLACK_PORT,
    sharing: sharingOf(config),
    api: config.SLACK_API,
    managers: config.SLACK_MANAGERS?.split(/[ ,]+/) ?? [],
    workspaces: workspacesIn(db, sealOf(config)),
    onFault: (what, error) => log.error({ err: error }, what),
    onWarning: (what, error) => log.warn({ err: error }, what),
  });
}

function receivingOf(config: Config): SlackOptions['receiving'] | undefined {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = config;
  if (appToken !== undefined) return { kind: 'socket', appToken };
  return signingSecret === undefined ? undefined : { kind: 'http', signingSecret };
}

/** Processes that share an archive share what signs a visitor's return, set or made from what they share already. */
function sharingOf(config: Config): SlackOptions['sharing'] {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_URL: url } = config;
  if (clientId === undefined || clientSecret === undefined || url === undefined) return undefined;
  const made = createHmac('sha256', clientSecret).update('state').digest('hex');
  return { clientId, clientSecret, url, stateSecret: config.SLACK_STATE_SECRET ?? made };
}

/** What seals the tokens of workspaces; `undefined` where none install Tumen themselves. */
export function sealOf({ TOKEN_KEY: keys }: Config): Seal | undefined {
  const [first, ...older] = keys?.split(',') ?? [];
  return first === undefined ? undefined : makeSeal([first, ...older]);
}

/**
 * The workspaces on Slack as the archive remembers them.
 *
 * @param seal - absent where workspaces cannot install Tumen themselves
 */
export function workspacesIn(db: Database, seal: Seal | undefined): Workspaces {
  return {
    async check() {
      if (seal !== undefined) await findWorkspaces(db, seal, PLATFORM);
    },
    async find(team) {
      if (seal === undefined) return undefined;
      const found = await findInstallation(db, seal, { platform: PLATFORM, workspace: team });
      return found as Awaited<ReturnType<Workspaces['find']>>;
    },
    async save(team, value) {
      if (seal !== undefined)
        await saveInstallation(db, seal, { platform: PLATFORM, workspace: team, value });
    },
    async leave(team, reason) {
      if (team !== undefined) await removeInstallation(db, { platform: PLATFORM, workspace: team });
      await pauseWhere(db, reason, (address) => spotOf(address).team === team);
    },
    close: (address, reason) => pauseWhere(db, reason, (other) => other === address),
    addresses: async () => (await subscriptionsIn(db)).map(({ channel }) => channel.address),
  };
}

async function pauseWhere(
  db: Database,
  reason: string,
  isMeant: (address: string) => boolean,
): Promise<void> {
  for (const subscription of await subscriptionsIn(db)) {
    if (subscription.paused !== undefined || !isMeant(subscription.channel.address)) continue;
    await saveSubscription(db, { ...subscription, paused: reason });
  }
}

async function subscriptionsIn(db: Database) {
  return (await findSubscriptions(db)).filter(({ channel }) => channel.platform === PLATFORM);
}
