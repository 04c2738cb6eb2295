import type { Status } from '../src/model.ts';
import type { News } from './changes.ts';

const OF_STATUS: Readonly<Record<Status, number>> = {
  confirmed: 5,
  contested: 4,
  corroborated: 3,
  retracted: 3,
  denied: 2,
  claimed: 1,
};

/** A new event outweighs a development of an old one by this much. */
const OF_NOVELTY = 2;

/**
 * Tells how much a piece of news matters, for the order in a digest: by how sure the event is, how many newsrooms carry it
 * independently of each other (each doubling counts one), what kind of event it is, and whether it is new.
 *
 * @param kinds - the topic's kinds, the weightiest first
 * @returns from about 1 to about 15; only the order means something
 */
export function weightOf({ event, changes }: News, kinds: readonly string[]): number {
  const place = kinds.indexOf(event.kind);
  const ofKind = place === -1 ? 0 : 4 * (1 - place / kinds.length);
  const ofNovelty = changes.length === 0 ? OF_NOVELTY : 0;
  return OF_STATUS[event.status] + Math.log2(1 + event.newsrooms) + ofKind + ofNovelty;
}
