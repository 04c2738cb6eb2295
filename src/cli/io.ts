/** What a command of the command line may touch: its input, its output, and a person's attention. */
export interface Io {
  /** The lines of standard input, one at a time; blank ones are left out. `number` counts from 1. */
  lines(): AsyncIterable<{ readonly number: number; readonly text: string }>;
  /** Writes one line to standard output; resolves when there is room for the next. */
  print(line: string): void | Promise<void>;
  /** Tells the person, on standard error, what was left out and why. */
  warn(sentence: string): void;
  /** Shows how far the work is, on standard error when that is a terminal; otherwise nothing. */
  progress(text: string): void;
}
