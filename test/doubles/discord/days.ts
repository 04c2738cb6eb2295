import { expect } from 'vitest';
import { makeAnswer } from '../../../commands/answer.ts';
import { commandsFor } from '../../../commands/index.ts';
import { publishDue } from '../../../src/jobs/publish.ts';
import { plainText } from '../../../src/message.ts';
import type { Database } from '../../../src/store/database.ts';
import { saveSubscription } from '../../../src/store/subscriptions.ts';
import { aSubscription } from '../../builders.ts';
import { emptyDatabase } from '../../database.ts';
import { aTopic } from '../../topic.ts';
import type { DiscordDouble } from './discord.ts';
import { TEXT_CHANNEL } from './fields.ts';
import { seatedAtDiscord } from './seated.ts';

/** How often each fault is tried. */
const TIMES = 20;
const DAY_MS = 86_400_000;
/** When the clock ticks after a slot: retries are due five minutes later, then ever more. */
const TICKS_MINUTES = [0, 6, 20, 60, 130];

export const FIRST_SLOT = new Date('2024-10-24T06:00:00Z');
export const topic = aTopic();
export const silentLog = { debug() {}, info() {}, warn() {}, error() {} };

/** A digest a day. */
export const daily = aSubscription({
  channel: { platform: 'discord', address: TEXT_CHANNEL },
  time: '06:00',
  zone: 'UTC',
  created: new Date(FIRST_SLOT.getTime() - DAY_MS / 2),
});

/** What publishing stands before. */
export interface Days {
  readonly db: Database;
  readonly double: DiscordDouble;
}

/** One day after another. */
export interface Course {
  /** Makes the digest of a day go wrong. */
  readonly spoil: (days: Days) => void;
  /** Looks at what is there when a day has passed; days count from 1. */
  readonly passed: (days: Days, day: number) => Promise<void>;
  /** How long Discord may take; longer than anything unless said. */
  readonly timeoutMs?: number;
}

/** Lets days pass, each with its fault, before a real client and the stand-in, which share one clock. */
export async function forDays(course: Course): Promise<void> {
  const { timeoutMs = 60_000 } = course;
  let now = FIRST_SLOT;
  const db = await emptyDatabase();
  await saveSubscription(db, daily);
  await seatedAtDiscord(
    async ({ double, platform }) => {
      for (let day = 0; day < TIMES; day += 1) {
        course.spoil({ db, double });
        for (const minutes of TICKS_MINUTES) {
          now = new Date(FIRST_SLOT.getTime() + day * DAY_MS + minutes * 60_000);
          await publishDue({ db, topic, platforms: [platform], clock: () => now, log: silentLog });
        }
        await course.passed({ db, double }, day + 1);
      }
    },
    { clock: () => now, timeoutMs },
  );
}

/** Asserts that nothing was posted and that the list of subscriptions shows the reason; then resumes the subscription for the next day. */
export async function pausedFor(reason: RegExp, { db, double }: Days): Promise<void> {
  expect(double.messages.size).toBe(0);
  expect(await listed(db)).toMatch(reason);
  await saveSubscription(db, daily);
}

async function listed(db: Database): Promise<string> {
  const answer = makeAnswer({
    commands: commandsFor(topic),
    db,
    topic,
    clock: atFirst,
    zone: 'UTC',
    log: silentLog,
  });
  const asker = { channel: daily.channel, id: '1', language: 'en', manages: true };
  const { blocks } = await answer.run({ command: 'subscription', subcommand: 'list', options: {} }, asker);
  const facts = blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
  return facts.map(({ value }) => plainText(value, String)).join('\n');
}

function atFirst(): Date {
  return FIRST_SLOT;
}
