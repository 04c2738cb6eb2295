import {
  APPLICATION,
  applicationFields,
  aThread,
  botUser,
  GUILD,
  memberFields,
  PERSON,
  type Place,
  roleFields,
} from './fields.ts';
import { acknowledge, editOriginal, followUp } from './answers.ts';
import { keptComponents } from './kept.ts';
import type { MessageBody } from './rules.ts';
import type { State, StoredMessage } from './state.ts';

export type Reply = readonly [status: number, body?: unknown];
type Route = readonly [
  method: string,
  path: RegExp,
  answer: (state: State, parts: string[], body: MessageBody) => Reply,
];

const V2_FLAG = 1 << 15;
const REQUIRES_TAG = 1 << 4;
/** How many messages of a channel Discord sends on within an hour. */
const CROSSPOSTS_AN_HOUR = 10;

export const routes: readonly Route[] = [
  ['GET', /^\/gateway\/bot$/, gateway],
  ['GET', /^\/users\/@me$/, () => [200, { ...botUser, mfa_enabled: true, locale: 'en-US' }]],
  ['GET', /^\/applications\/@me$/, () => [200, applicationFields()]],
  ['GET', /^\/guilds\/\d+$/, guild],
  ['GET', /^\/guilds\/\d+\/members\/\d+$/, () => [200, memberFields()]],
  ['GET', /^\/guilds\/\d+\/threads\/active$/, activeThreads],
  ['GET', /^\/applications\/\d+(?:\/guilds\/\d+)?\/commands$/, (state) => [200, state.commands.list]],
  ['PUT', /^\/applications\/\d+(?:\/guilds\/\d+)?\/commands$/, register],
  ['GET', /^\/channels\/(\d+)$/, (state, [id = '']) => placeReply(state, id)],
  ['PATCH', /^\/channels\/(\d+)$/, changePlace],
  ['GET', /^\/channels\/(\d+)\/messages$/, history],
  ['POST', /^\/channels\/(\d+)\/messages$/, create],
  ['GET', /^\/channels\/\d+\/messages\/(\d+)$/, (state, [id = '']) => found(state.messages.get(id))],
  ['PATCH', /^\/channels\/(\d+)\/messages\/(\d+)$/, edit],
  ['DELETE', /^\/channels\/\d+\/messages\/(\d+)$/, remove],
  ['POST', /^\/channels\/(\d+)\/messages\/(\d+)\/crosspost$/, crosspost],
  ['POST', /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/, openThreadUnder],
  ['POST', /^\/channels\/(\d+)\/threads$/, openForumThread],
  ['POST', /^\/interactions\/(\w+)\/[^/]+\/callback$/, acknowledge],
  ['PATCH', /^\/webhooks\/\d+\/([^/]+)\/messages\/(?:%40|@)original$/, editOriginal],
  ['POST', /^\/webhooks\/\d+\/([^/]+)$/, followUp],
];

function gateway(state: State): Reply {
  const limit = { total: 1000, remaining: 999, reset_after: 1e7, max_concurrency: 1 };
  return [200, { url: state.gatewayUrl, shards: state.shards, session_start_limit: limit }];
}

function guild(state: State): Reply {
  return [200, { id: GUILD, name: 'Lighthouse', owner_id: PERSON, roles: [roleFields(state.permissions)] }];
}

function activeThreads(state: State): Reply {
  const threads = [...state.places.values()].filter(
    ({ thread_metadata: thread }) => thread?.archived === false,
  );
  return [200, { threads, members: [] }];
}

function found(message: StoredMessage | undefined): Reply {
  return message === undefined ? [404, { code: 10_008, message: 'Unknown Message' }] : [200, message];
}

function placeReply(state: State, id: string): Reply {
  const place = state.places.get(id);
  return place === undefined ? [404, { code: 10_003, message: 'Unknown Channel' }] : [200, place];
}

function changePlace(state: State, [id = '']: string[], body: MessageBody): Reply {
  const { archived } = body as { archived?: boolean };
  const place = state.places.get(id);
  if (place?.thread_metadata === undefined || archived === undefined) return placeReply(state, id);
  if (place.thread_metadata.locked) return [403, { code: 50_013, message: 'Missing Permissions' }];
  state.places.set(id, { ...place, thread_metadata: { ...place.thread_metadata, archived } });
  return placeReply(state, id);
}

/** Discord keeps a command with its defaults spelt out and its empty fields left away. */
function register(state: State, _: string[], body: unknown): Reply {
  const list = (body as Record<string, unknown>[]).map((command) => ({
    dm_permission: true,
    contexts: null,
    integration_types: [0],
    nsfw: false,
    description: '',
    default_member_permissions: null,
    name_localizations: null,
    description_localizations: null,
    ...command,
    options: ((command['options'] ?? []) as object[]).map(asKept),
    id: state.id(),
    application_id: APPLICATION,
    version: state.id(),
  }));
  state.commands.list = list;
  state.commands.registrations += 1;
  return [200, list];
}

