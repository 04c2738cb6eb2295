import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIPv6, type LookupFunction } from 'node:net';

type Done = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/**
 * A name server of our own: each name gives the addresses of its list, or what its function returns at each look-up; an
 * empty list means that there is no such name. Every other name goes to the system.
 */
export function namesFor(
  names: Readonly<Record<string, readonly string[] | (() => readonly string[])>>,
): LookupFunction {
  return (host: string, options: LookupOptions, done: Done) => {
    const listed = names[host];
    if (listed === undefined) {
      systemLookup(host, options, done);
      return;
    }
    const addresses = (typeof listed === 'function' ? listed() : listed).map((address) => {
      return { address, family: isIPv6(address) ? 6 : 4 };
    });
    if (addresses.length === 0) done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
    else if (options.all === true) done(null, addresses);
    else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
  };
}
