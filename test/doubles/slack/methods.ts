import { scopes } from '../../../src/channels/slack/scopes.ts';
import { brokenHome, brokenRules, brokenView, type SlackMessage } from './rules.ts';
import { PATIENCE_MS } from './sending.ts';
import {
  ADMIN,
  CHANNEL,
  CLIENT,
  CREATOR,
  GUEST,
  MANY_CHANNELS,
  MEMBER,
  OTHER_TEAM,
  PRIVATE_CHANNEL,
  STRANGER,
  type State,
  type StoredMessage,
  TEAM,
} from './state.ts';

/** The arguments of a call, as values. */
export type Call = Readonly<Record<string, unknown>>;
export type Answered = Readonly<Record<string, unknown>> & { readonly ok: boolean };

type Method = (state: State, call: Call, team: string) => Answered;

interface Offered {
  /** Every argument that is known; another is a fault of the caller. */
  readonly takes: readonly string[];
  /** The scope that it asks for. */
  readonly scope?: string;
  /** Whether it is called with the token of the app, or with none. */
  readonly caller?: 'app' | 'nobody';
  readonly run: Method;
}

const MESSAGE = ['channel', 'text', 'blocks', 'metadata', 'unfurl_links', 'unfurl_media', 'mrkdwn'];
const HISTORY = ['channel', 'oldest', 'limit', 'cursor', 'include_all_metadata'];
const MOST_AT_ONCE = 15;
/** Between two parts of one message. */
const GAP_MS = 1000;

/** The methods of Slack's Web API that Tumen uses (https://docs.slack.dev/reference/methods). */
export const methods: Readonly<Record<string, Offered>> = {
  'auth.test': {
    takes: [],
    run: (_, __, team) => ({ ok: true, team_id: team, user_id: 'U0BOT', bot_id: 'B0BOT' }),
  },
  'apps.connections.open': {
    takes: [],
    caller: 'app',
    run: ({ origin }) => ({ ok: true, url: `${origin.replace('http', 'ws')}/link/` }),
  },
  'oauth.v2.access': {
    takes: ['client_id', 'client_secret', 'code', 'redirect_uri'],
    caller: 'nobody',
    run: install,
  },
  'chat.postMessage': { takes: [...MESSAGE, 'thread_ts'], scope: 'chat:write', run: post },
  'chat.update': { takes: ['channel', 'ts', 'text', 'blocks', 'metadata'], scope: 'chat:write', run: update },
  'chat.delete': { takes: ['channel', 'ts'], scope: 'chat:write', run: remove },
  'conversations.history': {
    takes: HISTORY,
    scope: 'channels:history',
    run: (state, call, team) => history(state, call, { team }),
  },
  'conversations.replies': {
    takes: ['ts', ...HISTORY],
    scope: 'channels:history',
    run: (state, call, team) => history(state, call, { team, thread: String(call['ts']) }),
  },
  'conversations.info': { takes: ['channel'], scope: 'channels:read', run: info },
  'conversations.members': { takes: ['channel', 'cursor'], scope: 'channels:read', run: members },
  'conversations.open': {
    takes: ['users'],
    scope: 'im:write',
    run: (_, call) => ({ ok: true, channel: { id: `D${String(call['users'])}` } }),
  },
  'users.info': { takes: ['user', 'include_locale'], scope: 'users:read', run: person },
  'views.open': { takes: ['trigger_id', 'view'], run: open },
  'views.update': { takes: ['view_id', 'view'], run: (state, call) => show(state, 'updated', call) },
  'views.publish': { takes: ['user_id', 'view'], run: (state, call) => show(state, 'published', call) },
  'files.getUploadURLExternal': { takes: ['filename', 'length'], scope: 'files:write', run: offerUpload },
  'files.completeUploadExternal': { takes: ['files', 'channel_id'], scope: 'files:write', run: endUpload },
};

function post(state: State, call: Call, team: string): Answered {
  const channel = String(call['channel']);
  if (!isWritable(channel)) return { ok: false, error: 'channel_not_found' };
  judge(state, 'chat.postMessage', call);
  const ts = state.ts();
  const message: StoredMessage = { ...call, ts, team, channel, at: state.now };
  const before = state.messages.at(-1);
  const isPart = keyOf(message) !== undefined && keyOf(message) === (before && keyOf(before));
  if (isPart && before !== undefined && state.now - before.at < GAP_MS) {
    state.violations.push('two parts of a message within a second');
  }
  state.messages.push(message);
  return { ok: true, ts, channel };
}

function isWritable(channel: string): boolean {
  return channel === CHANNEL || MANY_CHANNELS.test(channel);
}

function keyOf({ metadata }: StoredMessage): string | undefined {
  return metadata?.event_payload?.key;
}

function update(state: State, call: Call): Answered {
  const index = state.messages.findIndex(({ ts }) => ts === call['ts']);
  const before = state.messages[index];
  if (before === undefined) return { ok: false, error: 'message_not_found' };
  judge(state, 'chat.update', { unfurl_links: false, unfurl_media: false, ...call });
  state.messages[index] = { ...before, ...call };
  return { ok: true, ts: before.ts };
}