function asKept(option: object): object {
  const kept = Object.entries(option).filter(([, value]) => value !== false && !isEmpty(value));
  const { options, ...fields } = Object.fromEntries(kept) as { options?: object[] };
  return {
    ...fields,
    name_localizations: null,
    ...fields,
    ...(options === undefined ? {} : { options: options.map(asKept) }),
  };
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function history(state: State, [channel = '']: string[]): Reply {
  if (!state.places.has(channel)) return placeReply(state, channel);
  const there = [...state.messages.values()].filter(({ channel_id }) => channel_id === channel);
  return [200, there.toReversed().slice(0, 50)];
}

function create(state: State, [channel = '']: string[], body: MessageBody): Reply {
  const place = state.places.get(channel);
  if (place === undefined) return placeReply(state, channel);
  if (place.type === 15)
    return [400, { code: 50_024, message: 'Cannot execute action on this channel type' }];
  if (place.thread_metadata?.locked === true) return [403, { code: 160_005, message: 'Thread is locked' }];
  const key = body.enforce_nonce === true ? `${channel} ${String(body.nonce)}` : undefined;
  const known = key === undefined ? undefined : state.sentWith(key);
  if (known !== undefined) return [200, known];
  const stored = state.store(channel, body);
  if (key !== undefined) state.nonces.set(key, { id: stored.id, at: state.clock().getTime() });
  if (place.thread_metadata?.archived === true)
    changePlace(state, [channel], { archived: false } as MessageBody);
  return [200, stored];
}

function edit(state: State, [channel = '', id = '']: string[], body: MessageBody): Reply {
  const known = state.messages.get(id);
  if (known === undefined) return found(undefined);
  if (state.places.get(channel)?.thread_metadata?.archived === true)
    return [400, { code: 50_083, message: 'Thread is archived' }];
  const isV2 = ((known.flags ?? 0) & V2_FLAG) !== 0;
  if (isV2 && ((body.flags ?? 0) & V2_FLAG) === 0)
    state.violations.push('an edit cannot take the flag of components V2 away');
  if (!isV2 && ((body.flags ?? 0) & V2_FLAG) !== 0 && (known.embeds?.length ?? 0) > 0)
    return [400, { code: 50_035, message: 'Invalid Form Body' }];
  const edited = { ...known, ...keptComponents(body), edited_timestamp: state.clock().toISOString() };
  state.messages.set(id, edited);
  return [200, edited];
}

function remove(state: State, [id = '']: string[]): Reply {
  return state.messages.delete(id) ? [204] : found(undefined);
}

function crosspost(state: State, [channel = '', id = '']: string[]): Reply {
  const message = state.messages.get(id);
  if (message === undefined) return found(undefined);
  if (state.places.get(channel)?.type !== 5)
    return [400, { code: 50_024, message: 'Cannot execute action on this channel type' }];
  if (state.crossposts.includes(id))
    return [400, { code: 40_033, message: 'This message has already been crossposted' }];
  if (state.crossposts.length >= CROSSPOSTS_AN_HOUR) {
    state.violations.push('more than ten crossposts an hour');
    return [429, { message: 'You are being rate limited.', retry_after: 3600, global: false }];
  }
  state.crossposts.push(id);
  return [200, { ...message, flags: (message.flags ?? 0) | 1 }];
}

function openForumThread(state: State, [parent = '']: string[], body: MessageBody): Reply {
  const {
    name = '',
    message,
    applied_tags = [],
  } = body as {
    name?: string;
    message?: MessageBody;
    applied_tags?: string[];
  };
  const forum = state.places.get(parent);
  if (forum === undefined) return placeReply(state, parent);
  if (forum.type !== 15 || message === undefined)
    return [400, { code: 50_035, message: 'Invalid Form Body' }];
  const known = new Set(forum.available_tags?.map(({ id }) => id));
  if (applied_tags.some((tag) => !known.has(tag)))
    return [400, { code: 50_035, message: 'Invalid Form Body' }];
  if ((forum.flags & REQUIRES_TAG) !== 0 && applied_tags.length === 0)
    return [400, { code: 40_067, message: 'A tag is required to create a forum post in this channel' }];
  const thread = { ...aThread(state.id(), parent, name, state.clock()), applied_tags };
  state.places.set(thread.id, thread);
  const stored = state.store(thread.id, message, thread.id);
  return [201, { ...thread, message: stored }];
}

function openThreadUnder(state: State, [parent = '', id = '']: string[], body: MessageBody): Reply {
  if (!state.messages.has(id)) return found(undefined);
  if (state.places.has(id))
    return [400, { code: 160_004, message: 'A thread has already been created for this message' }];
  const { name = '' } = body as { name?: string };
  const thread: Place = aThread(id, parent, name, state.clock());
  state.places.set(id, thread);
  return [201, thread];
}
