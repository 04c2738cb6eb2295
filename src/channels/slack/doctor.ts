import { type Check, clockCheck } from '../../check.ts';
import { spotOf } from './address.ts';
import { missingScopes } from './scopes.ts';

/** What is looked at. */
export interface SlackPatient {
  /** Absent where workspaces install Tumen themselves. */
  readonly botToken?: string | undefined;
  /** Absent in HTTP mode. */
  readonly appToken?: string | undefined;
  /** Where Slack's Web API is; only tests say another. */
  readonly api?: string | undefined;
  /** Addresses of the channels that are subscribed. */
  readonly addresses: readonly string[];
  /** The bot's token in a workspace that installed Tumen itself. */
  readonly tokenOf: (team: string) => Promise<string | undefined>;
  readonly clock: () => Date;
}

const API = 'https://slack.com/api/';
const TIMEOUT_MS = 10_000;
const area = 'slack';
const INVITE = 'invite it there (/invite @Tumen), or pause or remove the subscription';
const INSTALL = 'add what is missing under OAuth & Permissions, Scopes, and install the app again';
/** What a channel that cannot be written to is told by. */
const reasons: Readonly<Record<string, string>> = {
  channel_not_found: 'Slack does not know this channel, or Tumen is not in it',
  missing_scope: 'Tumen may not look at this channel',
};

/** Looks at Slack as an app sees it, without connecting and without posting anything. */
export async function* examineSlack(patient: SlackPatient): AsyncGenerator<Check> {
  const { botToken, appToken } = patient;
  if (botToken !== undefined) yield* tokenChecks(patient, botToken, 'SLACK_BOT_TOKEN');
  if (appToken !== undefined) yield await connectionCheck(patient, appToken);
  const teams = new Set(patient.addresses.map((address) => spotOf(address).team));
  for (const team of teams) {
    const own = team === undefined ? undefined : await patient.tokenOf(team);
    if (own !== undefined) yield* tokenChecks(patient, own, `workspace ${team}`);
  }
  for (const address of patient.addresses) yield await channelCheck(patient, address);
}

async function* tokenChecks(patient: SlackPatient, token: string, what: string): AsyncGenerator<Check> {
  const asked = await ask(patient, 'auth.test', token);
  if (asked.body === undefined) return yield unreachable(what, asked.reason);
  const { ok, error = '', team = '' } = asked.body;
  if (!ok) {
    const advice = 'copy it again from OAuth & Permissions, after installing the app';
    return yield broken(what, `Slack does not take the token (${error})`, advice);
  }
  yield sound(what, `taken, in the workspace ${team}`);
  yield clockCheck(area, asked.headers.get('date'), patient.clock());
  const granted = scopesIn(asked.headers);
  if (granted === undefined) return;
  const { needed, useful } = missingScopes(granted);
  const missing = [...needed, ...useful];
  yield missing.length === 0
    ? sound('scopes', 'all are granted')
    : broken('scopes', `${missing.join(', ')} are not granted`, INSTALL);
}

/** An app's token can do nothing but open connections. Slack gives an address for one, which is not used. */
async function connectionCheck(patient: SlackPatient, token: string): Promise<Check> {
  const asked = await ask(patient, 'apps.connections.open', token);
  const what = 'SLACK_APP_TOKEN';
  if (asked.body === undefined) return unreachable(what, asked.reason);
  if (asked.body.ok) return sound(what, 'Socket Mode can be opened');
  const advice = 'generate one with connections:write under Basic Information, App-Level Tokens';
  return broken(what, `Slack does not take it (${asked.body.error ?? ''})`, advice);
}

async function channelCheck(patient: SlackPatient, address: string): Promise<Check> {
  const { team, channel } = spotOf(address);
  const what = `channel ${address}`;
  const token = team === undefined ? patient.botToken : await patient.tokenOf(team);
  if (token === undefined)
    return broken(what, 'its workspace has not let Tumen in', 'install Tumen there again, or remove it');
  const asked = await ask(patient, 'conversations.info', token, { channel });
  if (asked.body === undefined) return unreachable(what, asked.reason);
  const { ok, error = '', channel: found = {} } = asked.body;
  if (!ok) {
    const advice = error === 'missing_scope' ? INSTALL : INVITE;
    return broken(what, reasons[error] ?? `Slack refuses it (${error})`, advice);
  }
  const name = found.name ?? '';
  if (found.is_archived === true) return broken(what, `${name} is archived`, 'bring it back, or remove it');
  // A public channel can be written to from outside, with the scope for it.
  const isPublic =
    found.is_private !== true && scopesIn(asked.headers)?.includes('chat:write.public') !== false;
  const isOpen = found.is_member !== false || isPublic;
  return isOpen ? sound(what, `${name} can be written to`) : broken(what, `Tumen is not in ${name}`, INVITE);
}

/** The parts that are read of Slack's answers. */
interface Answered {
  readonly ok: boolean;
  readonly error?: string;
  readonly team?: string;
  readonly channel?: {
    readonly name?: string;
    readonly is_member?: boolean;
    readonly is_archived?: boolean;
    readonly is_private?: boolean;
  };
}

type Asked =
  | { readonly body: Answered; readonly headers: Headers }
  | { readonly body: undefined; readonly reason: string };

async function ask(
  { api = API }: SlackPatient,
  method: string,
  token: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Asked> {
  try {
    const response = await fetch(`${api}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(parameters),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return { body: undefined, reason: `Slack answered with status ${response.status}` };
    return { body: (await response.json()) as Answered, headers: response.headers };
  } catch {
    return { body: undefined, reason: 'Slack did not answer' };
  }
}

/** The scopes of the token that was asked with, which Slack tells with every answer. */
function scopesIn(headers: Headers): string[] | undefined {
  return headers.get('x-oauth-scopes')?.split(/,\s*/);
}

function unreachable(what: string, finding: string): Check {
  return broken(what, finding, 'see whether this machine reaches slack.com, and slack-status.com');
}

function sound(what: string, finding: string): Check {
  return { area, what, state: 'sound', finding };
}

function broken(what: string, finding: string, advice: string): Check {
  return { area, what, state: 'broken', finding, advice };
}
