import type { ServerResponse } from 'node:http';
import { HTTPReceiver, type Installation, type InstallationStore } from '@slack/bolt';
import { scopes } from '../scopes.ts';
import type { WebOptions } from '../options.ts';
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from '../paths.ts';
import { answer } from './web-server.ts';
import type { Workspaces } from '../workspaces.ts';

/** What letting several workspaces in takes. */
export interface Sharing {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs what Slack hands back with whoever returns from it. */
  readonly stateSecret: string;
  /** Public address of this machine: `https://bot.example.org`. */
  readonly url: string;
  /** Where people agree; only tests say another. */
  readonly authorizationUrl?: string | undefined;
}

export interface ReceiverOptions {
  /** Absent where nothing is received over HTTP. */
  readonly signingSecret?: string | undefined;
  readonly sharing?: Sharing | undefined;
  readonly workspaces: Workspaces;
  readonly web: WebOptions;
  readonly onFault: (what: string, error: unknown) => void;
}

/** Receives over HTTP, and lets workspaces in. */
export function makeReceiver(options: ReceiverOptions): HTTPReceiver {
  const { signingSecret, sharing, workspaces, web, onFault } = options;
  return new HTTPReceiver({
    signingSecret: signingSecret ?? '',
    signatureVerification: signingSecret !== undefined,
    endpoints: EVENTS_PATH,
    logger: web.logger,
    processEventErrorHandler({ error, response }) {
      onFault('slack request', error);
      if (!response.headersSent) answer(response, 500);
      return Promise.resolve(false);
    },
    ...(sharing === undefined ? {} : installerWith(sharing, workspaces, web)),
  });
}

function installerWith(
  { clientId, clientSecret, stateSecret, url, authorizationUrl }: Sharing,
  workspaces: Workspaces,
  web: WebOptions,
) {
  return {
    clientId,
    clientSecret,
    stateSecret,
    scopes: [...scopes],
    redirectUri: `${url.replace(/\/+$/, '')}${REDIRECT_PATH}`,
    installationStore: storeOf(workspaces),
    installerOptions: {
      directInstall: true,
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      clientOptions: web,
      ...(authorizationUrl === undefined ? {} : { authorizationUrl }),
      callbackOptions: {
        success: ({ team }: Pick<Installation, 'team'>, _: unknown, __: unknown, response: ServerResponse) =>
          answer(response, 200, `Tumen is in ${team?.name ?? 'your workspace'}. ${NEXT}`),
        failure: (_: unknown, __: unknown, ___: unknown, response: ServerResponse) =>
          answer(response, 400, FAILED),
      },
    },
  };
}

const NEXT = 'Invite it to a channel (/invite @tumen) and type /tumen subscribe there.';
const FAILED = `Tumen was not installed. Begin again at ${INSTALL_PATH}, in the browser in which you end.`;

/** What the library asks of a store. Tumen is let in by workspaces; whole organisations, which have no team, it does not know. */
function storeOf(workspaces: Workspaces): InstallationStore {
  return {
    async storeInstallation(installation) {
      const { team } = installation;
      if (team === undefined) throw new Error('Tumen is installed in single workspaces only');
      await workspaces.save(team.id, installation);
    },
    async fetchInstallation({ teamId }) {
      const found = teamId === undefined ? undefined : await workspaces.find(teamId);
      if (found === undefined) throw new Error('Tumen is not installed on this Slack workspace');
      return found;
    },
  };
}
