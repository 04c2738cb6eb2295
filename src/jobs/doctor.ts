import type { Check } from '../check.ts';
import type { Config } from '../config.ts';
import { StoreError } from '../errors.ts';
import type { Form } from '../form.ts';
import type { Feed } from '../model.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { examineSlack } from '../channels/slack/doctor.ts';
import { sealOf, workspacesIn } from './slack.ts';
import { findSubscriptions } from '../store/subscriptions.ts';
import type { Channel } from '../subscription.ts';
import type { Clock } from '../time.ts';
import { closedCheck, examineArchive } from './doctor/archive.ts';
import { examineFeeds } from './doctor/feeds.ts';
import { diskCheck } from './doctor/machine.ts';
import { openWeb } from './web.ts';

/** What is looked at. */
export interface Patient {
  readonly config: Config;
  /** The feeds that ship with the topic. */
  readonly feeds: readonly Feed[];
  /** The commands as platforms should offer them. */
  readonly forms: readonly Form[];
  readonly clock: Clock;
}

/** Looks at everything that Tumen needs, one thing after another. Changes nothing and posts nothing. */
export async function* examine(patient: Patient): AsyncGenerator<Check> {
  const { DATABASE_URL: url, DATA_DIRECTORY: directory } = patient.config;
  if (url === undefined) yield await diskCheck(directory);
  const db = await opened(url === undefined ? { directory } : { url });
  if (db instanceof StoreError) {
    yield closedCheck(db);
    yield* examinePlatforms(patient, undefined);
    return;
  }
  try {
    yield* examineArchive(db);
    yield* examinePlatforms(patient, db);
    yield* examineWeb(patient, db);
  } finally {
    await db.close();
  }
}

async function opened(location: Parameters<typeof openDatabase>[0]): Promise<Database | StoreError> {
  try {
    return await openDatabase(location);
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
}

async function* examineWeb({ config, feeds, clock }: Patient, db: Database): AsyncGenerator<Check> {
  const web = openWeb(config, { clock });
  try {
    yield* examineFeeds(db, feeds, web.tools);
  } finally {
    await web.close();
  }
}

/** Discord's library is loaded only where Discord is set up. */
async function* examinePlatforms(patient: Patient, db: Database | undefined): AsyncGenerator<Check> {
  const { config, forms, clock } = patient;
  const addressesOn = async (platform: Channel['platform']) => {
    const subscriptions = db === undefined ? [] : await findSubscriptions(db);
    const here = subscriptions.filter(({ channel }) => channel.platform === platform);
    return [...new Set(here.map(({ channel }) => channel.address))];
  };
  const { DISCORD_TOKEN: token, DISCORD_GUILD: guild } = config;
  if (token === undefined) {
    yield { area: 'discord', what: 'token', state: 'off', finding: 'DISCORD_TOKEN is not set' };
  } else {
    const { examineDiscord } = await import('../channels/discord/doctor.ts');
    const addresses = await addressesOn('discord');
    yield* examineDiscord({ token, api: config.DISCORD_API, guild, forms, clock, addresses });
  }
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: secret } = config;
  if (appToken === undefined && secret === undefined) {
    yield { area: 'slack', what: 'token', state: 'off', finding: 'SLACK_APP_TOKEN is not set' };
  } else {
    const workspaces = db === undefined ? undefined : workspacesIn(db, sealOf(config));
    const tokenOf = async (team: string) => (await workspaces?.find(team))?.bot?.token;
    const addresses = await addressesOn('slack');
    yield* examineSlack({ botToken, appToken, api: config.SLACK_API, addresses, tokenOf, clock });
  }
}
