import type { Config } from '../config.ts';
import { UserError } from '../errors.ts';
import { openArchive } from '../jobs/archive.ts';
import type { Refolded, RefoldProgress } from '../jobs/refold.ts';
import type { Io } from './io.ts';

/**
 * `tumen refold`: makes all events anew from the stored items, by the rules and the topic as they are now, and prints what has
 * changed. Ids, corrections and verdicts are kept.
 *
 * @param topic - the id of the topic that is watched
 * @throws {UserError} when another topic is named, or the bot never paused long enough
 */
export async function refoldCommand(topic: string, config: Config, io: Io): Promise<void> {
  const archive = await openArchive(config, (done, total) =>
    io.progress(`history: ${done} of ${total} events`),
  );
  try {
    const { id } = archive.absorber.topic;
    if (topic !== id) throw new UserError(`The topic '${topic}' is not watched; there is ${id}.`);
    const refolded = await archive.absorber.refold(archive.db, (progress) => io.progress(shown(progress)));
    if (refolded === undefined)
      throw new UserError(
        'The bot kept on changing events meanwhile, and nothing was changed: stop it, or try again.',
      );
    for (const line of linesOf(refolded)) await io.print(line);
  } finally {
    await archive.db.close();
  }
}

function shown({ step, done, total }: RefoldProgress): string {
  const what = { reading: 'items read', folding: 'articles folded', writing: 'events written' }[step];
  return total === undefined ? `${done} ${what}` : `${done} of ${total} ${what}`;
}

function linesOf(refolded: Refolded): string[] {
  const { items, hits, rejudged, before, after, same, changed, merged, split, fresh, gone } = refolded;
  return [
    `${items} items read, ${hits} about the topic; ${rejudged} are judged otherwise than before`,
    `${before} events before, ${after} after`,
    `  ${same} hold the same articles, ${changed} others`,
    `  ${merged} have become part of another, and their ids lead there`,
    `  ${split} were split off another, ${fresh} are new`,
    `  ${gone} have no article about the topic any more; they are kept, retracted`,
  ];
}
