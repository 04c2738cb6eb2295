import type { types } from '@slack/bolt';
import type { Request } from '../../../form.ts';
import type { Answer } from '../../platform.ts';
import type { Signer } from '../../signer.ts';
import { addressOf, spotOf } from '../address.ts';
import { viewBlocks } from './outlets.ts';
import type { People, Place } from './people.ts';
import type { Workspaces } from '../workspaces.ts';

/** What drawing App Home takes. */
export interface HomeDesk {
  readonly answer: Answer;
  readonly signer: Signer;
  readonly people: People;
  readonly workspaces: Workspaces;
}

const MOST_BLOCKS = 100;
/** Channels whose digests are shown, and channels that Slack is asked about: it answers some fifty questions a minute. */
const MOST_CHANNELS = 20;
const MOST_ASKED = 40;

const SUBSCRIPTIONS: Request = { command: 'subscription', subcommand: 'list', options: {} };
const OTHERS: readonly Request[] = [
  { command: 'events', options: { by: 'seen' } },
  { command: 'sources', subcommand: 'health', options: {} },
];

/**
 * Shows somebody, in their language, what Tumen posts in the channels of their workspace that they may see, the latest events,
 * and which sources fail.
 */
export async function showHome(
  place: Place,
  { answer, signer, people, workspaces }: HomeDesk,
): Promise<void> {
  const asker = await people.askerAt(place, false);
  const blocks: types.KnownBlock[] = [];
  for (const channel of await channelsFor(place, workspaces)) {
    const address = addressOf({ ...place, channel });
    const there = { ...asker, channel: { ...asker.channel, address } };
    blocks.push(headingOf(channel), ...viewBlocks(await answer.run(SUBSCRIPTIONS, there), signer));
  }
  for (const request of OTHERS) blocks.push(...viewBlocks(await answer.run(request, asker), signer));
  const view = {
    type: 'home' as const,
    private_metadata: JSON.stringify({ channel: place.channel }),
    blocks: blocks.slice(0, MOST_BLOCKS),
  };
  await place.client.views.publish({ user_id: place.user, view });
}

/** Names a channel as Slack does, which shows no name to whoever may not see it. */
function headingOf(channel: string): types.RichTextBlock {
  const name = { type: 'channel' as const, channel_id: channel, style: { bold: true } };
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [name] }] };
}

/** The channels of this workspace that digests are posted to and that somebody may see. */
async function channelsFor(place: Place, workspaces: Workspaces): Promise<string[]> {
  const spots = (await workspaces.addresses()).map(spotOf).filter(({ team }) => team === place.team);
  const channels = new Set(spots.map(({ channel }) => channel));
  const seesOpen = channels.size > 0 && !(await isGuest(place));
  const visible: string[] = [];
  for (const channel of [...channels].slice(0, MOST_ASKED)) {
    if (visible.length === MOST_CHANNELS) break;
    if (await maySee(place, channel, seesOpen)) visible.push(channel);
  }
  return visible;
}

/** Whether somebody may see a channel: one that they are in, or one that is open, where those are open to them. */
async function maySee({ client, user }: Place, channel: string, seesOpen: boolean): Promise<boolean> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    if (seesOpen && found?.is_private === false && found.is_im !== true) return true;
    let cursor: string | undefined;
    do {
      const page = await client.conversations.members({ channel, ...(cursor ? { cursor } : {}) });
      if (page.members?.includes(user) === true) return true;
      cursor = page.response_metadata?.next_cursor;
    } while (cursor !== undefined && cursor !== '');
    return false;
  } catch {
    // What Slack does not show Tumen, Tumen does not show.
    return false;
  }
}

/** Guests see only the channels that they were invited to. */
async function isGuest({ client, user }: Place): Promise<boolean> {
  try {
    const { user: person } = await client.users.info({ user });
    return person?.is_restricted !== false;
  } catch {
    // Whoever Slack does not tell of may be one.
    return true;
  }
}
