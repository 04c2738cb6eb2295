import { webApi } from '@slack/bolt';
import { PostError } from '../../errors.ts';
import { spotOf } from './address.ts';
import type { Workspaces } from './workspaces.ts';

/** Clients of Slack's Web API, one a token: each has a queue of its own. */
export interface Clients {
  of(token: string): webApi.WebClient;
  /**
   * The client and Slack's own name for the channel of an address.
   *
   * @throws {PostError} when its workspace has not let Tumen in
   */
  at(address: string): Promise<{ readonly client: webApi.WebClient; readonly channel: string }>;
}

/** Makes clients. The token of the settings is for addresses that name no workspace. */
export function makeClients(
  options: webApi.WebClientOptions,
  { botToken, workspaces }: { readonly botToken?: string | undefined; readonly workspaces: Workspaces },
): Clients {
  const known = new Map<string, webApi.WebClient>();
  const of = (token: string) => {
    const client = known.get(token) ?? new webApi.WebClient(token, options);
    known.set(token, client);
    return client;
  };
  return {
    of,
    async at(address) {
      const { team, channel } = spotOf(address);
      const token = team === undefined ? botToken : (await workspaces.find(team))?.bot?.token;
      if (token === undefined) {
        throw new PostError('Tumen is not installed on this Slack workspace', { reason: 'gone' });
      }
      return { client: of(token), channel };
    },
  };
}
