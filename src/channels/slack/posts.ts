import type { webApi } from '@slack/bolt';
import { PostError } from '../../errors.ts';
import type { Found, Posting } from '../platform.ts';
import type { Clients } from './clients.ts';
import { isMissingScope, postErrorOf } from './failures.ts';
import type { Rendered } from './rendering/render.ts';

/** Name of the metadata that carries the key of a delivery. */
const EVENT = 'tumen_delivery';
/** Messages that Slack shows apps outside its directory at once, and pages that we look through. */
const PAGE = 15;
const MOST_PAGES = 4;
/** Our clock and Slack's may differ by this much. */
const CLOCK_SLACK_MS = 60_000;
const MOST_REMEMBERED = 2000;
/** Slack takes about one message a second in a channel (https://docs.slack.dev/apis/web-api/rate-limits). */
const GAP_MS = 1000;

/** What posting one message needs. */
export interface Delivery extends Posting {
  readonly address: string;
}

/** Where a message of ours stands, or is to stand. */
interface Target {
  readonly client: webApi.WebClient;
  readonly channel: string;
}

/** Posts, each at most once by its key, as far as Slack lets us see. */
export interface Posts {
  /** Posts what of a message is not there yet; the name of the whole holds the names of all parts. */
  post(parts: readonly Rendered[], delivery: Delivery): Promise<string>;
  /** Replaces the parts of a message; one that the new text no longer needs goes. */
  edit(address: string, names: readonly string[], parts: readonly Rendered[]): Promise<void>;
  /** Looks for a post in a channel, or in a thread of it. */
  find(place: Stretch, key: string, since: Date): Promise<Found>;
}

/** A channel, or one thread of it. */
interface Stretch {
  readonly address: string;
  readonly thread?: string | undefined;
}

interface Mark {
  readonly key: string;
  readonly part: number;
  readonly parts: number;
}

/**
 * Slack takes no key against duplicates. Ours goes along as metadata, and is looked for in the channel's history when an
 * outcome is not known; what this process has seen arrive it does not post again.
 *
 * @param pause - waits so many milliseconds
 */
export function makePosts(clients: Clients, pause: (ms: number) => Promise<unknown>): Posts {
  const arrived = new Map<string, string>();

  async function send(rendered: Rendered, mark: Mark, delivery: Delivery): Promise<string> {
    const name = await sendOne(await clients.at(delivery.address), rendered, mark, delivery);
    if (arrived.size >= MOST_REMEMBERED) arrived.clear();
    arrived.set(nameOf(mark), name);
    return name;
  }

  return {
    async post(parts, delivery) {
      const names: string[] = [];
      for (const [part, rendered] of parts.entries()) {
        const mark = { key: delivery.key, part, parts: parts.length };
        const before = arrived.get(nameOf(mark));
        if (before === undefined && part > 0) await pause(GAP_MS);
        names.push(before ?? (await send(rendered, mark, delivery)));
      }
      return names.join(' ');
    },

    async edit(address, names, parts) {
      const target = await clients.at(address);
      for (const [index, ts] of names.entries()) await told(rewrite(target, ts, parts[index]));
    },

    async find({ address, thread }, key, since) {
      const seen = await lookBack(await clients.at(address), thread, since);
      if (seen === undefined) return { kind: 'unknown' };
      const ours = seen.marks.filter(({ mark }) => mark.key === key);
      const names = new Map(ours.map(({ mark, ts }) => [mark.part, ts]));
      for (const { mark, ts } of ours) arrived.set(nameOf(mark), ts);
      if (ours[0] !== undefined && names.size === ours[0].mark.parts) {
        const inOrder = [...names].toSorted(([one], [other]) => one - other);
        return { kind: 'arrived', posted: inOrder.map(([, ts]) => ts).join(' ') };
      }
      return { kind: seen.isAll ? 'absent' : 'unknown' };
    },
  };
}

function nameOf({ key, part }: Mark): string {
  return `${part} ${key}`;
}

async function sendOne(
  { client, channel }: Target,
  { text, blocks }: Rendered,
  mark: Mark,
  { thread, mention }: Delivery,
): Promise<string> {
  const [first] = (thread ?? '').split(' ');
  const body = {
    channel,
    text,
    blocks: [...(mention === undefined || mark.part > 0 ? [] : [callOf(mention)]), ...blocks],
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: EVENT, event_payload: { ...mark } },
    ...(first === undefined || first === '' ? {} : { thread_ts: first }),
  };
  // oxlint-disable-next-line require-post-message-target-origin -- Slack's method, not that of a browser's window
  const { ts } = await told(client.chat.postMessage(body));
  if (ts === undefined) throw new PostError('Slack did not say what it posted', { reason: 'unknown' });
  return ts;
}

/** Calls a group of people, by Slack's name of it. */
function callOf(group: string): Rendered['blocks'][number] {
  const call = { type: 'usergroup' as const, usergroup_id: group };
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [call] }] };
}

async function rewrite({ client, channel }: Target, ts: string, part: Rendered | undefined): Promise<void> {
  if (part === undefined) await client.chat.delete({ channel, ts });
  else await client.chat.update({ channel, ts, text: part.text, blocks: part.blocks });
}

interface Seen {
  readonly marks: readonly { readonly mark: Mark; readonly ts: string }[];
  /** Whether everything since the moment has been seen. */
  readonly isAll: boolean;
}

/**
 * What of ours stands in a channel or thread since a moment; `undefined` where Slack does not let us look.
 *
 * @throws {PostError} `gone` where that is said of the channel or the workspace; `busy`, `unknown`
 */
async function lookBack(
  { client, channel }: Target,
  thread: string | undefined,
  since: Date,
): Promise<Seen | undefined> {
  const oldest = String(Math.max(0, since.getTime() - CLOCK_SLACK_MS) / 1000);
  const asked = { channel, oldest, limit: PAGE, include_all_metadata: true };
  const marks: { mark: Mark; ts: string }[] = [];
  let cursor: string | undefined;
  try {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const where = { ...asked, ...(cursor === undefined ? {} : { cursor }) };
      const [ts] = (thread ?? '').split(' ');
      const answer = await told(
        ts === undefined || ts === ''
          ? client.conversations.history(where)
          : client.conversations.replies({ ...where, ts }),
      );
      marks.push(...(answer.messages ?? []).flatMap(markOf));
      cursor = answer.response_metadata?.next_cursor;
      if (answer.has_more !== true || cursor === undefined || cursor === '') return { marks, isAll: true };
    }
    return { marks, isAll: false };
  } catch (error) {
    if (error instanceof PostError && (error.reason === 'refused' || isMissingScope(error))) return undefined;
    throw error;
  }
}

function markOf({
  ts,
  metadata,
}: {
  ts?: string;
  metadata?: { event_type?: string; event_payload?: object };
}) {
  const payload = metadata?.event_type === EVENT ? metadata.event_payload : undefined;
  if (ts === undefined || payload === undefined || !('key' in payload)) return [];
  const { key, part = 0, parts = 1 } = payload as Partial<Mark>;
  return key === undefined ? [] : [{ ts, mark: { key, part, parts } }];
}

/** What Slack answers; its refusals become our own. */
async function told<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    throw postErrorOf(error);
  }
}
