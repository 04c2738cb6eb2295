import type { webApi } from '@slack/bolt';
import type { Asker } from '../../../form.ts';
import { addressOf, type Spot, spotOf } from '../address.ts';

/** Who did something on Slack, and where. */
export interface Place extends Spot {
  readonly user: string;
  /** Speaks for Tumen in that workspace. */
  readonly client: webApi.WebClient;
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
 *
 * @param managers - people, by Slack's names of them, who may do what administrators may
 */
export function makePeople(clock: () => number, managers: readonly string[]): People {
  const known = new Map<string, Person>();
  async function personOf(place: Place, isFresh: boolean): Promise<Person> {
    const name = `${place.team ?? ''} ${place.user}`;
    const found = known.get(name);
    if (found !== undefined && found.until > clock() && !isFresh) return found;
    const asked = await lookUp(place, clock() + REMEMBERED_MS);
    if (asked === undefined) return { language: 'en', zone: undefined, isAdmin: false, until: 0 };
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(name, asked);
    return asked;
  }
  return {
    async askerAt(place, needsRight) {
      const { user, channel } = place;
      const { language, zone, isAdmin } = await personOf(place, needsRight);
      const isManager = isAdmin || managers.includes(user);
      const isTheirs =
        needsRight && !isManager && (DIRECT.test(channel) || (await isCreator(place, channel)));
      return {
        channel: { platform: 'slack', address: addressOf(place) },
        id: user,
        language,
        ...(zone === undefined ? {} : { zone }),
        manages: isManager || isTheirs,
        managesAt: async ({ address }) => isManager || isCreator(place, spotOf(address).channel),
      };
    },
  };
}

async function lookUp({ client, user }: Place, until: number): Promise<Person | undefined> {
  try {
    const { user: found } = await client.users.info({ user, include_locale: true });
    // Whoever is here from another organisation may be an administrator there.
    const isOwn = found?.is_stranger !== true;
    const isAdmin = isOwn && (found?.is_admin === true || found?.is_owner === true);
    return { language: found?.locale ?? 'en', zone: found?.tz, isAdmin, until };
  } catch {
    // An answer in English is better than none, and a right that cannot be shown is none.
    return undefined;
  }
}

async function isCreator({ client, user }: Place, channel: string): Promise<boolean> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    return found?.creator === user;
  } catch {
    // Channels that Tumen cannot see have no creator for us.
    return false;
  }
}
