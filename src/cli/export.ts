import { writeFile } from 'node:fs/promises';
import { renderTerminal } from '../channels/terminal-render.ts';
import type { Config } from '../config.ts';
import { UserError } from '../errors.ts';
import { messageFor } from './ask.ts';
import type { Io } from './io.ts';

/**
 * `tumen export FORMAT`: hands over what a look-up finds, on standard output or as a file.
 *
 * @param options - as they are typed in a channel, such as `when:2024-01`
 * @param out - the file; standard output when absent
 * @throws {UserError} when an option cannot be used, nothing was found, or the file cannot be written
 */
export async function exportCommand(
  format: string,
  { options, out }: { readonly options: readonly string[]; readonly out?: string },
  config: Config,
  io: Io,
): Promise<void> {
  const line = ['/export', `format:${format}`, ...options.map(quotedWhole)].join(' ');
  const message = await messageFor({ kind: 'line', line }, config, io);
  const [file] = message.files;
  if (file === undefined) throw new UserError(renderTerminal(message, { width: 100, colour: false }).trim());
  // What is printed ends with a line break of its own.
  if (out === undefined) return io.print(file.text.replace(/\n$/, ''));
  try {
    await writeFile(out, file.text);
  } catch (error) {
    throw new UserError(`The file ${out} cannot be written.`, { cause: error });
  }
  await io.print(out);
}

/** A shell has taken away the quotation marks round `text:"two words"`. */
function quotedWhole(option: string): string {
  const split = option.indexOf(':');
  const value = option.slice(split + 1).replaceAll('"', '\\"');
  return split === -1 ? option : `${option.slice(0, split)}:"${value}"`;
}
