import { brokenRules, brokenView, type SlackMessage } from './rules.ts';
import { ADMIN, CHANNEL, CREATOR, MEMBER, type State, TEAM } from './state.ts';

/** The arguments of a call, as values. */
export type Call = Readonly<Record<string, unknown>>;
export type Answered = Readonly<Record<string, unknown>> & { readonly ok: boolean };

type Method = (state: State, call: Call) => Answered;

interface Offered {
  /** Every argument that is known; another is a fault of the caller. */
  readonly takes: readonly string[];
  readonly run: Method;
}

const MESSAGE = ['channel', 'text', 'blocks', 'metadata', 'unfurl_links', 'unfurl_media', 'mrkdwn'];
const HISTORY = ['channel', 'oldest', 'limit', 'cursor', 'include_all_metadata'];
const MOST_AT_ONCE = 15;

/** The methods of Slack's Web API that Tumen uses (https://docs.slack.dev/reference/methods). */
export const methods: Readonly<Record<string, Offered>> = {
  'auth.test': { takes: [], run: () => ({ ok: true, team_id: TEAM, user_id: 'U0BOT', bot_id: 'B0BOT' }) },
  'apps.connections.open': {
    takes: [],
    run: ({ origin }) => ({ ok: true, url: `${origin.replace('http', 'ws')}/link/` }),
  },
  'chat.postMessage': { takes: [...MESSAGE, 'thread_ts'], run: post },
  'chat.update': { takes: ['channel', 'ts', 'text', 'blocks', 'metadata'], run: update },
  'chat.delete': { takes: ['channel', 'ts'], run: remove },
  'conversations.history': { takes: HISTORY, run: (state, call) => history(state, call, undefined) },
  'conversations.replies': {
    takes: ['ts', ...HISTORY],
    run: (state, call) => history(state, call, String(call['ts'])),
  },
  'conversations.info': { takes: ['channel'], run: info },
  'users.info': { takes: ['user', 'include_locale'], run: person },
  'views.open': { takes: ['trigger_id', 'view'], run: open },
};

function post(state: State, call: Call): Answered {
  if (call['channel'] !== CHANNEL) return { ok: false, error: 'channel_not_found' };
  judge(state, 'chat.postMessage', call);
  const ts = state.ts();
  state.messages.push({ ...call, ts, channel: CHANNEL });
  return { ok: true, ts, channel: CHANNEL };
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
function history(state: State, call: Call, thread: string | undefined): Answered {
  if (call['channel'] !== CHANNEL) return { ok: false, error: 'channel_not_found' };
  if (Number(call['limit']) > MOST_AT_ONCE) state.violations.push('more than 15 messages asked for');
  const begin = Number(call['cursor'] ?? 0);
  const all = state.messages
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
  if (call['channel'] !== CHANNEL) return { ok: false, error: 'channel_not_found' };
  return { ok: true, channel: { id: CHANNEL, name: 'general', creator: CREATOR } };
}

function person(_: State, call: Call): Answered {
  const id = String(call['user']);
  if (![MEMBER, ADMIN, CREATOR].includes(id)) return { ok: false, error: 'user_not_found' };
  const locale = call['include_locale'] === true ? { locale: 'fr-FR' } : {};
  return { ok: true, user: { id, tz: 'Europe/Paris', is_admin: id === ADMIN, is_owner: false, ...locale } };
}

function open(state: State, call: Call): Answered {
  const view = call['view'] as Record<string, unknown>;
  state.violations.push(...brokenView(view).map((fault) => `views.open: ${fault}`));
  state.views.push({ trigger_id: String(call['trigger_id']), view });
  return { ok: true, view: { id: 'V1' } };
}

function judge(state: State, method: string, message: SlackMessage): void {
  state.violations.push(...brokenRules(message).map((fault) => `${method}: ${fault}`));
}