function remove(state: State, call: Call): Answered {
  const index = state.messages.findIndex(({ ts }) => ts === call['ts']);
  if (index < 0) return { ok: false, error: 'message_not_found' };
  state.messages.splice(index, 1);
  return { ok: true };
}

/** Newest first, as Slack tells a channel; replies are told with their thread alone. */
function history(state: State, call: Call, { team, thread }: { team: string; thread?: string }): Answered {
  const channel = String(call['channel']);
  if (!isWritable(channel)) return { ok: false, error: 'channel_not_found' };
  if (Number(call['limit']) > MOST_AT_ONCE) state.violations.push('more than 15 messages asked for');
  const begin = Number(call['cursor'] ?? 0);
  const all = state.messages
    .filter((message) => message.team === team && message.channel === channel)
    .filter(({ ts }) => Number(ts) >= Number(call['oldest'] ?? 0))
    .filter(({ ts, thread_ts: of }) => of === thread || (thread !== undefined && ts === thread))
    .toReversed();
  const end = begin + Number(call['limit'] ?? MOST_AT_ONCE);
  const messages = all
    .slice(begin, end)
    .map(({ ts, text, metadata }) => ({ type: 'message', ts, text, metadata }));
  const hasMore = end < all.length;
  return {
    ok: true,
    messages,
    has_more: hasMore,
    response_metadata: { next_cursor: hasMore ? String(end) : '' },
  };
}

function info(_: State, call: Call): Answered {
  const id = String(call['channel']);
  if (![CHANNEL, PRIVATE_CHANNEL].includes(id)) return { ok: false, error: 'channel_not_found' };
  const isPrivate = id === PRIVATE_CHANNEL;
  return {
    ok: true,
    channel: { id, name: 'general', creator: isPrivate ? ADMIN : CREATOR, is_private: isPrivate },
  };
}

function members(_: State, call: Call): Answered {
  const people = call['channel'] === CHANNEL ? [MEMBER, ADMIN, CREATOR] : [ADMIN];
  return { ok: true, members: people, response_metadata: { next_cursor: '' } };
}

function person(_: State, call: Call): Answered {
  const id = String(call['user']);
  if (![MEMBER, ADMIN, CREATOR, GUEST, STRANGER].includes(id)) return { ok: false, error: 'user_not_found' };
  const locale = call['include_locale'] === true ? { locale: id === ADMIN ? 'en-US' : 'fr-FR' } : {};
  const isStranger = id === STRANGER;
  const rights = {
    is_admin: id === ADMIN || isStranger,
    is_restricted: id === GUEST,
    is_stranger: isStranger,
  };
  return { ok: true, user: { id, tz: 'Europe/Paris', ...rights, ...locale } };
}

function open(state: State, call: Call): Answered {
  const [, , id = ''] = String(call['trigger_id']).split('.');
  if (state.ageOf(id) > PATIENCE_MS) return { ok: false, error: 'expired_trigger_id' };
  return show(state, 'opened', call);
}

function show(state: State, how: 'opened' | 'updated' | 'published', call: Call): Answered {
  const view = call['view'] as Record<string, unknown>;
  const faults = how === 'published' ? brokenHome(view) : brokenView(view);
  state.violations.push(...faults.map((fault) => `view ${how}: ${fault}`));
  const { trigger_id: trigger } = call;
  state.views.push({ how, view, ...(typeof trigger === 'string' ? { trigger_id: trigger } : {}) });
  return { ok: true, view: { id: 'V1' } };
}

function offerUpload(state: State, call: Call): Answered {
  const id = `F${state.files.length}`;
  state.files.push({ id, name: String(call['filename']), text: '' });
  return { ok: true, upload_url: `${state.origin}/upload/${id}`, file_id: id };
}

function endUpload(state: State, call: Call): Answered {
  const named = call['files'] as readonly { id: string; title: string }[];
  for (const { id } of named) {
    const file = state.files.find((one) => one.id === id);
    if (file === undefined) return { ok: false, error: 'file_not_found' };
    file.channel = String(call['channel_id']);
  }
  const files = named.map((file) => ({ ...file, permalink: `https://w.slack.com/files/${file.id}` }));
  return { ok: true, files };
}

/** Installs Tumen in another workspace. */
function install(state: State, call: Call): Answered {
  if (call['client_id'] !== CLIENT.id || call['client_secret'] !== CLIENT.secret) {
    return { ok: false, error: 'bad_client_secret' };
  }
  const team = call['code'] === 'agreed' ? OTHER_TEAM : TEAM;
  if (call['code'] !== 'agreed' && call['code'] !== 'agreed-at-home')
    return { ok: false, error: 'invalid_code' };
  const token = `xoxb-${team}`;
  state.tokens.set(token, team);
  return {
    ok: true,
    access_token: token,
    token_type: 'bot',
    scope: scopes.join(','),
    bot_user_id: 'U0BOT',
    app_id: 'A1',
    team: { id: team, name: 'Other & Co' },
    enterprise: null,
    authed_user: { id: ADMIN },
    is_enterprise_install: false,
  };
}

function judge(state: State, method: string, message: SlackMessage): void {
  state.violations.push(...brokenRules(message).map((fault) => `${method}: ${fault}`));
}
