import type { KindFound } from './kinds.ts';
import type { Passage } from './passages.ts';
import { gapBetween } from './quotes.ts';
import { liesBetween } from './scene.ts';

/** A missile stands so near before the verb whose subject it is. */
const SUBJECT_REACH = 75;

/**
 * Tells whether a verb that can mean "meets" or "reaches" has a person for its subject, not a missile: no missile
 * stands before it, or somebody stands between the two or right behind ("nach Raketentest trifft Kim").
 */
export function isNoHit({ rule, words }: KindFound, { mentions }: Passage): boolean {
  const [verb, missile] = words;
  if (!rule.all.includes('hit') || verb === undefined || missile === undefined) return false;
  if (missile.end > verb.start || verb.start - missile.end > SUBJECT_REACH) return true;
  const places = mentions.filter(({ type }) => type === 'place');
  const people = mentions.filter(
    (mention) => mention.type === 'actor' && !places.some(({ start }) => start === mention.start),
  );
  return people.some(
    (person) =>
      (liesBetween(person, missile, verb) && gapBetween(person, missile) > 1) ||
      (person.start >= verb.end && gapBetween(person, verb) <= 1),
  );
}
