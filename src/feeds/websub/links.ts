import type { FeedHints } from '../../feed-state.ts';
import { absoluteLink } from '../reading/links.ts';

/** Where a feed can be subscribed to: its hub, and the address by which that hub knows it. */
export type HubLinks = Pick<FeedHints, 'hub' | 'self'>;

const LINK = /<([^<>]{1,2000})>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:"[^"]*"|[^\s",;<>]+))?)*)/g;
const RELATIONS = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;<>]+))/i;

/**
 * Reads the links of a Link header (RFC 8288) that WebSub is about.
 *
 * @param header - its values, joined with commas
 * @param base - what relative addresses are relative to
 * @returns the first link of each relation
 */
export function hubLinks(header: string | undefined, base: string): HubLinks {
  const found: { hub?: string; self?: string } = {};
  for (const [, address = '', parameters = ''] of (header ?? '').matchAll(LINK)) {
    const [, quoted, bare = ''] = RELATIONS.exec(parameters) ?? [];
    const relations = new Set((quoted ?? bare).toLowerCase().split(/\s+/));
    if (relations.has('hub')) found.hub ??= absoluteLink(address, base);
    if (relations.has('self')) found.self ??= absoluteLink(address, base);
  }
  return found;
}
