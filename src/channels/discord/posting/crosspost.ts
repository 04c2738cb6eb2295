import { type Channel, ChannelType, type Client, RateLimitError, Routes } from 'discord.js';
import { waitMsOf } from '../failures.ts';

/** Discord sends on so many messages of a channel within an hour. */
const MOST_AN_HOUR = 10;
const HOUR_MS = 60 * 60_000;

/** Sends posts of announcement channels on to the servers that follow them. */
export interface Crossposter {
  /** Never fails: a post that is not sent on is still a post. */
  sendOn(channel: Channel, message: string): Promise<void>;
}

export function makeCrossposter(
  client: Client,
  onFault: (what: string, error: unknown) => void,
): Crossposter {
  /** When the last ones were sent on, by channel. */
  const sent = new Map<string, readonly number[]>();
  /** Until when a channel rests. */
  const rests = new Map<string, number>();

  return {
    async sendOn({ id, type }, message) {
      const now = Date.now();
      const lately = (sent.get(id) ?? []).filter((at) => at > now - HOUR_MS);
      const isResting = lately.length >= MOST_AN_HOUR || (rests.get(id) ?? 0) > now;
      if (type !== ChannelType.GuildAnnouncement || isResting) return;
      sent.set(id, [...lately, now]);
      try {
        await client.rest.post(Routes.channelMessageCrosspost(id, message));
      } catch (error) {
        // A refusal would come again: Discord bans who collects too many.
        rests.set(id, now + (error instanceof RateLimitError ? waitMsOf(error) : HOUR_MS));
        onFault('discord did not send a post on', error);
      }
    },
  };
}
