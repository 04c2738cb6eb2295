import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { z } from 'zod';

import { UserError } from '../errors.ts';
import type { About } from '../feeds/parse.ts';
import { makeParsers, type Parsers } from '../feeds/parsers.ts';
import type { Io } from './io.ts';
import { jsonLines } from './json-lines.ts';

export interface ParseOptions {
  /** Files to read, as given on the command line. */
  readonly files: readonly string[];
  /** Reads JSON Lines {file, contentType?, url?} from standard input in place of `files`. */
  readonly manifest?: boolean | undefined;
  /** Folder that the files are counted from; the present one unless given. */
  readonly root?: string | undefined;
}

const ManifestLine = z.object({
  file: z.string().min(1),
  contentType: z.string().nullish(),
  url: z.string().nullish(),
});

/**
 * `tumen parse`: reads feeds and writes one JSON line for each, {file, feed, items} or {file, error}, in the order
 * in which they are given.
 *
 * @throws {UserError} when there is neither a file nor a manifest
 */
export async function parseCommand(options: ParseOptions, io: Io): Promise<void> {
  const { files, manifest = false, root } = options;
  if (files.length === 0 && !manifest) {
    throw new UserError('Name the feed files to read, or give --manifest and JSON Lines on standard input.');
  }
  const parsers = makeParsers();
  try {
    let count = 0;
    for await (const { file, contentType, url } of manifest ? jsonLines(io, ManifestLine) : named(files)) {
      const about = { contentType: contentType ?? undefined, url: url ?? undefined };
      await io.print(JSON.stringify({ file, ...(await read(parsers, resolve(root ?? '.', file), about)) }));
      count += 1;
      io.progress(`${count} feeds read`);
    }
  } finally {
    await parsers.close();
  }
}

async function read(parsers: Parsers, path: string, about: About): Promise<object> {
  const bytes = await bytesOf(path);
  if (bytes === undefined) return { error: 'the file cannot be read' };
  const parsed = await parsers.parse(bytes, about);
  if (parsed.kind === 'failed') return { error: parsed.reason };
  return { feed: parsed.feed, items: parsed.items.map(({ text: _text, origin: _origin, ...item }) => item) };
}

function named(files: readonly string[]): z.output<typeof ManifestLine>[] {
  return files.map((file) => ({ file }));
}

async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    // No such file, a folder, no right to read: whatever the system says, this file is left out and named.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
