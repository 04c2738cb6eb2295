import { createInterface } from 'node:readline';
import type { Io } from './io.ts';

/** A progress line is drawn at most this often. */
const PROGRESS_EVERY_MS = 100;

/** Standard input, output and error as the commands of the command line see them. */
export function consoleIo(
  stdin: NodeJS.ReadableStream,
  stdout: NodeJS.WritableStream,
  stderr: NodeJS.WriteStream,
): Io {
  let shown = 0;
  const clear = () => {
    if (shown > 0) stderr.write('\r\u001b[K');
    shown = 0;
  };
  return {
    lines: () => linesOf(stdin),
    print(line) {
      const hasRoom = stdout.write(`${line}\n`);
      return hasRoom ? undefined : new Promise((resolve) => stdout.once('drain', resolve));
    },
    warn(sentence) {
      clear();
      stderr.write(`${sentence}\n`);
    },
    progress(text) {
      if (!stderr.isTTY || performance.now() - shown < PROGRESS_EVERY_MS) return;
      shown = performance.now();
      stderr.write(`\r\u001b[K${text.slice(0, stderr.columns - 1)}`);
    },
  };
}

/** The lines of a stream that are not blank, with their numbers. */
export async function* linesOf(
  stream: NodeJS.ReadableStream,
): AsyncGenerator<{ number: number; text: string }> {
  let number = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    number += 1;
    if (text.trim() !== '') yield { number, text };
  }
}
