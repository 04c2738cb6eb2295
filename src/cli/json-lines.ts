import type { z } from 'zod';
import type { Io } from './io.ts';

/** Longest line that is read, in UTF-16 units; a longer one is named and left out. */
const LONGEST_LINE = 4_000_000;

/**
 * Reads JSON Lines one at a time, so that memory does not grow with the input.
 *
 * A line that is not JSON, or not of the wanted shape, is named by its number on standard error and left out.
 */
export async function* jsonLines<Shape extends z.ZodType>(
  io: Io,
  shape: Shape,
): AsyncGenerator<z.output<Shape>> {
  for await (const { number, text } of io.lines()) {
    const value = text.length > LONGEST_LINE ? tooLong : fromJson(text);
    if (value === notJson || value === tooLong) {
      io.warn(`Line ${number} is left out: ${value === notJson ? 'it is not JSON' : 'it is too long'}.`);
      continue;
    }
    const read = shape.safeParse(value);
    if (read.success) yield read.data;
    else io.warn(`Line ${number} is left out: ${problemIn(read.error)}.`);
  }
}

const notJson = Symbol('not JSON');
const tooLong = Symbol('too long');

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}

function problemIn(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  const problem = issue?.message ?? 'it has another shape';
  return field === '' ? problem : `${field}: ${problem}`;
}
