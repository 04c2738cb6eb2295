import { makeAnswer } from '../commands/answer.ts';
import type { Command, Context, Group } from '../commands/command.ts';
import { commandsFor } from '../commands/index.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import type { Asker } from '../src/form.ts';
import type { Message } from '../src/message.ts';
import { saveEvents } from '../src/store/events.ts';
import { onDay, parseDay } from '../src/time.ts';
import type { Topic } from '../src/topics/topic.ts';
import { aCitation, aClaim, aClaimant, aFeed, anEvent, aSource } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { aTopic } from './topic.ts';

/** A strike that is disputed. */
export const strike = anEvent({
  id: '2024-01-02-k7' as never,
  kind: 'use',
  when: onDay(parseDay('2024-01-02')),
  status: 'contested',
  places: ['kharkiv'],
  weapons: ['kn-23'],
  newsrooms: 4,
  titles: {
    en: 'A missile of North Korean make strikes Kharkiv',
    fr: 'Un missile nord-coréen frappe Kharkiv',
  },
  claims: [
    aClaim({
      claimants: [aClaimant({ id: 'ukraine', name: 'Kyiv' })],
      quantities: [],
      sentence: 'The fragments are those of a KN-23, prosecutors said.',
    }),
    aClaim({
      claimants: [aClaimant({ id: 'kremlin', name: 'the Kremlin' })],
      stance: 'denies',
      quantities: [],
    }),
  ],
  citations: [aCitation({ title: 'Fragments found in Kharkiv' })],
  firstSeen: new Date('2024-01-03T09:00:00Z'),
  changed: new Date('2024-01-03T09:00:00Z'),
});
const docked = anEvent({
  id: '2023-12-28-b2' as never,
  when: onDay(parseDay('2023-12-28')),
  titles: { en: 'A ship docks in Rajin, seen from above' },
  firstSeen: new Date('2023-12-29T09:00:00Z'),
  changed: new Date('2023-12-29T09:00:00Z'),
});

/** Somebody in Paris who reads English and may do everything. */
export const reader: Asker = {
  channel: { platform: 'terminal', address: 'screen' },
  id: 'reader',
  language: 'en',
  zone: 'Europe/Paris',
  manages: true,
};

/** What the screen shows after a line was typed. */
export async function ask(line: string, asker: Partial<Asker> = {}, now?: Date): Promise<string> {
  const { answer } = await archive(undefined, now);
  return shown(await answer.typed(line, { ...reader, ...asker }));
}

/** An archive with two events, and the answer that looks things up in it, on a Sunday in March 2024. */
export async function archive(
  commands?: readonly (Command | Group)[],
  now = new Date('2024-03-10T12:00:00Z'),
  post?: Context['post'],
) {
  const db = await emptyDatabase();
  await saveEvents(db, [strike, docked]);
  const topic: Topic = aTopic({
    feeds: [
      aFeed(),
      aFeed({
        language: 'ko',
        source: aSource({ name: 'Deungdae Ilbo', family: 'deungdae', country: 'KR' }),
      }),
    ],
  });
  const errors: object[] = [];
  const log = { errors, info: () => undefined, error: (fields: object) => void errors.push(fields) };
  const answer = makeAnswer({
    commands: commands ?? commandsFor(topic),
    db,
    clock: () => now,
    topic,
    zone: 'UTC',
    log,
    post,
  });
  return {
    answer,
    db,
    topic,
    log,
    saved: (events: Parameters<typeof saveEvents>[1]) => saveEvents(db, events),
  };
}

/** A message as a wide screen shows it. */
export function shown(message: Message): string {
  return renderTerminal(message, { width: 500, colour: false });
}
