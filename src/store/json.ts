const MARK = '"$moment":';

/** Writes a value as JSON that `read` brings back equal, its moments included. */
export function written(value: unknown): string {
  return JSON.stringify(value, function mark(this: Record<string, unknown>, key, plain: unknown) {
    // The plain value is text by now: a Date turns itself into text before it is handed over.
    const original = this[key];
    return original instanceof Date ? { $moment: original.getTime() } : plain;
  });
}

/** Reads what `written` wrote. */
export function read(text: string): unknown {
  if (!text.includes(MARK)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown) => (isMoment(value) ? new Date(value.$moment) : value));
}

function isMoment(value: unknown): value is { $moment: number } {
  return typeof value === 'object' && value !== null && '$moment' in value;
}
