import {
  type APIMessage,
  type APIThreadChannel,
  type Channel,
  type Client,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { Found } from '../../platform.ts';
import { markOf } from './marks.ts';
import { channelOf, firstPlace, isForum, mayReadHistory, nameOf } from './places.ts';
import { MOST_PARTS } from '../rendering/render.ts';

const MOST_LOOKED_BACK = 100;
/** Our clock and Discord's may differ by this much. */
const CLOCK_SLACK_MS = 60_000;

/** What was found of a post, part by part. */
export interface Arrived {
  /** Where parts stand, by their place in the post. */
  readonly parts: ReadonlyMap<number, string>;
  /** Whether the last one is among them. */
  readonly isWhole: boolean;
}

/** Where to look for a post. */
export interface Search {
  readonly address: string;
  readonly key: string;
  readonly since: Date;
  readonly thread: string | undefined;
}

/**
 * Looks for the parts of a post among what we posted in a channel since a moment.
 *
 * @returns `undefined` where we may not look
 * @throws what Discord answers
 */
export async function findParts(client: Client, search: Search): Promise<Arrived | undefined> {
  const { address, key, since, thread } = search;
  const place = await channelOf(client, thread === undefined ? address : firstPlace(thread));
  if (!mayReadHistory(place)) return undefined;
  const after = SnowflakeUtil.generate({ timestamp: since.getTime() - CLOCK_SLACK_MS });
  const recent = isForum(place)
    ? await inThreads(client, place, after)
    : await messagesOf(client, place.id, after);
  const byMark = new Map(
    recent.flatMap((message) => marksOf(message).map((mark) => [mark, message] as const)),
  );
  const parts = new Map<number, string>();
  let isWhole = false;
  for (let index = 0; index < MOST_PARTS; index += 1) {
    const last = byMark.get(markOf(key, index, true).number);
    const message = last ?? byMark.get(markOf(key, index, false).number);
    if (message !== undefined) parts.set(index, nameOf(address, message.channel_id, message.id));
    isWhole ||= last !== undefined;
  }
  return { parts, isWhole };
}

/** What was found, as the platform tells it. */
export function foundIn(arrived: Arrived | undefined): Found {
  if (arrived === undefined) return { kind: 'unknown' };
  const posted = [...arrived.parts.values()].join(' ');
  return arrived.isWhole ? { kind: 'arrived', posted } : { kind: 'absent' };
}

/** What was posted into the threads of a forum that we opened since. */
async function inThreads(client: Client, forum: Channel, after: bigint): Promise<APIMessage[]> {
  if (!('guildId' in forum)) return [];
  const { threads } = (await client.rest.get(Routes.guildActiveThreads(forum.guildId))) as {
    readonly threads: readonly APIThreadChannel[];
  };
  const ours = threads.filter(
    ({ id, parent_id: parent, owner_id: owner }) =>
      parent === forum.id && owner === client.user?.id && BigInt(id) > after,
  );
  const found = await Promise.all(ours.map(({ id }) => messagesOf(client, id, after)));
  return found.flat();
}

async function messagesOf(client: Client, place: string, after: bigint): Promise<APIMessage[]> {
  const query = new URLSearchParams({ after: String(after), limit: String(MOST_LOOKED_BACK) });
  const recent = (await client.rest.get(Routes.channelMessages(place), { query })) as APIMessage[];
  return recent.filter(({ author }) => author.id === client.user?.id);
}

function marksOf({ components = [], embeds }: APIMessage): number[] {
  const written = embeds.flatMap(({ footer }) => /\d+$/.exec(footer?.text ?? '') ?? []);
  return [...components.flatMap(({ id }) => id ?? []), ...written.map(Number)];
}
