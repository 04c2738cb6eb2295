import type { webApi } from '@slack/bolt';
import type { Asker } from '../../form.ts';

/** Who did something on Slack, and where. */
export interface Place {
  readonly user: string;
  readonly channel: string;
}

/** Knows the people who ask. */
export interface People {
  /**
   * Whoever asks, with their language and zone as Slack knows them.
   *
   * @param needsRight - whether it matters if they manage the workspace or channel; then Slack is asked anew
   */
  askerAt(place: Place, needsRight: boolean): Promise<Asker>;
}

interface Person {
  readonly language: string;
  readonly zone: string | undefined;
  readonly isAdmin: boolean;
  readonly until: number;
}

const REMEMBERED_MS = 3_600_000;
const MOST_REMEMBERED = 5000;
/** Slack's direct conversations, in which there is nobody else to decide. */
const DIRECT = /^D/;

/**
 * Asks Slack about people (`users.info`, with the scope users:read) and remembers an hour long what it says.
 * Where Slack does not say, a person speaks English and manages nothing.
 */
export function makePeople(client: webApi.WebClient, clock: () => number): People {
  const known = new Map<string, Person>();
  async function personOf(user: string, isFresh: boolean): Promise<Person> {
    const found = known.get(user);
    if (found !== undefined && found.until > clock() && !isFresh) return found;
    const asked = await lookUp(client, user, clock() + REMEMBERED_MS);
    if (asked === undefined) return { language: 'en', zone: undefined, isAdmin: false, until: 0 };
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(user, asked);
    return asked;
  }
  return {
    async askerAt({ user, channel }, needsRight) {
      const { language, zone, isAdmin } = await personOf(user, needsRight);
      const isTheirs =
        needsRight && !isAdmin && (DIRECT.test(channel) || (await isCreator(client, user, channel)));
      return {
        channel: { platform: 'slack', address: channel },
        id: user,
        language,
        ...(zone === undefined ? {} : { zone }),
        manages: isAdmin || isTheirs,
      };
    },
  };
}

async function lookUp(client: webApi.WebClient, user: string, until: number): Promise<Person | undefined> {
  try {
    const { user: found } = await client.users.info({ user, include_locale: true });
    const isAdmin = found?.is_admin === true || found?.is_owner === true;
    return { language: found?.locale ?? 'en', zone: found?.tz, isAdmin, until };
  } catch {
    // An answer in English is better than none, and a right that cannot be shown is none.
    return undefined;
  }
}

async function isCreator(client: webApi.WebClient, user: string, channel: string): Promise<boolean> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    return found?.creator === user;
  } catch {
    // Channels that Tumen cannot see have no creator for us.
    return false;
  }
}
