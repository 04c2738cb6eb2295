import type { Speech } from '../digests/speech.ts';
import { kindName } from '../digests/names.ts';
import { UserError } from '../src/errors.ts';
import type { Wishes } from '../src/model.ts';
import { isZone } from '../src/time.ts';
import type { Topic } from '../src/topics/topic.ts';

const MOST_TIMES = 6;

/**
 * Reads times of day: `08:00`, `8:00, 17:30`.
 *
 * @returns at least one, the earliest first
 * @throws {UserError} when one of them is none, or there are more than six
 */
export function timesIn(text: string, speech: Speech): readonly [string, ...string[]] {
  const times = text
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .map((part) => timeIn(part, speech));
  const [first, ...others] = [...new Set(times)].toSorted();
  if (first === undefined || others.length >= MOST_TIMES)
    throw new UserError(speech.say('error.times', { value: text, most: MOST_TIMES }));
  return [first, ...others];
}

/**
 * Reads a span of quiet hours: `22:00-07:00`.
 *
 * @throws {UserError} when it is none
 */
export function quietIn(text: string, speech: Speech): NonNullable<Wishes['quiet']> {
  const [from, to, ...others] = text.split(/\s*(?:-|–|\.\.)\s*/);
  if (from === undefined || to === undefined || others.length > 0)
    throw new UserError(speech.say('error.quiet', { value: text }));
  const quiet = { from: timeIn(from, speech), to: timeIn(to, speech) };
  if (quiet.from === quiet.to) throw new UserError(speech.say('error.quiet', { value: text }));
  return quiet;
}

/**
 * Reads kinds of event, by id or by what they are called, parted by commas.
 *
 * @throws {UserError} when one of them is none
 */
export function kindsIn(text: string, topic: Topic, speech: Speech): string[] {
  return text.split(',').flatMap((part) => {
    const wanted = part.trim().toLowerCase();
    if (wanted === '') return [];
    const kind = topic.kinds.find(
      (id) => id === wanted || kindName(id, { topic, speech }).toLowerCase() === wanted,
    );
    if (kind !== undefined) return [kind];
    throw new UserError(
      speech.say('error.choice', { name: 'kinds', value: part.trim(), choices: topic.kinds.join(', ') }),
    );
  });
}

/** @throws {UserError} when there is no such time zone */
export function zoneIn(text: string, speech: Speech): string {
  const zone = text.trim();
  if (isZone(zone)) return zone;
  throw new UserError(speech.say('error.zone', { value: zone }));
}

function timeIn(text: string, speech: Speech): string {
  const [, hours, minutes] = /^(\d{1,2})[:.h](\d{2})$/.exec(text.trim()) ?? [];
  const isTime = hours !== undefined && Number(hours) < 24 && Number(minutes) < 60;
  if (!isTime) throw new UserError(speech.say('error.time', { value: text.trim() }));
  return `${hours.padStart(2, '0')}:${minutes}`;
}
