import { webApi } from '@slack/bolt';
import { ConfigError } from '../../errors.ts';
import { isTokenError, postErrorOf } from './failures.ts';
import { missingScopes } from './scopes.ts';

const INSTALL = 'copy it again from OAuth & Permissions, after installing the app';
const GENERATE = 'generate one with connections:write under Basic Information, App-Level Tokens';

/**
 * Tells of which workspace a bot's token is.
 *
 * @param onWarning - told which scopes are missing that Tumen can do without
 * @throws {ConfigError} when Slack does not take it, or it may not even post
 */
export async function checkBotToken(
  client: webApi.WebClient,
  onWarning: (what: string, error: unknown) => void,
): Promise<string | undefined> {
  const { team_id: team, response_metadata: metadata } = await taken('SLACK_BOT_TOKEN', INSTALL, () =>
    client.auth.test(),
  );
  const { scopes: granted } = metadata ?? {};
  if (granted === undefined) return team;
  const { needed, useful } = missingScopes(granted);
  if (needed.length > 0) {
    throw new ConfigError(
      `SLACK_BOT_TOKEN lacks ${needed.join(', ')}: add what is missing under OAuth & Permissions, Scopes, and install the app again`,
    );
  }
  if (useful.length > 0) {
    onWarning('slack scopes', new Error(`SLACK_BOT_TOKEN lacks ${useful.join(', ')}: see docs/guide.md`));
  }
  return team;
}

/**
 * Makes sure that an app's token opens a connection. Slack gives an address for one to no other; it is not used.
 *
 * @throws {ConfigError} when Slack does not take it
 */
export async function checkAppToken(client: webApi.WebClient): Promise<void> {
  await taken('SLACK_APP_TOKEN', GENERATE, () => client.apps.connections.open({}));
}

async function taken<Result>(setting: string, advice: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    const isTheirs =
      isTokenError(error) || (error instanceof webApi.WebAPIPlatformError && isScopeError(error));
    if (!isTheirs) throw postErrorOf(error);
    throw new ConfigError(`Slack does not take ${setting}: ${advice}`, { cause: error });
  }
}

function isScopeError({ data }: webApi.WebAPIPlatformError): boolean {
  return data.error === 'missing_scope';
}
