import { makeClaimReader } from '../src/events/claims.ts';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import type { Claim } from '../src/model.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { anItem } from './builders.ts';

const finder = makeFinder(loadTopic('src/topics/dprk-russia'));
const reader = makeClaimReader(finder.topic, finder);

export interface Given {
  readonly language?: string;
  readonly published?: string;
  readonly title?: string;
}

/** What a text claims; an English one of Wednesday 15 January 2025 unless said otherwise. */
export function claimsOf(
  text: string,
  { language = 'en', published = '2025-01-15', title = '' }: Given = {},
): Claim[] {
  const moment = new Date(`${published}T12:00:00Z`);
  const item = anItem({ title, text, language, published: moment, seen: moment });
  return reader.claimsOf(item, match(item, finder));
}

/** A claim in one line: kind, direction, stance, who, day. */
export function line({ kind, direction, stance, claimants, when }: Claim): string {
  const who = claimants.map(({ id }) => id).join('+') || 'nobody';
  const day =
    when === undefined ? 'no day' : when.start === when.end ? when.start : `${when.start}..${when.end}`;
  return `${kind} ${direction} ${stance} ${who} ${day}`;
}

/** The claims of a text, one line each. */
export const lines = (text: string, given: Given = {}) => claimsOf(text, given).map(line);
