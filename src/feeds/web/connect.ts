import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { connect as openSocket, isIP, type BlockList, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { Agent, buildConnector, ProxyAgent, type Dispatcher } from 'undici';
import { hostOf, isBlocked, privateNetworks } from './address.ts';
import { Fault } from './faults.ts';

/** What may be reached, and by which way. */
export interface ConnectOptions {
  /** For tests only: lets this machine's own addresses be reached, on any port. */
  readonly allowLoopback?: boolean | undefined;
  /** Address of an HTTP proxy. Names are still looked up and checked here first. */
  readonly proxy?: string | undefined;
  /** For machines that cannot look names up themselves: names unknown here are left to the proxy to check. */
  readonly proxyResolvesNames?: boolean | undefined;
  /** Certificates (PEM) to trust in place of those that Node ships. */
  readonly certificates?: string | undefined;
  /** Networks never reached, in place of those of address.ts. */
  readonly blocked?: BlockList | undefined;
  readonly lookup?: LookupFunction | undefined;
}

export interface Connections {
  readonly dispatcher: Dispatcher;
  /** Throws a Fault for a host that must not be asked, where the connection itself cannot tell. */
  readonly vet: (url: URL) => Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** Before the next address of a host is tried; Node's own quarter of a second is too short for the other side of the earth. */
const ATTEMPT_TIMEOUT_MS = 1000;

const transport = { headersTimeout: 20_000, bodyTimeout: 10_000, maxHeaderSize: 64 * 1024 };

/** Makes the way to the web: straight, or through a proxy; in both cases to public addresses only. */
export function makeConnections(options: ConnectOptions): Connections {
  const blocked = options.blocked ?? privateNetworks(options.allowLoopback);
  if (options.proxy !== undefined) return throughProxy(options.proxy, options, blocked);
  const dispatcher = new Agent({ ...transport, connect: guardedConnector(options, blocked) });
  return { dispatcher, vet: () => Promise.resolve() };
}

/**
 * Opens connections to public addresses only.
 *
 * The list is given to the socket itself, because a filtering `lookup` never sees literal addresses; and TLS is put
 * on top of that socket, because undici ignores a block list for https.
 */
function guardedConnector(options: ConnectOptions, blocked: BlockList): buildConnector.connector {
  const secure = buildConnector({ ...tlsOptions(options), timeout: CONNECT_TIMEOUT_MS });
  const lookup = options.lookup ?? systemLookup;
  return (target, done) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
    const socket = openSocket({
      host,
      port,
      lookup,
      blockList: blocked,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: ATTEMPT_TIMEOUT_MS,
      noDelay: true,
    });
    const timer = setTimeout(() => {
      socket.destroy(new Fault('late', `no answer: ${host} did not take the connection in time`));
    }, CONNECT_TIMEOUT_MS);
    const refuse = (error: Error) => {
      clearTimeout(timer);
      done(error, null);
    };
    socket.once('error', refuse);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', refuse);
      if (isBlocked(socket.remoteAddress ?? '', blocked)) {
        socket.destroy();
        done(privateFault(host), null);
      } else if (target.protocol === 'https:') secure({ ...target, httpSocket: socket }, done);
      else done(null, socket);
    });
  };
}

function tlsOptions({ certificates }: ConnectOptions): buildConnector.BuildOptions {
  return { allowH2: false, ...(certificates === undefined ? {} : { ca: certificates }) };
}

function privateFault(host: string): Fault {
  return new Fault('blocked', `${host} leads to a private address, which is never visited`);
}

/** Behind a proxy the socket only sees the proxy, so every host is looked up and checked before it is asked for. */
function throughProxy(proxy: string, options: ConnectOptions, blocked: BlockList): Connections {
  const tls = tlsOptions(options);
  const dispatcher = new ProxyAgent({ ...transport, uri: proxy, requestTls: tls, proxyTls: tls });
  const vet = async (url: URL) => {
    const host = hostOf(url);
    const addresses = isIP(host) === 0 ? await addressesOf(host, options) : [host];
    if (addresses.some((address) => isBlocked(address, blocked))) throw privateFault(host);
  };
  return { dispatcher, vet };
}

async function addressesOf(host: string, options: ConnectOptions): Promise<string[]> {
  const lookup = promisify(options.lookup ?? systemLookup) as AllAddresses;
  try {
    const found = await lookup(host, { all: true });
    return found.map(({ address }) => address);
  } catch (error) {
    if (options.proxyResolvesNames === true && !isLocalName(host)) return [];
    throw error;
  }
}

type AllAddresses = (host: string, how: { all: true }) => Promise<LookupAddress[]>;

/** Names that by convention or by RFC 6761, 6762 and 8375 never belong to a public server. */
function isLocalName(host: string): boolean {
  return /^[^.]+$|\.(?:localhost|local|internal|intranet|lan|corp|home|home\.arpa|test|invalid)$/i.test(host);
}
