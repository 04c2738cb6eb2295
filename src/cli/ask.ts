import { makeAnswer } from '../../commands/answer.ts';
import { commandsFor } from '../../commands/index.ts';
import { renderTerminal } from '../channels/terminal-render.ts';
import type { Config } from '../config.ts';
import { UserError } from '../errors.ts';
import type { Asker, Request } from '../form.ts';
import { openArchive } from '../jobs/archive.ts';
import { makeArticleTools } from '../jobs/article-tools.ts';
import { makeLog } from '../log.ts';
import type { SourceTools } from '../source-tools.ts';
import type { Message } from '../message.ts';
import type { Io } from './io.ts';

/** Width of an answer, in columns, where it does not go to a screen. */
const WIDTH = 100;

/** What is asked: a line as typed in a channel, or a request. */
export type Asked =
  { readonly kind: 'line'; readonly line: string } | { readonly kind: 'request'; readonly request: Request };

/** `tumen ask`: answers one line as it would be typed in a channel, from the archive that the settings name. */
export async function askCommand(line: string, config: Config, io: Io): Promise<void> {
  if (!/^\s*\/?sources\b/.test(line)) return answerOnce({ kind: 'line', line }, config, io);
  // The web takes time to load, and no other command visits it.
  const { openWeb } = await import('../jobs/web.ts');
  const web = openWeb(config, { clock: () => new Date() });
  try {
    await answerOnce({ kind: 'line', line }, config, io, web.tools);
  } finally {
    await web.close();
  }
}

/**
 * Answers once, from the archive that the settings name.
 *
 * @throws {UserError} with the sentence that a request was refused with; what a line is refused with is printed
 */
export async function answerOnce(asked: Asked, config: Config, io: Io, web?: SourceTools): Promise<void> {
  const message = await messageFor(asked, config, io, web);
  const text = renderTerminal(message, { width: WIDTH, colour: false });
  if (asked.kind === 'request' && message.tone === 'problem') throw new UserError(text.trim());
  await io.print(text);
}

/** What is answered, from the archive that the settings name. */
export async function messageFor(asked: Asked, config: Config, io: Io, web?: SourceTools): Promise<Message> {
  const { db, absorber } = await openArchive(config, (done, total) =>
    io.progress(`history: ${done} of ${total} events`),
  );
  const asker: Asker = {
    channel: { platform: 'terminal', address: 'screen' },
    id: 'screen',
    language: config.LANGUAGE,
    zone: config.ZONE,
    manages: true,
  };
  try {
    const answer = makeAnswer({
      commands: commandsFor(absorber.topic),
      db,
      topic: absorber.topic,
      clock: () => new Date(),
      zone: config.ZONE,
      web,
      articles: makeArticleTools(absorber),
      log: makeLog({ ...config, LOG_LEVEL: 'error' }, { write: (text) => io.warn(text.trim()) }),
    });
    return asked.kind === 'line'
      ? await answer.typed(asked.line, asker)
      : await answer.run(asked.request, asker);
  } finally {
    await db.close();
  }
}
