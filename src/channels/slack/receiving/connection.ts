import {
  App,
  type Authorize,
  type HTTPReceiver,
  type Receiver,
  type SocketModeReceiver,
  webApi,
} from '@slack/bolt';
import { attendChanges } from '../answering/changes.ts';
import { attend, type Desk } from '../answering/interactions.ts';
import type { SlackOptions, WebOptions } from '../options.ts';
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from '../paths.ts';
import { checkAppToken, checkBotToken } from '../tokens.ts';
import type { Workspaces } from '../workspaces.ts';
import { makeReceiver } from './installing.ts';
import { checkRequests } from './requests.ts';
import { closeSocket, makeSocket } from './socket.ts';
import { answer, listen, type Route, type WebServer } from './web-server.ts';

/** Being connected. */
export interface Connection {
  readonly port: number | undefined;
  /** Takes nothing more; resolves when what came has been answered. */
  close(): Promise<void>;
}

export interface ConnectOptions extends SlackOptions {
  readonly web: WebOptions;
}

/**
 * Connects: what people do is answered from now on, in whichever way it comes.
 *
 * @throws {ConfigError} when Slack does not take a token, or the port cannot be had
 */
export async function connect(options: ConnectOptions, desk: Omit<Desk, 'teamOf'>): Promise<Connection> {
  const { botToken, receiving, sharing, workspaces, web, onFault, onWarning } = options;
  await workspaces.check();
  const home = botToken === undefined ? undefined : await checkBotToken(desk.clientOf(botToken), onWarning);
  const teamOf = (team: string | undefined) => (sharing === undefined || team === home ? undefined : team);
  const socket = receiving.kind === 'socket' ? await socketFor(receiving.appToken, options) : undefined;
  const receiver = receiverFor(options, home);
  const app = new App({
    receiver: socket ?? withoutInstaller(receiver),
    // Given as a function, the token is not tested by the library, whose failure nobody could catch.
    authorize: authorizeWith(receiver, { botToken, teamOf }),
    clientOptions: web,
    logger: web.logger,
    convoStore: false,
    ignoreSelf: false,
  });
  app.error(async (error) => onFault('slack answer', error));
  const underWay = watchWork(app);
  attend(app, { ...desk, teamOf });
  attendChanges(app, { ...desk, teamOf });
  const server = await serverFor(receiver, options);
  await socket?.start();
  return {
    port: server?.port,
    async close() {
      await server?.close();
      if (socket !== undefined) await closeSocket(socket);
      await Promise.allSettled(underWay);
    },
  };
}

async function socketFor(appToken: string, { web, onFault }: ConnectOptions): Promise<SocketModeReceiver> {
  await checkAppToken(new webApi.WebClient(appToken, web));
  return makeSocket({ appToken, web, onFault });
}

function receiverFor(options: ConnectOptions, home: string | undefined): HTTPReceiver {
  const { receiving, sharing, workspaces, web, onFault } = options;
  const signingSecret = receiving.kind === 'http' ? receiving.signingSecret : undefined;
  const others: Workspaces = {
    ...workspaces,
    async save(team, installation) {
      // In the workspace of the settings their token speaks, and no other is kept.
      if (team !== home) await workspaces.save(team, installation);
    },
  };
  return makeReceiver({ signingSecret, sharing, workspaces: others, web, onFault });
}

/** The library takes no receiver that installs beside an authorisation of ours; it listens for nothing by itself. */
function withoutInstaller(receiver: HTTPReceiver): Receiver {
  return {
    init: (app) => receiver.init(app),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}

/** Speaks with the token of the settings in its workspace, and in others with what they handed over. */
function authorizeWith(
  { installer }: HTTPReceiver,
  { botToken, teamOf }: { botToken: string | undefined; teamOf: Desk['teamOf'] },
): Authorize<boolean> {
  return async (source) => {
    const isHome = botToken !== undefined && teamOf(source.teamId) === undefined;
    if (isHome) return { botToken };
    if (installer === undefined) throw new Error('Tumen is not installed on this Slack workspace');
    return installer.authorize(source);
  };
}

/** What is being done for somebody at the moment. */
function watchWork(app: App): ReadonlySet<Promise<void>> {
  const underWay = new Set<Promise<void>>();
  app.use(async ({ next }) => {
    const work = next();
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
  });
  return underWay;
}

/** Listens where something comes over HTTP: what people do, or workspaces that install Tumen. */
async function serverFor(receiver: HTTPReceiver, options: ConnectOptions): Promise<WebServer | undefined> {
  const { receiving, sharing, port, onWarning } = options;
  const accept: Route = (request, response) => receiver.requestListener(request, response);
  const routes: Record<string, Route> = { 'GET /healthz': (_, response) => answer(response, 200, 'ok') };
  if (receiving.kind === 'http') {
    const { signingSecret } = receiving;
    routes[`POST ${EVENTS_PATH}`] = checkRequests({ signingSecret, clock: Date.now, accept, onWarning });
  }
  if (sharing !== undefined) {
    routes[`GET ${INSTALL_PATH}`] = accept;
    routes[`GET ${REDIRECT_PATH}`] = accept;
  }
  return Object.keys(routes).length === 1 ? undefined : listen(port, routes);
}
