import { makeAnswer } from '../../commands/answer.ts';
import { commandsFor } from '../../commands/index.ts';
import { renderTerminal } from '../channels/terminal-render.ts';
import type { Config } from '../config.ts';
import { openArchive } from '../jobs/archive.ts';
import { makeLog } from '../log.ts';
import type { Io } from './io.ts';

/** Width of an answer, in columns, where it does not go to a screen. */
const WIDTH = 100;

/** `tumen ask`: answers one line as it would be typed in a channel, from the archive that the settings name. */
export async function askCommand(line: string, config: Config, io: Io): Promise<void> {
  const { db, absorber } = await openArchive(config, (done, total) =>
    io.progress(`history: ${done} of ${total} events`),
  );
  try {
    const answer = makeAnswer({
      commands: commandsFor(absorber.topic),
      db,
      topic: absorber.topic,
      clock: () => new Date(),
      zone: config.ZONE,
      log: makeLog({ ...config, LOG_LEVEL: 'error' }, { write: (text) => io.warn(text.trim()) }),
    });
    const message = await answer.typed(line, {
      channel: { platform: 'terminal', address: 'screen' },
      id: 'screen',
      language: config.LANGUAGE,
      zone: config.ZONE,
      manages: true,
    });
    await io.print(renderTerminal(message, { width: WIDTH, colour: false }));
  } finally {
    await db.close();
  }
}
