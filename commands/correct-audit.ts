import { kindName } from '../digests/names.ts';
import { foreign, words, type Block, type Line } from '../src/message.ts';
import type { NewsEvent } from '../src/model.ts';
import { findAliases } from '../src/store/aliases.ts';
import { type Change, type Correction, findCorrections } from '../src/store/corrections.ts';
import type { Context } from './command.ts';

const MOST_CORRECTIONS = 10;

/**
 * Who corrected an event, or one that has become part of it, when and why, the latest first; also what was taken back.
 *
 * @param asOf - leaves out what came later
 */
export async function correctionsBlock(
  { id }: Pick<NewsEvent, 'id'>,
  context: Context,
  asOf?: Date,
): Promise<Block[]> {
  const { db, speech } = context;
  const events = [id, ...(await findAliases(db, id))];
  const found = await findCorrections(db, { events, limit: MOST_CORRECTIONS });
  const shown = found.filter(({ at }) => asOf === undefined || at <= asOf);
  if (shown.length === 0) return [];
  const entries = shown.map((correction) => ({ line: lineOf(correction, context), details: [] }));
  return [
    { kind: 'heading', line: [words(speech.say('event.corrections'))] },
    { kind: 'entries', entries },
  ];
}

function lineOf(correction: Correction, context: Context): Line {
  const { id, at, by, reason, undone } = correction;
  return [
    ...whatWasDone(correction, context),
    foreign(`${by}, `),
    { kind: 'moment', at, show: 'both' },
    foreign(` · ${reason} · `),
    { kind: 'id', text: id },
    ...(undone === undefined ? [] : [words(` · ${context.speech.say('correct.takenBack')}`)]),
  ];
}

function whatWasDone({ event, change }: Pick<Correction, 'event' | 'change'>, context: Context): Line {
  return [words(`${context.speech.say(`correct.by.${change.kind}`, valuesOf(event, change, context))} `)];
}

function valuesOf(id: string, change: Change, context: Context): Record<string, string> {
  switch (change.kind) {
    case 'retract':
      return {};
    case 'date':
      return { day: context.speech.when(change.when) };
    case 'kind':
      return { kind: kindName(change.to, context) };
    case 'merge':
      return { id: change.from.id, into: id };
    case 'split':
      return { id, parted: change.parted };
  }
}
