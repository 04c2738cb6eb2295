import { APPLICATION, GUILD, guildFields, TEXT_CHANNEL } from './fields.ts';
import type { MessageBody } from './rules.ts';
import type { State, StoredMessage } from './state.ts';

export type Reply = readonly [status: number, body?: unknown];
type Route = readonly [
  method: string,
  path: RegExp,
  answer: (state: State, parts: string[], body: MessageBody) => Reply,
];

export const routes: readonly Route[] = [
  [
    'GET',
    /^\/gateway\/bot$/,
    (state) => [
      200,
      {
        url: state.gatewayUrl,
        shards: 1,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 1e7, max_concurrency: 1 },
      },
    ],
  ],
  ['GET', /^\/applications\/\d+(?:\/guilds\/\d+)?\/commands$/, (state) => [200, state.commands.list]],
  ['PUT', /^\/applications\/\d+(?:\/guilds\/\d+)?\/commands$/, register],
  ['GET', /^\/channels\/(\d+)$/, (_, [id]) => channelReply(id)],
  [
    'GET',
    /^\/channels\/(\d+)\/messages$/,
    (state, [channel]) => [
      200,
      [...state.messages.values()].filter(({ channel_id }) => channel_id === channel).toReversed(),
    ],
  ],
  ['POST', /^\/channels\/(\d+)\/messages$/, create],
  ['GET', /^\/channels\/\d+\/messages\/(\d+)$/, (state, [id = '']) => found(state.messages.get(id))],
  ['PATCH', /^\/channels\/\d+\/messages\/(\d+)$/, edit],
  [
    'DELETE',
    /^\/channels\/\d+\/messages\/(\d+)$/,
    (state, [id = '']) => [state.messages.delete(id) ? 204 : 404],
  ],
  ['POST', /^\/channels\/(\d+)\/threads$/, openThread],
  ['POST', /^\/interactions\/(\d+)\/[^/]+\/callback$/, acknowledge],
  ['PATCH', /^\/webhooks\/\d+\/([^/]+)\/messages\/(?:%40|@)original$/, editOriginal],
  ['POST', /^\/webhooks\/\d+\/([^/]+)$/, (state, _, body) => [200, state.store(TEXT_CHANNEL, body)]],
];

function found(message: StoredMessage | undefined): Reply {
  return message === undefined ? [404, { code: 10_008, message: 'Unknown Message' }] : [200, message];
}

function channelReply(id: string | undefined): Reply {
  const channel = guildFields().channels.find((known) => known.id === id);
  return channel === undefined
    ? [404, { code: 10_003, message: 'Unknown Channel' }]
    : [200, { ...channel, guild_id: GUILD }];
}

function register(state: State, _: string[], body: unknown): Reply {
  const list = (body as Record<string, unknown>[]).map((command) => ({
    ...command,
    id: state.id(),
    application_id: APPLICATION,
    version: state.id(),
  }));
  state.commands.list = list;
  state.commands.registrations += 1;
  return [200, list];
}

function create(state: State, [channel = '']: string[], body: MessageBody): Reply {
  if (channelReply(channel)[0] === 404) return channelReply(channel);
  const key = body.enforce_nonce === true ? `${channel} ${String(body.nonce)}` : undefined;
  const known = key === undefined ? undefined : state.messages.get(state.nonces.get(key) ?? '');
  if (known !== undefined) return [200, known];
  const stored = state.store(channel, body);
  if (key !== undefined) state.nonces.set(key, stored.id);
  return [200, stored];
}

function edit(state: State, [id = '']: string[], body: MessageBody): Reply {
  const known = state.messages.get(id);
  if (known === undefined) return found(undefined);
  const edited = { ...known, ...body, edited_timestamp: new Date().toISOString() };
  state.messages.set(id, edited);
  return [200, edited];
}

function openThread(state: State, [parent = '']: string[], body: MessageBody): Reply {
  const { name, message } = body as { name?: string; message?: MessageBody };
  const stored = state.store(parent, message ?? {});
  const thread = {
    id: stored.id,
    type: 11,
    name,
    parent_id: parent,
    guild_id: GUILD,
    thread_metadata: {
      archived: false,
      auto_archive_duration: 1440,
      archive_timestamp: new Date().toISOString(),
      locked: false,
    },
  };
  return [201, thread];
}

function acknowledge(
  state: State,
  [id = '']: string[],
  body: MessageBody & { type?: number; data?: MessageBody },
): Reply {
  const pending = state.pending.get(id);
  if (pending === undefined || Date.now() - pending.began > 3000)
    return [404, { code: 10_062, message: 'Unknown interaction' }];
  if (pending.acknowledged)
    return [400, { code: 40_060, message: 'Interaction has already been acknowledged.' }];
  pending.acknowledged = true;
  state.callbacks.push(body as Record<string, unknown>);
  if (body.type === 4 || body.type === 5) pending.original = state.store(TEXT_CHANNEL, body.data ?? {}).id;
  if (body.type === 8 || body.type === 9) state.answered.get(pending.token)?.(undefined);
  return [204];
}

function editOriginal(state: State, [token = '']: string[], body: MessageBody): Reply {
  const pending = [...state.pending.values()].find((known) => known.token === token);
  const original = state.messages.get(pending?.original ?? '') ?? state.store(TEXT_CHANNEL, {});
  const edited = { ...original, ...body };
  state.messages.set(edited.id, edited);
  state.answered.get(token)?.(edited);
  return [200, edited];
}
