import { BlockList, isIPv6 } from 'node:net';
import { Fault, quotable } from './faults.ts';

/** Networks that no publisher lives in: this machine, private nets, link-local, documentation, multicast, tunnels (IANA special-purpose registries). */
const PRIVATE_NETWORKS = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];
/** With `::/96`, an old way of writing IPv4 in IPv6, in which `::1` lies. */
const LOOPBACK_NETWORKS = ['127.0.0.0/8', '::/96'];

const PUBLIC_PORTS = new Set([80, 443, 8080, 8443]);

/** Query parameters whose value is a key to something. */
const SECRET_PARAMETER = /^(?:.*[-_])?(?:token|key|apikey|auth|password|passwd|pwd|secret|sig|signature)$/i;

/** A list of networks in CIDR form; an IPv4 network also stands for its IPv4-mapped IPv6 addresses. */
export function networks(list: readonly string[]): BlockList {
  const blocked = new BlockList();
  for (const cidr of list) {
    const [address = '', prefix] = cidr.split('/');
    blocked.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return blocked;
}

/** The networks that are never reached; `allowLoopback` leaves this machine's own addresses out, for tests. */
export function privateNetworks(allowLoopback = false): BlockList {
  return networks(allowLoopback ? PRIVATE_NETWORKS : [...PRIVATE_NETWORKS, ...LOOPBACK_NETWORKS]);
}

/** Tells whether an address (IPv4 or IPv6, no brackets) lies in one of the networks. */
export function isBlocked(address: string, blocked: BlockList): boolean {
  return blocked.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * Reads an address of the web that may be asked for, whatever it resolves to.
 *
 * @param options.base - what a relative address is relative to
 * @param options.anyPort - lifts the rule that only 80, 443, 8080 and 8443 are web ports
 * @throws {Fault} when it is no http(s) address or names a port where no web server is expected
 */
export function webAddress(text: string, options: { base?: URL; anyPort?: boolean } = {}): URL {
  const url = URL.parse(text.trim(), options.base);
  if (url === null) throw new Fault('address', `'${quotable(redacted(text))}' is not an address`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Fault('address', `'${url.protocol}' addresses are not visited`);
  }
  if (options.anyPort !== true && !PUBLIC_PORTS.has(portOf(url))) {
    throw new Fault('address', `port ${portOf(url)} is not visited`);
  }
  return url;
}

/** The port that is meant, where the address names none too. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** The host of an address as a name to look up: no brackets, no trailing dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** An address as it may be shown and logged: without user, password, and the values of parameters that are keys. */
export function redacted(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address.replace(/\/\/[^/@\s]*@/, '//');
  const secrets = [...url.searchParams.keys()].filter((name) => SECRET_PARAMETER.test(name));
  if (url.username === '' && url.password === '' && secrets.length === 0) return address;
  url.username = '';
  url.password = '';
  for (const name of secrets) url.searchParams.set(name, '…');
  return url.href;
}
