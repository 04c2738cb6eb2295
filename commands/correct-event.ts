import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../src/errors.ts';
import { aMessage, foreign, words, type Block, type Line } from '../src/message.ts';
import { type NewsEvent, statuses } from '../src/model.ts';
import type { Queries } from '../src/store/database.ts';
import { type Correction, findCorrections, saveCorrection } from '../src/store/corrections.ts';
import { findEvent, saveEvents } from '../src/store/events.ts';
import { completeEvent, eventAsked } from './asked.ts';
import type { Command, Context } from './command.ts';

const LONGEST_REASON = 300;
const MOST_CORRECTIONS = 10;

/** What retracting an event changed. */
const retraction = z.object({ kind: z.literal('retract'), before: z.enum(statuses) });

/** `/correct retract` says that an event did not happen. Its claims and pages stay, and so does its status when more come. */
export function retract() {
  const input = z.object({
    id: z.string().describe('The event: its id, or words of it'),
    reason: z.string().trim().min(1).max(LONGEST_REASON).describe('Why; it is kept with your name'),
  });
  return {
    name: 'retract',
    description: 'Says that an event did not happen; its claims stay to be read',
    input,
    managers: true,
    completions: { id: completeEvent },
    async run({ id, reason }, context) {
      const { db, clock, asker, speech, zone } = context;
      const { id: event } = await eventAsked(id, context);
      const correction = { id: randomBytes(4).toString('hex'), event, at: clock(), by: asker.id, reason };
      const isDone = await db.transaction((tx) => retracted(tx, correction));
      if (!isDone) throw new UserError(speech.say('error.retracted', { id: event }));
      const request = { command: 'correct', subcommand: 'undo', options: { id: correction.id } };
      return aMessage({
        title: [words(`${speech.say('correct.retracted')} `), { kind: 'id', text: event }],
        footer: [[words(`${speech.say('correct.undo')} `), { kind: 'try', request }]],
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}

/** Takes a correction of an event back, in one transaction. */
export async function undoCorrection(db: Queries, correction: Correction, undone: Date): Promise<void> {
  const { before } = retraction.parse(correction.change);
  await db.transaction(async (tx) => {
    const event = await findEvent(tx, correction.event);
    if (event !== undefined) await saveEvents(tx, [{ ...event, status: before, changed: undone }]);
    await saveCorrection(tx, { ...correction, undone });
  });
}

/** Who corrected an event, when and why, the latest first; also what was taken back. */
export async function correctionsBlock(
  { id }: Pick<NewsEvent, 'id'>,
  { db, speech }: Context,
): Promise<Block[]> {
  const found = await findCorrections(db, { event: id, limit: MOST_CORRECTIONS });
  if (found.length === 0) return [];
  const entries = found.map((correction) => ({ line: lineOf(correction, speech), details: [] }));
  return [
    { kind: 'heading', line: [words(speech.say('event.corrections'))] },
    { kind: 'entries', entries },
  ];
}

async function retracted(tx: Queries, correction: Omit<Correction, 'change'>): Promise<boolean> {
  const event = await findEvent(tx, correction.event);
  if (event === undefined || event.status === 'retracted') return false;
  await saveEvents(tx, [{ ...event, status: 'retracted', changed: correction.at }]);
  await saveCorrection(tx, { ...correction, change: { kind: 'retract', before: event.status } });
  return true;
}

function lineOf({ id, at, by, reason, undone }: Correction, speech: Context['speech']): Line {
  return [
    words(`${speech.say(undone === undefined ? 'correct.byWhom' : 'correct.byWhomUndone')} `),
    foreign(`${by}, `),
    { kind: 'moment', at, show: 'both' },
    foreign(` · ${reason} · `),
    { kind: 'id', text: id },
  ];
}
