import type { Speech } from '../../digests/speech.ts';
import { aMessage, foreign, type Message, words } from '../message.ts';
import type { RoundReport } from './ingest.ts';

/** Failing feeds that are named one by one; the others are found by /sources health. */
const MOST_NAMED = 12;

/** How a round of visits ended, for whoever sits in front of the screen. */
export function roundMessage(report: RoundReport, speech: Speech, zone: string): Message {
  const { due, visited, failures, newItems: items, hits } = report;
  const read = visited - failures.length;
  if (due === 0)
    return aMessage({ title: [words(speech.say('round.none'))], language: speech.language, zone });
  const isOffline = failures.length === due && failures.every(({ isOffline: offline }) => offline);
  const named = isOffline ? failures.slice(0, 1) : failures.slice(0, MOST_NAMED);
  const entries = named.map(({ feed, reason }) => ({
    line: [foreign(`${feed.source.name} (${feed.id}): ${reason}`)],
    details: [],
  }));
  const isCut = failures.length > named.length;
  return aMessage({
    title: [words(speech.say('round.title', { read, due, items, hits }))],
    blocks: [
      ...(isOffline ? [{ kind: 'text' as const, line: [words(speech.say('round.offline'))] }] : []),
      { kind: 'entries', entries },
      ...(isCut ? [{ kind: 'text' as const, line: [words(speech.say('round.more'))] }] : []),
    ],
    language: speech.language,
    zone,
  });
}
